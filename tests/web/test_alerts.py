"""Alerts on the pages and over the API: rules are made and removed by those who may, and no secret is shown twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from lxml.html import document_fromstring

from onrecord.ledger import add, open_ledger
from onrecord.ledger.alert_rules import Rule, add_rule, remove_rule, rule_events, rules
from onrecord.ledger.alerting import evaluate
from onrecord.ledger.outbox import failed, take
from onrecord.reading import reader
from onrecord.web.admission import Rules
from onrecord.web.app import application
from tests.hostile import CASES
from tests.ledger.test_alerting import HOOK
from tests.ledger.test_events import STORY, ledger_of
from tests.web.entering import bearer, enter, signed, with_users

Client = TestClient[Litestar]

NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{40,}")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A ledger with users, in which a summit may be held; tests add more of the story."""
    known = {given.id: reading for given, reading in STORY}
    folder = tmp_path_factory.mktemp("alerts")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("onrecord.reading.read_many", lambda sources: [known[each.id] for each in sources])
        ledger_of(folder / "l", STORY[0]).close()
        yield with_users(folder / "l", folder)


@pytest.fixture(scope="module")
def served(ledger: Path) -> Iterator[Client]:
    with TestClient(application(ledger)) as client:
        yield client


@pytest.fixture
def client(served: Client, ledger: Path) -> Iterator[Client]:
    """The same client for all tests: nobody is logged in, and there are no rules."""
    served.cookies.clear()
    yield served
    with open_ledger(ledger) as opened:
        for each in rules(opened):
            remove_rule(opened, each.rule.name, NOW)


def alerted(ledger: Path, *numbers: int) -> None:
    """Add some of the story, and have it alerted."""
    with open_ledger(ledger) as opened:
        list(add(opened, (STORY[number][0] for number in numbers), reader(), lambda: NOW))
        assert evaluate(opened, NOW)


def test_a_rule_is_added_and_removed_by_form(client: Client, ledger: Path) -> None:
    assert "There are no rules yet" in client.get("/alerts").text and "Log in" in client.get("/alerts").text
    form = {"name": "the summit", "events": "Dalgard summit\n\nRuhl summit", "attribute": "date", "webhook": HOOK}
    assert client.post("/alerts", data=form, follow_redirects=False).headers["Location"].startswith("/login")
    enter(client, "Cy")
    assert client.post("/alerts", data={**form, "sign": signed(client, "/alerts")}).status_code == 403
    enter(client, "Ben")
    assert client.post("/alerts", data=form).status_code == 403, "a form without its sign"
    made = client.post("/alerts", data={**form, "sign": signed(client, "/alerts")})
    assert made.status_code == 200 and SECRET.search(made.text) and made.headers["Cache-Control"] == "no-store"
    told = document_fromstring(made.content).text_content()
    assert "“Dalgard summit” names now: summit (mooted) [E" in told
    assert "“Ruhl summit” names now: no event yet" in told
    page = client.get("/alerts").text
    assert not SECRET.search(page) and HOOK not in page and "https://alerts.example…" in page
    assert "date of “Dalgard summit” or “Ruhl summit”" in page
    alerted(ledger, 1)
    page = client.get("/alerts").text
    assert "date: 16 June 2031" in page and "1 message" not in page and "1 waiting" in page
    back = client.post("/alerts/remove", data={"sign": signed(client, "/alerts"), "name": "the summit"})
    assert back.status_code == 200 and "There are no rules yet" in back.text
    gone = client.post("/alerts/remove", data={"sign": signed(client, "/alerts"), "name": "the summit"})
    assert gone.status_code == 404


def test_a_rule_is_removed_by_who_added_it_or_who_moderates_and_that_is_kept(client: Client, ledger: Path) -> None:
    with open_ledger(ledger) as opened:
        add_rule(opened, Rule(name="mail", to=("mailto://me:word@mail.example",)), NOW)
        add_rule(opened, Rule(name="hook", to=(HOOK,)), NOW, "Ada")
        add_rule(opened, Rule(name="own", to=(HOOK,)), NOW, "Ben")
    ben = bearer(ledger, "Ben")
    refused = client.delete("/api/v1/webhooks/hook", headers=ben)
    assert refused.status_code == 403 and "Ada added" in refused.json()["detail"]
    enter(client, "Ben")
    page = client.get("/alerts").text
    assert page.count('action="/alerts/remove"') == 1 and 'value="own"' in page and "by <b dir" in page
    sign = signed(client, "/alerts")
    assert client.post("/alerts/remove", data={"sign": sign, "name": "mail"}).status_code == 403
    assert client.delete("/api/v1/webhooks/own", headers=ben).status_code == 204
    enter(client, "Ada")
    sign = signed(client, "/alerts")
    for name in ("mail", "hook"):
        page = client.post("/alerts/remove", data={"sign": sign, "name": name}).text
    assert "There are no rules yet" in page and "Who added and removed rules" in page
    with open_ledger(ledger) as opened:
        happened = [(each.name, each.what, each.person) for each in rule_events(opened, 6)]
    assert happened == [
        ("hook", "removed", "Ada"), ("mail", "removed", "Ada"), ("own", "removed", "Ben"),
        ("own", "added", "Ben"), ("hook", "added", "Ada"), ("mail", "added", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"name": "a/b"}, 422, "letters, digits"),
        ({"name": "x", "webhook": "http://alerts.example/"}, 400, "begins with https"),
        ({"name": "x", "webhook": "mailto://me:word@mail.example"}, 400, "begins with https"),
        ({"name": "x", "digest": "yearly"}, 400, "Invalid enum value"),
        ({"name": "x", "attribute": "date", "status": "cancelled"}, 422, "leave one"),
        ({"name": "x", "events": "E0123456789"}, 422, "there is no event"),
    ],
)
def test_rules_that_can_not_be(client: Client, given: dict[str, str], status: int, said: str) -> None:
    enter(client, "Ben")
    answer = client.post("/alerts", data={**given, "sign": signed(client, "/alerts")})
    assert answer.status_code == status and said in answer.text


def test_a_rule_has_feeds(client: Client, ledger: Path) -> None:
    with open_ledger(ledger) as opened:
        add_rule(opened, Rule(name="the summit", attributes=("date",)), NOW)
    empty = client.get("/alerts/the%20summit.atom")
    assert empty.status_code == 200 and feedparser.parse(empty.content).entries == []
    alerted(ledger, 2)
    feed = client.get("/alerts/the summit.atom", headers={"If-None-Match": empty.headers["ETag"]})
    (entry,) = feedparser.parse(feed.content).entries
    assert "2031-06-16 (settled) → none (open)" in entry.title and entry.link.startswith("http://testserver")
    assert entry.updated == entry.published == NOW.isoformat(), "when it was alerted, and not the article's day"
    told_of = client.get("/alerts/the summit.feed.json").json()
    assert told_of["title"] == "Alerts: the summit" and len(told_of["items"]) == 1
    for missing in ("other.atom", "the summit.ics", "the summit.csv", "the summit"):
        assert client.get(f"/alerts/{missing}").status_code == 404


def test_hostile_words_are_text(client: Client, ledger: Path) -> None:
    with open_ledger(ledger) as opened:
        for number, words in enumerate(CASES.values()):
            rule = Rule(name=f"r{number}", who=(f"a {words}"[:2000],), to=(HOOK,))
            add_rule(opened, rule, NOW)
    page = document_fromstring(client.get("/alerts").content)
    assert not page.xpath(
        "//main//*[self::script or self::img or self::svg or self::iframe or self::style or self::form]"
    )
    assert not page.xpath("//@*[starts-with(name(), 'on')] | //a[starts-with(@href, 'javascript')]")
    assert len(page.xpath("//main//*[@class='talks']/li")) == len(CASES)


def test_a_webhook_over_the_api(client: Client, ledger: Path) -> None:
    given = {"name": "dates", "url": HOOK, "attributes": ["date"], "events": ["Dalgard summit"]}
    assert client.post("/api/v1/webhooks", json=given).status_code == 401
    assert client.post("/api/v1/webhooks", json=given, headers=bearer(ledger, "Ada", "read")).status_code == 403
    headers = bearer(ledger, "Ben")
    made = client.post("/api/v1/webhooks", json=given, headers=headers)
    assert made.headers["Cache-Control"] == "no-store"
    assert made.status_code == 201 and SECRET.fullmatch(made.json()["secret"])
    assert client.post("/api/v1/webhooks", json=given, headers=headers).status_code == 422, "there is one"
    with open_ledger(ledger) as opened:
        add_rule(opened, Rule(name="mail", to=("mailto://me:word@mail.example",)), NOW)
    listed = client.get("/api/v1/webhooks")
    (held,) = listed.json()["items"]
    assert "whsec" not in listed.text and held["targets"][0]["to"] == "https://alerts.example…"
    assert held["address"] == "http://testserver.local/" and client.get("/api/v1/webhooks/mail").status_code == 404
    tag = listed.headers["ETag"]
    assert client.get("/api/v1/webhooks", headers={"If-None-Match": tag}).status_code == 304
    alerted(ledger, 3)
    with open_ledger(ledger) as opened:
        message = take(opened, NOW.replace(year=2041))
        assert message is not None and message.rule.address == "http://testserver.local/"
        failed(opened, message, NOW, "the server answers 503")
    again = client.get("/api/v1/webhooks", headers={"If-None-Match": tag})
    assert again.json()["items"][0]["targets"][0]["failures"] == 1
    assert client.delete("/api/v1/webhooks/dates").status_code == 401
    for other in ("mail", "dates%0A"):
        assert client.delete(f"/api/v1/webhooks/{other}", headers=headers).status_code == 404
    assert client.delete("/api/v1/webhooks/dates", headers=headers).status_code == 204
    assert client.get("/api/v1/webhooks/dates").status_code == 404


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"url": "http://alerts.example/"}, 400),
        ({"url": "mailto://me:word@mail.example"}, 400),
        ({"url": "https://me:word@alerts.example/"}, 422),
        ({"private": True}, 400),
        ({"to": ["file:///etc/hostname"]}, 400),
        ({"name": "../x"}, 400),
        ({"statuses": ["called off"]}, 400),
        ({"kinds": ["picnic"]}, 422),
        ({"who": [" "]}, 422),
        ({"events": ["x"] * 101}, 400),
    ],
)
def test_webhooks_that_can_not_be(client: Client, ledger: Path, given: dict[str, object], status: int) -> None:
    sent = {"name": "x", "url": HOOK} | given
    answer = client.post("/api/v1/webhooks", json=sent, headers=bearer(ledger, "Ben"))
    assert answer.status_code == status, answer.text


def test_a_trial_over_the_api(client: Client, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = bearer(ledger, "Ben")
    client.post("/api/v1/webhooks", json={"name": "in", "url": "https://127.0.0.1/hook"}, headers=headers)
    refused = client.post("/api/v1/webhooks/in/test", headers=headers)
    assert refused.status_code == 200 and not refused.json()["sent"]
    assert refused.json()["error"] == "the webhook leads to no public address", "and not which it leads to"
    monkeypatch.setattr("onrecord.alerts.webhooks.post", lambda *given: None)
    assert client.post("/api/v1/webhooks/in/test", headers=headers).json() == {"sent": True, "error": None}
    assert client.get("/api/v1/webhooks/in").json()["targets"][0]["succeeded"]
    monkeypatch.setattr("onrecord.web.api.webhooks._TRIALS", Taken())
    waits = client.post("/api/v1/webhooks/in/test", headers=headers)
    assert waits.status_code == 503 and waits.headers["Retry-After"]


@pytest.mark.parametrize(
    ("base", "host", "address"),
    [
        ("https://desk.example", "6.6.6.6", "https://desk.example"),
        (None, "desk.example", "http://desk.example/"),
        (None, "6.6.6.6", None),
        (None, "localhost:8000", None),
    ],
)
def test_links_lead_where_somebody_said_the_pages_are(
    ledger: Path, base: str | None, host: str, address: str | None
) -> None:
    rules = Rules(frozenset({"desk.example", "127.0.0.1"}), base=base)
    headers = {**bearer(ledger, "Ben"), "Host": host}
    with TestClient(application(ledger, rules)) as client:
        given = {"name": "one", "url": HOOK}
        assert client.post("/api/v1/webhooks", json=given, headers=headers).status_code == 201
        assert client.get("/api/v1/webhooks/one", headers=headers).json()["address"] == address
        assert client.delete("/api/v1/webhooks/one", headers=headers).status_code == 204


class Taken:
    """A semaphore that somebody else has."""

    def acquire(self, blocking: bool) -> bool:
        return blocking


def test_who_moderates_sees_where_each_rule_sends_and_how_that_went_but_no_secret(client: Client, ledger: Path) -> None:
    to = ("mailto://me:word@mail.example", "slack://TokenOfA/TokenOfB/TokenOfC", HOOK)
    with open_ledger(ledger) as opened:
        secret = next(each.secret for each in add_rule(opened, Rule(name="all", to=to), NOW).targets if each.secret)
    alerted(ledger, 4)
    with open_ledger(ledger) as opened:
        message = take(opened, NOW.replace(year=2041))
        assert message is not None
        failed(opened, message, NOW, "the server answers 503")
    enter(client, "Ada")
    told = document_fromstring(client.get("/alerts").content)
    shown = [" ".join(each.text_content().split()) for each in told.xpath("//section[1]//p[@class='small']")]
    assert [each.partition(":")[0] + each.partition("…")[1] for each in sorted(shown)] == [
        "to https…", "to mailto…", "to slack…",
    ]  # fmt: skip
    assert sum("failed 1 time, the server answers 503" in each and "1 waiting" in each for each in shown) == 1
    assert told.xpath("//h2[@id='alerted-title']/following-sibling::ol/li"), "what was alerted stands below"
    whole = client.get("/alerts").text
    assert not any(each in whole for each in (*to, "word@", "mail.example", "TokenOf", secret))
