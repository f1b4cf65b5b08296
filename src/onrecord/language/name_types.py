"""Of what a name is the name: what tables and the words around it say, else what the model says.

Promise: one form has one type in a document, but where a title makes a person of it. The odd case: a country or town
that no table and no model knows, which its adjective, "In Dravik" or "the Dravik capital" give away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

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

_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Van|O[’'])[A-Z][a-z]+[A-Z]")
"""A capital inside a word, as firms write themselves and people seldom do."""


def places(
    tokens: Sequence[Token],
    typed: Sequence[tuple[int, int, str, EntityType, str]],
    surnames: frozenset[str],
    lexicon: Lexicon,
) -> frozenset[str]:
    """Names, lower case, that the text shows to be places: "In Dravik, …", "the Dravik capital", or by an adjective."""
    groups = {text for _, _, label, _, text in typed if label == "NORP"}
    adjectives = {lexicon.stem(text) for text in groups} - {text.lower() for text in groups}
    known = [(a, b) for a, b, label, kind, _ in typed if kind == "place" and label != "NORP"]
    opening, closing = {a for a, _ in known}, {b for _, b in known}
    found = set()
    small = lexicon.role_words
    for first, last, label, kind, text in typed:
        low = text.lower()
        if last - first > 2 or text in surnames or low in lexicon.agencies or low in lexicon.polities:
            continue
        if kind in ("document", "other") or personal(tokens, first, last, lexicon):
            continue
        before = tokens[first - 1] if first > 0 else None
        behind = tokens[last].lower if last < len(tokens) else ""
        leads = before is not None and before.lower in lexicon.inside
        opens = before is not None and leads and before.text[0].isupper() and before.dep == "prep"
        named = (
            before is not None
            and before.lower in small["of"]
            and first > 1
            and tokens[first - 2].lower in lexicon.place_before
        )
        by_stem = label != "NORP" and last - first == 1 and lexicon.stem(text) in adjectives
        stands = located(tokens, first, last, kind, lexicon) or _dateline(tokens, first, last)
        statelike = kind == "person" and _statelike(tokens, first, last, lexicon)
        if opens or named or by_stem or stands or statelike or behind in lexicon.place_behind:
            found.add(low)
        elif kind in ("person", "group") and not titled(tokens, first, lexicon) and last - first == 1:
            of = before is not None and before.lower in small["of"] and tokens[max(0, first - 2)].lower in lexicon.ruled
            bare = last < len(tokens) and tokens[last].tag not in ("NN", "NNS", "NNP")
            inside = kind == "group" and leads and bare
            beside = (behind in small["joins"] and last + 1 in opening) or (
                before is not None and before.lower in small["joins"] and first - 1 in closing
            )
            if of or inside or beside:
                found.add(low)
    return frozenset(found)


def located(tokens: Sequence[Token], first: int, last: int, kind: EntityType, lexicon: Lexicon) -> bool:
    """Whether something is done in what a name of one word names: "met in Mereth", and not "a stake in Kestron"."""
    if kind not in ("person", "organization", "place") or last - first > 1 or first == 0:
        return False
    before, text = tokens[first - 1], tokens[first].text
    if before.lower not in lexicon.inside or (text.isupper() and len(text) < 6) or text.lower() in lexicon.org_heads:
        return False
    if last < len(tokens) and tokens[last].tag in ("NN", "NNS", "NNP", "NNPS", "POS", "HYPH"):
        return False
    above = tokens[before.head]
    beside = tokens[first - 2].lemma if first > 1 else ""
    return above.pos in ("VERB", "AUX") and above.lemma not in lexicon.figurative and beside not in lexicon.figurative


def _statelike(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a lone word ends as states' names do and is no given name."""
    low = tokens[first].lower
    return (
        last - first == 1
        and len(low) > 5
        and low.endswith(lexicon.place_endings)
        and lexicon.gender_of_given(low) is None
        and not titled(tokens, first, lexicon)
    )


_ORDER: tuple[EntityType, ...] = ("place", "person", "organization", "group", "facility", "document", "other")


def elected_type(votes: Counter[EntityType]) -> EntityType:
    """The type that most mentions of one form have in this document."""
    return max(votes, key=lambda kind: (votes[kind], -_ORDER.index(kind)))


def personal(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the words look like somebody's given name and surname."""
    end = tokens[last - 1].lower
    if not 2 <= last - first <= 5 or end in lexicon.org_heads:
        return False
    if end in lexicon.facility_heads and not (end in lexicon.facility_surnames and tokens[first].ner == "PERSON"):
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


def titled(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    """Whether a title or a role noun stands right before token ``first`` ("Mr. Carney", "President Velik")."""
    if first == 0 or tokens[first - 1].sentence != tokens[first].sentence:
        return False
    before = tokens[first - 1].lower
    if first + 1 < len(tokens) and tokens[first + 1].tag in ("NN", "NNP"):
        behind = tokens[first + 1].lower
        if behind in lexicon.role_class or behind in lexicon.modifiers:
            return False
    role = before in lexicon.role_class and before not in lexicon.role_words["no_title"]
    return role or before.rstrip(".") in lexicon.titles


def type_of(
    tokens: Sequence[Token], first: int, last: int, label: str, surnames: frozenset[str], lexicon: Lexicon
) -> EntityType:
    """The type of a name: what lists and the words around it say, else what the model says."""
    words = name_text(tokens, first, last).lower()
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
        if kind == "person" and _CAMEL.match(tokens[first].text):
            return "organization"
        if titled(tokens, first, lexicon) and kind in ("organization", "place", "other", "person"):
            return "person"
        return kind
    if tokens[last - 1].text in surnames and all(t.lower in lexicon.particles for t in tokens[first : last - 1]):
        return "person"
    if end in lexicon.org_heads and kind in ("person", "place", "other", "facility"):
        return "organization"
    if end in lexicon.place_heads and kind in ("person", "organization", "facility", "other"):
        return "place"
    if end in lexicon.facility_heads and kind in ("person", "place", "organization"):
        acts = tokens[last - 1].dep == "nsubj" and tokens[tokens[last - 1].head].lemma in lexicon.reporting
        if not (acts and kind == "organization") and not personal(tokens, first, last, lexicon):
            return "facility"
    if kind != "person" and kind != "group" and personal(tokens, first, last, lexicon):
        return "person"
    return kind


def _dateline(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name in capitals begins its sentence and a mark follows, as the place of a report does."""
    if last >= len(tokens) or not tokens[first].text.isupper() or len(tokens[first].text) < 4:
        return False
    if first > 0 and tokens[first - 1].sentence == tokens[first].sentence:
        return False
    return tokens[last].text in ("(", ",", "–", "—", "―", "-", "--", "/") and tokens[last - 1].text.isupper()


def name_text(tokens: Sequence[Token], first: int, last: int) -> str:
    """The name's words with single blanks where the text has any white space."""
    parts = [tokens[first].text]
    for i in range(first + 1, last):
        if tokens[i].start > tokens[i - 1].end:
            parts.append(" ")
        if tokens[i].tag != "_SP":
            parts.append(tokens[i].text)
    return "".join(parts)
