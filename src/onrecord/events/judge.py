"""Whether what rules and tagger take for a planned event is one: their word weighed together.

Promise: the chance is a logistic regression over what is seen, fitted on annotated items (`training.events.judge`), and
is what the event reports as its confidence. The odd case that forced its shape: the rules know "summit" and the tagger
knows "cut its budget"; each is sure where the other has never looked, so neither's silence may decide alone. And what
is said in a press room is weighed by itself: there questions name what will never be, and the tagger has learnt from
print.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from onrecord import odds
from onrecord.events.answers import ASKED
from onrecord.events.answers import RULE as ANSWERED
from onrecord.events.dated import Dated
from onrecord.events.foreseen import RULE
from onrecord.events.merge import AHEAD, Cluster, Seen
from onrecord.events.signs import DEADLINE, DECIDED, LISTED, OWN_DAY, SAID, TIMETABLE
from onrecord.language import Annotated
from onrecord.tables import table

FEATURES = (
    "constant", "seen", "unseen", "act", "act_chance", "tagger", "tagger_verb", "weak", "verb", "outright", "implied",
    "mooted", "dated", "named", "often",
)  # fmt: skip
"""What the chance is made of, in the order of `features`."""

GRANTED = frozenset({"election", "conference", "sport"})
"""Groups of what is held once in years and is known by name long before."""

OFF = frozenset({"cancelled", "postponed"})
"""What is done to a plan that there was."""

NEAR = 2
"""Most steps between an event and the day that the present tense puts it on."""

BOUND = 0.01
"""No chance that is weighed is nearer to 0 or 1 than this."""


class Weights(NamedTuple):
    """The weights of the features in print or in talk, and the chance below which a planned event is left out."""

    weights: tuple[float, ...]
    least: float
    timetable: float
    """What a present tense with a day ahead is worth at least: "the bridge reopens on Friday"."""
    outright: float
    """What a noun that is said outright to lie ahead is worth at least: "there will be a summit between the two"."""
    dated: float
    """What a verb that lies ahead on a day of its own is worth at least: "will reopen on Friday"."""


@cache
def weights(language: str, talk: bool) -> Weights:
    """Return the weights of a language, of ``talk`` or of print. Raises FileNotFoundError where it has none."""
    raw = table("events", language, "judge")["talk" if talk else "print"]
    return Weights(
        tuple(float(raw["weights"][name]) for name in FEATURES),
        float(raw["least"]),
        float(raw["timetable"]),
        float(raw["outright"]),
        float(raw["dated"]),
    )


def is_talk(annotated: Annotated, cluster: Cluster) -> bool:
    """Whether a cluster of mentions is told in a turn of a transcript, the last that names it deciding."""
    sentence = annotated.sentences[annotated.tokens[cluster.last.head].sentence]
    return annotated.document.blocks[sentence.block].kind == "turn"


def chance(cluster: Cluster, known: Weights) -> float:
    """Return how likely a cluster of mentions that look ahead is a planned event, by what is ``known`` of its kind."""
    told = odds.weighed(known.weights, features(cluster))
    return max(told, _by_day(cluster, known), _outright(cluster, known), _granted(cluster, known))


def _outright(cluster: Cluster, known: Weights) -> float:
    """What it is worth at least that a text says outright of an event with a name, a party or a place that it will be.

    The tagger has learnt from short items; in a transcript of many pages it hardly sees anything.
    """
    for seen in cluster.seen:
        if not seen.mention.verbal and any(e.status in OFF and e.weight > 2 and not e.hedged for e in seen.evidence):
            return known.outright  # nobody calls off what was not to be
        if seen.mention.origin != "table" or (seen.mention.verbal and not _leads_on(seen)):
            continue
        said = any(e.weight > 2 and e.status in {"planned", "scheduled"} and not e.hedged for e in seen.evidence)
        if any(e.rule in {ASKED, ANSWERED} for e in seen.evidence):
            return known.outright
        if said and any(not part.guessed for part in seen.parts):
            return known.outright
    return 0.0


def _leads_on(seen: Seen) -> bool:
    """Whether a verb is a journey that leads to a place: "the president will travel to Selm"."""
    return seen.mention.entry.kind == "visit" and any(p.attribute == "venue" and not p.guessed for p in seen.parts)


def _granted(cluster: Cluster, known: Weights) -> float:
    """What it is worth at least that a text takes an event for granted that has a name: "before the Selm caucuses".

    Nobody need say of what all know that it will be; the tagger has learnt from items that announce it.
    """
    for seen in cluster.seen:
        mention = seen.mention
        if mention.entry.group not in GRANTED or mention.verbal or mention.indefinite or not mention.proper:
            continue
        waits = any(e.status == "planned" and e.weight > 1 for e in seen.evidence)
        if waits or any(d.which == "date" and d.fine and d.value and d.near <= NEAR for d in seen.dates):
            return known.outright
    return 0.0


def _by_day(cluster: Cluster, known: Weights) -> float:
    """What it is worth at least that a verb puts the event on a day ahead; 0 where none does.

    English says a present tense with a day ahead of what is arranged and of nothing else. The texts that the weights
    are fitted on hardly have it, so neither rules nor tagger have learnt what it is worth.
    """
    least = 0.0
    for seen in cluster.seen:
        days = [d for d in seen.dates if d.which == "date" and d.value and d.near <= NEAR]
        rules = {sign.rule for sign in seen.evidence}
        if LISTED in rules:
            return known.timetable
        if days and (DEADLINE in rules or (TIMETABLE in rules and any(d.fine for d in days))):
            return known.timetable
        plans = [s for s in seen.evidence if s.status in {"planned", "scheduled"} and s.weight > 1 and s.rule != RULE]
        outright = any(seen.mention.verbal or s.weight > 2 or s.rule in {DECIDED, OWN_DAY, SAID} for s in plans)
        if (outright and any(d.fine for d in days)) or (TIMETABLE in rules and any(_within_year(d) for d in days)):
            least = known.dated
    return least


def _within_year(dated: Dated) -> bool:
    """Whether a date is a part of a year or finer: a season, a quarter, a day."""
    return dated.fine or "/" in (dated.value or "")


def features(cluster: Cluster) -> tuple[float, ...]:
    """Return what speaks for and against a cluster being a planned event, in the order of `FEATURES`."""
    mentions = [seen.mention for seen in cluster.seen]
    plans = [mention.plan.score for mention in mentions if mention.plan is not None]
    signs = [sign for seen in cluster.seen for sign in seen.evidence if sign.status in AHEAD and sign.rule != RULE]
    strength = max((sign.weight for sign in signs), default=0)
    tabled = [mention for mention in mentions if mention.origin == "table"]
    acts = [mention.chance for mention in mentions if mention.origin == "act"]
    # the tagger has learnt from three sentences a text: where one goes on to name an event, its silence says little
    again = len(tabled) > 1 and not all(mention.entry.weak for mention in tabled)
    act, tagger = not tabled and bool(acts), not tabled and not acts
    return (
        1.0,
        max(_log_odds(max(plans)), 0.0 if again else -math.inf) if plans else 0.0,
        float(not plans and not again),
        float(act),
        _log_odds(max(acts)) if act else 0.0,
        float(tagger),
        float(tagger and any(mention.verbal for mention in mentions)),
        float(bool(tabled) and all(mention.entry.weak for mention in tabled)),
        float(bool(tabled) and all(mention.verbal for mention in tabled)),
        float(strength > 2),
        float(strength == 2),
        float(bool(signs) and all(sign.status == "mooted" for sign in signs)),
        float(any(dated.fine and dated.value for seen in cluster.seen for dated in seen.dates)),
        float(any(part.attribute == "participant" for seen in cluster.seen for part in seen.parts)),
        float(len(mentions) > 1),
    )


def _log_odds(chance: float) -> float:
    return odds.log_odds(min(max(chance, BOUND), 1 - BOUND))
