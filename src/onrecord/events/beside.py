"""What stands beside a verb that could name an event: a place one goes to, a party one meets, a person one receives.

Promise: each question is answered from one token. The odd case that forced its shape: a town may have no label of the
parser's, or that of a body, and is a place all the same where somebody travels to it.
"""

from __future__ import annotations

from functools import cache

from onrecord.events import grammar
from onrecord.events.ground import PLACE_LABELS, Ground
from onrecord.events.kinds import Kinds
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Token
from onrecord.tables import table

SENT = frozenset({"off", "craft", "built", "paper", "honoured", "staff", "down", "out"})
"""Needs of verbs that name an event only of some: "lifts off", "launches a satellite", "crowned", "pilots strike".

So do "sits down with the premier" and "drivers walk out", not "sits down to dinner" or "walks out of the hall".
"""

THINGS = frozenset({"built", "paper"})
"""Those of them of a thing that one may be asked to open or publish: the asking is a deed all the same."""


def is_place(ground: Ground, i: int) -> bool:
    """Whether a goal is a place: by its name's label, or as a proper noun that names nobody known."""
    name, token = ground.names.get(i), ground.annotated.tokens[i]
    if i in ground.times:
        return False
    if name is None:
        return token.pos == "PROPN" or token.lemma in sites(ground.annotated.language)
    if name.last - name.first > 1 and token.lower in named_sites(ground.annotated.language):
        return True  # "Orsa Park Academy", which the parser takes for a body
    # a town of one word that the parser does not know may be any label to it, but a person here has a longer name
    single = name.last - name.first == 1 and " " not in name.value and token.tag == "NNP"
    return name.label in PLACE_LABELS or (name.label in {"ORG", "", "NORP", "PERSON"} and single)


def is_party(ground: Ground, i: int) -> bool:
    """Whether a token is somebody whom one meets: a name, a description of people or a personal pronoun."""
    token = ground.annotated.tokens[i]
    return (
        i in ground.names
        or token.lemma in _people(ground.annotated.language)
        or are_people(ground.annotated.language, token)
        or (token.tag == "PRP" and token.lower not in vocabulary(ground.annotated.language)["things"])
    )


def is_person(ground: Ground, i: int) -> bool:
    """Whether a token is called by a person's name, or by an office that one person holds ("the president")."""
    token = ground.annotated.tokens[i]
    if i in ground.names:
        return ground.names[i].label == "PERSON"
    return token.pos == "NOUN" and token.lemma in _people(ground.annotated.language) and token.tag == "NN"


def is_somebody(ground: Ground, i: int) -> bool:
    """Whether a token is one person, however called: by name, office ("the President") or pronoun."""
    token = ground.annotated.tokens[i]
    if token.tag == "PRP":
        return token.lower not in vocabulary(ground.annotated.language)["things"]
    office = token.tag in {"NN", "NNP"} and token.lower in _people(ground.annotated.language)
    return is_person(ground, i) or (office and i not in ground.names)


def sets_out(ground: Ground, i: int) -> bool:
    """Whether somebody sets out for a place by a verb: "leaves for Selm", not "the money goes to Selm"."""
    a = ground.annotated
    somebody = any(is_somebody(ground, s) for s in grammar.subjects(a, i))
    return somebody and leads_to_place(ground, i) and not suffered(a, i)


def will_be_there(ground: Ground, i: int) -> bool:
    """Whether somebody will be in a place on a day: "will be in Selm on Friday", not "will be in Selm for years"."""
    a = ground.annotated
    there = grammar.objects(a, i, vocabulary(a.language)["inside"])
    place = any(g in ground.names and ground.names[g].label in PLACE_LABELS and is_place(ground, g) for g in there)
    dated = any(j in ground.times and ground.times[j].type == "DATE" for j in range(*a.subtree(i)))
    somebody = any(is_somebody(ground, s) for s in grammar.subjects(a, i))
    return place and dated and somebody and grammar.verb(a, i).mode == "future"


def will_be_open(ground: Ground, known: Kinds, i: int) -> bool:
    """Whether an adjective tells that something built opens: "shall be open to the public from 4 June"."""
    a = ground.annotated
    token = a.tokens[i]
    if (
        token.dep != "acomp"
        or known.verbs[token.lemma].needs != "built"
        or grammar.verb(a, token.head).mode != "future"
    ):
        return False
    low, high = a.subtree(token.head)
    dated = any(j in ground.times and ground.lies_ahead(ground.times[j]) for j in range(low, high))
    # "the structure to be known as the Harl Bridge shall be open": the parser may give it no subject
    before = min(c for c in a.children[token.head] if a.tokens[c].dep == "aux") - 1
    return dated and any(a.tokens[s].lemma.lower() in known.built for s in (*grammar.subjects(a, token.head), before))


def leads_to_place(ground: Ground, i: int) -> bool:
    """Whether a word has a place behind it to which it leads: "leaves for Selm", "her travel to Selm"."""
    goals = grammar.objects(ground.annotated, i, vocabulary(ground.annotated.language)["bound_for"])
    return any(g in ground.names and ground.names[g].label in PLACE_LABELS and is_place(ground, g) for g in goals)


@cache
def sites(language: str) -> frozenset[str]:
    """What one pays a visit to though it has no name: a plant, a village; as lemmas."""
    return frozenset(table("events", language, "parts")["prepositions"]["sites"])


@cache
def named_sites(language: str) -> frozenset[str]:
    """How the name of a place that one can go into or visit ends: an academy, a memorial; in lower case."""
    return sites(language) | frozenset(table("events", language, "parts")["prepositions"]["halls"])


def are_people(language: str, token: Token) -> bool:
    """Whether a plural noun is one of people, or of bodies that act like people: "teachers", "firms"."""
    if token.tag != "NNS":
        return False
    words, endings = _plurals(language)
    return token.lemma in words or token.lemma.endswith(endings)


def are_guests(language: str, token: Token) -> bool:
    """Whether a noun is one of people who go or are sent to an event: "an observer", "500 delegates"."""
    return token.pos == "NOUN" and token.lemma in _guests(language)


@cache
def _guests(language: str) -> frozenset[str]:
    return frozenset(table("events", language, "people")["guests"]["words"].split())


@cache
def _plurals(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    raw = table("events", language, "people")
    words = frozenset(word for each in raw["plurals"].values() for word in each.split())
    return words, tuple(raw["endings"]["words"])


@cache
def _people(language: str) -> frozenset[str]:
    return frozenset(table("events", language, "parts")["people"]["words"])


def sent(ground: Ground, known: Kinds, i: int, needs: str) -> bool:
    """Whether a verb has beside it what makes it name an event: see `SENT`."""
    a = ground.annotated
    tokens = a.tokens
    if needs == "off":
        return i + 1 < len(tokens) and tokens[i + 1].lower in vocabulary(a.language)["off"]
    subjects, goals = grammar.subjects(a, i), grammar.objects(a, i)
    if needs in {"down", "out"} and (i + 1 == len(tokens) or tokens[i + 1].lower != needs):
        return False
    if needs == "down" and tokens[i].tag in {"VB", "VBP"} and not any(tokens[c].dep == "aux" for c in a.children[i]):
        return False  # "why not have the two sit down?"
    if needs == "down":
        met = grammar.objects(a, i, vocabulary(a.language)["companion"])
        together = _together(a, [s for s in subjects if is_party(ground, s)])
        return any(is_party(ground, m) for m in met) or len(together) > 1
    if needs == "out" and grammar.objects(a, i + 1, vocabulary(a.language)["members"]):
        return False
    done_to = [*goals, *(subjects if suffered(a, i) else [])]
    if a.tokens[i].dep in {"acl", "relcl"} and not done_to:  # "the report, published on Monday"
        done_to = [a.tokens[i].head]
    if needs == "built":
        opened = (
            subjects if any(tokens[g].lemma in vocabulary(a.language)["doors"] for g in goals) else done_to or subjects
        )
        return any(tokens[g].lemma.lower() in known.built for g in opened)
    things = {"craft": known.craft, "paper": known.papers}
    if needs in things:
        return any(tokens[g].lemma in things[needs] for g in done_to)
    if needs == "honoured":
        return any(is_person(ground, g) and g in ground.names for g in done_to)
    return not goals and any(are_people(a.language, tokens[s]) for s in subjects)


def _together(a: Annotated, subjects: list[int]) -> list[int]:
    """Those of a verb's subjects who do something together, a plural counted twice."""
    many = [s for each in subjects for s in grammar.conjuncts(a, each)]
    return [
        *many,
        *(
            s
            for s in many
            if a.tokens[s].tag in {"NNS", "NNPS"} or a.tokens[s].lower in vocabulary(a.language)["again_plural"]
        ),
    ]


def suffered(a: Annotated, i: int) -> bool:
    """Whether the verb is done to its subject: "was invited", "sanctioned by Velmark, the bank …"."""
    passive = any(a.tokens[c].dep == "auxpass" for c in a.children[i])
    return passive or (a.tokens[i].tag == "VBN" and grammar.verb(a, i).mode == "participle")
