"""Who and what is the same in other documents, measured: ``across.py events|entities|names ANNOTATIONS FOLDER``.

ANNOTATIONS is one of the files of `gold/across` (its guide says what counts as the same); the texts that it names are
looked for beside it and in FOLDER. They are read into a ledger, and each mention of the gold takes the id across
documents of what onrecord found in its place. What counts are pairs of mentions in different documents. The odd case
that forced the shape: two things of the gold that a reading takes for one (a father and his son) bear one id, and are
then wrong in every pair, as they are to whoever asks the ledger; so a thing found may answer for several mentions.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.gold.standoff import records
from onrecord.ledger import Ledger, add, identified, open_ledger
from onrecord.ledger.store import unpacked
from onrecord.nouns import Reading, Source, Span
from onrecord.reading import reader

Found = Mapping[str, Sequence[tuple[Span, str]]]
"""Of each document the places where something stands, with its id across documents."""

Same = Callable[[Ledger], Mapping[tuple[str, str], str]]
"""Who is who: of a ledger, the id across documents of each ``(document, entity of its reading)``."""

BESIDE = 0.5
"""A place found is a mention's where they share at least this much of the shorter one ("summit" in "June summit")."""

_BODIES = (
    "SELECT d.name, r.body FROM current c JOIN readings r ON r.id = c.reading JOIN documents d ON d.id = c.document"
)
_THREADS = (
    "SELECT d.name, e.number, t.thread FROM threads t JOIN events e ON e.id = t.event "
    "JOIN readings r ON r.id = e.reading JOIN documents d ON d.id = r.document"
)


class Mention(NamedTuple):
    """A line of the gold: a place in a document, and what stands there."""

    document: str
    source: str
    span: Span
    label: str


def mentions(annotations: Path) -> list[Mention]:
    """Return the mentions of a file of gold."""
    lines = map(json.loads, annotations.read_text(encoding="utf-8").splitlines())
    return [Mention(line["document"], line["source"], (line["span"][0], line["span"][1]), line["id"]) for line in lines]


def sources(gold: Sequence[Mention], folders: Sequence[Path]) -> list[Source]:
    """Return the documents that the gold speaks of, each once, with the day of its publication.

    Raises StopIteration for a file that is in none of the ``folders`` and KeyError for a document that is not in it.
    """
    found = []
    for name in dict.fromkeys(mention.source for mention in gold):
        path = next(folder / name for folder in folders if (folder / name).exists())
        known = {record["id"]: record for record in records(path)}
        for document in dict.fromkeys(mention.document for mention in gold if mention.source == name):
            text, day = known[document]["text"], _day(known[document])
            found.append(Source(raw=text.encode(), media="text", charset="utf-8", id=document, published=day))
    return found


def _day(record: dict[str, Any]) -> str | None:
    """When a document was published; the articles of PolNeAR say it in their ids alone."""
    day = record.get("published") or record.get("date")
    named = re.search(r"\d{4}-\d\d-\d\d", record["id"])
    return str(day) if day else named and named[0]


def threads(ledger: Ledger) -> Found:
    """Return the events that the ledger has put together."""
    together = {(name, number): thread for name, number, thread in ledger.connection.execute(_THREADS)}
    return {
        name: [
            (span, together[name, event.id])
            for event in reading.events
            if (name, event.id) in together
            for span in (event.span, *event.mentions)
        ]
        for name, reading in _readings(ledger)
    }


def entities(ledger: Ledger, same: Same) -> Found:
    """Return the people, bodies and places of a ledger's readings, where they are named or described."""
    together = same(ledger)
    return {
        name: [
            (mention.span, together[name, entity.id])
            for entity in reading.entities
            if (name, entity.id) in together
            for mention in entity.mentions
            if mention.form != "pronoun"
        ]
        for name, reading in _readings(ledger)
    }


def by_name(ledger: Ledger) -> dict[tuple[str, str], str]:
    """Who is who to a reader that goes by names alone: one name as it is spelled is one person, body or place."""
    return {(name, each.id): each.name for name, reading in _readings(ledger) for each in reading.entities}


def _readings(ledger: Ledger) -> Iterator[tuple[str, Reading]]:
    for name, body in ledger.connection.execute(_BODIES).fetchall():
        yield name, unpacked(body)


def aligned(gold: Sequence[Mention], found: Found) -> list[str | None]:
    """Return for each mention the id of what was found in its place, the best fitting; None where nothing was."""
    return [_at(mention.span, found.get(mention.document, ())) for mention in gold]


def _at(span: Span, places: Sequence[tuple[Span, str]]) -> str | None:
    start, end = span
    fits = [
        (shared / (max(end, e) - min(start, s)), name)
        for (s, e), name in places
        if (shared := min(end, e) - max(start, s)) > 0 and shared >= BESIDE * min(end - start, e - s)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def score(gold: Sequence[Mention], told: Sequence[str | None]) -> dict[str, float]:
    """Return the figures, in per cent: how right the pairs are that were put together, and how many of them were.

    ``told`` has of each mention what `aligned` gives. Recall is of the pairs whose mentions were both found; recall of
    all pairs counts those with a mention that was not found as lost. B-cubed (Bagga and Baldwin 1998) asks of each
    mention found how much of what it was put together with is the same, and how much of the same is there, so that
    one large story does not decide the figure.
    """
    right = put = same = among = 0
    for (one, one_is), (other, other_is) in combinations(zip(gold, told, strict=True), 2):
        if one.document == other.document:
            continue
        is_same, found = one.label == other.label, one_is is not None and other_is is not None
        together = found and one_is == other_is
        right += is_same and together
        put += together
        same += is_same
        among += is_same and found
    cubed = _cubed([(mention.label, name) for mention, name in zip(gold, told, strict=True) if name is not None])
    figures = {
        "precision": right / max(1, put),
        "recall": right / max(1, among),
        "recall of all pairs": right / max(1, same),
        "mentions found": sum(name is not None for name in told) / max(1, len(gold)),
        "B-cubed precision": cubed[0],
        "B-cubed recall": cubed[1],
    }
    return {name: round(100 * value, 1) for name, value in figures.items()}


def _cubed(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """B-cubed precision and recall of ``(label, id)`` pairs, one a mention."""
    labels, names, both = (defaultdict[Any, int](int) for _ in range(3))
    for label, name in pairs:
        labels[label] += 1
        names[name] += 1
        both[label, name] += 1
    many = max(1, len(pairs))
    precision = sum(both[pair] / names[pair[1]] for pair in pairs) / many
    return precision, sum(both[pair] / labels[pair[0]] for pair in pairs) / many


def measure(annotations: Path, folder: Path, found: Callable[[Ledger], Found]) -> dict[str, float]:
    """Read what a file of gold speaks of into a ledger of its own and return the figures of ``found``."""
    gold = mentions(annotations)
    with tempfile.TemporaryDirectory() as place, open_ledger(Path(place) / "across.db", create=True) as ledger:
        texts = sources(gold, (annotations.parent, folder))
        for added in add(ledger, texts, reader(), lambda: datetime(2000, 1, 1, tzinfo=UTC)):
            if added.outcome != "added":
                raise ValueError(f"{added.place}: {added.outcome} {added.reason}")
        return score(gold, aligned(gold, found(ledger)))


WAYS: dict[str, Callable[[Ledger], Found]] = {
    "events": threads,
    "entities": lambda ledger: entities(ledger, identified),
    "names": lambda ledger: entities(ledger, by_name),
}
"""How what is the same is found; ``names``: as whoever counts names would, to be compared with."""


def main(of: str, annotations: str, folder: str) -> None:
    """Print the figures."""
    print(json.dumps(measure(Path(annotations), Path(folder), WAYS[of])))


if __name__ == "__main__":
    main(*sys.argv[1:])
