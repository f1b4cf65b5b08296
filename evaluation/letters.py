"""Spans as sets of letters and digits, so that quotation marks, blanks and punctuation never matter in a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def letters(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Return the offsets, in code points of ``text``, of the letters and digits in ``spans``."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())
