"""Addresses on the command line: fetched only where that is asked for, and what is not new is not read again."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.acquire.fetch import Manners
from onrecord.cli import main
from tests.acquire.misbehaving import Server, misbehaving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with misbehaving() as running:
        yield running


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.acquire.fetch.Manners", functools.partial(Manners, delay=0))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_nothing_is_fetched_unless_asked(server: Server) -> None:
    before = server.asked.total()
    result = run("read", server.address + "/page")
    assert result.exit_code == 3 and "add --fetch" in result.stderr
    result = run("read", "--fetch", server.address + "/page")
    assert result.exit_code == 3 and "no public address (--allow-private)" in result.stderr
    result = run("read", "--allow-private", server.address + "/page")
    assert result.exit_code == 2 and "add --fetch" in result.stderr
    assert server.asked.total() == before


def test_page_of_an_address(server: Server) -> None:
    result = run("read", "--json", "--fetch", "--allow-private", server.address + "/latin")
    document = json.loads(result.stdout)["document"]
    assert document["text"] == "Über Ostrev é" and document["path"] == document["url"] == server.address + "/latin"
    assert document["provenance"]["by"] == "web"


def test_what_is_not_new_is_not_read_again(server: Server, tmp_path: Path) -> None:
    add = (
        "add",
        "--ledger",
        tmp_path / "l",
        "--workers",
        "1",
        "--fetch",
        "--allow-private",
        server.address + "/unchanged",
    )
    assert "1 added, 0 there already" in run(*add).stderr
    before = server.asked["/unchanged"]
    result = run(*add)
    assert result.exit_code == 0 and "0 added, 1 there already, 0 could not be read" in result.stderr
    assert server.asked["/unchanged"] == before + 1 and "If-None-Match" in server.heads[-1]


def test_pages_of_a_sitemap_are_kept(server: Server, tmp_path: Path) -> None:
    ledger = ("--ledger", tmp_path / "l")
    index = server.address + "/sitemap-index"
    assert "1 added" in run("add", "--fetch", "--allow-private", "--workers", "1", *ledger, index).stderr
    (kept,) = map(json.loads, run("documents", "--json", *ledger).stdout.splitlines())
    assert (kept["path"], kept["title"]) == (server.address + "/page?a=1&b=2", "Talks off")
    assert kept["outlet"] == "The Ostrev Courier"
    assert len(run("problems", *ledger).stdout.splitlines()) == 3


def test_a_problem_is_solved_when_what_had_it_is_read(server: Server, tmp_path: Path) -> None:
    listed = tmp_path / "a.txt"
    listed.write_text(f"{server.address}/page\n{server.address}/gone\n", encoding="utf-8")
    add = ("add", "--ledger", tmp_path / "l", "--workers", "1", listed)
    assert run(*add).exit_code == 3
    assert "it names 2 addresses" in run("problems", "--ledger", tmp_path / "l").stdout
    assert run(*add, "--fetch", "--allow-private").exit_code == 4
    problems = run("problems", "--ledger", tmp_path / "l").stdout
    assert problems == f"{server.address}/gone: the server answers 404 (Not Found)\n"
    retried = run("add", "--retry", "--fetch", "--allow-private", "--ledger", tmp_path / "l", "--workers", "1")
    assert retried.exit_code == 3 and "1 could not be read" in retried.stderr
