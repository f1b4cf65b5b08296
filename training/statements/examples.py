"""Annotated texts to training examples: windows of word pieces with what is cue, source, content and event in them.

Input is JSON Lines, a document a line: ``{"id", "text", "attrs": [{"source", "cue", "content", "via"}]}`` with spans as
lists of ``[start, end)`` in code points of the text; or our own marked texts (`evaluation/gold/guide.md`). ``via`` are
those by way of whom the words came; where an attribution lacks the key, nothing is learnt about chains from it. A
document may have ``"events"`` as `evaluation.gold.standoff.annotated` gives them; of what it lacks nothing is learnt,
nor from words that name an event ``"again"``: gold marks each event once, and talk comes back to it. From the turns of
transcripts events alone are learnt, as the tagger is asked for nothing else there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from evaluation.gold.marked import attributions, documents
from numpy.typing import NDArray

from onrecord.language import Quotation
from onrecord.language.quotations import find_quotations
from onrecord.nouns import Document, Source
from onrecord.page import read_page
from onrecord.statements.tagger.cues import CUES
from onrecord.statements.tagger.links import Shape
from onrecord.statements.tagger.plans import KINDS, PARTS, STATUSES
from onrecord.statements.tagger.windows import CLS, LENGTH, SEP, SHAPES, Window, windows

ROLES = ("cue", "source", "content")

MASK = 103
"""The piece of the vocabulary that stands for a word left out."""

HIDDEN = 0.04
"""The share of pieces that are left out of an example, so that no single word decides."""

RENAMED = 0.4
"""The share of names that are changed in an example: who spoke in 2016 is not to be learnt by heart."""

KEPT_OUT = 5
"""One annotated text in so many is not learnt from."""

_BEGINNERS = frozenset({CLS, SEP, 1012, 1029, 999, 1024, 1523, 1000})
"""Pieces after which a capital letter makes no name: ends, full stop, marks, colon, opening quotation marks."""


Links = dict[tuple[int, int], NDArray[np.float32]]
"""For each head, first and last piece, its links ``[channels, T]``."""


class Example(NamedTuple):
    """One window with its gold. ``T`` pieces, ``K`` cues."""

    document: str
    window: Window
    tags: NDArray[np.int64]
    """``[T, 3]`` in the order of `ROLES`: 0 outside, 1 begins, 2 goes on; -1 where nothing is to be learnt."""
    cues: NDArray[np.int64]
    """``[K, 2]``: first and last piece of each cue."""
    links: NDArray[np.float32]
    """``[K, 9, T]``: is in the source, begins it, ends it; the same of content and via; -1: nothing to learn."""
    plans: NDArray[np.int64]
    """``[T, 3]``: 0 outside of planned events, 1 begins, 2 goes on; kind; status; -1 where nothing is to be learnt."""
    events: NDArray[np.int64]
    """``[E, 2]``: first and last piece of each planned event."""
    parts: NDArray[np.float32]
    """``[E, 9, T]``: is in a participant, begins one, ends one; the same of date and venue."""


class HasWindow(Protocol):
    """What is learnt from: an example, or one with more beside it."""

    @property
    def window(self) -> Window:
        """Its pieces."""


Windowed = TypeVar("Windowed", bound=HasWindow)


def is_kept_out(name: str) -> bool:
    """Return whether the annotated text with this id is not learnt from."""
    return int(sha256(f"plans {name}".encode()).hexdigest(), 16) % KEPT_OUT == 0


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a ``.jsonl`` or a marked ``.txt`` file. Raises ValueError on what can't be read."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".txt":
        return [attributions(document) for document in documents(text)]
    return [json.loads(line) for line in text.splitlines()]


class Article(NamedTuple):
    """One document with its gold, read once."""

    record: dict[str, Any]
    document: Document
    quotations: tuple[Quotation, ...]


def articles(gold: Iterable[dict[str, Any]]) -> list[Article]:
    """Return the documents read. Raises UnreadableInput on a text that is none."""
    read = []
    for record in gold:
        document = read_page(Source(raw=record["text"].encode(), media="text", charset="utf-8", id=record["id"]))
        read.append(Article(record, document, find_quotations(document)))
    return read


def examples(read: Iterable[Article], draw: random.Random | None = None) -> Iterator[Example]:
    """Yield the windows of all documents; with ``draw``, of a length drawn anew for each document."""
    for record, document, quotations in read:
        length = draw.choice((96, 128, 160, 192, 192)) if draw else LENGTH
        for window in windows(document, quotations, length):
            yield _example(record, window)
        if "events" in record:
            told = {key: value for key, value in record.items() if key != "attrs"}
            for window in windows(document, quotations, length, turns=True):
                yield _example(told, window)


def _example(record: dict[str, Any], window: Window) -> Example:
    starts = np.array(window.starts)
    tags = np.zeros((len(starts), 3), dtype=np.int64)
    tags[(starts < 0) | ("attrs" not in record)] = -1
    cues: Links = {}
    for attribution in record.get("attrs", ()):
        inside = {role: [_pieces(starts, span) for span in attribution.get(role) or []] for role in (*ROLES, "via")}
        for column, role in enumerate(ROLES):
            for low, high in inside[role]:
                if low < high:
                    tags[low:high, column] = 2
                    tags[low, column] = 1
        found = [(low, high - 1) for low, high in inside["cue"] if low < high]
        if not found:
            continue
        link = cues.setdefault((found[0][0], found[-1][1]), np.zeros((CUES.channels, len(starts)), dtype=np.float32))
        if "via" not in attribution:
            link[6:] = -1
        for base, role in ((0, "source"), (3, "content"), (6, "via")):
            _linked(link, base, inside[role], starts)
    plans, events = _plans(record, starts)
    return Example(record["id"], window, tags, *_stacked(cues, CUES, starts), plans, *_stacked(events, PARTS, starts))


def _plans(record: dict[str, Any], starts: NDArray[np.int64]) -> tuple[NDArray[np.int64], Links]:
    plans = np.full((len(starts), 3), -1, dtype=np.int64)
    events: Links = {}
    if "events" in record:
        plans[starts >= 0, 0] = 0
    for low, high in (_pieces(starts, span) for event in record.get("events", ()) for span in event.get("again", ())):
        plans[low:high] = -1
    for event in record.get("events", ()):
        low, high = _pieces(starts, event["span"])
        if low < high:
            plans[low:high] = 2, KINDS.index(event["kind"]), STATUSES.index(event["status"])
            plans[low, 0] = 1
            link = events.setdefault((low, high - 1), np.zeros((PARTS.channels, len(starts)), dtype=np.float32))
            one = [[event[part]["span"]] if part in event else [] for part in ("date", "venue")]
            for n, spans in enumerate((event["participants"], *one)):
                _linked(link, 3 * n, [_pieces(starts, span) for span in spans], starts)
    return plans, events


def _linked(link: NDArray[np.float32], base: int, runs: Iterable[tuple[int, int]], starts: NDArray[np.int64]) -> None:
    """Mark runs of pieces in the channels of one kind of link: in it, begins it, ends it."""
    for low, high in runs:
        if low < high:
            link[base, low:high] = 1
            link[base, starts < 0] = 0
            link[base + 1, low] = link[base + 2, high - 1] = 1


def _stacked(
    links: Links, shape: Shape, starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:  # fmt: skip
    """The heads ``[K, 2]`` in order, and their links ``[K, channels, T]``."""
    order = sorted(links)
    none = np.zeros((0, shape.channels, len(starts)), dtype=np.float32)
    return np.array(order, dtype=np.int64).reshape(-1, 2), np.stack([links[k] for k in order]) if order else none


def name_pieces(found: Iterable[Example]) -> list[int]:
    """Return the pieces that stand as names of one piece in the examples, in order."""
    return sorted({each.window.ids[i] for each in found for i in _names(each.window)})


def varied(found: Iterable[Example], names: list[int], draw: random.Random) -> Iterator[Example]:
    """Yield the examples with some pieces hidden and some names changed, a name alike all through its document."""
    renamed: dict[tuple[str, int], int] = {}
    for each in found:
        ids = list(each.window.ids)
        for i in _names(each.window):
            key = each.document, ids[i]
            if key not in renamed:
                renamed[key] = draw.choice(names) if draw.random() < RENAMED else ids[i]
            ids[i] = renamed[key]
        for i in range(len(ids)):
            if each.window.starts[i] >= 0 and draw.random() < HIDDEN:
                ids[i] = MASK
        yield each._replace(window=each.window._replace(ids=ids))


def _names(window: Window) -> Iterator[int]:
    """The places of names of a single piece: a capital letter that no beginning of a sentence explains."""
    ids, shapes = window.ids, window.shapes
    for i in range(1, len(ids) - 1):
        alone = shapes[i] == SHAPES["title"] and shapes[i + 1] != SHAPES["inner"]
        if alone and ids[i - 1] not in _BEGINNERS:
            yield i


def _pieces(starts: NDArray[np.int64], span: list[int]) -> tuple[int, int]:
    """First and last-plus-one piece that begins inside a span."""
    found = np.flatnonzero((starts >= span[0]) & (starts < span[1]))
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, 0)


def batches(found: list[Windowed], pieces: int, seed: int) -> Iterator[list[Windowed]]:
    """Yield the examples in batches of about so many pieces, of like length, in an order drawn by ``seed``."""
    draw = random.Random(seed)
    order = sorted(found, key=lambda each: len(each.window.ids) + draw.random() * 24)
    piles: list[list[Windowed]] = [[]]
    for each in order:
        if piles[-1] and (len(piles[-1]) + 1) * len(each.window.ids) > pieces:
            piles.append([])
        piles[-1].append(each)
    draw.shuffle(piles)
    yield from piles
