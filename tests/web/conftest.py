"""What the tests of the web share: one ledger of the sample story for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from onrecord.web.app import application
from tests.web.serving import Client, story


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a ledger that holds the sample story; nobody writes to it."""
    return story(tmp_path_factory.mktemp("web") / "story.ledger")


@pytest.fixture
def client(sample_ledger: Path) -> Iterator[Client]:
    """Yield a client of the application."""
    with TestClient(application(sample_ledger)) as client:
        yield client
