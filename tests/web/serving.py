"""The sample story in a ledger and a client of the application that serves it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient

from onrecord.acquire import open_paths
from onrecord.ledger import add, open_ledger
from onrecord.reading import reader
from tests.samples.sample_corpus import SAMPLES

Client = TestClient[Litestar]


def story(path: Path) -> Path:
    """Return the file of a ledger that holds the sample story."""
    with open_ledger(path, create=True) as ledger:
        for _ in add(ledger, open_paths([str(SAMPLES)]), reader(), lambda: datetime(2031, 7, 1, tzinfo=UTC), 1):
            pass
    return path
