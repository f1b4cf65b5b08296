"""Which verbs tell by themselves what happened: "was arrested on Monday", "a bridge collapsed".

Promise: a verb of the table counts where it was done, outright, and what it needs stands beside it: who was arrested,
what crashed. The odd case that forced its shape: the present tense reports what was done only in a headline and in the
first sentence of an item; further on it tells what is usual.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.beside import are_people, is_party
from onrecord.events.ground import PLACE_LABELS, Ground
from onrecord.events.kinds import Entry
from onrecord.events.signs import words
from onrecord.events.vocabulary import vocabulary
from onrecord.tables import table

OF_OTHERS = frozenset({"attack", "killing", "death", "disaster"})
"""Groups whose verbs tell what an event that is named beside them did: "died in the crash"."""

CLAUSES = frozenset({"relcl", "acl", "advcl"})
"""How a verb hangs that tells of somebody by the way, which is news only where it has a day or a word of time."""

MODIFIERS = frozenset({"poss", "compound", "amod", "nmod", "npadvmod", "nummod", "appos", "dobj"})
INNER = frozenset({"compound", "amod", "poss"})
"""What of a word, and of what it leads to, may say which event it is."""


class HappenedWords(NamedTuple):
    """The table, ready for look-up by lemma."""

    nouns: dict[str, tuple[tuple[str, Entry, bool], ...]]
    """For each noun the word that has to stand before it, its row, and whether the noun alone takes it for granted."""
    verbs: dict[str, Entry]
    persons: frozenset[str]
    offices: frozenset[str]
    """To what voters elect somebody."""
    things: frozenset[str]
    bills: frozenset[str]
    houses: frozenset[str]
    unreal_verbs: frozenset[str]
    unreal_nouns: frozenset[str]
    none: frozenset[str]
    many: frozenset[str]
    came: frozenset[str]
    made: frozenset[str]
    after: frozenset[str]
    granted: frozenset[str]
    """What opens a clause that takes for granted what it tells: "when the ferry sank"."""
    ranked: frozenset[str]
    amid: frozenset[str]
    """Prepositions before what was there when the verb over it was done."""
    past: frozenset[str]
    """Those of them that say so whatever stands over them."""
    meant: frozenset[str]
    """Prepositions between a verb of fearing or wishing and what is feared or wished."""
    described: frozenset[str]
    """Prepositions between what happened and what it happened to."""


@cache
def happened_words(language: str) -> HappenedWords:
    """Return the table of a language. Raises FileNotFoundError where it has none."""
    raw = table("events", language, "happened")
    nouns: dict[str, tuple[tuple[str, Entry, bool], ...]] = {}
    for row in raw["noun"]:
        entry = Entry(row["kind"], "", row["group"], bool(row.get("generic")), True, False, "", "")
        for phrase in sorted(row["words"], key=len, reverse=True):
            first, _, noun = phrase.rpartition(" ")
            nouns[noun] = (*nouns.get(noun, ()), (first, entry, bool(row.get("known"))))
    verbs = {
        word: Entry(row["kind"], "", row["group"], False, False, False, row["needs"], "")
        for row in raw["verb"]
        for word in row["words"]
    }
    unreal = {key: frozenset(each) for key, each in raw["unreal"].items()}
    return HappenedWords(
        nouns={noun: tuple(sorted(rows, key=lambda row: not row[0])) for noun, rows in nouns.items()},
        verbs=verbs,
        unreal_verbs=unreal["verbs"], unreal_nouns=unreal["nouns"], none=unreal["none"], many=unreal["many"],
        **{name: frozenset(raw[name]["words"]) for name in HappenedWords._fields if name in raw},
    )  # fmt: skip


def is_done(ground: Ground, i: int, present: bool = True) -> bool:
    """Whether a verb tells what was done: in the past, or (``present``) in the present of a report, and not denied."""
    a = ground.annotated
    if grammar.verb(a, i).negated:
        return False
    return grammar.verb(a, i).mode in {"past", "perfect"} or (present and _is_report(ground, i))


def _is_report(ground: Ground, i: int) -> bool:
    """Whether a verb in the present is that of a headline or of the first sentence of an item."""
    a = ground.annotated
    token = a.tokens[i]
    if grammar.verb(a, i).mode != "present" or token.tag not in {"VBZ", "VBP", "VBN"} or token.dep != "ROOT":
        return False
    return token.start < ground.heading or token.sentence == 0


def tells(ground: Ground, i: int, heads: set[int]) -> bool:
    """Whether a verb of the table tells an event: it was done, outright, by or to somebody who is told."""
    a = ground.annotated
    token = a.tokens[i]
    entry = happened_words(a.language).verbs[token.lemma]
    if grammar.particle(a, i) or not (is_ranked(ground, i) or is_done(ground, i)):
        return False
    if token.dep in {"xcomp", "pcomp"} and not is_ranked(ground, i):
        return False
    marks = {a.tokens[c].lower for c in a.children[i] if a.tokens[c].dep in {"mark", "advmod"}}
    if marks & words(a.language).conditions or _is_only_meant(ground, i):
        return False
    timed = any(c in ground.times for c in beside(ground, i))
    granted = words(a.language).before.keys() | happened_words(a.language).granted
    marks |= {a.tokens[c].lower for c in a.children[i] if a.tokens[c].tag == "WRB"}
    if token.dep in CLAUSES and not is_ranked(ground, i) and not timed and not marks & granted:
        return False
    around = {*grammar.subjects(a, i), *grammar.objects(a, i), *beside(ground, i)}
    if around & heads and entry.group in OF_OTHERS:
        return False
    return _has_needed(ground, i, entry.needs)


def is_ranked(ground: Ground, i: int) -> bool:
    """Whether an infinitive is what somebody did as the first or last: "became the last state to ratify the treaty"."""
    a = ground.annotated
    if grammar.verb(a, i).mode != "infinitive" or a.tokens[i].dep not in {"relcl", "acl", "xcomp"}:
        return False
    noun = a.tokens[a.tokens[i].head]
    if a.tokens[i].dep == "xcomp":
        noun = next((a.tokens[c] for c in a.children[noun.i] if a.tokens[c].dep == "attr"), noun)
    if noun.dep != "attr":
        return False
    ranked = any(a.tokens[c].lower in happened_words(a.language).ranked for c in a.children[noun.i])
    return ranked and grammar.verb(a, noun.head).mode in {"past", "perfect"}


def _is_only_meant(ground: Ground, i: int) -> bool:
    """Whether a clause stands under a verb of fearing or wishing: "feared that he was arrested"."""
    a = ground.annotated
    token = a.tokens[i]
    if token.dep not in {"ccomp", "conj"}:
        return False
    above = a.tokens[token.head]
    if above.pos not in {"VERB", "AUX"}:
        return False
    unreal = happened_words(a.language).unreal_verbs
    return token.dep == "ccomp" and (above.lemma in unreal or grammar.verb(a, above.i).negated)


def _has_needed(ground: Ground, i: int, needs: str) -> bool:
    """Whether a verb has beside it what makes it tell an event; see `happened.toml`."""
    a = ground.annotated
    known = happened_words(a.language)
    passive = any(a.tokens[c].dep in {"nsubjpass", "auxpass"} for c in a.children[i])
    subjects = grammar.subjects(a, i)
    done_to = [*(subjects if passive else ()), *grammar.objects(a, i)]
    if a.tokens[i].dep == "acl" or (passive and a.tokens[i].dep == "relcl"):
        done_to.append(a.tokens[i].head)  # "Ana Dalgard, who was shot in May", "the judge shot in May"
    by = [] if passive else subjects
    if needs == "patient":
        return any(is_party(ground, g) or a.tokens[g].lemma in known.persons for g in done_to)
    if needs == "named":
        return any(_label(ground, g) == "PERSON" for g in done_to)
    if needs == "office":
        below = [d for c in (i, *a.children[i]) for d in a.children[c] if d > i]
        named = any(_label(ground, g) == "PERSON" for g in done_to)
        return named and any(a.tokens[c].lemma.lower() in known.offices for c in (*done_to, *below))
    if needs == "agent":
        return any(_label(ground, s) == "PERSON" for s in by)
    if needs == "thing":
        return any(a.tokens[s].lemma in known.things for s in subjects)
    if needs == "matter":
        decided = any(a.tokens[g].lemma in known.bills for g in done_to)
        return decided and (passive or any(a.tokens[s].lemma in known.houses or s in ground.names for s in by))
    if needs == "body":
        states = any(_label(ground, s) in {"GPE", "ORG", "NORP"} for s in by)
        return states and any(_label(ground, g) == "ORG" for g in done_to)
    if needs == "place":
        return any(_label(ground, g) in PLACE_LABELS for g in done_to) and (passive or bool(by))
    several = any(len(grammar.conjuncts(a, s)) > 1 or are_people(a.language, a.tokens[s]) for s in by)
    return several or any(_label(ground, g) == "PERSON" for g in done_to)


def _label(ground: Ground, i: int) -> str:
    """The label of the name at a token; empty where there is none."""
    found = ground.names.get(i)
    return found.label if found is not None else ""


def beside(ground: Ground, i: int) -> Iterator[int]:
    """The tokens that may say which event a word names: its modifiers, and what prepositions lead to from it."""
    a = ground.annotated
    for child in a.children[i]:
        token = a.tokens[child]
        if token.dep in MODIFIERS or child in ground.times:
            yield child
            if token.dep == "dobj":
                yield from (c for c in a.children[child] if a.tokens[c].dep in INNER)
        elif token.dep == "prep" and token.lower not in vocabulary(a.language)["not_when"]:
            for goal in (c for c in a.children[child] if a.tokens[c].dep == "pobj"):
                yield goal
                for inner in a.children[goal]:
                    if a.tokens[inner].dep in INNER:
                        yield inner
                    elif a.tokens[inner].dep == "prep":
                        yield from (c for c in a.children[inner] if a.tokens[c].dep == "pobj")
