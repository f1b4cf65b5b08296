"""Workers: the ledger is the same whoever reads, and what they took is told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from onrecord.acquire import open_paths
from onrecord.ledger import add, adding, open_ledger
from onrecord.reading import reader
from onrecord.spent import Clocks, Meter
from tests.ledger.keeping import NOON
from tests.samples.sample_corpus import SAMPLES


def test_with_two_workers_the_ledger_holds_what_it_holds_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "PIECE", 4)
    held, steps = [], []
    for workers in (1, 2):
        meter = Meter(Clocks(time.process_time, time.monotonic))
        with open_ledger(tmp_path / str(workers), create=True) as ledger:
            added = list(add(ledger, open_paths([str(SAMPLES / "summit")]), reader(), lambda: NOON, workers, meter))
            assert len(added) > 10 and {each.outcome for each in added} == {"added"}
            ledger.connection.execute("DELETE FROM begun WHERE name NOT IN (SELECT thread FROM threads)")
            ledger.connection.executescript("UPDATE chronicle_stamps SET stamp = x''; DELETE FROM day_stamps")
            # but for the ids that events had for a moment, what is there by chance and in which order rows were written
            held.append(sorted(ledger.connection.iterdump()))
        spent = meter.so_far()
        assert spent["page"].times == len(added)
        steps.append(set(spent))
    assert held[0] == held[1]
    assert steps[1] - steps[0] == {"packing", "waiting"} and steps[0] <= steps[1]
