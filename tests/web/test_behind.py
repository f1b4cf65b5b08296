"""A server before this one: whose word it takes for who asks and how, and where links lead."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from litestar import Litestar
from litestar.testing import TestClient

from onrecord.cli import main
from onrecord.ledger import open_ledger
from onrecord.ledger.alert_rules import Rule, add_rule
from onrecord.web.admission import Rules
from onrecord.web.app import application
from onrecord.web.login import ATTEMPTS
from tests.samples.sample_corpus import ROOT
from tests.web.entering import SIGN, enter, with_users
from tests.web.serving import serving

DESK = "https://desk.example"


@pytest.fixture(scope="module")
def ledger(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_users(sample_ledger, tmp_path_factory.mktemp("users"))


def made(ledger: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> tuple[Litestar, dict[str, Any]]:
    """Return what ``onrecord serve`` with some options would serve, and the settings of its server."""
    given: list[tuple[Litestar, dict[str, Any]]] = []
    monkeypatch.setattr("uvicorn.run", lambda application, **settings: given.append((application, settings)))
    assert CliRunner().invoke(main, ["serve", *options, "--ledger", str(ledger)]).exit_code == 0
    return given[0]


def attempt(client: httpx.Client) -> int:
    """Try to log in with a wrong word, and return how that was answered; a cookie for TLS alone is sent without it."""
    form = client.get("/login")
    cookie = form.headers["Set-Cookie"].partition(";")[0]
    fields = {"name": "Ben", "password": "wrong horse battery", "sign": SIGN.findall(form.text)[-1]}
    return client.post("/login", data=fields, headers={"Cookie": cookie}).status_code


@pytest.mark.parametrize(
    ("options", "believed", "unbelieved"),
    [
        ((), "127.0.0.1", "127.0.0.2"),
        (("--behind", "10.88.0.1"), "127.0.0.1", "127.0.0.2"),
        (("--behind", "127.0.0.2", "--behind", "127.0.1.0/24"), "127.0.0.2", "127.0.0.3"),
        (("--behind", "127.0.0.2", "--behind", "127.0.1.0/24"), "127.0.1.9", "127.0.2.9"),
    ],
)
def test_who_is_believed_says_who_asks_and_that_it_is_tls(
    ledger: Path, options: tuple[str, ...], believed: str, unbelieved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    most, _ = ATTEMPTS
    application, settings = made(ledger, monkeypatch, *options)
    with serving(application, **settings) as address, ExitStack() as calls:

        def call(at: str, reader: int) -> httpx.Client:
            headers = {"X-Forwarded-For": f"203.0.113.{reader}", "X-Forwarded-Proto": "https"}
            calling = httpx.HTTPTransport(local_address=at)
            return calls.enter_context(httpx.Client(base_url=address, transport=calling, headers=headers))

        for at, secure in ((believed, True), (unbelieved, False)):
            cookies = call(at, 1).get("/login").headers.get_list("Set-Cookie")
            assert cookies and all(("Secure" in each) == secure for each in cookies)
        assert [attempt(call(believed, 1)) for _ in range(most + 1)] == [403] * most + [429]
        assert attempt(call(believed, 2)) == 403, "each reader has attempts of his own"
        readers = range(3, 4 + most)
        assert [attempt(call(unbelieved, each)) for each in readers] == [403] * most + [429], "lies are no help"


def test_a_container_believes_the_machine_outside(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = re.search(r"^CMD (\[.*\])$", (ROOT / "Containerfile").read_text(), re.MULTILINE)
    assert told
    serve, *options = json.loads(told[1])
    application, settings = made(ledger, monkeypatch, *options)
    believed = {"127.0.0.1", "::1", "10.88.0.1", "172.17.0.1"}
    assert serve == "serve" and set(settings["forwarded_allow_ips"]) == believed
    with TestClient(application, base_url="http://desk.example") as client:
        assert all("Secure" in each for each in enter(client, "Ben").headers.get_list("Set-Cookie"))


@pytest.mark.parametrize("wrong", ["*", "desk.example", "10.88.0.1/16", "10.88.0.300", ""])
def test_who_is_believed_is_an_address(ledger: Path, wrong: str) -> None:
    refused = CliRunner().invoke(main, ["serve", "--ledger", str(ledger), "--behind", wrong])
    assert refused.exit_code == 2 and "10.88.0.1" in refused.stderr


def test_where_the_pages_are_is_as_the_server_was_told(ledger: Path) -> None:
    with open_ledger(ledger) as opened:
        add_rule(opened, Rule(name="all", events=("summit",)), datetime(2031, 7, 1, tzinfo=UTC))
    with TestClient(application(ledger, Rules(base=DESK)), base_url="http://10.88.0.7:8000") as client:
        for path in ("/changes.atom?q=summit", "/statements.feed.json", "/alerts/all.atom", "/alerts/all.feed.json"):
            feed = client.get(path).text
            assert f"{DESK}{path}" in feed and "10.88.0.7" not in feed
        assert f"{DESK}/events/" in client.get("/events.ics").text.replace("\r\n ", "")
        assert f"{DESK}/events.ics" in client.get("/subscribe?to=/events.ics").text
        for cookies in (enter(client, "Ben"), client.post("/seen", data={"document": "1"}, follow_redirects=False)):
            assert all("Secure" in each for each in cookies.headers.get_list("Set-Cookie"))


def test_a_form_of_the_address_of_the_pages_is_ours(ledger: Path) -> None:
    with TestClient(application(ledger, Rules(base=f"{DESK}/"))) as client:
        for origin, ours in ((DESK, True), ("https://evil.example", False), ("http://desk.example", False)):
            answer = client.post("/login", data={"name": "Ben"}, headers={"Origin": origin})
            assert answer.status_code == 403 and ("another site" in answer.text) != ours  # it lacks its sign besides
