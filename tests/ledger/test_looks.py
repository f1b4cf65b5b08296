"""Up to where somebody has looked is kept with him, and is only read where nothing can be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import open_ledger
from onrecord.ledger.access import add_user, remove_user
from onrecord.ledger.looks import look, looked
from onrecord.ledger.store import LedgerError
from tests.ledger.keeping import NOON


def test_a_look_is_of_one_user_and_never_goes_back(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "a", create=True) as ledger:
        for name in ("Ada", "Ben"):
            add_user(ledger, name, "correct horse battery", "read", NOON)
        assert looked(ledger, "Ada") is None
        for document, kept in ((7, 7), (9, 9), (8, 9), (0, 9)):
            look(ledger, "ada", document)
            assert looked(ledger, "Ada") == kept
        assert looked(ledger, "Ben") is None and looked(ledger, "Nobody") is None
        look(ledger, "Nobody", 3)
        assert ledger.connection.execute("SELECT count(*) FROM looked").fetchone() == (1,)
        remove_user(ledger, "Ada", NOON)
        assert looked(ledger, "Ada") == 9, "who is let in again goes on where he was"


def test_a_ledger_that_can_not_be_written_to_still_tells_it(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "a", create=True) as ledger:
        add_user(ledger, "Ada", "correct horse battery", "read", NOON)
        look(ledger, "Ada", 7)
        ledger.connection.execute("PRAGMA query_only = 1")
        assert looked(ledger, "Ada") == 7
        with pytest.raises(LedgerError, match="can't be written to"):
            look(ledger, "Ada", 8)


def test_who_looks_waits_for_no_reader_and_keeps_none_waiting(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with open_ledger(path, create=True) as one, open_ledger(path) as other:
        add_user(one, "Ada", "correct horse battery", "read", NOON)
        other.connection.execute("PRAGMA busy_timeout = 0")
        with one.viewing() as reading:
            assert reading.execute("SELECT count(*) FROM users").fetchone() == (1,)
            look(other, "Ada", 7)
            assert looked(one, "Ada") is None, "he reads the file as it was"
        with other.writing():
            look(other, "Ada", 8)
            assert looked(one, "Ada") == 7
