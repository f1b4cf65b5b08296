"""Messages on their way: signed, to nowhere else, once, and again where a server is down."""

from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.alerts import alert, in_background, send_due, sending, try_out
from onrecord.alerts.people import check
from onrecord.errors import MissingExtra, NotSent
from onrecord.ledger import Ledger, alerting, open_ledger
from onrecord.ledger.alert_rules import Rule, add_rule, rule_named, rules
from onrecord.ledger.outbox import LEASE, alerts, reached, take
from tests.acquire.misbehaving import misbehaving
from tests.alerts.receiving import Receiver, receiver
from tests.ledger.test_alerting import more
from tests.ledger.test_events import STORY, ledger_of, told

__all__ = ["receiver", "told"]

pytestmark = pytest.mark.usefixtures("told")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return ledger_of(tmp_path / "l", STORY[0])


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


def hooked(ledger: Ledger, address: str, **other: Any) -> str:
    made = add_rule(ledger, Rule(name="every", to=(address,), private=True, **other), datetime.now(UTC))
    return made.targets[0].secret or ""


def test_a_webhook_is_signed_and_comes_once(ledger: Ledger, receiver: Receiver) -> None:
    receiver.secret = hooked(ledger, receiver.address)
    more(ledger, STORY[1])
    lines: list[str] = []
    done = alert(ledger, Clock(), lines.append)
    assert (len(done.alerts), done.sent, done.failed) == (3, 1, 0)
    assert receiver.told == [["scheduled", "2031-06-16 (settled)", "Kestron (settled)"]]
    (head,) = receiver.heads
    assert head["content-type"] == "application/json" and head["user-agent"].startswith("onrecord/")
    assert lines == ["alert every to http://127.0.0.1…: sent"]
    assert alert(ledger, Clock()) == ([], 0, 0) and len(receiver.came) == 1


def test_a_server_that_is_down_gets_all_of_it_later_under_the_same_ids(ledger: Ledger, receiver: Receiver) -> None:
    receiver.secret = hooked(ledger, receiver.address)
    receiver.status = 503
    clock = Clock()
    more(ledger, STORY[1])
    assert (
        alert(ledger, clock).failed == 1
        and rules(ledger)[0].targets[0].error == "the server answers 503 (Service Unavailable)"
    )
    more(ledger, STORY[2])
    assert alert(ledger, clock)[1:] == (0, 0), "it is put off"
    receiver.status = 200
    clock.now += timedelta(minutes=1)
    assert send_due(ledger, clock).sent == 2
    ids = [name for name, _ in receiver.came]
    assert len(ids) == 3 and ids[0] == ids[1] != ids[2] and receiver.came[0][1] == receiver.came[1][1]
    assert rules(ledger)[0].targets[0].failures == 0


def test_one_that_ends_while_it_sends_leaves_the_message_to_the_next(
    ledger: Ledger, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooked(ledger, receiver.address)
    more(ledger, STORY[1])
    clock = Clock()

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(sending, "delivered", killed)
        with pytest.raises(Killed):
            alert(ledger, clock)
    with open_ledger(ledger.path) as again:
        assert send_due(again, clock).sent == 0
        clock.now += LEASE
        assert send_due(again, clock).sent == 1
    assert len({name for name, _ in receiver.came}) == 1 and len(receiver.came) == 2


def test_two_programs_that_send_at_once_send_each_message_once(ledger: Ledger, receiver: Receiver) -> None:
    for number in range(6):
        add_rule(ledger, Rule(name=f"r{number}", to=(receiver.address,), private=True), datetime.now(UTC))
    more(ledger, STORY[1])
    clock = Clock()
    found = alert(ledger, lambda: clock.now - timedelta(days=1))
    assert len(found.alerts) == 18 and not receiver.came, "the targets were added later than that"

    def work() -> None:
        with open_ledger(ledger.path) as own:
            alert(own, clock)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(receiver.came) == 6 and all(each.sent == 1 for each in alerts(ledger))


@pytest.mark.parametrize(
    ("status", "location", "why"),
    [(302, "http://127.0.0.1:1/", "not followed"), (404, "", "404 (Not Found)"), (599, "", "answers 599")],
)
def test_answers_that_are_none(ledger: Ledger, receiver: Receiver, status: int, location: str, why: str) -> None:
    hooked(ledger, receiver.address)
    receiver.status, receiver.location = status, location
    more(ledger, STORY[1])
    assert alert(ledger, Clock()).failed == 1 and len(receiver.came) == 1
    assert why in str(rules(ledger)[0].targets[0].error)


@pytest.mark.parametrize("way", ["/slow-head", "/reset", "/garbage", "/endless", "/bomb"])
def test_servers_that_misbehave_hold_up_nothing(ledger: Ledger, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.alerts.webhooks.SECONDS", 0.5)
    with misbehaving() as server:
        hooked(ledger, server.address + way)
        more(ledger, STORY[1])
        began = time.monotonic()
        done = alert(ledger, Clock())
        assert done.sent + done.failed == 1 and time.monotonic() - began < 3


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/", "https://localhost/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/",
        "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest/meta-data", "https://10.1.2.3/", "https://0/",
    ],
)  # fmt: skip
def test_a_webhook_does_not_lead_into_the_own_network(ledger: Ledger, address: str) -> None:
    add_rule(ledger, Rule(name="every", to=(address,)), datetime.now(UTC))
    more(ledger, STORY[1])
    assert alert(ledger, Clock()).failed == 1
    assert "no public address" in str(rules(ledger)[0].targets[0].error)


def test_a_trial_tells_how_it_went_and_what_waits_goes_at_once(ledger: Ledger, receiver: Receiver) -> None:
    receiver.secret = hooked(ledger, receiver.address)
    receiver.status = 500
    more(ledger, STORY[1])
    clock = Clock()
    alert(ledger, clock)
    kept = rule_named(ledger, "every")
    assert kept is not None
    ((target, why),) = try_out(kept, clock)
    assert why == "the server answers 500 (Internal Server Error)" and target.address == receiver.address
    receiver.status = 200
    assert try_out(kept, clock)[0][1] is None and receiver.came[-1][1]["type"] == "trial"
    assert send_due(ledger, clock).sent == 0
    reached(ledger, "every", target.address, clock())
    assert send_due(ledger, clock).sent == 1


def test_steps_in_which_nothing_is_alerted_end_no_run(
    ledger: Ledger, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerting, "AT_MOST", 1)
    receiver.secret = hooked(ledger, receiver.address, statuses=("postponed",))
    more(ledger, *STORY[1:])
    alert(ledger, Clock())
    assert not alerting.behind(ledger)


def test_in_the_background_others_documents_are_alerted_too(
    ledger: Ledger, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "EVERY", 0.02)
    hooked(ledger, receiver.address)
    lines: list[str] = []
    with in_background(ledger.path, lambda: datetime.now(UTC), lines.append) as look:
        more(ledger, STORY[1])
        look()
        until = time.monotonic() + 5
        while not receiver.came and time.monotonic() < until:
            time.sleep(0.01)
    assert len(receiver.came) == 1 and lines == ["alert every to http://127.0.0.1…: sent"]


def test_in_the_background_a_ledger_that_fails_is_told_once_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "EVERY", 0.01)
    lines: list[str] = []
    with in_background(tmp_path / "none", lambda: datetime.now(UTC), lines.append):
        time.sleep(0.1)
    assert len(lines) == 1 and "there is no such ledger" in lines[0]


def test_mail_is_text_with_nothing_of_the_article_obeyed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    sent: list[bytes] = []

    class Server:
        def __init__(self, *given: Any, **named: Any) -> None:
            pass

        def sendmail(self, sender: str, to: Any, body: str | bytes) -> None:
            sent.append(body.encode() if isinstance(body, str) else body)

        def __getattr__(self, name: str) -> Any:
            return lambda *given, **named: None

    monkeypatch.setattr("smtplib.SMTP", Server)
    monkeypatch.setattr("smtplib.SMTP_SSL", Server)
    add_rule(ledger, Rule(name="every", to=("mailtos://me:word@mail.example?to=desk@mail.example",)), datetime.now(UTC))
    more(ledger, STORY[1])
    found = alert(ledger, Clock())
    assert (found.sent, found.failed) == (1, 0)
    mail = message_from_bytes(sent[0], policy=policy.default)
    assert str(mail["subject"]).startswith("summit, Ana Dalgard, Olen Velik: status: mooted → scheduled; date")
    parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    assert "– date: 16 June 2031" in parts.get("text/plain", parts.get("text/html", ""))


def test_markup_in_articles_is_none_in_mail_that_is_html(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    from onrecord.alerts.people import notify
    from onrecord.ledger.alert_rules import Target
    from tests.alerts.test_messages import change, delivery
    from tests.alerts.test_messages import told as telling

    sent: list[Any] = []

    def send(self: object, body: str, title: str = "", **named: Any) -> bool:
        sent.append((title, body))
        return True

    monkeypatch.setattr("apprise.plugins.email.base.NotifyEmail.send", send)
    hostile = "<img src=x onerror=alert(1)> & \r\nBcc: all@mail.example"
    message = delivery(change("venue", now=hostile, name=hostile, told=telling(hostile, hostile)))
    notify(replace(message, target=Target("mailto://me:word@mail.example?format=html", None, False)))
    ((title, body),) = sent
    assert "<img" not in body and "onerror" in body and "\r" not in title and "\n" not in title


def test_addresses_that_apprise_makes_nothing_of() -> None:
    pytest.importorskip("apprise")
    check("mailto://me:word@mail.example", private=False)
    with pytest.raises(NotSent) as refused:
        check("carrierpigeon://token@loft", private=False)
    assert "token" not in str(refused.value) and "appriseit.com" in str(refused.value)


@pytest.mark.parametrize(
    "address", ["json://127.0.0.1:9/hook", "mailto://me:word@mail.example?smtp=10.0.0.1", "gotify://localhost/token"]
)
def test_services_inside_are_reached_only_where_that_is_allowed(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    pytest.importorskip("apprise")
    told_of: list[object] = []

    def notify(*given: object, **named: object) -> bool:
        told_of.append(given)
        return True

    monkeypatch.setattr("apprise.Apprise.notify", notify)
    check(address, private=True)
    with pytest.raises(NotSent, match="no public address"):
        check(address, private=False)
    add_rule(ledger, Rule(name="in", to=(address,)), datetime.now(UTC))
    add_rule(ledger, Rule(name="let", to=(address,), private=True), datetime.now(UTC))
    more(ledger, STORY[1])
    done = alert(ledger, Clock())
    assert (done.sent, done.failed) == (1, 1) and len(told_of) == 1


def test_without_apprise_it_says_what_to_install(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(MissingExtra, match=r"pip install 'onrecord\[notify\]'"):
        check("mailto://me:word@mail.example", private=False)
    add_rule(ledger, Rule(name="every", to=("mailto://me:word@mail.example",)), datetime.now(UTC))
    more(ledger, STORY[1])
    assert alert(ledger, Clock()).failed == 1
    error = str(rules(ledger)[0].targets[0].error)
    assert "onrecord[notify]" in error and "word" not in error


def test_a_service_that_does_not_take_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    monkeypatch.setattr("apprise.Apprise.notify", lambda *given, **named: False)
    add_rule(ledger, Rule(name="every", to=("mailto://me:word@mail.example",)), datetime.now(UTC))
    more(ledger, STORY[1])
    assert alert(ledger, Clock()).failed == 1 and "did not take it" in str(rules(ledger)[0].targets[0].error)
    assert take(ledger, datetime.now(UTC)) is None


def test_a_service_that_fails_in_a_way_of_its_own_ends_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")

    def fails(*given: Any, **named: Any) -> None:
        raise KeyError("token")

    monkeypatch.setattr("apprise.Apprise.notify", fails)
    add_rule(ledger, Rule(name="every", to=("mailto://me:word@mail.example",)), datetime.now(UTC))
    more(ledger, STORY[1])
    assert alert(ledger, Clock()).failed == 1
    assert rules(ledger)[0].targets[0].error == "the service can't be reached (KeyError)"
