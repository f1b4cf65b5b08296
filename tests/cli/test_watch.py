"""Sources and the watch over them, from a server of ours: what is new once, failures seen, going on after a stop."""

from __future__ import annotations

import functools
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.acquire.fetch import Manners
from onrecord.cli import main
from tests.acquire.misbehaving import WAYS, Server, misbehaving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with misbehaving() as running:
        yield running


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("onrecord.acquire.fetch.Manners", functools.partial(Manners, delay=0, backoff=0.01))
    monkeypatch.setenv("ONRECORD_LEDGER", str(tmp_path / "l"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def listed() -> list[dict[str, object]]:
    return [json.loads(line) for line in run("source", "list", "--json").stdout.splitlines()]


def make_due(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE followed SET due = '2001-01-01T00:00:00+00:00'")


def test_sources_are_polled_when_due(server: Server, tmp_path: Path) -> None:
    feed, broken = server.address + "/feed", server.address + "/broken"
    page = tmp_path / "notice.txt"
    page.write_text("The summit of Ostrev is off, the palace of Velmark says.", encoding="utf-8")
    assert run("source", "add", "--every", "2h", feed, broken, page).exit_code == 0
    assert [each["every"] for each in listed()] == [7200] * 3
    first = run("watch", "--once", "--allow-private")
    assert first.exit_code == 0
    assert f"{feed}: 2 added, 0 there already, 1 could not be read" in first.stderr
    assert f"{broken}: the server answers 500" in first.stderr and f"{page}: 1 added" in first.stderr
    assert run("watch", "--once", "--allow-private").stderr == "", "nothing is due"
    make_due(tmp_path / "l")
    again = run("watch", "--once", "--allow-private")
    assert f"{feed}: 0 added, 1 there already\n" in again.stderr, "the page that failed is not due yet"
    health = {str(each["address"]): each for each in listed()}
    assert health[broken]["failures"] == 2 and "500" in str(health[broken]["error"])
    assert health[feed]["failures"] == 0 and health[feed]["succeeded"] and health[feed]["error"] is None
    people = run("source", "list").stdout
    assert "failed 2 times" in people and "well, last success" in people


def test_many_sources_are_polled_in_turn_though_one_has_a_long_page(server: Server, tmp_path: Path) -> None:
    feeds = [f"{server.address}/numbered?{number}" for number in range(60)]
    assert run("source", "add", *reversed(feeds)).exit_code == 0
    make_due(tmp_path / "l")
    for late in feeds[:3]:  # they wait longest
        with sqlite3.connect(tmp_path / "l") as connection:
            connection.execute("UPDATE followed SET due = '2000-01-01T00:00:00+00:00' WHERE address = ?", (late,))
    before = server.asked.copy()
    told = run("watch", "--once", "--allow-private").stderr.splitlines()
    polled = [line.split()[2].removesuffix(":") for line in told]
    assert polled == [*feeds[:3], *sorted(feeds[3:])], "those that wait longest first, and none is left out"
    assert [line.partition(": ")[2].partition(": ")[2] for line in told] == [
        "1 added, 0 there already"
    ] * 60  # fmt: skip
    assert all((server.asked - before)[feed.removeprefix(server.address)] == 1 for feed in feeds)
    assert (server.asked - before)["/robots.txt"] == 1, "one server, asked once what it allows"
    lines = run("documents", "--json").stdout.splitlines()
    assert len(lines) == 60 and max(json.loads(line)["statements"] for line in lines) >= 100, "the long page is read"
    assert run("watch", "--once", "--allow-private").stderr == "", "all are polled"


def test_sources_are_asked_side_by_side_and_kept_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that waits longest answers when the others were asked; what it brings is kept first."""
    with ExitStack() as stack:
        servers = [stack.enter_context(misbehaving()) for _ in range(3)]

        def late(server: Server, connection: socket.socket, head: str) -> None:
            ends = time.monotonic() + 8
            while not all(each.asked.total() > 1 for each in servers[1:]) and time.monotonic() < ends:
                time.sleep(0.01)
            WAYS["/numbered"](server, connection, head.replace("/late?0", "/numbered?3"))

        monkeypatch.setitem(WAYS, "/late", late)
        first, *others = (
            f"{each.address}/{'numbered' if number else 'late'}?{number}" for number, each in enumerate(servers)
        )
        assert run("source", "add", first, *others).exit_code == 0
        make_due(tmp_path / "l")
        with sqlite3.connect(tmp_path / "l") as connection:
            connection.execute("UPDATE followed SET due = '2000-01-01T00:00:00+00:00' WHERE address = ?", (first,))
        began = time.monotonic()
        told = run("watch", "--once", "--allow-private").stderr.splitlines()
        assert time.monotonic() - began < 8, "the first did not have to wait in vain"
    assert [line.split()[2].removesuffix(":") for line in told] == [first, *sorted(others)]
    assert all("1 added" in line for line in told)
    with sqlite3.connect(tmp_path / "l") as connection:
        places = [path for (path,) in connection.execute("SELECT path FROM documents ORDER BY id")]
    assert [place.rpartition(":")[0] for place in places] == [first, *sorted(others)]


def test_sources_that_are_not_followed(tmp_path: Path) -> None:
    assert run("source", "add", "https://courier.example/feed").exit_code == 0
    assert run("source", "remove", "https://courier.example/other").exit_code == 1
    assert run("source", "remove", "https://courier.example/feed").exit_code == 0
    assert listed() == []


def test_what_says_not_whose_it_is_is_no_source(tmp_path: Path) -> None:
    refused = run("source", "add", "https://[bad/feed")
    assert refused.exit_code == 2 and "no address of the web" in refused.output


@pytest.mark.parametrize("every", ["15", "m", "0m", "59s", "1w", "-2h", ""])
def test_times_that_are_none(every: str) -> None:
    result = run("source", "add", "--every", every, "https://courier.example/feed")
    assert result.exit_code == 2 and "Write for example 15m" in result.stderr


def test_a_watch_ends_when_a_service_manager_says_so(tmp_path: Path) -> None:
    run("source", "add", tmp_path / "missing.txt")
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "watch"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ}) as watching:
        assert watching.stderr is not None
        assert "there is no such file" in watching.stderr.readline()
        watching.send_signal(signal.SIGTERM)
        assert watching.wait(timeout=20) == 130
