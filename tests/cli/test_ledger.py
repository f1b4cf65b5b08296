"""`onrecord add` and the questions to a ledger, as a user and a script meet them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copy
from typing import Protocol, get_args

import pytest
from click.testing import CliRunner, Result

import onrecord.reading
from onrecord.cli import main
from onrecord.cli.decide import CORRECTABLE
from onrecord.cli.entities import TYPES
from onrecord.cli.events import STATUSES
from onrecord.ledger.deciding import Correctable
from onrecord.nouns import EntityType, Status
from tests.ledger.keeping import OLD, read_many

SUMMIT = Path(__file__).parents[2] / "samples" / "summit"


class Run(Protocol):
    """Runs ``onrecord`` with these arguments on one ledger."""

    def __call__(self, *arguments: str) -> Result: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    monkeypatch.setattr(onrecord.reading, "reader", lambda: OLD)
    lines = [
        {"id": "a", "text": "Dalgard said yes.", "published": "2031-04-01", "outlet": "The Post"},
        {"id": "b", "text": "Velik said no.", "published": "2031-05-01"},
        {"id": "c", "text": "unreadable"},
    ]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))

    def run(*arguments: str) -> Result:
        ledger = str(tmp_path / "a.ledger")
        return CliRunner().invoke(main, [*arguments, "--ledger", ledger], catch_exceptions=False)

    return run


def add(run: Run, tmp_path: Path) -> Result:
    return run("add", str(tmp_path / "news.jsonl"), "--workers", "1")


def test_adding_says_what_became_of_the_documents(run: Run, tmp_path: Path) -> None:
    first, again = add(run, tmp_path), add(run, tmp_path)
    assert first.exit_code == again.exit_code == 4
    assert "2 added, 0 there already, 1 could not be read" in first.stderr and first.stdout == ""
    assert "0 added, 2 there already, 1 could not be read" in again.stderr


def test_questions_for_people_and_for_programs(run: Run, tmp_path: Path) -> None:
    add(run, tmp_path)
    found = run("statements", "yes")
    assert found.stdout == "Dalgard, via VNA: Dalgard said yes.\n  — a (2031-04-01, The Post)\n"
    [line] = run("statements", "--as-of", "2031-04-30", "--json").stdout.splitlines()
    assert json.loads(line)["document"] == "a" and json.loads(line)["span"] == [0, 17]
    listed = run("documents").stdout
    assert listed.splitlines()[0].startswith("2031-05-01  b")
    assert run("documents", "said", "no").stdout == (
        "2031-05-01  b  (outlet not known, 1 statements)\n  0-14: Velik said no.\n"
    )
    [line] = run("documents", "said", "--outlet", "The Post", "--json").stdout.splitlines()
    assert json.loads(line)["passages"] == [{"span": [0, 17], "text": "Dalgard said yes."}]
    assert run("documents", "said", "--to", "2031-03-31").stdout == run("documents", "lake").stdout == ""
    assert run("documents", "--by", "Velik").stdout.startswith("2031-05-01  b")
    assert len(run("documents", "--most", "1").stdout.splitlines()) == 1
    assert "unreadable" in run("problems").stdout
    assert json.loads(run("stats", "--json").stdout)["documents"] == 2


def test_a_document_of_no_known_day_is_listed_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks\n\nDalgard said yes.\n")
    run("add", str(tmp_path / "a.txt"), "--workers", "1")
    assert run("documents").stdout.splitlines()[-1].startswith("no day known  ")


def test_a_ledger_that_is_not_there_is_named(run: Run) -> None:
    result = run("statements")
    assert result.exit_code == 5 and "there is no such ledger" in result.stderr


def test_a_retry_reads_the_files_that_failed(run: Run, tmp_path: Path) -> None:
    add(run, tmp_path)
    text = (tmp_path / "news.jsonl").read_text()
    (tmp_path / "news.jsonl").write_text(text.replace("unreadable", "Reyk said so."))
    result = run("add", "--retry", "--workers", "1")
    assert result.exit_code == 0 and "1 added, 2 there already" in result.stderr
    assert run("problems").stdout == ""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample story in a ledger, read by the models; who writes to it writes to a copy."""
    path = tmp_path_factory.mktemp("told") / "story.ledger"
    added = CliRunner().invoke(main, ["add", str(SUMMIT), "--workers", "1", "--ledger", str(path)])
    assert added.exit_code == 0
    return path


@pytest.fixture
def story(told: Path, tmp_path: Path) -> Run:
    """The sample story in a ledger of one's own."""
    path = copy(told, tmp_path / "story.ledger")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--ledger", str(path)], catch_exceptions=False)

    return run


def test_the_sample_story_as_of_some_days(story: Run) -> None:
    def known(day: str) -> tuple[str, str | None, str | None]:
        best = json.loads(story("events", "Velik Dalgard summit", "--as-of", day, "--json").stdout.splitlines()[0])
        return best["status"], best["date"]["value"], best["venue"]["value"]

    assert known("2031-03-12")[0] == "mooted"
    assert known("2031-03-25")[0] == "planned"
    assert known("2031-04-20") == ("scheduled", "2031-05-22", "Port Selm")
    assert known("2031-05-01") == ("scheduled", "2031-05-22", "Tarnholm Castle")
    assert known("2031-05-20")[:2] == ("scheduled", "2031-06-05")
    assert known("2031-06-07")[:2] == ("occurred", "2031-06-05")
    brief = story("event", "summit", "--as-of", "2031-05-20").stdout
    assert "before: " in brief and "2031-05-22" in brief and "the same event: " in brief
    [event] = [json.loads(line) for line in story("event", "summit", "--json").stdout.splitlines()]
    assert story("event", event["id"], "--json").stdout == story("event", "summit", "--json").stdout
    assert "agenda: reopening of the Kest Pass (provisional), since 2031-03-24" in brief
    assert re.search(r"who: Irena Dalgard, since 2031-03-11.*\n +“[^”]*Dalgard", brief), "with the words"
    items = {each["value"]: each for each in event["items"]}
    assert {*event["participants"], *event["agenda"]} <= items.keys()
    assert all(name.split()[-1] in items[name]["passage"]["text"] for name in ("Anton Velik", "Kest Pass"))
    assert [turn["what"] for turn in items["Irena Dalgard"]["turns"]] == ["new", "origin", "origin"]
    assert {each["document"] for each in event["evidence"]} <= {each["document"] for each in event["history"]}
    changed = [json.loads(line) for line in story("changes", "--since", "2031-05-10", "--json").stdout.splitlines()]
    assert ("date", "2031-05-22 (settled)", "2031-06-05 (settled)") in [
        (each["attribute"], each["was"], each["now"]) for each in changed if each["event"] == event["id"]
    ]
    assert "→" in story("changes").stdout and "summit" in story("events", "summit").stdout


def test_a_person_corrects_the_sample_story_and_takes_it_back(story: Run) -> None:
    [event] = [json.loads(line) for line in story("event", "summit", "--json").stdout.splitlines()]
    signed = ("--by", "Ida Ruhl", "--reason", "seen there")
    result = story("decide", "claim", event["id"], "venue", "Orvan", *signed)
    assert result.exit_code == 0 and "decision 1 is kept" in result.stderr
    brief = story("event", "summit").stdout
    assert "venue         Orvan" in brief and "Ida Ruhl: venue is Orvan (was " in brief and "seen there" in brief
    document = event["history"][-1]["document"]
    assert story("decide", "apart", event["id"], document, *signed).exit_code == 0
    history = json.loads(story("event", event["id"], "--json").stdout)["history"]
    assert document not in {each["document"] for each in history}
    assert story("decide", "undo", "2", *signed).exit_code == story("decide", "undo", "1", *signed).exit_code == 0
    again = json.loads(story("event", event["id"], "--json").stdout)
    assert again == event and len(story("decisions").stdout.splitlines()) == 4
    told: tuple[tuple[tuple[str, ...], str, list[str]], ...] = (
        (("host", "Velmark"), "host is Velmark in ", ["Velmark"]),
        (("host", "Velmark", "--reject", "Velmark", "--provisional"), "host is Velmark, confirmed in ", ["Velmark"]),
        (("host", "Orvan", "--reject", "Velmark"), "host is Orvan (was Velmark) in ", ["Orvan"]),
        (("host", "--reject", "Orvan"), "host is wrong (was Orvan) in ", []),
    )
    for given, line, hosts in told:
        assert story("decide", "claim", event["id"], *given, *signed).exit_code == 0
        assert line in story("decisions").stdout.splitlines()[-1]
        items = json.loads(story("event", event["id"], "--json").stdout)["items"]
        assert [each["value"] for each in items if each["attribute"] == "host"] == hosts
    vote = json.loads(story("events", "vote", "--json").stdout.splitlines()[0])
    for given, line in (((), f"{event['id']} follows {vote['id']} in "), (("--reject",), "is wrong in ")):
        done = story("decide", "relation", vote["id"], "followed_by", event["id"], *given, *signed)
        assert done.exit_code == 0 and line in story("decisions").stdout.splitlines()[-1]
        assert (re.search(r"\n +follows +", story("event", event["id"]).stdout) is not None) == (not given)
    assert story("decide", "claim", event["id"], "name", "Tarnholm Parley", *signed).exit_code == 0
    assert story("event", event["id"]).stdout.startswith("Tarnholm Parley")
    said = json.loads(story("statements", "--json").stdout.splitlines()[0])
    assert story("decide", "speaker", said["document"], said["number"], "Pavel Orm", *signed).exit_code == 0
    [spoken] = story("statements", "--by", "Orm", "--json").stdout.splitlines()
    assert json.loads(spoken)["number"] == said["number"]
    assert story("decide", "same", event["id"], "E0000000000", *signed).exit_code == 5
    assert story("decide", "claim", event["id"], "date", *signed).exit_code == 2


def test_why_two_events_are_two_and_why_a_text_tells_of_one(story: Run) -> None:
    summit, vote = (json.loads(story("events", name, "--json").stdout.splitlines()[0]) for name in ("summit", "vote"))
    lines = [json.loads(line) for line in story("why", summit["id"], vote["id"], "--json").stdout.splitlines()]
    told = [line for line in lines if line.get("event") == summit["id"]]
    assert told[0]["why"] == [] and all(line["score"] >= 2 and line["why"] for line in told[1:])
    assert lines[-1]["apart"] == [summit["id"], vote["id"]] and "of kind" in lines[-1]["because"]
    [one] = story("why", summit["id"], told[1]["document"], "--json").stdout.splitlines()
    assert json.loads(one) == told[1]
    assert story("why", "E0000000000").exit_code == 1 == story("why", summit["id"], "nothing").exit_code
    signed = ("--by", "Ida Ruhl", "--reason", "the same day")
    assert story("decide", "same", summit["id"], vote["id"], *signed).exit_code == 0
    assert "decision 1" in story("why", json.loads(story("event", "summit", "--json").stdout)["id"]).stdout


def test_what_can_be_corrected_is_named() -> None:
    assert get_args(Correctable) == CORRECTABLE


def test_every_status_can_be_asked_for() -> None:
    assert get_args(Status) == STATUSES


def test_events_of_a_kind(story: Run) -> None:
    every, votes = (story("events", "--from", "2031-01-01", *given).stdout for given in ((), ("--kind", "vote")))
    assert 0 < len(votes.splitlines()) < len(every.splitlines()) and set(votes.splitlines()) < set(every.splitlines())
    unknown = story("events", "--kind", "picnic")
    assert unknown.exit_code == 2 and "“picnic” is no kind of event; there are ceremony, election" in unknown.stderr


def test_no_such_event(story: Run) -> None:
    for asked in (("event",), ("export", "markdown")):
        result = story(*asked, "Orvan congress")
        assert result.exit_code == 1 and result.stderr == "onrecord: Orvan congress: the ledger has no such event\n"
        result = story(*asked, "Velik Dalgard summit", "--as-of", "2030-01-01")
        assert result.exit_code == 1 and "the ledger has no such event by 2030-01-01" in result.stderr
    assert story("events", "Orvan congress").stdout == ""


@pytest.mark.parametrize(
    "asked",
    [("events", "--from", "--to"), ("statements", "--from", "--to"), ("documents", "--from", "--to"),
     ("changes", "--since", "--until"), ("export", "csv", "--from", "--to")],
)  # fmt: skip
def test_days_of_which_the_first_is_after_the_last_are_told(story: Run, asked: tuple[str, ...]) -> None:
    *command, first, last = asked
    result = story(*command, first, "2031-06-01", last, "2031-05-01")
    assert result.exit_code == 2 and "2031-06-01 is after 2031-05-01" in result.stderr
    assert story(*command, first, "2031-05-16", last, "2031-05-16").exit_code == 0


@pytest.mark.parametrize("command", ["events", "entities", "statements", "documents"])
def test_as_many_as_there_can_be_are_shown_and_more_cannot_be_asked_for(story: Run, command: str) -> None:
    assert story(command, "--most", "1000000000").stdout
    result = story(command, "--most", "99999999999999999999")
    assert result.exit_code == 2 and "not in the range" in result.stderr


def test_who_is_named_and_why_it_is_one(run: Run, tmp_path: Path) -> None:
    add(run, tmp_path)
    listed = run("entities", "Dalgard").stdout
    assert listed.startswith("Dalgard (person)  [P") and "1 document, 1 statement, 2031-04-01" in listed
    [line] = run("entities", "vna", "--type", "organization", "--json").stdout.splitlines()
    found = json.loads(line)
    assert (found["name"], found["documents"], found["first_seen"]) == ("VNA", 2, "2031-04-01")
    told = run("why", found["id"]).stdout
    assert "the first of it" in told and "name.same, 3: both are called VNA" in told
    assert json.loads(run("why", "b#e2", "--json").stdout)["shares"] == ["both are called VNA"]
    two = run("why", "a#e1", "b#e1")
    assert two.exit_code == 0 and "are two: " in two.stdout
    assert run("why", "P0123456789").exit_code == run("why", "nothing").exit_code == 1
    assert json.loads(run("statements", "--by", "dalgard", "--json").stdout)["document"] == "a"
    assert run("statements", "--about", "Velik").stdout == ""


def test_types_that_can_be_asked_for_are_those_of_readings() -> None:
    assert get_args(EntityType) == TYPES
