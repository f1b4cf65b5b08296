"""Which words are names, and of what: the model's names, put right by rules.

Promise: every name is a run of whole tokens without article, title, role words or possessive ``'s``, and no two names
share a token. The odd case: the model calls a person an organization where the role stands before the name
("National Security Aide Oskar Brandt" as one ORG), so a role noun inside a name cuts it in two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.language.annotated import Token
from onrecord.language.lexicon import Lexicon
from onrecord.nouns import EntityType

TYPES: dict[str, EntityType] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "NORP": "group",
    "FAC": "facility",
    "WORK_OF_ART": "document",
    "LAW": "document",
    "EVENT": "other",
    "PRODUCT": "other",
}
"""The model's labels (OntoNotes) and the contract's types; labels not listed are no names of anybody or anything."""

_PROPER = frozenset({"NNP", "NNPS"})
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
            if token.ner in ("WORK_OF_ART", "ORG") and last - token.i > 3 and _headline(tokens, token.i, last, lexicon):
                continue
            spans.extend(_pieces(tokens, token.i, last, token.ner, lexicon))
    surnames = _surnames(tokens, spans, lexicon)
    spans = [_whole(tokens, span, spans, surnames, lexicon) for span in spans]
    taken = bytearray(len(tokens))
    for first, last, _ in spans:
        taken[first:last] = b"\1" * (last - first)
    spans.extend(_missed(tokens, taken, surnames, lexicon))
    spans.sort()
    votes: dict[str, Counter[EntityType]] = {}
    typed = []
    for first, last, label in spans:
        kind = _type(tokens, first, last, label, surnames, lexicon)
        text = _text(tokens, first, last)
        votes.setdefault(text.lower(), Counter())[kind] += 1
        typed.append((first, last, label, kind, text))
    elected = {text: _elected(counts) for text, counts in votes.items()}
    return [
        Name(
            first, last, tokens[first].start, tokens[last - 1].end,
            kind if titled(tokens, first, lexicon) else elected[text.lower()], text, _head(tokens, first, last), label,
        )
        for first, last, label, kind, text in typed
    ]  # fmt: skip


_ORDER: tuple[EntityType, ...] = ("person", "place", "organization", "group", "facility", "document", "other")


def _elected(votes: Counter[EntityType]) -> EntityType:
    """The type that most mentions of one form have in this document."""
    return max(votes, key=lambda kind: (votes[kind], -_ORDER.index(kind)))


def _pieces(tokens: Sequence[Token], first: int, last: int, label: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """One name of the model as none, one or several names: trimmed, and cut at role nouns, commas and hyphens."""
    while first < last and (_loose(tokens[first]) or tokens[first].lower == "the"):
        first += 1
    while first < last and _loose(tokens[last - 1]) and tokens[last - 1].lower not in lexicon.name_suffixes:
        last -= 1
    if first >= last or tokens[first].tag == "PRP" or not any(t.text[0].isupper() for t in tokens[first:last]):
        return []
    if label == "PERSON":
        for i in range(first, last):
            if tokens[i].tag in ("CC", ",", ":", "-LRB-", "-RRB-", "``", "''", "POS", "_SP") and i > first:
                if tokens[i].tag == "," and i + 1 < last and tokens[i + 1].lower in lexicon.name_suffixes:
                    continue
                right = _pieces(tokens, i + 1, last, label, lexicon)
                return [*_pieces(tokens, first, i, label, lexicon), *right]
    if label in ("PERSON", "ORG", "GPE"):
        for i in range(last - 1, first - 1, -1):
            role = tokens[i].lower in lexicon.role_class or tokens[i].lower.rstrip(".") in lexicon.titles
            if not role or (i > first and tokens[i].lower in lexicon.org_heads):
                continue
            behind = i + 1
            if behind < last and all(t.text[:1].isupper() or t.lower in lexicon.particles for t in tokens[behind:last]):
                if label == "ORG" and not _personal(tokens, behind, last, lexicon):
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
    known = lexicon.polities.get(_text(tokens, first, last).lower())
    if known is None and tokens[first].lower in lexicon.polities and last - first > 1:
        if tokens[last - 1].lower not in lexicon.org_heads:
            last = first + 1
        return [(first, last, "GPE" if last == first + 1 else "ORG")]
    return [(first, last, "GPE" if known and label != "ORG" else "ORG")]


def _personal(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the words look like somebody's given name and surname."""
    if not 2 <= last - first <= 5 or tokens[last - 1].lower in lexicon.org_heads | lexicon.facility_heads:
        return False
    if lexicon.gender_of_given(tokens[first].text) is None:
        return False
    return all(t.text[:1].isupper() or t.lower in lexicon.particles or t.tag == "HYPH" for t in tokens[first:last])


def capitalised(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sentence around token ``at`` writes nearly every longer word with a capital, as headlines do."""
    words: list[bool] = []
    for step in (-1, 1):
        i = at if step > 0 else at - 1
        while 0 <= i < len(tokens) and tokens[i].sentence == tokens[at].sentence and len(words) < 30:
            if len(tokens[i].text) > 3 and tokens[i].text[0].isalpha():
                words.append(tokens[i].text[0].isupper())
            i += step
    return len(words) > 2 and sum(words) > 0.8 * len(words)


def _headline(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a long "name" is only a piece of a headline's capitals: no word of it says that it is a body."""
    if any(t.lower in lexicon.org_heads or t.lower in lexicon.polities for t in tokens[first:last]):
        return False
    return capitalised(tokens, first)


def _whole(
    tokens: Sequence[Token],
    span: tuple[int, int, str],
    spans: Sequence[tuple[int, int, str]],
    surnames: frozenset[str],
    lexicon: Lexicon,
) -> tuple[int, int, str]:
    """A person's name cut back to the surname where a headline's capitals ran into it ("Double Standard Velik")."""
    first, last, label = span
    if label != "PERSON" or last - first < 2 or lexicon.gender_of_given(tokens[first].text) is not None:
        return span
    elsewhere = {
        tokens[b - 1].text for a, b, kind in spans if (a, b) != (first, last) and kind in ("PERSON", "ORG", "GPE")
    }
    inside = [i for i in range(first, last) if tokens[i].text in elsewhere and tokens[i].text in surnames]
    if len(inside) != 1 or not capitalised(tokens, first):
        return span
    return (inside[0], inside[0] + 1, label)


def _surnames(tokens: Sequence[Token], spans: Sequence[tuple[int, int, str]], lexicon: Lexicon) -> frozenset[str]:
    """The surnames that this text shows to be a person's: behind a given name, a title or a role noun."""
    found = set()
    for first, last, label in spans:
        if last - first > 1:
            personal = _personal(tokens, first, last, lexicon)
            if personal or (label == "PERSON" and tokens[last - 1].lower not in lexicon.org_heads):
                end = last - 1
                while (end > first + 1 and tokens[end].lower in lexicon.name_suffixes) or tokens[end].tag == ",":
                    end -= 1
                found.add(tokens[end].text)
        elif titled(tokens, first, lexicon) and label != "NORP":
            found.add(tokens[first].text)
    return frozenset(word for word in found if word.lower() not in lexicon.polities and len(word) > 1)


def titled(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    """Whether a title or a role noun stands right before token ``first`` ("Mr. Carney", "President Velik")."""
    if first == 0 or tokens[first - 1].sentence != tokens[first].sentence:
        return False
    before = tokens[first - 1].lower
    if first + 1 < len(tokens) and tokens[first + 1].tag in ("NN", "NNP"):
        behind = tokens[first + 1].lower
        if behind in lexicon.role_class or behind in lexicon.modifiers:
            return False
    return before.rstrip(".") in lexicon.titles or (before in lexicon.role_class and before != "general")


def _missed(
    tokens: Sequence[Token], taken: bytearray, surnames: frozenset[str], lexicon: Lexicon
) -> list[tuple[int, int, str]]:
    """Names that the model did not see: a known surname, a titled word, a given name with a surname, an agency."""
    found = []
    skip = 0
    for token in tokens:
        i = token.i
        if (
            i < skip
            or taken[i]
            or not (token.tag in _PROPER or (token.tag == "JJ" and token.lower in lexicon.polities))
        ):
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
        elif token.lower in lexicon.agencies and token.text.isupper():
            found.append((i, i + 1, "ORG"))
        elif token.lower.rstrip(".") in lexicon.titles or token.lower in lexicon.role_class:
            continue
        elif token.text[:1].isupper() and token.text[1:2].islower():
            last = i + 1
            while last < len(tokens) and tokens[last].tag in _PROPER and not taken[last] and last - i < 4:
                last += 1
            given = last - i >= 2 and _personal(tokens, i, last, lexicon)
            if given or (titled(tokens, i, lexicon) and tokens[i - 1].lower.rstrip(".") in lexicon.titles):
                found.append((i, last, "PERSON"))
                skip = last
    return found


def _type(
    tokens: Sequence[Token], first: int, last: int, label: str, surnames: frozenset[str], lexicon: Lexicon
) -> EntityType:
    """The type of a name: what lists and the words around it say, else what the model says."""
    words = _text(tokens, first, last).lower()
    kind = TYPES[label]
    if kind in ("person", "organization") and _dateline(tokens, first, last) and words not in lexicon.agencies:
        return "place"
    known = lexicon.polities.get(words)
    if known:
        return "organization" if known[1] == "seat" and last - first > 1 and kind not in ("place", "group") else "place"
    end = tokens[last - 1].lower
    if words in lexicon.agencies and kind != "place":
        return "organization"
    if last - first == 1:
        if tokens[first].text in surnames and label != "NORP":
            return "person"
        if titled(tokens, first, lexicon) and kind in ("organization", "place", "other", "person"):
            return "person"
        return kind
    if end in lexicon.org_heads and kind in ("person", "place", "other", "facility"):
        return "organization"
    if end in lexicon.facility_heads and kind in ("person", "place", "organization"):
        return "facility"
    if kind != "person" and kind != "group" and _personal(tokens, first, last, lexicon):
        return "person"
    return kind


def _dateline(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name in capitals begins its sentence and a mark follows, as the place of a report does."""
    if last >= len(tokens) or not tokens[first].text.isupper() or len(tokens[first].text) < 4:
        return False
    if first > 0 and tokens[first - 1].sentence == tokens[first].sentence:
        return False
    return tokens[last].text in ("(", ",", "–", "—", "―", "-", "--", "/") and tokens[last - 1].text.isupper()


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    """The name's words with single blanks where the text has any white space."""
    parts = [tokens[first].text]
    for i in range(first + 1, last):
        if tokens[i].start > tokens[i - 1].end:
            parts.append(" ")
        if tokens[i].tag != "_SP":
            parts.append(tokens[i].text)
    return "".join(parts)


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    """The token of the run whose head lies outside of it; the last one where several do."""
    for i in range(last - 1, first - 1, -1):
        if not first <= tokens[i].head < last or tokens[i].head == i:
            return i
    return last - 1
