"""The file: made, opened again, and refused where it can't be used."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from onrecord.ledger import Ledger, add, documents, entities, events, open_ledger, problems, statements, stats
from onrecord.ledger.access import add_user, is_exposed
from onrecord.ledger.migrations import APPLICATION, MIGRATIONS
from onrecord.ledger.store import LedgerError
from tests.ledger.keeping import NEW, NOON, OLD, filled, source
from tests.ledger.test_events import STORY, ledger_of, told

__all__ = ["told"]


def test_a_ledger_is_made_once_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with open_ledger(path, create=True) as ledger:
        ledger.connection.execute("INSERT INTO problems (place, reason, observed) VALUES ('a', 'b', 'c')")
    with open_ledger(path) as ledger:
        assert ledger.connection.execute("SELECT count(*) FROM problems").fetchone() == (1,)
        assert ledger.connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert ledger.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.skipif(os.name != "posix", reason="files have no such permissions")
def test_a_ledger_is_made_for_its_owner_and_stays_as_it_is_shared(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with open_ledger(path, create=True) as ledger:
        documents(ledger)
        made = {each.name: oct(each.stat().st_mode)[-3:] for each in tmp_path.iterdir()}
    assert made == {"a.ledger": "600", "a.ledger-wal": "600", "a.ledger-shm": "600"}
    path.chmod(0o664)
    with open_ledger(path, create=True) as ledger:
        ledger.connection.execute("SELECT 1 FROM documents").fetchone()
        assert not is_exposed(ledger)
        add_user(ledger, "Ida Ruhl", "correct horse battery", "write", NOON)
        assert {oct(each.stat().st_mode)[-3:] for each in tmp_path.iterdir()} == {"664"} and is_exposed(ledger)
        path.chmod(0o660)
        assert not is_exposed(ledger)


def test_opening_a_ledger_twice_takes_no_lock_away(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with open_ledger(path, create=True) as one, open_ledger(path) as two:
        for each in (one, two):
            documents(each)
            each.connection.execute("SELECT count(*) FROM documents").fetchone()
        other = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM documents'); c.close()"
        subprocess.run([sys.executable, "-c", other, str(path)], check=True)
        assert Path(f"{path}-wal").exists(), "the other program took itself for the last one"
        with one.writing() as connection:
            connection.execute("INSERT INTO problems (place, reason, observed) VALUES ('a', 'b', 'c')")
    with open_ledger(path) as ledger:
        assert [each.place for each in problems(ledger)] == ["a"]


def test_a_ledger_of_an_older_version_answers_as_before(tmp_path: Path, told: None) -> None:
    path = tmp_path / "a.ledger"

    def answers(ledger: Ledger) -> list[object]:
        days = [None, "2031-04-12", "2031-05-20"]
        return [
            [(each.id, each.state, each.origins) for day in days for each in events(ledger, as_of=day)],
            [entities(ledger, as_of=day) for day in days],
            statements(ledger, "summit"),
        ]

    with ledger_of(path, *STORY) as ledger:
        list(add(ledger, (given for given, _ in STORY[:2]), NEW, lambda: NOON))
        before = answers(ledger)
        ledger.connection.executescript(TO_VERSION_24 + TO_VERSION_9)
    with open_ledger(path) as ledger:
        assert ledger.connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert answers(ledger) == before
        list(add(ledger, (given for given, _ in STORY), NEW, lambda: NOON))
        ledger.connection.execute("INSERT INTO statements_text (statements_text) VALUES ('integrity-check')")


TO_VERSION_24 = """
    DROP TRIGGER comments_indexed;
    DROP TABLE comments_text;
    DROP TRIGGER decisions_indexed;
    DROP TABLE decisions_text;
    DROP TABLE looked;
    DROP INDEX problems_open;
    DROP TABLE addressed;
    DROP TABLE listed;
    ALTER TABLE comments DROP COLUMN named_start;
    ALTER TABLE comments DROP COLUMN named_stop;
    DROP TRIGGER superseded_told;
    DROP TRIGGER unthreaded_done;
    DROP TABLE day_stamps;
    DROP INDEX identities_by_type;
    DROP TRIGGER readings_untexted;
    DROP TABLE untexted;
    DROP TABLE texting;
    DROP TABLE texts;
    CREATE VIRTUAL TABLE titles USING fts5 (
        title, content = 'documents', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
    );
    INSERT INTO titles (titles) VALUES ('rebuild');
    CREATE TRIGGER documents_titled AFTER INSERT ON documents BEGIN
        INSERT INTO titles (rowid, title) VALUES (new.id, new.title);
    END;
    DROP INDEX entities_heard;
    DROP TRIGGER statements_dated;
    DROP TABLE statement_days;
    DROP TRIGGER reworked_by_decision;
    DROP TRIGGER reworked_by_reading;
    DROP TRIGGER reworked_by_rules;
    DROP TABLE reworked;
    DROP TRIGGER identities_gone;
    DROP TRIGGER identities_begun;
    DROP TABLE former;
    DROP INDEX documents_days;
    DROP INDEX statements_readings;
    DROP INDEX events_by_number;
    DROP INDEX readings_documents;
    DROP TRIGGER chronicles_added;
    DROP TRIGGER chronicles_changed;
    DROP TRIGGER chronicles_gone;
    DROP TABLE chronicle_stamps;
    DROP TRIGGER documents_superseded;
    DROP TABLE superseded;
"""
"""As a file was before its last steps."""

TO_VERSION_9 = """
    DROP TABLE begun;
    DROP TABLE alert_rules_kept;
    DROP TABLE delivering;
    DROP TABLE deliveries;
    DROP TABLE alerts;
    DROP TABLE alert_targets;
    DROP TABLE alert_events;
    DROP TABLE alert_rules;
    DROP TABLE polls;
    DROP TABLE followed;
    DROP TABLE fetched;
    DROP TABLE moderated;
    DROP TABLE comments;
    DROP TABLE sessions;
    DROP TABLE tokens;
    DROP TABLE users;
    DROP TRIGGER documents_titled;
    DROP TABLE titles;
    DROP INDEX documents_by_outlet;
    DROP INDEX events_by_reach;
    ALTER TABLE events DROP COLUMN reach;
    CREATE INDEX events_by_last ON events (last, day);
    DROP TRIGGER events_added;
    DROP TRIGGER events_gone;
    DROP TABLE event_names;
    DROP TABLE outlines;
    DROP TABLE chronicles;
    ALTER TABLE threading DROP COLUMN chronicles;
    DROP INDEX identities_by_heard;
    DROP TRIGGER identified_added;
    DROP TRIGGER identified_gone;
    DROP TRIGGER identified_changed;
    DROP INDEX identities_by_letter;
    CREATE INDEX identities_by_block ON identities (block, first);
    ALTER TABLE identities DROP COLUMN last;
    ALTER TABLE named DROP COLUMN compared;
    ALTER TABLE entities DROP COLUMN heard;
    ALTER TABLE identities DROP COLUMN heard;
    ALTER TABLE identities DROP COLUMN tellings;
    INSERT INTO statements_text (rowid, words, speaker)
        SELECT id, words, speaker FROM statements WHERE reading NOT IN (SELECT reading FROM current);
    DROP TRIGGER readings_current;
    CREATE TRIGGER readings_current AFTER INSERT ON readings BEGIN
        DELETE FROM current WHERE document = new.document;
        INSERT INTO current VALUES (new.document, new.id);
    END;
    DROP TABLE passages; DROP TABLE passages_found; DROP TABLE labels; DROP TABLE quotes; DROP TABLE quotes_found;
    DROP INDEX documents_by_heard;
    ALTER TABLE documents DROP COLUMN heard;
    PRAGMA user_version = 9;
"""


def test_what_is_no_ledger_is_refused_with_what_to_do(tmp_path: Path) -> None:
    text, other, newer = tmp_path / "text", tmp_path / "other", tmp_path / "newer"
    text.write_text("no database at all")
    sqlite3.connect(other).executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    open_ledger(newer, create=True).close()
    sqlite3.connect(newer).executescript("PRAGMA user_version = 99")
    for path, sentence in (
        (tmp_path / "none", "there is no such ledger"),
        (tmp_path, "this is a folder"),
        (text, "this is no ledger"),
        (other, "another program's database"),
        (newer, "install a newer onrecord"),
        (tmp_path / "no folder" / "a", "check the folder"),
    ):
        with pytest.raises(LedgerError, match=sentence):
            open_ledger(path, create=path.name == "a")


def test_a_damaged_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with open_ledger(path, create=True) as ledger:
        ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LedgerError, match="damaged"), open_ledger(path) as ledger, ledger.writing() as connection:
        connection.execute("INSERT INTO problems (place, reason, observed) VALUES ('a', 'b', 'c')")
        connection.execute("SELECT count(*) FROM statements, readings, documents").fetchall()


def test_damage_that_a_question_meets_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with open_ledger(path, create=True) as ledger:
        (page,) = ledger.connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'problems_open'"
        ).fetchone()
        (size,) = ledger.connection.execute("PRAGMA page_size").fetchone()
    whole = path.read_bytes()
    path.write_bytes(whole[: (page - 1) * size] + b"U" * size + whole[page * size :])
    open_ledger(path).close()  # opening does not meet it
    with pytest.raises(LedgerError, match=r"a\.ledger: the file is damaged"), open_ledger(path) as ledger:
        problems(ledger)


def test_a_second_writer_is_told_who_is_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.ledger.store.PATIENCE", 0.05)
    path = tmp_path / "a.ledger"
    with open_ledger(path, create=True) as one, open_ledger(path) as other, one.writing() as connection:
        connection.execute("INSERT INTO problems (place, reason, observed) VALUES ('a', 'b', 'c')")
        with pytest.raises(LedgerError, match="another program is writing"), other.writing():
            pass


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("max_page_count = 90", "the disk is full; nothing of this step was kept"),
        ("query_only = 1", "can't be written to"),
    ],
)
def test_a_full_disk_and_a_file_that_cant_be_written_to_lose_nothing(
    tmp_path: Path, read_by_hand: None, state: str, sentence: str
) -> None:
    with filled(tmp_path / "a.ledger", source("first"))[0] as ledger:
        ledger.connection.execute(f"PRAGMA {state}")
        more = (source(f"n{n}", f"Dalgard said {n} " + "yes. " * 400) for n in range(400))
        with pytest.raises(LedgerError, match=sentence):
            list(add(ledger, more, OLD, lambda: NOON))
    with open_ledger(tmp_path / "a.ledger") as ledger:
        assert ledger.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        held = stats(ledger)
        assert held["documents"] == held["readings"] == held["statements"] >= 1
        assert "first" in {each.name for each in documents(ledger)}


def test_what_fails_inside_a_step_leaves_nothing_of_it(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "a.ledger", create=True) as ledger:
        with pytest.raises(KeyError), ledger.writing() as connection:
            connection.execute("INSERT INTO problems (place, reason, observed) VALUES ('a', 'b', 'c')")
            raise KeyError
        assert ledger.connection.execute("SELECT count(*) FROM problems").fetchone() == (0,)


def test_outlines_and_chronicles_are_moved_whole_or_not_at_all(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ledger"
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)

    def rows(connection: sqlite3.Connection) -> list[object]:
        kept = ("SELECT * FROM outlines ORDER BY thread", "SELECT * FROM chronicles ORDER BY thread")
        return [connection.execute(each).fetchall() for each in kept]

    with ledger_of(path, *STORY) as ledger:
        before = rows(ledger.connection)
        ledger.connection.executescript(TO_VERSION_24 + BEFORE_ROWS)
    assert all(before)
    moving = MIGRATIONS.index(next(step for step in MIGRATIONS if "outlines_by_row" in step))
    cut = MIGRATIONS[moving] + "INSERT INTO nowhere DEFAULT VALUES;"
    with monkeypatch.context() as cut_short:
        cut_short.setattr("onrecord.ledger.store.MIGRATIONS", (*MIGRATIONS[:moving], cut))
        with pytest.raises(LedgerError, match="nowhere"):
            open_ledger(path)
    with closing(sqlite3.connect(path)) as whole:
        assert whole.execute("PRAGMA user_version").fetchone() == (moving,)
        assert rows(whole) == before
    with open_ledger(path) as ledger:
        assert rows(ledger.connection) == before
        ledger.connection.execute("SELECT rowid FROM outlines UNION SELECT rowid FROM chronicles")


BEFORE_ROWS = """
    ALTER TABLE outlines RENAME TO moved;
    CREATE TABLE outlines (thread TEXT PRIMARY KEY, body BLOB NOT NULL, before BLOB, until TEXT) STRICT, WITHOUT ROWID;
    INSERT INTO outlines SELECT * FROM moved;
    DROP TABLE moved;
    ALTER TABLE chronicles RENAME TO moved;
    CREATE TABLE chronicles (
        thread TEXT PRIMARY KEY, body BLOB NOT NULL, before BLOB, until TEXT
    ) STRICT, WITHOUT ROWID;
    INSERT INTO chronicles SELECT * FROM moved;
    DROP TABLE moved;
    CREATE INDEX chronicles_unmade ON chronicles (thread) WHERE body = x'';
    PRAGMA user_version = 23;
"""
"""As a file was before that step, from version 24 on."""


def test_documents_behind_which_others_came_are_known_in_an_older_ledger_too(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    added = "INSERT INTO documents (id, digest, name, original, observed) VALUES (?, ?, ?, x'', '')"

    def superseded(connection: sqlite3.Connection) -> list[int]:
        return [number for (number,) in connection.execute("SELECT document FROM superseded ORDER BY 1")]

    with open_ledger(path, create=True) as ledger:
        ledger.connection.executescript(TO_VERSION_24 + BEFORE_ROWS)
        ledger.connection.executemany(added, [(1, b"1", "a"), (2, b"2", "b"), (5, b"5", "a")])
    with open_ledger(path) as ledger:
        assert superseded(ledger.connection) == [1]
        ledger.connection.executemany(added, [(6, b"6", "a"), (7, b"7", "c"), (4, b"4", "a")])
        assert superseded(ledger.connection) == [1, 4, 5]


def test_programs_that_open_an_older_ledger_at_once_wait_for_each_other(tmp_path: Path) -> None:
    for attempt in range(3):
        path = tmp_path / f"{attempt}.ledger"
        with closing(sqlite3.connect(path, isolation_level=None)) as old:
            old.execute("PRAGMA journal_mode = WAL")
            for number, step in enumerate(MIGRATIONS[:-17], 1):
                old.executescript(f"{step}PRAGMA application_id = {APPLICATION};PRAGMA user_version = {number};")
        together = Barrier(6)

        def opened(path: Path = path, together: Barrier = together) -> int:
            together.wait()
            with open_ledger(path) as ledger:
                (version,) = ledger.connection.execute("PRAGMA user_version").fetchone()
                return int(version)

        with ThreadPoolExecutor(6) as pool:
            versions = [each.result() for each in [pool.submit(opened) for _ in range(6)]]
        assert versions == [len(MIGRATIONS)] * 6


def test_the_columns_of_a_key_come_first(tmp_path: Path) -> None:
    """Where another stands between them, ``PRAGMA integrity_check`` of SQLite 3.40 calls a whole file damaged."""
    with open_ledger(tmp_path / "a", create=True) as ledger:
        tables = ledger.connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'").fetchall()
        for (name,) in tables:
            keyed = [bool(key) for _, _, _, _, _, key in ledger.connection.execute(f"PRAGMA table_info({name})")]
            assert keyed == sorted(keyed, reverse=True), name
        assert len(tables) > 20
