"""Documents into a ledger: each once, each whole, nothing kept lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from onrecord.errors import UnreadableInput
from onrecord.ledger import Ledger, add, open_ledger, problems, statements, stats
from onrecord.ledger.adding import digest
from onrecord.ledger.threads import bring_together
from onrecord.nouns import Kept, Reading, Source
from tests.ledger.keeping import NEW, NOON, OLD, filled, reading_of, source

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("read_by_hand")
def test_a_document_is_kept_once_with_its_bytes_and_its_reading(tmp_path: Path) -> None:
    one = source("north")
    ledger, added = filled(tmp_path / "a", one, one, source("south"))
    assert [each.outcome for each in added] == ["added", "known", "added"]
    original, body = ledger.connection.execute(
        "SELECT original, body FROM documents JOIN readings ON document = documents.id WHERE name = 'north'"
    ).fetchone()
    assert zlib.decompress(original) == one.raw
    assert msgspec.json.decode(zlib.decompress(body), type=Reading) == reading_of(one)
    _, again = filled(tmp_path / "a", one)
    assert [each.outcome for each in again] == ["known"]


@pytest.mark.usefixtures("read_by_hand")
def test_a_newer_reader_adds_a_reading_and_the_old_one_stays(tmp_path: Path) -> None:
    filled(tmp_path / "a", source("north"))
    ledger, added = filled(tmp_path / "a", source("north"), reader=NEW)
    assert [each.outcome for each in added] == ["added"]
    held = stats(ledger)
    assert (held["documents"], held["readings"], held["statements"]) == (1, 2, 1)
    assert len(statements(ledger)) == held["statements"]  # the newest reading is the one that counts
    assert ledger.connection.execute("SELECT reading FROM current").fetchall() == [(2,)]


@pytest.mark.usefixtures("read_by_hand")
def test_what_was_read_before_is_kept_with_its_reader_and_not_read_again(tmp_path: Path) -> None:
    known, other = source("north"), source("south")
    kept = [Kept(source=each, reading=replace(reading_of(each), reader=NEW)) for each in (known, other)]
    filled(tmp_path / "a", known)
    ledger, added = filled(tmp_path / "a", *kept, source("west"))
    assert [each.outcome for each in added] == ["known", "added", "added"]  # north's own reader has read it
    readers = ledger.connection.execute(
        "SELECT d.name, models FROM readings r JOIN readers ON readers.id = reader JOIN documents d ON d.id = document"
    ).fetchall()
    assert [(name, msgspec.json.decode(models)) for name, models in readers] == [
        ("north", OLD.models), ("south", NEW.models), ("west", OLD.models)
    ]  # fmt: skip
    _, added = filled(tmp_path / "a", other, reader=OLD)
    assert [each.outcome for each in added] == ["added"]  # who reads now reads for himself


@pytest.mark.usefixtures("read_by_hand")
@pytest.mark.parametrize(("version", "outcome"), [("0.0.9", "known"), ("0.10", "added")])
def test_what_an_older_version_read_never_takes_the_place_of_a_newer_reading(
    tmp_path: Path, version: str, outcome: str
) -> None:
    filled(tmp_path / "a", source("north"))
    brought = replace(reading_of(source("north")), reader=replace(OLD, version=version))
    later = replace(OLD, version="0.11")
    _, added = filled(tmp_path / "a", Kept(source=source("north"), reading=brought), reader=later)
    assert [each.outcome for each in added] == [outcome]


@pytest.mark.usefixtures("read_by_hand")
def test_a_reading_that_does_not_hold_together_is_a_problem_and_the_rest_is_kept(tmp_path: Path) -> None:
    whole, broken = source("north"), source("south")
    reading = reading_of(broken)
    wrong = replace(reading, statements=(replace(reading.statements[0], content=()),))
    ledger, added = filled(
        tmp_path / "a", Kept(source=broken, reading=wrong), Kept(source=whole, reading=reading_of(whole))
    )
    assert [each.outcome for each in added] == ["problem", "added"]
    assert "add the page itself" in added[0].reason
    assert stats(ledger)["documents"] == stats(ledger)["readings"] == stats(ledger)["statements"] == 1


def test_the_same_words_of_two_outlets_are_two_documents() -> None:
    one, other = source("a", "The same words."), source("a", "The same words.", outlet="The Post")
    assert digest(one) != digest(other) and digest(one) == digest(source("a", "The same words."))


@pytest.mark.usefixtures("read_by_hand")
def test_what_cant_be_read_is_listed_until_it_is(tmp_path: Path) -> None:
    bad = source("bad", "unreadable")
    ledger, added = filled(tmp_path / "a", bad, UnreadableInput("gone.txt", "there is no such file"), source("north"))
    assert [each.outcome for each in added] == ["problem", "problem", "added"]
    filled(tmp_path / "a", bad)
    assert [(each.place, each.reason) for each in problems(ledger)] == [
        ("bad.txt", "it is unreadable"),
        ("gone.txt", "there is no such file"),
    ]
    filled(tmp_path / "a", source("bad", "Dalgard said it can be read now."))
    assert [each.place for each in problems(ledger)] == ["gone.txt"]


@pytest.mark.usefixtures("read_by_hand")
def test_what_is_known_comes_out_in_its_place_among_what_is_read(tmp_path: Path) -> None:
    known = [source(name) for name in ("east", "north", "west")]
    filled(tmp_path / "a", *known)
    bad = source("bad", "unreadable")
    run = [known[0], source("one"), known[1], bad, source("two"), known[2]]
    _, added = filled(tmp_path / "a", *run)
    assert [each.place for each in added] == [each.path for each in run]
    assert [each.outcome for each in added] == ["known", "added", "known", "problem", "added", "known"]


def test_what_other_processes_cant_read_comes_back_with_its_reason(tmp_path: Path) -> None:
    empty = [Source(raw=b"", path=f"{n}.txt", media="text") for n in range(60)]
    with open_ledger(tmp_path / "a", create=True) as ledger:
        added = list(add(ledger, empty, OLD, lambda: NOON, workers=2))
    assert {(each.outcome, each.reason) for each in added} == {("problem", "there is nothing in it")}
    assert [each.place for each in added] == [each.path for each in empty]


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import onrecord.reading
from tests.ledger.keeping import OLD, reading_of, source
from onrecord.ledger import add, adding, open_ledger
adding.PIECE = 3
onrecord.reading.read_many = lambda sources: map(reading_of, sources)
with open_ledger(Path(sys.argv[1]), create=True) as ledger:
    for each in add(ledger, (source(f"n{n}") for n in range(400)), OLD, lambda: datetime(2031, 5, 1, tzinfo=UTC)):
        print(each.place, flush=True)
"""


def test_killed_at_any_moment_nothing_is_half_kept_and_the_run_goes_on(tmp_path: Path) -> None:
    path, kills = tmp_path / "a.ledger", 0
    command = [sys.executable, "-c", KILLED, str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    for wait in (0.0, 0.003, 0.01, 0.02, 0.05):
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(wait)
            run.send_signal(signal.SIGKILL)
            kills += run.wait() == -signal.SIGKILL
        with open_ledger(path) as ledger:
            assert ledger.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            held = stats(ledger)
            assert held["documents"] == held["readings"] == held["statements"]
    assert kills
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    with open_ledger(path) as ledger:
        assert stats(ledger)["documents"] == 400
        names = [name for (name,) in ledger.connection.execute("SELECT name FROM documents ORDER BY id")]
        assert names == [f"n{n}" for n in range(400)]


@pytest.mark.usefixtures("read_by_hand")
def test_who_reads_while_a_document_is_added_has_nothing_to_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seen = tmp_path / "a", list[tuple[int, ...]]()
    reader = filled(path, source("north"))[0]

    def noted(ledger: Ledger, before: str | None = None) -> None:
        assert ledger.connection.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        seen.append(
            reader.connection.execute(
                "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM unthreaded), "
                "(SELECT count(*) FROM unidentified)"
            ).fetchone()
        )
        bring_together(ledger, before)

    monkeypatch.setattr("onrecord.ledger.adding.bring_together", noted)
    filled(path, source("south"))
    assert seen[0] == (1, 0, 0)
    monkeypatch.setattr("onrecord.ledger.adding.bring_together", _fails)
    with pytest.raises(ArithmeticError):
        filled(path, source("west"))
    assert stats(reader)["documents"] == 2  # all of it, or nothing


def _fails(_: Ledger, before: str | None = None) -> None:
    raise ArithmeticError
