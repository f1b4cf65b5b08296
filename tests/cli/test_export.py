"""`onrecord export`, as a user and a script meet it."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

import onrecord.reading
from onrecord.cli import main
from onrecord.ledger import open_ledger
from onrecord.nouns import Reading, Source
from onrecord.publish.choosing import Choice, chosen, how_many
from onrecord.publish.formats import FORMATS, Kind
from tests.ledger.keeping import OLD
from tests.ledger.test_events import STORY

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


class Run(Protocol):
    """Runs ``onrecord export`` with these arguments on a ledger of the story of a summit."""

    def __call__(self, *arguments: str) -> Result: ...


def parsed(result: Result) -> Any:
    return Calendar.from_ical(result.stdout_bytes)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    known = {given.id: reading for given, reading in STORY}

    def read_many(sources: Iterable[Source]) -> Iterable[Reading]:
        return (known[each.id] for each in sources)

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    monkeypatch.setattr(onrecord.reading, "reader", lambda: OLD)
    lines = [{"id": each.id, "text": each.raw.decode(), "published": each.published} for each, _ in STORY]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    ledger = ["--ledger", str(tmp_path / "a.ledger")]
    runner = CliRunner()
    runner.invoke(main, ["add", str(tmp_path / "news.jsonl"), "--workers", "1", *ledger], catch_exceptions=False)

    def run(*arguments: str) -> Result:
        return runner.invoke(main, ["export", *arguments, *ledger], catch_exceptions=False)

    return run


@pytest.mark.parametrize("kind", ["documents", "statements", "readings", "events", "claims", "evidence", "changes"])
def test_a_whole_export_knows_of_how_many_things_it_is_made(run: Run, tmp_path: Path, kind: Kind) -> None:
    with open_ledger(tmp_path / "a.ledger") as ledger:
        made = len(list(chosen(ledger, kind, Choice())))
        assert made and how_many(ledger, kind, Choice()) == (None if kind == "changes" else made)
        assert how_many(ledger, kind, Choice(as_of="2031-04-05")) is None


def test_a_search_is_a_calendar(run: Run) -> None:
    found = parsed(run("icalendar", "summit", "Velik", "--title", "Summits"))
    assert found["NAME"] == "Summits"
    assert "20310701" in [each["DTSTART"].to_ical().decode() for each in found.events]


def test_as_of_a_day_only_what_was_told_by_then_is_written(run: Run) -> None:
    early, late = (parsed(run("icalendar", "--as-of", day)) for day in ("2031-04-11", "2031-05-03"))
    (one,) = early.events
    other = next(each for each in late.events if each["UID"] == one["UID"])
    assert (str(one["STATUS"]), str(other["STATUS"])) == ("CONFIRMED", "TENTATIVE")
    assert int(one["SEQUENCE"]) < int(other["SEQUENCE"])


def test_days_and_status_choose_events(run: Run) -> None:
    def names(*options: str) -> set[str]:
        return {str(e["UID"]) for e in parsed(run("icalendar", *options)).subcomponents}

    every, held, dated = names(), names("--status", "occurred"), names("--from", "2031-06-30", "--to", "2031-07-02")
    assert len(every) == 3
    assert held == dated and len(held) == 1 and held < every
    assert names("--kind", "meeting") == every and names("--kind", "election") == set()
    assert names("--to", "2031-07-02") == held == names("--from", "2031-06-30", "--status", "occurred")


def test_the_same_ledger_gives_the_same_bytes_in_a_file_and_on_standard_output(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "plans.ics"
    target.write_bytes(b"old")
    assert run("icalendar", "-o", str(target)).stdout_bytes == b""
    assert target.read_bytes() == run("icalendar").stdout_bytes
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_what_cannot_be_written_is_said_in_a_sentence(run: Run, tmp_path: Path) -> None:
    missing = run("icalendar", "-o", str(tmp_path / "no" / "plans.ics"))
    assert missing.exit_code == 74 and "plans.ics can't be written: No such file or directory" in missing.stderr
    unknown = run("icalendar", "--kind", "picnic")
    assert unknown.exit_code == 2 and "“picnic” is no kind of event; there are ceremony, election" in unknown.stderr
    wrong = run("icalendar", "--of", "statements")
    assert wrong.exit_code == 2 and "icalendar can't hold statements, only events" in wrong.stderr


def test_tables_are_chosen_by_kind_and_searched_by_words(run: Run) -> None:
    def rows(*arguments: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(run("csv", *arguments).stdout_bytes.decode("utf-8-sig"), newline="")))

    assert len(rows("--of", "documents")) == len(STORY) == len(rows("--of", "statements"))
    assert [row["outlet"] for row in rows("--of", "documents", "--to", "2031-04-01")] == [""]
    assert {row["day"] for row in rows("--of", "statements", "Ruhl")} == {"2031-04-12"}
    assert {row["event"] for row in rows("--of", "claims", "--status", "occurred")} == {
        row["event"] for row in rows("--status", "occurred")
    }
    days = [row["day"] for row in rows("--of", "changes", "Velik", "summit")]
    assert days == sorted(days) and "2031-05-02" in days


def test_an_event_is_briefed_by_its_words_or_its_id(run: Run) -> None:
    text = run("markdown", "Velik", "summit", "--as-of", "2031-05-03").stdout
    assert "| status | postponed, since 2031-05-02" in text
    (name,) = re.findall(r"; (E[0-9a-f]{10})$", text, re.M)
    assert run("markdown", name, "--as-of", "2031-05-03").stdout == text
    assert run("html", name).stdout.startswith("<!doctype html>")
    assert run("markdown", "E0000000000").exit_code == 1
    assert "name it by its id or by WORDS" in run("html").stderr


def test_a_document_is_chosen_by_its_id(run: Run) -> None:
    lines = run("jsonl", "--of", "readings", STORY[0][0].id or "").stdout.splitlines()
    assert [json.loads(line)["document"]["id"] for line in lines] == [STORY[0][0].id]


def test_what_does_not_go_together_is_wrong_usage(run: Run) -> None:
    assert (
        "--status and --kind do not choose statements" in run("csv", "--of", "statements", "--status", "planned").stderr
    )
    assert "can't be searched" in run("csv", "--of", "documents", "bridge").stderr


def test_a_missing_library_is_told_before_a_file_is_touched(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("parquet", "-o", str(tmp_path / "a.parquet"))
    assert result.exit_code == 2 and "onrecord[parquet]" in result.stderr
    assert not (tmp_path / "a.parquet").exists()


def test_every_format_has_its_part_of_the_page_and_its_suffix_there() -> None:
    headings = [re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in re.findall(r"(?m)^## (.+)$", PAGE)]
    rows = [line for line in PAGE.split("\n") if line.startswith("| [`")]
    assert {row.split("`")[1]: row.split("`")[3] for row in rows} == {f.name: f.suffix for f in FORMATS.values()}
    for each, row in zip(FORMATS.values(), rows, strict=True):
        assert row.split(" | ")[2] == ", ".join(each.kinds)
        assert row.split("](#")[1].split(")")[0] in headings
        assert f"export {each.name} " in PAGE
