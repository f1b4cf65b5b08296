"""How well copies are found: wires that `evaluation.wire` edits among texts that are none, through a ledger of its own.

Run by the gate as ``python evaluation/copies.py GOLD...``; the last line that it prints is JSON. Nothing is read by a
model: texts go into the ledger as they are. The rules were tuned on the training part of PolNeAR and on AQUAINT, which
are not used here; of the episodes one pair (two notices of one postponed launch) had a part in it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from random import Random
from sqlite3 import Connection

from evaluation.wire import DOINGS, edit, is_wire
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.copies import compare

EDITS = 3
"""Outlets that print one wire."""

OFTEN = 0.75
"""How often each thing is done to a wire."""

Pair = frozenset[int]

_DOCUMENT = "INSERT INTO documents (id, digest, name, original, observed) VALUES (?, ?, ?, x'', '')"


def texts_of(path: Path) -> dict[str, str]:
    """Return the texts of a gold file by their ids: JSON Lines, or an episode with its documents."""
    if path.suffix == ".json":
        records = json.loads(path.read_text(encoding="utf-8"))["documents"]
    else:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {str(record["id"]): record["text"] for record in records}


def edited(texts: Iterable[str], random: Random) -> list[list[str]]:
    """Return for each text itself and, where it is long enough for a wire, its edits: each with two doings at least."""
    families = []
    for text in texts:
        family = [text]
        for _ in range(EDITS if is_wire(text) else 0):
            doings = [each for each in DOINGS if random.random() < OFTEN]
            family.append(edit(text, random, doings if len(doings) > 1 else DOINGS).text)
        families.append(family)
    return families


def fill(ledger: Ledger, texts: Sequence[str]) -> float:
    """Keep texts as documents of an empty ledger, numbered from 1; return the seconds that finding copies took."""
    with ledger.writing() as connection:
        return keep(connection, texts)


def keep(connection: Connection, texts: Sequence[str], first: int = 1) -> float:
    """Keep texts as documents, numbered from ``first``; return the seconds that finding copies took."""
    taken = 0.0
    for number, text in enumerate(texts, first):
        connection.execute(_DOCUMENT, (number, str(number).encode(), str(number)))
        begun = time.perf_counter()
        compare(connection, number, text)
        taken += time.perf_counter() - begun
    return taken


def pairs_of(ledger: Ledger) -> set[Pair]:
    """Return the pairs that a ledger takes for copies, by number."""
    return {frozenset(row) for row in ledger.connection.execute("SELECT document, other FROM copies")}


def figures(paths: list[Path], folder: Path) -> dict[str, float]:
    """Return what is measured of the texts of some gold files."""
    random = Random(20310501)
    texts: dict[str, str] = {}
    for path in paths:
        texts |= texts_of(path)
    families = edited(texts.values(), random)
    documents = [(text, family) for family, members in enumerate(families) for text in members]
    random.shuffle(documents)
    with open_ledger(folder / "edits.ledger", create=True) as ledger:
        fill(ledger, [text for text, _ in documents])
        found = pairs_of(ledger)
    members: dict[int, list[int]] = {}
    for number, (_, family) in enumerate(documents, 1):
        members.setdefault(family, []).append(number)
    wanted = {frozenset(pair) for family in members.values() for pair in combinations(family, 2)}
    with open_ledger(folder / "texts.ledger", create=True) as ledger:
        fill(ledger, list(texts.values()))
        false = pairs_of(ledger)
    names = list(texts)
    for pair in false:
        print("taken for copies:", *(names[number - 1] for number in sorted(pair)))
    mistaken = {number for pair in false for number in pair}
    return {
        "precision": round(100 * len(found & wanted) / len(found), 2),
        "recall": round(100 * len(found & wanted) / len(wanted), 2),
        "different texts in no pair": round(100 * (1 - len(mistaken) / len(texts)), 2),
        "different texts": len(texts),
        "texts and edits": len(documents),
    }


def main() -> None:
    """Measure the files that the command line names."""
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(figures([Path(each) for each in sys.argv[1:]], Path(folder))))


if __name__ == "__main__":
    main()
