"""What the tests of the Python API share: one ledger of the sample story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from tests.samples.sample_corpus import SAMPLES

STORY = SAMPLES / "summit"


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a ledger that holds the sample story; nobody writes to it."""
    path = tmp_path_factory.mktemp("answers") / "story.ledger"
    with onrecord.Ledger(path) as ledger:
        ledger.add(STORY)
    return path


@pytest.fixture
def ledger(story: Path) -> Iterator[onrecord.Ledger]:
    """Yield the ledger, open."""
    with onrecord.Ledger(story) as opened:
        yield opened
