"""Words to a party or a place: what to call it, which entity it is, and whether two of them are the same.

Promise: a name is called as the entity is, a description by its own words, and what is too vague to name anybody by
nothing. The odd case that forced its shape: "it will host the summit" after "Velmark says": the party stands a clause
further up than the pronoun, and who "the leaders" are only their offices tell.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from typing import Literal, NamedTuple

from onrecord.events import grammar
from onrecord.events.beside import are_people, sites
from onrecord.events.ground import PLACE_LABELS, Ground
from onrecord.events.hedges import hedges
from onrecord.events.kinds import kinds
from onrecord.events.mentions import EventMention
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Token
from onrecord.nouns import Span
from onrecord.tables import table

AT = frozenset({"place", "site", "moved", "visited"})
"""Rules that find a place in the clause of the event, whose hedges are the place's too."""

LOOSE = {
    "site": frozenset({"ORG", ""}),
    "moved": frozenset({"ORG", "PERSON", ""}),
    "visited": frozenset({"ORG", "NORP", "PERSON", ""}),
}
"""Labels that a place may have too, by the rule: what is visited was asked before whether it is a place."""

HALL = frozenset({"ORG", "PERSON", "WORK_OF_ART", "PRODUCT", ""})
"""Labels that the name of a hall may have too."""

CALLED = frozenset({"PERSON", "ORG"})
"""Labels of names that an apposition gives to a description: "a rival, the Orsa Line"."""

ORIGIN = 6
"""Tokens that the origin of people may have and still be part of what they are called."""

Attribute = Literal["participant", "host", "venue", "absent"]


class Part(NamedTuple):
    """Somebody who takes part in, hosts or gives place to an event, or is told to stay away from it."""

    attribute: Attribute
    value: str
    entity: str | None
    span: Span
    provisional: tuple[int, ...]
    """Tokens that make a place provisional; empty where it is settled, and for parties."""
    offices: frozenset[str]
    """Words of the offices held, or for a description the offices that it may stand for; in lower case."""
    label: str
    """The parser's label of the name (``PERSON``, ``GPE`` …); ``""`` for a description."""
    rule: str
    guessed: bool = False
    """True for what only the tagger ties to the event: it tells no event from another."""


class PartWords(NamedTuple):
    """The tables of people, prepositions and verbs."""

    people: frozenset[str]
    parties: frozenset[str]
    places: frozenset[str]
    subject: frozenset[str]
    together: frozenset[str]
    host: frozenset[str]
    decider: frozenset[str]
    own: frozenset[str]
    held: frozenset[str]
    moved: frozenset[str]
    runs: frozenset[str]
    beside: frozenset[str]
    vague: frozenset[str]
    lands: frozenset[str]
    bodies: frozenset[str]
    barred: frozenset[str]
    electors: frozenset[str]
    topics: frozenset[str]
    grounds: frozenset[str]
    named_grounds: frozenset[str]
    named_before: frozenset[str]
    halls: frozenset[str]
    premises: frozenset[str]
    stands_for: dict[str, frozenset[str]]


@cache
def part_words(language: str) -> PartWords:
    """Return the words of taking part of a language."""
    raw = table("events", language, "parts")
    verbs, prepositions = raw["verbs"], raw["prepositions"]
    return PartWords(
        frozenset(raw["people"]["words"]),
        frozenset(prepositions["parties"]), frozenset(prepositions["places"]),
        frozenset(verbs["subject"]), frozenset(verbs["together"]), frozenset(verbs["host"]),
        frozenset(verbs["decider"]), frozenset(verbs["own"]),
        frozenset(verbs["held"]),
        frozenset(verbs["moved"]),
        frozenset(raw["nouns"]["runs"]),
        frozenset(raw["nouns"]["beside"]),
        frozenset(raw["people"]["vague"]),
        frozenset(raw["people"]["lands"]),
        frozenset(raw["people"]["bodies"]),
        frozenset(raw["nouns"]["barred"]),
        frozenset(raw["nouns"]["electors"]),
        frozenset(prepositions["topics"]),
        frozenset(prepositions["grounds"]),
        frozenset(prepositions["named_grounds"]),
        frozenset(prepositions["named_before"]),
        frozenset(prepositions["halls"]),
        frozenset(prepositions["premises"]),
        {word: frozenset(offices) for word, offices in raw["stands_for"].items()},
    )  # fmt: skip


def add(
    ground: Ground, mention: EventMention, found: list[Part], i: int, attribute: Attribute,
    rule: str, describe: bool = True,
) -> bool:  # fmt: skip
    """Add what token ``i`` heads, a name or a description of people; return whether anything was added."""
    a = ground.annotated
    i = meant(ground, i)
    token = a.tokens[i]
    name = ground.names.get(i)
    if attribute != "venue" and (name is None or not name.entity):
        called = [c for c in a.children[i] if a.tokens[c].dep == "appos" and c in ground.names]
        if called and ground.names[called[0]].label in CALLED:
            i = called[0]
            token, name = a.tokens[i], ground.names[i]
    if i in ground.times or (mention.first <= i < mention.last and rule not in {"modifier", "possessor"}):
        return False
    if attribute == "venue":
        # one meets "at" a hall that the parser takes for a body, and nothing is "moved to" a person
        labels = PLACE_LABELS | LOOSE.get(rule, frozenset())
        if rule == "place" and token.tag == "NNP" and token.lower in part_words(a.language).halls:
            labels |= HALL
        ground_named = rule == "visited" or any(
            c in ground.names and a.tokens[c].dep == "compound" for c in a.children[i]
        )
        is_ground = ground_named and token.lemma in sites(a.language)
        if token.lemma in part_words(a.language).grounds and name is None:  # "on the island of Orsa"
            within = grammar.objects(a, i, vocabulary(a.language)["members"])
            is_ground = is_ground or any(c in ground.names for c in within)
        if rule == "host" and name is None:
            return False  # "the President hosts a dinner": he is no place
        if (name is None and token.pos != "PROPN" and not is_ground) or (name is not None and name.label not in labels):
            return False
        if token.lower in kinds(a.language).nouns and rule not in {"moved", "tagger"}:
            return False  # "at a NATO summit"
        if any(c.isdigit() for c in token.text) and (name is None or name.last - name.first == 1):
            return False  # "the G7 summit", "on mission ARV-3"
    elif name is not None and name.label in {"LOC", "FAC"}:
        return False
    known = part_words(a.language)
    if name is None and attribute == "venue":
        value, entity, (first, last), label = "", None, grammar.phrase(a, i), "GPE"
        last += _numbered(ground, last)
        value = a.text(ground.span(first, last))
        if value.lower() in part_words(a.language).named_before:
            return False
    elif name is not None and (token.lemma not in known.people or name.label == "ORG" or name.entity):
        value, entity, first, last, label = name.value, name.entity, name.first, name.last, name.label
        if attribute == "venue":
            last += _numbered(ground, last)
            value = a.text(ground.span(first, last))
    elif name is None and not (describe and _describes_people(a.language, token, known, kinds(a.language).nouns, rule)):
        return False
    else:
        first, last = _with_origin(ground, i)
        inner = [ground.names[j] for j in range(first, last) if j in ground.names and ground.names[j].label == "PERSON"]
        if inner and token.dep in {"compound", "appos"}:
            value, entity, first, last, label = *inner[0][:4], "PERSON"
        else:
            value, entity, label = a.text(ground.span(first, last)), None, ""
    found.append(
        Part(
            attribute,
            value,
            entity,
            ground.span(first, last),
            hedges(ground, mention, i, first, last) if attribute == "venue" and rule in AT else (),
            _offices(ground, entity, token, label),
            label,
            rule,
        )
    )
    return True


def _numbered(ground: Ground, last: int) -> int:
    """How many tokens of a number end the name of a place: "Courtroom 4"."""
    tokens = ground.annotated.tokens
    if last >= len(tokens) or last in ground.times or not tokens[last].text.isdigit():
        return 0
    return int(tokens[last - 1].lower in part_words(ground.annotated.language).halls)


def _describes_people(
    language: str, token: Token, known: PartWords, event_words: Container[str], rule: str
) -> bool:  # fmt: skip
    """Whether a noun without a name can take part: by its word, or where it does something by a plural of people."""
    if token.lemma in known.vague or token.lemma in event_words:
        return False
    if token.lemma in known.people or token.lower in known.people:
        return True
    return rule in {"subject", "among", "agent", "slot"} and are_people(language, token)


def _offices(ground: Ground, entity: str | None, token: Token, label: str) -> frozenset[str]:
    """What lets "the presidents" be the two whom the text calls by that office."""
    known = ground.annotated.entity_by_id.get(entity or "")
    if known is not None:
        return frozenset(word for role in known.roles for word in role.title.lower().split())
    owned = vocabulary(ground.annotated.language)["owned_by_one"]
    children = ground.annotated.children[token.i]
    if label or any(ground.annotated.tokens[c].lower in owned and c not in ground.names for c in children):
        return frozenset()  # "its leaders" are those of a union, not of the land
    return frozenset({token.lemma}) | part_words(ground.annotated.language).stands_for.get(token.lemma, frozenset())


def meant(ground: Ground, i: int) -> int:
    """For a pronoun that the text elsewhere leaves open: whom the clause over it names ("X says that it will host")."""
    a = ground.annotated
    token = a.tokens[i]
    if token.lemma in part_words(a.language).lands and token.dep == "poss" and i not in ground.names:
        names = (ground.names[j] for j in range(i - 1, max(-1, i - 25), -1) if j in ground.names)
        return next((name.last - 1 for name in names if name.label == "GPE"), i)
    if token.tag not in {"PRP", "PRP$"} or i in ground.names:
        return i
    at = token.head
    passed = {i, at}
    for _ in range(5):
        verb = a.tokens[at]
        if verb.head == at:
            break
        at = verb.head
        passed.add(at)
        above = a.tokens[at]
        if above.pos not in {"VERB", "AUX"} and token.tag == "PRP":
            continue
        for subject in a.children[at]:
            if subject in passed or subject > i:  # "preparations for its election" are not whose election it is
                continue
            if a.tokens[subject].dep in grammar.SUBJECTS and a.tokens[subject].tag != "PRP":
                return subject
    if token.tag == "PRP$":
        for subject in grammar.subjects(a, a.tokens[token.head].head):
            if subject < i:
                return subject
    return i


def add_all(
    ground: Ground, mention: EventMention, found: list[Part], i: int, attribute: Attribute, rule: str
) -> None:  # fmt: skip
    """Add what token ``i`` heads and all that is joined to it; an apposition stands in for what can't be named."""
    a = ground.annotated
    for each in _members(ground, meant(ground, i)):  # "the ministries of X and Y say that they will meet"
        called = [c for c in a.children[each] if a.tokens[c].dep == "appos"]
        for one in _among_them(ground, each):
            add(ground, mention, found, one, attribute, rule)
        if not add(ground, mention, found, each, attribute, rule):
            any(add(ground, mention, found, child, attribute, rule) for child in called)
        for child in called:
            for joined in grammar.conjuncts(a, child)[1:]:
                if joined in ground.names and ground.names[joined].label == "PERSON":
                    add(ground, mention, found, joined, attribute, rule)


def _among_them(ground: Ground, i: int) -> list[int]:
    """Names given for some of those described: "eight guards, including Brandt and Ostrow"."""
    a = ground.annotated
    if i in ground.names:
        return []
    given = grammar.objects(a, i, vocabulary(a.language)["including"])
    return [each for c in given for each in grammar.conjuncts(a, c) if each in ground.names]


def _with_origin(ground: Ground, i: int) -> tuple[int, int]:
    """Tokens of a description of people, with where they come from: "representatives from thirty countries"."""
    a = ground.annotated
    first, last = grammar.phrase(a, i)
    if last != i + 1 or last == len(a.tokens) or a.tokens[last].head != i:
        return first, last
    end = a.subtree(last)[1] if a.tokens[last].lower in vocabulary(a.language)["origin"] else last
    return first, end if end - last < ORIGIN else last


def _members(ground: Ground, i: int) -> list[int]:
    """What is joined under token ``i``, and for bodies or people of several lands the lands.

    "The governments of X and Y", "ministers from X and Y". Of people who are somebody's ("his counterparts from X and
    Y") only where they come from is told.
    """
    a = ground.annotated
    joined = grammar.conjuncts(a, i)
    token = a.tokens[i]
    if len(joined) > 1 or token.tag != "NNS" or i in ground.names:
        return joined
    known = part_words(a.language)
    leading = vocabulary(a.language)["members"] if token.lemma in known.bodies else frozenset[str]()
    if token.lemma in known.people and all(a.tokens[c].dep != "poss" for c in a.children[i]):
        leading |= vocabulary(a.language)["origin"]
    for goal in grammar.objects(a, i, leading):
        lands = grammar.conjuncts(a, goal)
        if len(lands) > 1 and all(each in ground.names for each in lands):
            return lands
    return joined


def same_party(one: Part, other: Part) -> bool:
    """Whether two parts are the same party: by entity, or one name's words end or begin the other's."""
    if one.entity is not None and other.entity is not None:
        return one.entity == other.entity
    if not (one.label and other.label) and (one.label or other.label) and one.offices & other.offices:
        return True
    short, long = sorted((one.value.lower().split(), other.value.lower().split()), key=len)
    return bool(short) and (long[-len(short) :] == short or long[: len(short)] == short)


def only_votes(part: Part, language: str) -> bool:
    """Whether a party of an election is of those who cast their votes: "voters in Selm"."""
    return part.attribute == "participant" and bool(part_words(language).electors & set(part.value.lower().split()[:2]))
