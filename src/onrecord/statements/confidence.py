"""How far to trust a rule: its measured rate on annotated news, as a number in each statement.

Promise: a confidence is the share of such statements that were right on the training data, content and speaker both.
The odd case that forced the shape: clause rules give a chance of their own for each case, so that chance is scaled by
how often it came true; the other rules are simply as good as their count.
"""

from __future__ import annotations

from functools import cache

from onrecord.statements.draft import Draft
from onrecord.tables import table

WEIGHT, PRIOR = 4.0, 0.6
"""Imagined cases, and their rate, that a seldom measured rule leans on."""

_CERTAIN = {"turn/1": 0.99}
"""Rules that the training data cannot measure: a transcript says itself who speaks."""


@cache
def rates(language: str) -> dict[str, tuple[float, float, float]]:
    """Return for each family of rules: statements, right ones, and the sum of the chances that the rule gave."""
    return {
        rule: (n, right, total)
        for rule, (n, right, total) in table("statements", language, "confidence")["rules"].items()
    }


def family(rule: str) -> str:
    """Return the rule under which a rule is measured: clause rules are one family, they weigh each case themselves."""
    return "clause" if rule.startswith("clause.") else rule


def confidence_of(draft: Draft, language: str) -> float:
    """Return the confidence, 0 to 1, of a draft."""
    if draft.likelihood is not None:
        return min(0.99, draft.likelihood)
    if draft.rule in _CERTAIN:
        return _CERTAIN[draft.rule]
    n, right, total = rates(language).get(family(draft.rule), (0.0, 0.0, 0.0))
    if draft.rule.startswith("clause."):
        return min(0.99, draft.score * right / total) if total else draft.score
    return min(0.99, (right + WEIGHT * PRIOR) / (n + WEIGHT))
