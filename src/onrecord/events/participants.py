"""Who takes part in an event and where it is, from the words around one mention.

Promise: a party or place is one that the sentence ties to the event itself; the speaker who tells of it and the capital
he tells it from are not. The odd case that forced its shape: "Putin-Biden summit" and "Geneva meeting" look alike, and
only the kind of name before the noun tells parties from a place.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from typing import Literal, NamedTuple

from onrecord.events import grammar
from onrecord.events.grammar import Step
from onrecord.events.ground import PLACE_LABELS, Ground
from onrecord.events.mentions import EventMention, kinds
from onrecord.language.annotated import Annotated, Token
from onrecord.nouns import Span
from onrecord.tables import table

Attribute = Literal["participant", "host", "venue"]


class Part(NamedTuple):
    """Somebody who takes part in, hosts or gives place to an event. ``near``: tokens away from the mention."""

    attribute: Attribute
    value: str
    entity: str | None
    span: Span
    near: int
    offices: frozenset[str]
    """Words of the offices held, or for a description the offices that it may stand for; in lower case."""
    label: str
    """The parser's label of the name (``PERSON``, ``GPE`` …); ``""`` for a description."""
    rule: str


class PartWords(NamedTuple):
    """The tables of people, prepositions and verbs."""

    people: frozenset[str]
    parties: frozenset[str]
    places: frozenset[str]
    subject: frozenset[str]
    host: frozenset[str]
    decider: frozenset[str]
    held: frozenset[str]
    moved: frozenset[str]
    runs: frozenset[str]
    vague: frozenset[str]
    stands_for: dict[str, frozenset[str]]


@cache
def part_words(language: str) -> PartWords:
    """Return the words of taking part of a language."""
    raw = table("events", language, "parts")
    verbs, prepositions = raw["verbs"], raw["prepositions"]
    return PartWords(
        frozenset(raw["people"]["words"]), frozenset(prepositions["parties"]), frozenset(prepositions["places"]),
        frozenset(verbs["subject"]), frozenset(verbs["host"]), frozenset(verbs["decider"]), frozenset(verbs["held"]),
        frozenset(verbs["moved"]),
        frozenset(raw["nouns"]["runs"]),
        frozenset(raw["people"]["vague"]),
        {word: frozenset(offices) for word, offices in raw["stands_for"].items()},
    )  # fmt: skip


def parts(ground: Ground, mention: EventMention) -> list[Part]:
    """Return the parties, hosts and places of one mention, in text order, each once."""
    a = ground.annotated
    known = part_words(a.language)
    found: list[Part] = []
    heads = [mention.head] if mention.inner is None else [mention.head, mention.inner]
    for head in heads:
        _before(ground, mention, head, found)
        _after(ground, mention, head, known, found)
    if mention.verbal:
        _meeting_verb(ground, mention, known, found)
    else:
        _through_verbs(ground, mention, known, found)
    unique: dict[tuple[str, str], Part] = {}
    for part in found:
        unique.setdefault((part.attribute, part.entity or part.value.lower()), part)
    return sorted(unique.values(), key=lambda part: part.span)


def _add(
    ground: Ground, mention: EventMention, found: list[Part], i: int, attribute: Attribute,
    rule: str, describe: bool = True,
) -> bool:  # fmt: skip
    """Add what token ``i`` heads, a name or a description of people; return whether anything was added."""
    a = ground.annotated
    i = _meant(ground, i)
    token = a.tokens[i]
    name = ground.names.get(i)
    if attribute != "venue" and (name is None or not name.entity):
        called = [c for c in a.children[i] if a.tokens[c].dep == "appos" and c in ground.names]
        if called and ground.names[called[0]].label == "PERSON":
            i = called[0]
            token, name = a.tokens[i], ground.names[i]
    if i in ground.times or (mention.first <= i < mention.last and rule not in {"modifier", "possessor"}):
        return False
    if attribute == "venue":
        if (name is None and token.pos != "PROPN") or (name is not None and name.label not in PLACE_LABELS):
            return False
    elif name is not None and name.label in {"LOC", "FAC"}:
        return False
    known = part_words(a.language)
    if name is None and attribute == "venue":
        value, entity, (first, last), label = "", None, grammar.phrase(a, i), "GPE"
        value = a.text(ground.span(first, last))
    elif name is not None and (token.lemma not in known.people or name.label == "ORG" or name.entity):
        value, entity, first, last, label = name.value, name.entity, name.first, name.last, name.label
        if attribute == "venue":
            value = a.text(ground.span(first, last))
    elif name is None and not (describe and _describes_people(token, known, kinds(a.language).nouns, rule)):
        return False
    else:
        first, last = grammar.phrase(a, i)
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
            abs(i - mention.head),
            _offices(ground, entity, token, label),
            label,
            rule,
        )
    )
    return True


def _describes_people(token: Token, known: PartWords, event_words: Container[str], rule: str) -> bool:
    """Whether a noun without a name can take part: by its word, or, as the subject of holding, by any plural."""
    if token.lemma in known.vague or token.lemma in event_words:
        return False
    if token.lemma in known.people or token.lower in known.people:
        return True
    return rule in {"subject", "between", "agent"} and token.tag == "NNS"


def _offices(ground: Ground, entity: str | None, token: Token, label: str) -> frozenset[str]:
    """What lets "the presidents" be the two whom the text calls by that office."""
    known = ground.annotated.entity_by_id.get(entity or "")
    if known is not None:
        return frozenset(word for role in known.roles for word in role.title.lower().split())
    if label:
        return frozenset()
    return frozenset({token.lemma}) | part_words(ground.annotated.language).stands_for.get(token.lemma, frozenset())


def _meant(ground: Ground, i: int) -> int:
    """For a pronoun that the text elsewhere leaves open: whom the clause over it names ("X says that it will host")."""
    a = ground.annotated
    token = a.tokens[i]
    if token.tag not in {"PRP", "PRP$"} or i in ground.names:
        return i
    at = token.head
    for _ in range(5):
        verb = a.tokens[at]
        if verb.head == at:
            break
        at = verb.head
        above = a.tokens[at]
        if above.pos not in {"VERB", "AUX"} and token.tag == "PRP":
            continue
        for subject in a.children[at]:
            if a.tokens[subject].dep in grammar.SUBJECTS and subject < i and a.tokens[subject].tag != "PRP":
                return subject
    if token.tag == "PRP$":
        for subject in grammar.subjects(a, a.tokens[token.head].head):
            if subject < i:
                return subject
    return i


def _add_all(
    ground: Ground, mention: EventMention, found: list[Part], i: int, attribute: Attribute, rule: str
) -> None:  # fmt: skip
    for each in grammar.conjuncts(ground.annotated, i):
        if not _add(ground, mention, found, each, attribute, rule):
            for child in ground.annotated.children[each]:
                if ground.annotated.tokens[child].dep == "appos" and _add(
                    ground, mention, found, child, attribute, rule
                ):
                    break


def _before(ground: Ground, mention: EventMention, head: int, found: list[Part]) -> None:
    """Names inside the mention and possessors: "Putin-Biden summit", "Velmark's election", "Geneva meeting"."""
    a = ground.annotated
    names = []
    for i in range(mention.first, head):
        name = ground.names.get(i)
        if name is not None and name not in names and a.tokens[i].pos in {"PROPN", "ADJ", "NOUN"}:
            names.append(name)
    dashed = any(a.tokens[i].text in {"-", "–", "—", "/"} for i in range(mention.first, head))
    if mention.entry.group != "election":
        for name in names:
            inside = min(max(name.first, mention.first), head - 1)
            if name.label == "PERSON" or (dashed and len(names) > 1):
                _add(ground, mention, found, inside, "participant", "modifier")
            elif (
                name.label in {"GPE", "FAC", "LOC"}
                and len(names) == 1
                and not dashed
                and mention.entry.group in {"meeting", "conference"}
            ):
                _add(ground, mention, found, inside, "venue", "modifier")
    for child in a.children[head]:
        if a.tokens[child].dep == "poss":
            for each in grammar.conjuncts(a, child):
                _add(ground, mention, found, each, "participant", "possessor")


def _after(ground: Ground, mention: EventMention, head: int, known: PartWords, found: list[Part]) -> None:
    """What follows the noun or verb: "between X and Y", "with X", "in Z", "of the leaders"."""
    a = ground.annotated
    tokens = a.tokens
    for child in a.children[head]:
        token = tokens[child]
        if token.dep not in {"prep", "agent"} or (child < head and not mention.verbal):
            continue
        goals = [c for c in a.children[child] if tokens[c].dep == "pobj"]
        for goal in goals:
            if token.lower in known.parties:
                _add_all(ground, mention, found, goal, "participant", token.lower)
            elif token.lower == "of" and mention.entry.group in {"meeting", "conference"}:
                _add_all(ground, mention, found, goal, "participant", "of")
            elif token.lower in known.places or (token.lower == "to" and mention.entry.group == "visit"):
                _place(ground, mention, goal, found)
    last = mention.last
    for i in range(last, min(last + 5, len(tokens))):
        if tokens[i].lower == "between" and tokens[i].head != head and tokens[i].sentence == mention.sentence:
            for goal in (c for c in a.children[i] if tokens[c].dep == "pobj"):
                _add_all(ground, mention, found, goal, "participant", "between")
    if last < len(tokens) and not any(p.attribute == "participant" for p in found):
        _bracketed(ground, mention, last, known, found)


def _bracketed(ground: Ground, mention: EventMention, at: int, known: PartWords, found: list[Part]) -> None:
    """An editor's insertion that names the parties: "such a meeting [between X and Y]"."""
    a = ground.annotated
    tokens = a.tokens
    if tokens[at].text not in {"[", "("} or at + 2 >= len(tokens):
        return
    if tokens[at + 1].lower not in known.parties and tokens[at + 1].lower != "of":
        return
    seen = None
    for i in range(at + 2, min(at + 16, len(tokens))):
        if tokens[i].text in {"]", ")"}:
            return
        name = ground.names.get(i)
        if name is not None and name != seen:
            seen = name
            _add(ground, mention, found, i, "participant", "insertion")
        elif (
            name is None and tokens[i].lemma in known.people and not any(j in ground.names for j in range(i + 1, i + 3))
        ):
            _add(ground, mention, found, i, "participant", "insertion")


def _place(ground: Ground, mention: EventMention, goal: int, found: list[Part]) -> None:
    if not _add(ground, mention, found, goal, "venue", "place"):
        a = ground.annotated
        for child in a.children[goal]:
            if a.tokens[child].dep in {"compound", "appos"} and _add(ground, mention, found, child, "venue", "place"):
                return


def _meeting_verb(ground: Ground, mention: EventMention, known: PartWords, found: list[Part]) -> None:
    """Parties of an event named by its verb: subject, object, "with"; the place of a visit is its object or "to"."""
    a = ground.annotated
    for subject in grammar.subjects(a, mention.head):
        _add_all(ground, mention, found, subject, "participant", "subject")
    for goal in grammar.objects(a, mention.head):
        if mention.entry.group == "visit":
            for each in grammar.conjuncts(a, goal):
                _place(ground, mention, each, found)
        elif mention.entry.kind != "vote":
            _add_all(ground, mention, found, goal, "participant", "object")


def _through_verbs(ground: Ground, mention: EventMention, known: PartWords, found: list[Part]) -> None:
    """Parties and places of the verbs that carry the event, and of the clauses that hang on it."""
    a = ground.annotated
    tokens = a.tokens
    for child in [c for h in {mention.head, mention.inner or mention.head} for c in a.children[h]]:
        token = tokens[child]
        if token.dep in {"acl", "relcl"} and token.pos in {"VERB", "AUX"}:
            for at in (child, *(c for c in a.children[child] if tokens[c].dep == "xcomp")):
                if token.dep == "relcl" and tokens[at].lemma in known.subject and _relative_object(a, at):
                    for subject in grammar.subjects(a, at):
                        _add_all(ground, mention, found, subject, "participant", "subject")
                    _relative_subjects(ground, mention, at, found)
                if tokens[at].lemma in known.held:
                    _verb_places(ground, mention, at, known, found)
                    for agent in grammar.objects(a, at, frozenset({"by", "between", "with"})):
                        _add_all(ground, mention, found, agent, "participant", "agent")
    first = True
    for step in grammar.way_up(a, mention.head):
        if step.token.pos in {"NOUN", "PROPN"}:
            if step.token.lemma in known.runs:
                _runner(ground, mention, step, found)
            if step.role in {"of", "in", "for"} or step.role == "modifier":
                continue
            return
        if step.token.pos not in {"VERB", "AUX"}:
            continue
        _carried(ground, mention, step, known, found, first)
        if step.token.dep != "xcomp":
            return
        first = False


def _relative_subjects(ground: Ground, mention: EventMention, i: int, found: list[Part]) -> None:
    """Names between "which" and the verb take part, however the parser hung them: "which Brandt and Ostrow held"."""
    tokens = ground.annotated.tokens
    opening = next((j for j in range(i - 1, max(mention.head, i - 24), -1) if tokens[j].tag in {"WDT", "WP"}), None)
    if opening is None:
        return
    for j in range(opening + 1, i):
        name = ground.names.get(j)
        if name is not None and name.label == "PERSON" and name.last - 1 == j and tokens[j].dep != "poss":
            _add(ground, mention, found, j, "participant", "subject")


def _relative_object(a: Annotated, i: int) -> bool:
    """Whether the object of the verb is a relative pronoun or left out: "the talks (that) they held"."""
    direct = grammar.objects(a, i)
    return not direct or a.tokens[direct[0]].tag in {"WDT", "WP"}


def _runner(ground: Ground, mention: EventMention, step: Step, found: list[Part]) -> None:
    """Who runs: "Anton Velik, a candidate in the election", "his candidacy", "names Velik as its candidate"."""
    a = ground.annotated
    token = a.tokens[step.token.i]
    around = [c for c in a.children[token.i] if a.tokens[c].dep in {"appos", "poss", "compound"}]
    if token.dep in {"appos", "attr"}:
        around += [token.head, *grammar.subjects(a, token.head)]
    for over in grammar.way_up(a, token.i):
        if over.token.pos == "VERB":
            if over.role == "as":
                around += grammar.objects(a, over.token.i)
            if over.role in {"as", "object"}:
                around += grammar.subjects(a, over.token.i)
            break
    for each in around:
        name = ground.names.get(_meant(ground, each))
        if name is not None and name.label == "PERSON":
            _add(ground, mention, found, each, "participant", "candidate", describe=False)


def _carried(
    ground: Ground, mention: EventMention, step: Step, known: PartWords, found: list[Part], first: bool
) -> None:
    a = ground.annotated
    i, lemma, role = step.token.i, step.token.lemma, step.role
    state = grammar.verb(a, i)
    if role in {"object", "in", "to", "at", "on"} and not state.negated:
        own = any(a.tokens[c].tag == "PRP$" for c in a.children[mention.head])
        partner = any(p.rule == "with" for p in found)
        joint = mention.entry.group == "meeting" and any(
            len(grammar.conjuncts(a, s)) > 1 for s in grammar.subjects(a, i)
        )
        if lemma in known.host:
            for subject in grammar.subjects(a, i):
                _add_all(ground, mention, found, subject, "host", "host")
                _add_all(ground, mention, found, subject, "venue", "host")
        elif (
            role == "object" and (lemma in known.subject or (lemma in known.decider and (own or partner or joint)))
        ) or (role in {"in", "at", "to"} and lemma in {"participate", "take", "run", "compete", "stand", "meet"}):
            for subject in grammar.subjects(a, i):
                _add_all(ground, mention, found, subject, "participant", "subject")
        if role == "object" and lemma in known.subject:
            for partner_head in grammar.objects(a, i, frozenset({"with"})):
                _add_all(ground, mention, found, partner_head, "participant", "with")
    if role == "passive":
        for agent in grammar.objects(a, i, frozenset({"by"})):
            if lemma in known.subject or lemma in known.host:
                _add_all(ground, mention, found, agent, "participant", "agent")
    if lemma in known.moved and role in {"passive", "object"}:
        for goal in grammar.objects(a, i, frozenset({"to"})):
            _place(ground, mention, goal, found)
    if first and lemma in known.held and role in {"subject", "passive", "object", "clause"} and not state.negated:
        _verb_places(ground, mention, i, known, found)
        for child in a.children[i]:
            if a.tokens[child].dep == "xcomp" and a.tokens[child].lemma in known.held:
                _verb_places(ground, mention, child, known, found)
                for goal in grammar.objects(a, child, frozenset({"between"})):
                    _add_all(ground, mention, found, goal, "participant", "between")
        for goal in grammar.objects(a, i, frozenset({"between"})):
            _add_all(ground, mention, found, goal, "participant", "between")


def _verb_places(ground: Ground, mention: EventMention, i: int, known: PartWords, found: list[Part]) -> None:
    for goal in grammar.objects(ground.annotated, i, known.places):
        _place(ground, mention, goal, found)


def same_party(one: Part, other: Part) -> bool:
    """Whether two parts are the same party: by entity, or one name's words end or begin the other's."""
    if one.entity is not None and other.entity is not None:
        return one.entity == other.entity
    if not (one.label and other.label) and (one.label or other.label) and one.offices & other.offices:
        return True
    short, long = sorted((one.value.lower().split(), other.value.lower().split()), key=len)
    return bool(short) and (long[-len(short) :] == short or long[: len(short)] == short)


def nouns_of_people(annotated: Annotated) -> frozenset[str]:
    """Lemmas that head descriptions of people and bodies."""
    return part_words(annotated.language).people
