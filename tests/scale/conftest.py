"""What the tests of this room share."""

from __future__ import annotations

import pytest

import onrecord.reading
from tests.ledger.keeping import OLD, read_many


@pytest.fixture
def read_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is asked in this process: readings come from `tests.ledger.keeping.read_many`."""
    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    monkeypatch.setattr(onrecord.reading, "reader", lambda: OLD)
