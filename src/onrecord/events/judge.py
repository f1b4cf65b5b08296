"""Whether what rules and tagger take for a planned event is one: their word weighed together.

Promise: the chance is a logistic regression over what is seen, fitted on annotated items (`training.events.judge`), and
is what the event reports as its confidence. The odd case that forced its shape: the rules know "summit" and the tagger
knows "cut its budget"; each is sure where the other has never looked, so neither's silence may decide alone.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from onrecord import odds
from onrecord.events.foreseen import RULE
from onrecord.events.merge import AHEAD, Cluster
from onrecord.tables import table

FEATURES = (
    "constant", "seen", "unseen", "act", "act_chance", "tagger", "tagger_verb", "weak", "verb", "outright", "implied",
    "mooted", "dated", "named", "often",
)  # fmt: skip
"""What the chance is made of, in the order of `features`."""

BOUND = 0.01
"""No chance that is weighed is nearer to 0 or 1 than this."""


class Weights(NamedTuple):
    """The weights of a language's features, and the chance below which a planned event is left out."""

    weights: tuple[float, ...]
    least: float


@cache
def weights(language: str) -> Weights:
    """Return the weights of a language. Raises FileNotFoundError where it has none."""
    raw = table("events", language, "judge")
    return Weights(tuple(float(raw["weights"][name]) for name in FEATURES), float(raw["least"]))


def chance(cluster: Cluster, language: str) -> float:
    """Return how likely a cluster of mentions that look ahead is a planned event."""
    return odds.weighed(weights(language).weights, features(cluster))


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
