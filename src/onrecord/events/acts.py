"""Acts that are announced and have no noun: "will resign", "plans to close its borders", "agreed to sell the yard".

Promise: which verbs tell an act that somebody decides on, and which a course or an effect ("will continue", "will
allow"), is counted on annotated items, not guessed; an act counts only under a sign that it lies ahead. The odd case
that forced its shape: no list of verbs is long enough, so a verb that was never counted is judged by what stands around
it: who does it, to what, and when.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from onrecord import odds
from onrecord.events import grammar
from onrecord.events.beside import SENT, is_party
from onrecord.events.ground import Ground
from onrecord.events.kinds import Entry, kinds
from onrecord.events.mentions import EventMention, by_noun, by_verb, name
from onrecord.events.merge import AHEAD
from onrecord.events.moves import does
from onrecord.events.roots import root_of
from onrecord.events.signs import DEADLINE, TIMETABLE, Evidence, words
from onrecord.events.timed import own_times_ahead
from onrecord.events.verbs import of_verb
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.statements.lexicon import smoothed
from onrecord.tables import table

_CLIMB = 3
_TOLD_OF = frozenset({"acl", "relcl", "amod", "xcomp", "conj"})
"""What a verb hangs by on the noun that it tells of, and how many steps up that noun is looked for."""

ON_A_DAY = frozenset({"day", "effect"})
"""What verbs need in the table of kinds that are decided on here instead."""

OTHERWISE = frozenset({"to", "place", "guest", "crowd"})
"""What verbs need to be of the table's kind, and without which they are an act where a day is set for them.

"The envoy will fly home on Friday" is no visit and still planned; but "will meet resistance" is nothing of the kind.
"""

FEATURES = ("constant", "verb", "implied", "hinted", "mooted", "timetable", "dated", "named", "object", "inside")
"""What the chance is made of; fitted by `training.events.acts`."""


class Acts(NamedTuple):
    """What was counted of a language's verbs."""

    verbs: dict[str, tuple[int, int, str]]
    """For each verb: cases under a sign that it lies ahead, those that are events, and the kind of most of them."""
    rate: float
    """The share of events among all cases."""
    weights: tuple[float, ...]
    least: float
    """An act less likely an event than this is left out."""


@cache
def acts(language: str) -> Acts:
    """Return the counts of a language. Raises FileNotFoundError where it has no table."""
    raw = table("events", language, "acts")
    verbs = {verb: (int(n), int(k), str(kind)) for verb, (n, k, kind) in raw["verbs"].items()}
    weights = tuple(float(raw["weights"][name]) for name in FEATURES)
    return Acts(verbs, float(raw["rate"]), weights, float(raw["least"]))


def with_acts(ground: Ground, mentions: list[EventMention], least: float | None = None) -> list[EventMention]:
    """Return ``mentions`` with the announced acts of the document, in text order.

    Acts that are less likely an event than ``least`` are left out; None: the table's own threshold. A verb that the
    table of kinds counts only with a day ("close", "ban") is an act here, where it is likely one.
    """
    a = ground.annotated
    known = acts(a.language)
    ruled = kinds(a.language).verbs
    carries, permits = words(a.language).hold, vocabulary(a.language)["permits"]
    taken = {i for each in mentions if each.entry.needs not in ON_A_DAY for i in range(each.first, each.last)}
    named = {each.head for each in mentions if not each.verbal}
    found: dict[int, EventMention] = {each.head: each for each in mentions}
    for token in a.tokens:
        taken_for_noun = token.tag == "NNS" and token.lemma in known.verbs and _has_subject_before(a, token.i)
        if (token.pos != "VERB" and not taken_for_noun) or token.i in taken or token.dep in {"amod", "compound"}:
            continue
        signs = signs_ahead(ground, token.i)
        apart = token.lemma in ruled and ruled[token.lemma].needs in OTHERWISE and _set_for(ground, token.i, signs)
        if token.lemma in ruled and ruled[token.lemma].needs not in ON_A_DAY | SENT and not apart:
            continue  # "meet" is a meeting or none: the table of kinds has decided
        if not signs or (token.i in found and found[token.i].entry.needs == "effect") or _is_about_to(a, token.i):
            continue
        if token.dep in {"xcomp", "ccomp"} and a.tokens[token.head].lemma in permits:
            continue  # "will allow shops to sell wine": it may be done, nobody has decided to
        on_a_day = any(sign.rule in {TIMETABLE, DEADLINE} for sign in signs) or _set_for(ground, token.i, signs)
        outright = on_a_day or _dated_outright(ground, token.i, signs)
        around = (*_borne(ground, token.i), *_above(ground, token.i))
        if any(each in named for i in around for each in (i, *_called(a, i))):
            continue  # "will pay a visit", "will return for talks": the noun names the event
        cases, events, kind = known.verbs.get(token.lemma, (0, 0, "other"))
        verb = odds.log_odds(smoothed(cases, events, known.rate))
        chance = odds.weighed(known.weights, features(ground, token.i, signs, verb))
        entry = Entry(kind, root_of(a, token.i), f"act {token.lemma}", False, False, False, "", "")  # type: ignore[arg-type]
        noun = _carried(ground, token.i) if outright else None
        if noun is not None:
            found.setdefault(noun, by_noun(ground, noun, *name(ground, noun), entry))
            found[token.i] = replace(by_verb(ground, token.i, token.i + 1, entry), origin="act", stands_for=noun)
            continue
        if token.lemma in carries and _only_carries(a, token.i, on_a_day):
            continue  # "is due to open": it tells of an event that is named elsewhere
        if chance < (known.least if least is None else least) and not on_a_day:
            continue
        found[token.i] = replace(by_verb(ground, token.i, token.i + 1, entry), origin="act", chance=chance)
    return [found[head] for head in sorted(found)]


def _has_subject_before(a: Annotated, i: int) -> bool:
    """Whether a verb was taken for a plural noun, its subject for a part of it: "the city's velodrome reopens"."""
    parts = [c for c in a.children[i] if a.tokens[c].dep == "compound"]
    return bool(parts) and a.tokens[parts[-1]].tag in {"NN", "NNP"} and a.tokens[i].text.islower()


def _is_about_to(a: Annotated, i: int) -> bool:
    """Whether a verb only says that another lies ahead: "this afternoon is going to sign"."""
    token = a.tokens[i]
    done = [c for c in a.children[i] if a.tokens[c].dep == "xcomp" and a.tokens[c].tag == "VB"]
    return token.tag == "VBG" and token.lemma in vocabulary(a.language)["about_to"] and bool(done)


def _only_carries(a: Annotated, i: int, on_a_day: bool) -> bool:
    """Whether a carrying verb names no event itself: "it will take place"; "the rink will open on Friday" does."""
    things = {a.tokens[c].lower for c in grammar.objects(a, i)}
    if things:
        return bool(things & words(a.language).needing.get(a.tokens[i].lemma, frozenset()))
    shared = a.tokens[i].dep == "conj" or (a.tokens[i].dep == "xcomp" and a.tokens[a.tokens[i].head].dep != "relcl")
    done = grammar.verbs_own_subject(a, i) or (shared and bool(grammar.subjects(a, i)))
    return not (on_a_day and done)


def _set_for(ground: Ground, i: int, signs: list[Evidence]) -> bool:
    """Whether a verb that is said to lie ahead has a day of its own: "farmers will block the motorway tomorrow"."""
    a = ground.annotated
    if grammar.base(a, a.tokens[i]) in vocabulary(a.language)["states"] | vocabulary(a.language)["begins"]:
        return False
    said = any(sign.weight > 1 and sign.status in {"planned", "scheduled"} for sign in signs)
    return said and bool(own_times_ahead(ground, i))


def _dated_outright(ground: Ground, i: int, signs: list[Evidence]) -> bool:
    """Whether a verb says outright that something will be, and when: "will be played on Sunday"."""
    low, high = ground.annotated.subtree(i)
    return signs[0].weight > 2 and any(
        j in ground.times and ground.lies_ahead(ground.times[j]) for j in range(low, high)
    )


def _carried(ground: Ground, i: int) -> int | None:
    """The noun of what a verb in the present puts on a day: "trading starts on Monday", "an attempt is set for May".

    None where somebody or something does it, so that the verb names the event: "the bridge reopens".
    """
    a = ground.annotated
    arranged = does(a, a.tokens[i]) in {"planned", "scheduled"} or (
        a.tokens[i].lemma in vocabulary(a.language)["staged"]
    )
    passive = any(a.tokens[c].dep == "auxpass" for c in a.children[i])
    if (
        grammar.objects(a, i)
        or grammar.particle(a, i) in vocabulary(a.language)["ending"]
        or not (a.tokens[i].lemma in vocabulary(a.language)["begins"] or (passive and arranged))
    ):
        return None
    heads = [s for s in grammar.subjects(a, i) if a.tokens[s].pos == "NOUN" or a.tokens[s].tag == "VBG"]
    return next((s for s in heads if not is_party(ground, s) and s not in ground.times), None)


def _borne(ground: Ground, i: int) -> list[int]:
    """What a verb may only carry: its subject, its object, what is behind "for", "in" or "to", what one goes "on"."""
    a = ground.annotated
    known = vocabulary(a.language)
    carrying = known["for_plan"] | known["inside"] | known["goal"]
    if a.tokens[i].lemma in known["on_journey"]:
        carrying |= known["target"]
    return [*grammar.subjects(a, i), *grammar.objects(a, i), *grammar.objects(a, i, carrying)]


def _above(ground: Ground, i: int) -> list[int]:
    """The noun that a clause is told of: "the congress, due to open on 1 May", "a fair that opens and closes"."""
    tokens = ground.annotated.tokens
    found = []
    for _ in range(_CLIMB):
        if tokens[i].dep not in _TOLD_OF or tokens[i].head == i:
            break
        i = tokens[i].head
        found.append(i)
    return found


def _called(a: Annotated, i: int) -> list[int]:
    """The noun of which a word is only the name: of "the naval exercise Steel Gannet" the exercise."""
    return [a.tokens[i].head] if a.tokens[i].dep == "appos" and a.tokens[i].pos == "PROPN" else []


def signs_ahead(ground: Ground, i: int) -> list[Evidence]:
    """The signs that the verb at token ``i`` is of something that lies ahead."""
    return [sign for sign in of_verb(ground, i, words(ground.annotated.language)) if sign.status in AHEAD]


def features(ground: Ground, i: int, signs: list[Evidence], verb: float) -> tuple[float, ...]:
    """What speaks for and against the verb at token ``i`` being an event, in the order of `FEATURES`.

    ``signs`` are its `signs_ahead`; ``verb`` the log odds of the verb's own rate.
    """
    a = ground.annotated
    low, high = a.subtree(i)
    subjects = grammar.subjects(a, i)
    sign = signs[0]
    return (
        1.0,
        verb,
        float(sign.weight == 2),
        float(sign.weight == 1),
        float(sign.status == "mooted"),
        float(sign.rule == TIMETABLE),
        float(any(j in ground.times and ground.times[j].interval is not None for j in range(low, high))),
        float(any(is_party(ground, s) for s in subjects)),
        float(bool(grammar.objects(a, i))),
        float(a.tokens[i].dep in ("relcl", "advcl", "acl", "pcomp")),
    )
