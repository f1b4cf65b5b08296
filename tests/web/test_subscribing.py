"""Subscriptions where reading needs a login: a key in an address opens feeds and calendars, and nothing else."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import feedparser
import pytest
from icalendar import Calendar
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.testing import TestClient
from lxml.html import document_fromstring

from onrecord.ledger import events, open_ledger
from onrecord.ledger.access import PREFIX, add_token, remove_user, tokens
from onrecord.ledger.alert_rules import Rule, add_rule
from onrecord.web.admission import PUBLIC, Rules
from onrecord.web.app import application
from onrecord.web.feeds import OF_ALL
from tests.web.api.test_random import NOWHERE
from tests.web.entering import anew, enter, signed, with_users

Client = TestClient[Litestar]

FEEDS = (
    "/events.ics", "/changes.atom", "/changes.feed.json", "/statements.atom", "/statements.feed.json",
    "/events/{event}.ics", "/events/{event}.atom", "/events/{event}.feed.json",
    "/alerts/all.atom", "/alerts/all.feed.json",
)  # fmt: skip
"""All that a key opens."""

OTHERS = sorted(
    {
        route.path_format
        for route in application(NOWHERE).routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
    }
    - set(FEEDS)
)
"""All else that is answered."""

ALIKE = (
    "/events/{event}.csv", "/events/{event}.md", "/events/{event}.html", "/documents/a.ics", "/documents/x/a.atom",
    "//events.ics", "/entities/a.feed.json", "/statements/s1/a.atom", "/copies/a.ics", "/documents/events.ics",
    "/alerts/", "/api/v1/events.ics", "/api/v1/statements.atom",
    "/api/v1/events/{event}.ics",
)  # fmt: skip
"""What looks like a feed and is none, or is the API's, to which programs bring tokens."""


@pytest.fixture(scope="module")
def ledger(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = with_users(sample_ledger, tmp_path_factory.mktemp("keys"))
    with open_ledger(path) as opened:
        add_rule(opened, Rule(name="all"), datetime.now(UTC), "Ben")
    return path


@pytest.fixture(scope="module")
def event(ledger: Path) -> str:
    with open_ledger(ledger) as opened:
        return events(opened, "summit")[0].id


@pytest.fixture(scope="module")
def served(ledger: Path) -> Iterator[Client]:
    rules = Rules(frozenset({"desk.example"}), "login")
    with TestClient(application(ledger, rules), base_url="https://desk.example") as client:
        yield client


@pytest.fixture
def closed(served: Client) -> Client:
    """A client of a desk whose reading needs a login: nobody is known."""
    return anew(served)


@pytest.fixture
def key(ledger: Path) -> str:
    with open_ledger(ledger) as opened:
        return add_token(opened, "Cy", "subscribe", datetime.now(UTC), 1)


def is_open(client: Client, path: str, key: str | None) -> bool:
    """Whether an address answers with what lies there; else it asks who is there, and nothing else is an answer."""
    answer = client.get(path, params={"key": key} if key else {}, follow_redirects=False)
    if path.startswith("/api/"):
        refused = answer.status_code == 401
    else:
        refused = answer.status_code == 303 and answer.headers["Location"].startswith("/login?")
    assert refused or answer.status_code == 200, (path, answer.status_code)
    return not refused


@pytest.mark.parametrize("path", FEEDS)
def test_a_key_opens_a_feed_and_is_not_in_it(
    closed: Client, event: str, key: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "onrecord")
    caplog.set_level(logging.DEBUG, "litestar")
    address = path.format(event=event)
    assert not is_open(closed, address, None)
    asked = {"q": "Velik & Dalgard", "from": "2031-01-01", "key": key}
    answer = closed.get(address, params=asked)
    assert answer.status_code == 200 and answer.content
    logged = [each.getMessage() for each in caplog.records if each.name != "httpx"]  # that is who asks
    whole = f"{answer.headers}{answer.text}{logged}"
    assert key not in whole and key[PREFIX:] not in whole and "key=" not in whole
    assert closed.head(address, params=asked).status_code == 200
    again = closed.get(address, params=asked, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert closed.get(address, params=asked | {"key": key + "x"}, follow_redirects=False).status_code == 403


def test_the_feed_tells_the_same_as_to_who_is_logged_in(closed: Client, key: str) -> None:
    asked = {"q": "summit", "from": "2031-01-01"}
    by_key = {path: closed.get(path, params=asked | {"key": key}).text for path in OF_ALL}
    enter(closed, "Cy")
    for path, text in by_key.items():
        assert closed.get(path, params=asked).text == text, "their own addresses too"
    assert Calendar.from_ical(by_key["/events.ics"]).events
    itself = next(each.href for each in feedparser.parse(by_key["/changes.atom"]).feed.links if each.rel == "self")
    assert itself == "https://desk.example/changes.atom?q=summit&from=2031-01-01"
    written = "from=2031-01-01&a=&%6b%65y={}&to=2031-12-31&q=a+%26b"
    given = closed.get(f"/changes.feed.json?{written.format(key)}").json()["feed_url"]
    assert given == "https://desk.example/changes.feed.json?from=2031-01-01&a=&to=2031-12-31&q=a+%26b"


@pytest.mark.parametrize("path", [*OTHERS, *ALIKE])
def test_a_key_opens_nothing_else(closed: Client, event: str, key: str, path: str) -> None:
    address = re.sub(r"\{number(:int)?\}", "1", path.replace("{event}", event))
    address = re.sub(r"\{\w+(:\w+)?\}", event, address)
    if any(path == each or path.startswith(each) for each in PUBLIC):
        assert is_open(closed, address.replace(event, "desk.css"), None)
    else:
        assert not is_open(closed, address, key)


def test_a_key_writes_nothing_and_is_no_token(closed: Client, key: str) -> None:
    for path in ("/alerts", "/alerts/all.atom", "/subscribe", "/events.ics"):
        answer = closed.post(path, params={"key": key}, data={"name": "x"}, follow_redirects=False)
        assert answer.status_code in (303, 405) and "/login" in answer.headers.get("Location", "/login")
    assert closed.get("/api/v1/events", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert closed.get("/api/v1/events.ics", headers={"Authorization": f"Bearer {key}"}).status_code == 401


def test_who_reads_makes_an_address_with_a_key_and_takes_it_back(closed: Client, ledger: Path) -> None:
    assert not is_open(closed, "/subscribe", None)
    enter(closed, "Cy")
    for each in ("/alerts", "/search?q=summit"):
        (feed, *_) = document_fromstring(closed.get(each).text).xpath(
            "//main//a[starts-with(@href, '/subscribe')]/@href"
        )
        assert closed.get(feed).status_code == 200
    page = closed.get("/events", params={"q": "summit"}).text
    link = next(each for each in document_fromstring(page).xpath("//a/@href") if "/subscribe?to=" in each)
    assert "key=" not in closed.get(link).text
    (wanted,) = document_fromstring(closed.get(link).text).xpath("//form[@method='post']/input[@name='to']/@value")
    made = closed.post("/subscribe", data={"sign": signed(closed, "/subscribe"), "to": wanted})
    assert made.headers["Cache-Control"] == "no-store"
    (address,) = document_fromstring(made.text).xpath("//section[@class='banner']//code/text()")
    assert address.startswith(f"https://desk.example{wanted}&key=onrecord_")
    prefix = address.partition("key=")[2][:PREFIX]

    closed.cookies.clear()
    assert Calendar.from_ical(closed.get(address).text).events
    enter(closed, "Ada")  # who may moderate sees no key of others, and takes none back
    assert prefix not in closed.get("/subscribe").text
    form = {"sign": signed(closed, "/subscribe"), "prefix": prefix}
    assert closed.post("/subscribe/revoke", data=form).status_code == 404 and closed.get(address).status_code == 200
    closed.cookies.clear()
    enter(closed, "Cy")
    own = closed.get("/subscribe").text
    assert prefix in own and address.partition("key=")[2] not in own
    back = closed.post("/subscribe/revoke", data={"sign": signed(closed, "/subscribe"), "prefix": prefix})
    assert back.status_code == 200 and prefix not in back.text
    refused = closed.get(address, follow_redirects=False)
    assert refused.status_code == 403 and "make another one under Subscribe" in refused.text
    with open_ledger(ledger) as opened:
        assert [each.revoked is None for each in tokens(opened) if each.prefix == prefix] == [False]


def test_who_is_let_in_no_longer_has_no_key_either(closed: Client, ledger: Path) -> None:
    with open_ledger(ledger) as opened:
        key = add_token(opened, "Ben", "subscribe", datetime.now(UTC), 1)
        assert closed.get("/events.ics", params={"key": key}).status_code == 200
        remove_user(opened, "Ben", datetime.now(UTC))
    assert closed.get("/events.ics", params={"key": key}).status_code == 403


@pytest.mark.parametrize(
    "wanted", ["/events.csv", "/documents/a.ics", "//evil.example/events.ics", "https://evil.example/events.ics", "x"]
)
def test_what_is_no_feed_gets_no_address(closed: Client, wanted: str) -> None:
    enter(closed, "Cy")
    assert closed.get("/subscribe", params={"to": wanted}).status_code == 400
    form = {"sign": signed(closed, "/subscribe"), "to": wanted}
    assert closed.post("/subscribe", data=form).status_code == 400


@pytest.mark.parametrize(
    ("wanted", "feed"),
    [
        ("/events.ics?key=old", "/events.ics?key="),
        ("/events.ics?q=a+%26b&k%65y=old&from=2031-05-01&key=older", "/events.ics?q=a+%26b&from=2031-05-01&key="),
        ("/events.ics#top", "/events.ics?key="),
        ("/changes.atom?q=summit#top", "/changes.atom?q=summit&key="),
    ],
)
def test_an_address_that_has_a_key_or_a_fragment_gets_one_that_works(closed: Client, wanted: str, feed: str) -> None:
    enter(closed, "Cy")
    made = closed.post("/subscribe", data={"sign": signed(closed, "/subscribe"), "to": wanted})
    (address,) = document_fromstring(made.text).xpath("//section[@class='banner']//code/text()")
    assert address.rpartition("onrecord_")[0] == f"https://desk.example{feed}"
    closed.cookies.clear()
    assert closed.get(address, follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events.ics?as_of=nonsense&key={}", 400),
        ("/alerts/gone.atom?k%65y={}&part=2", 404),
        ("/changes.atom?key={}x", 403),
        ("/events.ics/x?key={}", 404),
    ],
)
def test_no_page_that_says_what_is_wrong_has_the_key(closed: Client, key: str, path: str, status: int) -> None:
    answer = closed.get(path.format(key), follow_redirects=False)
    assert answer.status_code == status
    assert key not in f"{answer.headers}{answer.text}"
    hidden = document_fromstring(answer.text).xpath("//form[@class='as-of']/input[@type='hidden']/@name")
    assert "key" not in hidden and ("part" in hidden) == ("part" in path), "all else that was asked is asked again"


def test_the_way_to_the_login_and_back_leaves_the_key_out(closed: Client, key: str) -> None:
    answer = closed.get(f"/events?q=a+%26b&key={key}", follow_redirects=False)
    assert answer.headers["Location"] == "/login?next=%2Fevents%3Fq%3Da%2B%2526b"


def test_where_reading_is_open_the_address_needs_no_key(ledger: Path) -> None:
    with TestClient(application(ledger), base_url="http://127.0.0.1:8000") as client:
        wanted = "/statements.atom?q=a+%26+b"
        page = document_fromstring(client.get(f"/subscribe?to={quote(wanted, safe='')}").text)
        assert page.xpath("//section[@class='banner']//code/text()") == [f"http://127.0.0.1:8000{wanted}"]
        assert not page.xpath("//form[@method='post'][@action='/subscribe']")
        assert client.get(urlsplit(wanted).path).status_code == 200
