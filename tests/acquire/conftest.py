"""What the tests of fetching share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.acquire.fetch import WebFetcher
from tests.acquire.misbehaving import NOON, PATIENT


@pytest.fixture
def waits() -> list[float]:
    """How long the fetcher would have waited, each time."""
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Iterator[WebFetcher]:
    with WebFetcher(PATIENT, lambda: NOON, waits.append) as made:
        yield made
