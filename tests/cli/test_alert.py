"""Alert rules on the command line, and commands that alert along: `alert run`, `watch`, one that is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.ledger import open_ledger
from onrecord.ledger.outbox import alerts
from tests.alerts.receiving import Receiver, receiver
from tests.ledger.test_alerting import more
from tests.ledger.test_events import STORY, ledger_of, told

__all__ = ["receiver", "told"]

pytestmark = pytest.mark.usefixtures("told")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a ledger in which a summit may be held."""
    ledger_of(tmp_path / "l", STORY[0]).close()
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "l"))
    return tmp_path / "l"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["alert", *arguments])


def filled(ledger: Path, *numbers: int) -> None:
    with open_ledger(ledger) as opened:
        more(opened, *(STORY[number] for number in numbers))


def test_from_a_rule_to_its_messages(ledger: Path, receiver: Receiver) -> None:
    made = run(
        "add", "the summit", "--event", "Dalgard Velik summit", "--attribute", "date,status", "--to", receiver.address,
        "--allow-private", "--address", "https://desk.example",
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    address, receiver.secret = made.stdout.split()
    assert address == receiver.address and "“Dalgard Velik summit” names now: summit (mooted) [E" in made.stderr
    assert "nothing sent yet" in run("list").stdout
    assert run("test", "the summit").exit_code == 0 and receiver.came[0][1]["type"] == "trial"
    filled(ledger, 1)
    done = run("run")
    assert done.exit_code == 0 and done.stdout.splitlines()[1].endswith("date: 16 June 2031")
    assert "2 alerted, 1 messages sent, 0 not sent" in done.stderr
    assert receiver.told[1:] == [["scheduled", "2031-06-16 (settled)"]]
    assert receiver.came[1][1]["data"]["changes"][0]["link"].startswith("https://desk.example/events/E")
    listed = json.loads(run("list", "--json").stdout)
    assert listed["targets"][0]["to"] == "http://127.0.0.1…" and receiver.secret not in json.dumps(listed)
    assert listed["targets"][0]["succeeded"] and "well, last success" in run("list").stdout
    assert run("remove", "the summit").exit_code == 0 and run("remove", "the summit").exit_code == 1
    assert run("test", "the summit").exit_code == 1 and run("list").stdout == ""


def test_a_target_that_fails_is_told_and_seen(ledger: Path, receiver: Receiver) -> None:
    receiver.status = 500
    assert run("add", "all", "--to", receiver.address, "--allow-private").exit_code == 0
    assert run("test", "all").exit_code == 1
    filled(ledger, 1)
    done = run("run", "--json")
    assert done.exit_code == 1 and "not sent: the server answers 500" in done.stderr
    assert [json.loads(line)["rule"] for line in done.stdout.splitlines()] == ["all"] * 3
    assert "failed 1 time: the server answers 500 (Internal Server Error); 1 waiting" in run("list").stdout


def test_messages_without_a_link_are_told(ledger: Path) -> None:
    to = ("--to", "https://alerts.example/hook")
    told, listed = "no link to the event", "its messages have no link"
    made = run("add", "bare", *to)
    assert made.exit_code == 0 and told in made.stderr and "--address URL" in made.stderr and told not in made.stdout
    assert listed in run("list").stdout and run("remove", "bare").exit_code == 0
    assert told not in run("add", "linked", *to, "--address", "https://desk.example").stderr
    assert told not in run("add", "feed").stderr, "who serves its feed knows where its pages are"
    assert listed not in run("list").stdout


def test_a_rule_without_a_target(ledger: Path) -> None:
    assert run("add", "all").stdout == ""
    filled(ledger, 1)
    assert len(run("run").stdout.splitlines()) == 3 and "no target" in run("list").stdout
    with open_ledger(ledger) as opened:
        assert len(alerts(opened)) == 3


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (["--status", "called_off"], 2, "cancelled"),
        (["--what", "settled,fixed"], 2, "'fixed' is none of"),
        (["--attribute", "weather"], 2, "status, date"),
        (["--to", "carrierpigeon://loft"], 2, "Apprise can make nothing"),
        (["--to", "http://alerts.example/"], 5, "--allow-private"),
        (["--event", "E0123456789"], 5, "onrecord events WORDS"),
    ],
)
def test_rules_that_can_not_be(ledger: Path, given: list[str], code: int, said: str) -> None:
    if "pigeon" in str(given):
        pytest.importorskip("apprise")
    result = run("add", "one", *given)
    assert result.exit_code == code and said in result.stderr


def test_a_watch_alerts_what_it_brings(ledger: Path, receiver: Receiver, tmp_path: Path) -> None:
    assert run("add", "all", "--to", receiver.address, "--allow-private").exit_code == 0
    filled(ledger, 1)
    watched = CliRunner().invoke(main, ["watch", "--once"])
    assert watched.exit_code == 0 and "alert all to http://127.0.0.1…: sent" in watched.stderr
    assert len(receiver.came) == 1


SENDING = """
import os, signal
from onrecord.alerts import sending
sending.delivered = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
from onrecord.cli import main
main(["alert", "run"])
"""


def test_one_that_is_killed_loses_no_message(ledger: Path, receiver: Receiver) -> None:
    assert run("add", "all", "--to", receiver.address, "--allow-private").exit_code == 0
    filled(ledger, 1)
    ended = subprocess.run([sys.executable, "-c", SENDING], env={**os.environ}, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert "0 alerted, 0 messages sent" in run("run").stderr, "for a while it may be on its way"
    with open_ledger(ledger) as opened, opened.writing() as connection:
        connection.execute(
            "UPDATE alert_targets SET due = ?, taken = NULL", (datetime(2001, 1, 1, tzinfo=UTC).isoformat(),)
        )
    assert "0 alerted, 1 messages sent" in run("run").stderr
    assert len(receiver.came) == 2 and len({name for name, _ in receiver.came}) == 1
