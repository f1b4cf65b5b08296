"""How plans are told, frame by frame: ``python -m evaluation.frames [--wrong]``.

Promise: each sentence of `gold/frames.txt` is read by itself as a document and is right only when an event that is
called so has the status, the date and the place that the file gives, or none is planned where the file has none. The
odd case that forced its shape: rules were worked from the first of each two sentences, so the sums are told apart;
`--wrong` shows what went wrong among the first alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from onrecord.nouns import Event, Reading, Source
from onrecord.reading import read_many

FRAMES = Path(__file__).parent / "gold" / "frames.txt"
WRITTEN = "2031-03-10"
STATUSES = ("mooted", "planned", "scheduled", "postponed", "cancelled", "occurred", "underway")
AHEAD = STATUSES[:5]


class Frame(NamedTuple):
    """A sentence and how a careful person reads it; no ``words``: it tells of no plan."""

    group: str
    text: str
    words: tuple[str, ...]
    statuses: tuple[str, ...]
    date: str | None
    """``-``: it has none; None: any does."""
    place: str | None
    """``None``: it has none; None: any does."""


def frames(path: Path = FRAMES) -> list[Frame]:
    """Return the sentences of a file, in their order. Raises ValueError for a line without a status."""
    found, group = [], ""
    for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            group = line.removeprefix("# ")
            continue
        text, reading = line.split(" => ")
        told, _, place = reading.partition(" @")
        parts = told.split()
        if parts == ["-"]:
            found.append(Frame(group, text, (), (), None, None))
            continue
        at = next((n for n, part in enumerate(parts) if part.split("/")[0] in STATUSES), None)
        if at is None:
            raise ValueError(f"{path}: no status in {line!r}")
        words = tuple(word.split()[0] for word in " ".join(parts[:at]).lower().split("/"))
        date = parts[at + 1] if len(parts) > at + 1 else None
        found.append(Frame(group, text, words, tuple(parts[at].split("/")), date, place or None))
    return found


def is_right(frame: Frame, reading: Reading) -> bool:
    """Return whether a reading of a sentence has what the frame says."""
    if not frame.words:
        return not any(event.status in AHEAD for event in reading.events)
    return any(_fits(frame, event, reading.document.text) for event in reading.events)


def _fits(frame: Frame, event: Event, text: str) -> bool:
    called = [text[start:end].lower() for start, end in (event.span, *event.mentions)]
    if event.status not in frame.statuses or not any(
        word.rstrip("s") in name for word in frame.words for name in called
    ):
        return False
    date, place = (_value(event, attribute) for attribute in ("date", "venue"))
    dated = frame.date is None or date == (None if frame.date == "-" else frame.date)
    if frame.place is None or frame.place == "None":
        return dated and (frame.place is None or place is None)
    return dated and place is not None and (frame.place in place or place in frame.place)


def _value(event: Event, attribute: str) -> str | None:
    return next((claim.value for claim in event.claims if claim.attribute == attribute and claim.value), None)


def main(arguments: list[str]) -> None:
    """Print how many of each half are right, and with ``--wrong`` those of the first that are not."""
    asked = frames()
    sources = (Source(raw=each.text.encode(), media="text", charset="utf-8", published=WRITTEN) for each in asked)
    read = zip(asked, read_many(sources), strict=True)
    right = [isinstance(found, Reading) and is_right(frame, found) for frame, found in read]
    for n, frame in enumerate(asked):
        if "--wrong" in arguments and n % 2 == 0 and not right[n]:
            print(f"{frame.group}: {frame.text}")
    for name, first in (("looked at", 0), ("measured", 1)):
        half = right[first::2]
        print(f"{name}: {sum(half)} of {len(half)}, {100 * sum(half) / len(half):.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
