"""Which words are names, and of what: the model's names, put right by rules.

Promise: every name is a run of whole tokens without article, title, role words or possessive ``'s``, and no two names
share a token. The odd case: the model calls a person an organization where the role stands before the name
("National Security Aide Oskar Brandt" as one ORG), so a role noun inside a name cuts it in two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.language.annotated import Token
from onrecord.language.lexicon import Lexicon
from onrecord.language.name_types import (
    TYPES,
    capitalised,
    elected_type,
    located,
    name_text,
    personal,
    places,
    titled,
    type_of,
)
from onrecord.nouns import EntityType

_INITIAL = re.compile(r"[A-Z]\.")
_APPOSED = 7
"""So many tokens behind a name a role in apposition has been named, if there is one."""

_ENDS = frozenset({"VBD", "VBZ", "VBP", "MD", "WP", "WDT", "CC", ".", ","})
"""Tags that end an apposition that names no role."""

_PROPER = frozenset({"NNP", "NNPS"})
_MISTAKEN = frozenset({"NN", "NNS", "JJ", "UH", "FW", "VB", "VBP", "VBZ", "RB", "XX"})
_LOOSE = frozenset({"DT", "POS", "HYPH", "_SP", ",", ".", ":", "``", "''", "-LRB-", "-RRB-", "XX", "NFP", "PRP$"})


class Name(NamedTuple):
    """A name in the text: tokens ``first`` up to ``last`` (not included)."""

    first: int
    last: int
    start: int
    end: int
    type: EntityType
    text: str
    head: int
    """The token of the name that hangs outside of it in the tree."""
    label: str
    """The model's label, or ``""`` where a rule found the name."""


def find_names(tokens: Sequence[Token], lexicon: Lexicon) -> list[Name]:
    """Return the names among ``tokens`` in text order."""
    spans: list[tuple[int, int, str]] = []
    for token in tokens:
        if token.ner_begins and token.ner in TYPES:
            last = token.i + 1
            while last < len(tokens) and tokens[last].ner == token.ner and not tokens[last].ner_begins:
                last += 1
            if token.ner in ("WORK_OF_ART", "ORG") and last - token.i > 3 and capitalised(tokens, token.i):
                last = _body(tokens, token.i, last, lexicon)
            spans.extend(_pieces(tokens, token.i, last, token.ner, lexicon))
    surnames = _surnames(tokens, spans, lexicon)
    fuller = {name_text(tokens, first, last) for first, last, _ in spans if last - first == 2}
    ends = Counter(tokens[last - 1].text for _, last, label in spans if label in ("PERSON", "ORG", "GPE"))
    spans = [_whole(tokens, span, ends, surnames, fuller, lexicon) for span in spans]
    spans = [part for span in spans for part in _apart(tokens, span, ends, surnames, lexicon)]
    spans = [_extended(tokens, span, fuller, lexicon) for span in spans]
    spans = _with_suffixes(tokens, spans, lexicon)
    single = (tokens[first].text for first, last, label in spans if label == "GPE" and last - first == 1)
    towns = frozenset(text for text in single if text.isalpha() and text[1:].islower())
    common = frozenset(token.text for token in tokens if token.text.islower())
    for _ in range(2):  # a name that is found by its given name lets its bare surname be found
        taken = bytearray(len(tokens))
        for first, last, _label in spans:
            taken[first:last] = b"\1" * (last - first)
        spans.extend(_missed(tokens, taken, surnames, towns, common, lexicon))
        known, surnames = surnames, surnames | _surnames(tokens, spans, lexicon)
        if surnames == known:
            break
    spans.sort()
    votes: dict[str, Counter[EntityType]] = {}
    typed = []
    for first, last, label in spans:
        kind = type_of(tokens, first, last, label, surnames, lexicon)
        text = name_text(tokens, first, last)
        votes.setdefault(text.lower(), Counter())[kind] += 1
        typed.append((first, last, label, kind, text))
    seats = places(tokens, typed, surnames, lexicon)
    elected: dict[str, EntityType] = {
        text: "place" if text in seats else elected_type(counts) for text, counts in votes.items()
    }
    return [
        Name(
            first, last, tokens[first].start, tokens[last - 1].end,
            kind if titled(tokens, first, lexicon) else elected[text.lower()], text, _head(tokens, first, last), label,
        )
        for first, last, label, kind, text in typed
    ]  # fmt: skip


def _pieces(tokens: Sequence[Token], first: int, last: int, label: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """One name of the model as none, one or several names: trimmed, and cut at role nouns, commas and hyphens."""
    while first < last and (_loose(tokens[first]) or tokens[first].lower == "the"):
        first += 1
    while first < last and _loose(tokens[last - 1]) and tokens[last - 1].lower not in lexicon.name_suffixes:
        last -= 1
    if first >= last or tokens[first].tag == "PRP" or not any(t.text[0].isupper() for t in tokens[first:last]):
        return []
    if last - first == 1 and tokens[first].lower in lexicon.never:
        return []
    if label == "PERSON":
        for i in range(first, last):
            if tokens[i].tag in ("CC", ",", ":", "-LRB-", "-RRB-", "``", "''", "POS", "_SP") and i > first:
                if tokens[i].tag == "," and i + 1 < last and tokens[i + 1].lower in lexicon.name_suffixes:
                    continue
                right = _pieces(tokens, i + 1, last, label, lexicon)
                return [*_pieces(tokens, first, i, label, lexicon), *right]
    if label == "ORG" and tokens[last - 1].lower in lexicon.outlets:
        for i in range(first + 1, last - 2):
            if tokens[i].lower in lexicon.org_heads and tokens[i].lower not in lexicon.outlets:
                return [(first, i + 1, label), (i + 1, last, label)]
    cuts = [i for i in range(first + 1, last) if tokens[i].tag in (",", "POS")] if label == "ORG" else []
    if cuts and personal(tokens, cuts[-1] + 1, last, lexicon):
        return [*_pieces(tokens, first, cuts[-1], label, lexicon), (cuts[-1] + 1, last, "PERSON")]
    if cuts and all(t.text.isdigit() for t in tokens[cuts[-1] + 1 : last]):
        return _pieces(tokens, first, cuts[-1], label, lexicon)
    if label in ("PERSON", "ORG", "GPE"):
        for i in range(last - 1, first - 1, -1):
            role = tokens[i].lower in lexicon.role_class or tokens[i].lower.rstrip(".") in lexicon.titles
            if not role or (i > first and tokens[i].lower in lexicon.org_heads):
                continue
            behind = i + 1
            if behind < last and all(t.text[:1].isupper() or t.lower in lexicon.particles for t in tokens[behind:last]):
                if label == "ORG" and not personal(tokens, behind, last, lexicon):
                    break
                kept = _institution(tokens, first, i, label, lexicon)
                return [*kept, (behind, last, "PERSON")]
            if behind == last and tokens[i].lower in lexicon.role_class:
                return _institution(tokens, first, i, label, lexicon)
            break
    if label != "WORK_OF_ART":
        hyphens = [i for i in range(first + 1, last - 1) if tokens[i].tag == "HYPH"]
        if len(hyphens) == 1 and last - first == 3 and label in ("PERSON", "GPE", "NORP"):
            i = hyphens[0]
            return [(first, i, label), (i + 1, last, label)]
    return [(first, last, label)]


def _loose(token: Token) -> bool:
    """Whether a token at the edge of a name is no part of it."""
    return token.tag in _LOOSE or token.text == "Q" or not (token.text[0].isalnum() or token.text[-1].isalnum())


def _institution(
    tokens: Sequence[Token], first: int, last: int, label: str, lexicon: Lexicon
) -> list[tuple[int, int, str]]:
    """What of the words before a role noun names a body or a state: ``White House`` of ``White House press``."""
    while last > first and (tokens[last - 1].lower in lexicon.modifiers or tokens[last - 1].tag in _LOOSE):
        last -= 1
    if last <= first or label == "PERSON":
        return []
    known = lexicon.polities.get(name_text(tokens, first, last).lower())
    if known is None and tokens[first].lower in lexicon.polities and last - first > 1:
        if tokens[last - 1].lower not in lexicon.org_heads:
            last = first + 1
        return [(first, last, "GPE" if last == first + 1 else "ORG")]
    return [(first, last, "GPE" if known and label != "ORG" else "ORG")]


def _body(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Where the name of a body ends that a headline's capitals ran on from: behind the word that says what it is."""
    known = [i for i in range(first, last) if tokens[i].lower in lexicon.org_heads]
    return known[-1] + 1 if known else first


def _whole(
    tokens: Sequence[Token],
    span: tuple[int, int, str],
    ends: Counter[str],
    surnames: frozenset[str],
    full: set[str],
    lexicon: Lexicon,
) -> tuple[int, int, str]:
    """A person's name cut back to what stands elsewhere where capitals ran into it ("Double Standard Velik").

    ``ends`` counts the last words of the text's names, ``full`` are its names of two words.
    """
    first, last, label = span
    if label != "PERSON" or last - first < 2 or lexicon.gender_of_given(tokens[first].text) is not None:
        return span
    if last - first > 2 and name_text(tokens, first + 1, last) in full:
        return first + 1, last, label
    own = tokens[last - 1].text
    inside = [
        i for i in range(first, last) if tokens[i].text in surnames and ends[tokens[i].text] > (tokens[i].text == own)
    ]
    if len(inside) != 1 or not capitalised(tokens, first):
        return span
    return (inside[0], inside[0] + 1, label)


def _apart(
    tokens: Sequence[Token],
    span: tuple[int, int, str],
    ends: Counter[str],
    surnames: frozenset[str],
    lexicon: Lexicon,
) -> list[tuple[int, int, str]]:
    """A place and the surname behind it as two: "in Mereth Brandt had said", where another name ends in Brandt."""
    first, last, label = span
    if label != "PERSON" or last - first != 2 or first == 0 or tokens[first - 1].lower not in lexicon.inside:
        return [span]
    surname = tokens[last - 1].text
    if surname not in surnames or ends[surname] < 2 or lexicon.gender_of_given(tokens[first].text) is not None:
        return [span]
    return [(first, first + 1, "GPE"), (first + 1, last, label)]


def _extended(
    tokens: Sequence[Token], span: tuple[int, int, str], fuller: set[str], lexicon: Lexicon
) -> tuple[int, int, str]:
    """One word of a name with the one behind it, where the model missed the surname, or with the one before it.

    The word before it is a given name, or one with which it is a name elsewhere.
    """
    first, last, label = span
    if label == "PERSON" and last < len(tokens) and tokens[first].dep == "compound" and tokens[first].head == last:
        after = tokens[last]  # the model knows the given name, and not the surname that it hangs on
        if last - first == 1 and after.tag in _PROPER and not after.ner and after.text[1:].islower():
            return first, last + 1, label
    if last - first != 1 or first == 0 or tokens[first - 1].tag not in _PROPER or tokens[first - 1].ner:
        return span
    given = label == "PERSON" and bool(lexicon.gender_of_given(tokens[first - 1].text))
    both = f"{tokens[first - 1].text} {tokens[first].text}"
    return (first - 1, last, label) if given or both in fuller else span


def _with_suffixes(
    tokens: Sequence[Token], spans: Sequence[tuple[int, int, str]], lexicon: Lexicon
) -> list[tuple[int, int, str]]:
    """The spans, a person's name with the ", Jr." behind it, which the model takes for a name by itself."""
    found: list[tuple[int, int, str]] = []
    for first, last, label in spans:
        before = found[-1] if found else None
        alone = last - first == 1 and tokens[first].lower in lexicon.name_suffixes
        gap = [token.text for token in tokens[before[1] : first]] if before and before[1] <= first else None
        if before and alone and before[2] == "PERSON" and gap in ([], [","]):
            found[-1] = (before[0], last, "PERSON")
        else:
            found.append((first, last, label))
    return found


def _surnames(tokens: Sequence[Token], spans: Sequence[tuple[int, int, str]], lexicon: Lexicon) -> frozenset[str]:
    """The surnames that this text shows to be a person's: behind a given name, a title or a role noun."""
    found = set()
    for first, last, label in spans:
        if last - first > 1:
            if personal(tokens, first, last, lexicon) or (
                label == "PERSON" and tokens[last - 1].lower not in lexicon.org_heads
            ):
                end = last - 1
                while (end > first + 1 and tokens[end].lower in lexicon.name_suffixes) or tokens[end].tag == ",":
                    end -= 1
                found.add(tokens[end].text)
        elif titled(tokens, first, lexicon) and label != "NORP":
            found.add(tokens[first].text)
    return frozenset(word for word in found if word.lower() not in lexicon.polities and len(word) > 1)


def _missed(
    tokens: Sequence[Token],
    taken: bytearray,
    surnames: frozenset[str],
    towns: frozenset[str],
    common: frozenset[str],
    lexicon: Lexicon,
) -> list[tuple[int, int, str]]:
    """Names that the model did not see: a surname or place of the text, a titled word, a given name with a surname.

    ``taken`` marks the tokens that are names already; ``common`` are the words that the text writes small.
    """
    found = []
    skip = 0
    for token in tokens:
        i = token.i
        if i < skip or taken[i]:
            continue
        if token.tag not in _PROPER and not (token.tag == "JJ" and token.lower in lexicon.polities):
            # A surname that the tagger takes for a common word, where the text has no such common word.
            if token.text in surnames and token.tag in _MISTAKEN and token.lower not in common:
                found.append((i, i + 1, "PERSON"))
            continue
        pair = f"{token.lower} {tokens[i + 1].lower}" if i + 1 < len(tokens) and not taken[i + 1] else ""
        if token.text in surnames or (token.text.isupper() and token.text.capitalize() in surnames):
            found.append((i, i + 1, "PERSON"))
        elif pair in lexicon.polities and token.text[:1].isupper():
            found.append((i, i + 2, "ORG" if lexicon.polities[pair][1] == "seat" else "GPE"))
            skip = i + 2
        elif token.lower in lexicon.polities and token.text[:1].isupper():
            adjective = lexicon.polities[token.lower][1] == "adjective"
            found.append((i, i + 1, "NORP" if adjective else "GPE"))
        elif not _runs_on(tokens, i) and (token.text in towns or _place(tokens, i, lexicon)):
            found.append((i, i + 1, "GPE"))
        elif (token.lower in lexicon.agencies and token.text.isupper()) or _acronym(tokens, i):
            found.append((i, i + 1, "ORG"))
        elif token.lower.rstrip(".") in lexicon.titles or token.lower in lexicon.role_class:
            continue
        elif token.text[:1].isupper() and (token.text[1:2].islower() or _INITIAL.fullmatch(token.text)):
            last = i + 1
            while last < len(tokens) and tokens[last].tag in _PROPER and not taken[last] and last - i < 4:
                last += 1
            given = last - i >= 2 and (personal(tokens, i, last, lexicon) or _somebody(tokens, i, last, lexicon))
            if given or (titled(tokens, i, lexicon) and tokens[i - 1].lower.rstrip(".") in lexicon.titles):
                found.append((i, last, "PERSON"))
                skip = last
    return found


def _somebody(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether words that no model knows as a name are somebody's by what stands beside them.

    A role before them ("Advocate-General P. Sathyan"), or a role in apposition ("Teo Varglind, a spokesman").
    """
    end = tokens[last - 1]
    if end.lower in lexicon.org_heads or end.lower in lexicon.facility_heads or end.lower in lexicon.place_heads:
        return False
    if not all(token.text[:1].isupper() for token in tokens[first:last]) or end.text.isupper():
        return False
    if titled(tokens, first, lexicon):
        return True
    behind = tokens[last : last + _APPOSED]
    if len(behind) < 3 or behind[0].text != "," or behind[1].tag not in ("DT", "PRP$", "NN", "NNP", "JJ"):
        return False
    role = next((token for token in behind[1:] if token.lower in lexicon.role_class or token.tag in _ENDS), None)
    return role is not None and role.lower in lexicon.role_class and role.sentence == end.sentence


def _runs_on(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word stands beside another proper noun and so may be part of a longer name."""
    beside = (tokens[j] for j in (i - 1, i + 1) if 0 <= j < len(tokens))
    return any(token.tag in _PROPER and token.sentence == tokens[i].sentence for token in beside)


def _place(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether a word that the model takes for none or for a date is a place by what stands before it: "in Mereth"."""
    text = tokens[i].text
    if not (text.isalpha() and text[1:].islower()) or text.lower() in lexicon.calendar:
        return False
    return located(tokens, i, i + 1, "place", lexicon)


def _acronym(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word of a few capitals stands among words that are not all capitals."""
    text = tokens[i].text
    if not (3 <= len(text) <= 6 and text.isupper() and text.isalpha()):
        return False
    near = [t.text for t in tokens[max(0, i - 3) : i + 4] if t.i != i and t.text[0].isalpha() and len(t.text) > 1]
    return bool(near) and not any(word.isupper() for word in near)


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    """The token of the run whose head lies outside of it; the last one where several do."""
    for i in range(last - 1, first - 1, -1):
        if not first <= tokens[i].head < last or tokens[i].head == i:
            return i
    return last - 1
