"""Chances and log odds: the two functions of a logistic regression that every weighing needs.

Promise: a chance of 0 or 1 has no log odds and is never asked for; whoever measures one keeps it inside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def log_odds(chance: float) -> float:
    """Return the log odds of a chance above 0 and below 1. Raises ZeroDivisionError or ValueError outside of that."""
    return math.log(chance / (1 - chance))


def weighed(weights: Sequence[float], features: Sequence[float]) -> float:
    """Return the chance, 0 to 1, that weighted features give. Raises ValueError where their numbers differ."""
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, features, strict=True))))
