"""What must hold of every document, whatever was read: used by the other tests of this room."""

from __future__ import annotations

import html
import re

from onrecord.nouns import Document, Run
from onrecord.page.limits import LIMITS


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xad", "")).strip()


def check(document: Document, raw: bytes) -> None:
    """Assert that blocks are in order and inside the text, and that all runs give their text back."""
    at = 0
    for block in document.blocks:
        start, end = block.span
        assert at <= start < end <= len(document.text)
        at = end
        assert block.source
        _check_runs(document, raw, block.source, document.text)
        low = start
        for run in block.source:
            assert low <= run[0] < run[1] <= end
            low = run[1]
    for dropped in document.dropped:
        _check_runs(document, raw, dropped.source, dropped.text)
    for repair in document.repairs:
        if repair.span is not None:
            assert document.text[slice(*repair.span)] == repair.now
    assert len(document.text) <= LIMITS.text


def _check_runs(document: Document, raw: bytes, runs: tuple[Run, ...], text: str) -> None:
    for start, end, byte_start, byte_end in runs:
        assert 0 <= byte_start < byte_end <= len(raw)
        got = html.unescape(raw[byte_start:byte_end].decode(document.encoding, "replace"))
        assert fold(got) == fold(text[start:end])


def kinds(document: Document) -> list[tuple[str, str]]:
    """The blocks as ``(kind, text)``."""
    return [(block.kind, document.text[slice(*block.span)]) for block in document.blocks]
