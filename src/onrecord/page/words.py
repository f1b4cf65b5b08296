"""The words of a leaf, each with its way back to the bytes.

Promise: a run's bytes, decoded, character references resolved and white space folded, are its text; each run is tried
before it is given out, and one that fails the trial is left out while its words stay. The odd case that forced the
shape: words that were broken by a wrong decoding before the page was saved (``â€™``) are mended, so their bytes can't
give their text; they have no run of their own, and stand between the runs of their neighbours.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.nouns import Run
from onrecord.page.decode import Decoded
from onrecord.page.scan import Scan
from onrecord.page.tree import Leaf

_GAP = re.compile(r">\s+<")
_BESIDE = re.compile(
    r"</(?:span|time|a|address|b|strong|font)\s*>\s*<(?:span|time|a|b|strong|font|img)[\s>]|</?time[\s>]", re.I
)
"""Where one inline element ends and another begins, or a time stands: style sheets part these with no space at all."""
_NOT_NULL = re.compile(r"[^\x00]+")
_FAR = 4000
"""Code points of markup between two stretches of one leaf from which on a space is taken for granted."""


class Mended(NamedTuple):
    """A broken sequence of the page with what it stands for; offsets in code points of the decoded page."""

    start: int
    end: int
    meant: str


class Words(NamedTuple):
    """The text of one leaf and where its parts stand in the decoded page."""

    text: str
    parts: tuple[tuple[int, int, int, int], ...]
    """``(text_start, text_end, page_start, page_end)``, in text order."""
    mended: tuple[tuple[int, int, str, str], ...]
    """``(text_start, text_end, was, now)`` of what was repaired."""


class Page(NamedTuple):
    """The leaves of a page with their words, side by side."""

    leaves: Sequence[Leaf]
    words: Sequence[Words]
    folded: Sequence[tuple[str, ...]]
    """The words of each leaf in lower case."""


def words_of_leaf(leaf: Leaf, scan: Scan, page: str, mended: Sequence[Mended]) -> Words:
    """Return the folded text of a leaf with the place of each part."""
    out: list[str] = []
    parts: list[tuple[int, int, int, int]] = []
    repairs: list[tuple[int, int, str, str]] = []
    length = 0
    before = -1
    space = False
    for i in leaf.stretches:
        start, end = scan.starts[i], scan.ends[i]
        if before >= 0 and not space:
            space = (
                page[start - 1].isspace()
                or start - before >= _FAR
                or _GAP.search(page, before, start) is not None
                or _parted(page, before, start)
            )
        pending = "\n" if i in leaf.breaks else " " if space else ""
        for piece_start, piece_end, meant in _pieces(page, start, end, mended):
            slice_ = page[piece_start:piece_end]
            text = meant if meant is not None else _resolved(slice_) if "&" in slice_ else slice_
            folded = " ".join(text.replace("\xad", "").split())
            if not folded:
                pending = pending or (" " if text else "")
                continue
            if text[0].isspace():
                pending = pending or " "
            if not length:
                pending = ""
            at = length + len(pending)
            length = at + len(folded)
            out += (pending, folded)
            if meant is None:
                left = len(slice_) - len(slice_.lstrip())
                parts.append((at, length, piece_start + left, piece_start + len(slice_.rstrip())))
            else:
                repairs.append((at, length, slice_, meant))
            pending = " " if text[-1].isspace() else ""
        space = bool(pending)
        before = end
    return Words("".join(out), tuple(parts), tuple(repairs))


def _parted(page: str, before: int, start: int) -> bool:
    """Tell whether two stretches side by side can hardly be of one word: ``Marsk|3 Comments``, ``2031|Updated``."""
    last, first = page[before - 1], page[start]
    apart = (last.islower() and (first.isupper() or first.isdecimal())) or (last.isdecimal() and first.isalnum())
    return apart and _BESIDE.search(page, before, start) is not None


def _resolved(slice_: str) -> str:
    """The slice with its character references resolved; nothing where one has thousands of digits."""
    try:
        return html.unescape(slice_)
    except ValueError:
        return ""


def _pieces(page: str, start: int, end: int, mended: Sequence[Mended]) -> list[tuple[int, int, str | None]]:
    """The parts of a stretch: as they stand, or with what they are mended to; null characters are no part."""
    pieces: list[tuple[int, int, str | None]] = []
    at = start
    if mended:
        for i in range(bisect_left(mended, start, key=lambda each: each.start), len(mended)):
            each = mended[i]
            if each.end > end:
                break
            if each.start > at:
                pieces.append((at, each.start, None))
            pieces.append((each.start, each.end, each.meant))
            at = each.end
    if at < end:
        pieces.append((at, end, None))
    if page.find("\x00", start, end) < 0:
        return pieces
    whole: list[tuple[int, int, str | None]] = []
    for low, high, meant in pieces:
        if meant is not None:
            whole.append((low, high, meant))
        else:
            whole += [(m.start(), m.end(), None) for m in _NOT_NULL.finditer(page, low, high)]
    return whole


def runs_of(words: Words, at: int, decoded: Decoded, raw: bytes) -> tuple[Run, ...]:
    """Return the runs of a leaf whose text begins at code point ``at`` of the document; each one was tried."""
    runs: list[Run] = []
    for text_start, text_end, page_start, page_end in words.parts:
        byte_start, byte_end = decoded.byte(page_start), decoded.byte(page_end)
        if raw[byte_start:byte_end].decode(decoded.encoding, "replace") == decoded.text[page_start:page_end]:
            runs.append((at + text_start, at + text_end, byte_start, byte_end))
    return tuple(runs)
