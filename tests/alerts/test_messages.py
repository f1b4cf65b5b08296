"""What messages say, and that nothing in strangers' words is obeyed by what shows them."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from msgspec.structs import replace

from onrecord.alerts.messages import EVENTS, PASSAGE, TITLE, message, payload, said
from onrecord.ledger.alert_rules import Rule, Target
from onrecord.ledger.changing import Change
from onrecord.ledger.outbox import Alert, Delivery
from onrecord.ledger.told import Told
from onrecord.publish.feeds import alerted as items_alerted
from onrecord.publish.feeds import atom_of, json_feed_of
from tests.hostile import CASES

RULE = Rule(name="summit", address="https://desk.example/")
LIT = "p0-6"
"""The place of the passage in its page."""


def told(
    text: str = "Dalgard will meet Velik on 16 June.", outlet: str | None = "The Courier", document: str = "a"
) -> Told:
    return Told(
        document=document, day="2031-05-01", number="v1", name="summit", kind="meeting", status="scheduled",
        types=frozenset(), words=frozenset(), sides=(), outlet=outlet, places=frozenset(), near=frozenset(),
        years=frozenset(), claims=(), names=(), span=(0, 6), text=text,
    )  # fmt: skip


def change(attribute: str = "date", what: str = "new", was: str | None = None, now: str | None = "2031-06-16 (settled)",
           **other: Any) -> Change:  # fmt: skip
    given: dict[str, Any] = {"event": "E0123456789", "name": "summit", "day": "2031-05-01", "told": told()} | other
    return Change(attribute=attribute, what=what, was=was, now=now, **given)


def delivery(*changes: Change, rule: Rule = RULE, origins: int | None = 2) -> Delivery:
    alerts = tuple(
        Alert(
            change=each,
            origins=origins,
            edition="0f1e",
            number=number,
            rule=rule.name,
            moment="2031-05-01T12:00:00+00:00",
        )
        for number, each in enumerate(changes, 1)
    )
    target = Target("https://alerts.example/", "whsec_c2VjcmV0IG9mIG91cnMgb2YgMjQgYnl0ZXM=", False)
    return Delivery(
        number=1, message="msg_1", made="2031-05-01T12:00:00+00:00", rule=rule, target=target, alerts=alerts
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (change(), "date: 16 June 2031"),
        (change(what="confirmed", was="2031-06-16 (provisional)"), "date settled: 16 June 2031"),
        (change(what="changed", was="2031-06 (provisional)", settled="settled"),
         "date settled: 16 June 2031, was June 2031 (provisional)"),
        (change(what="changed", was="2031-06-16 (settled)", settled="settled", now="2031-07-01/2031-07-02 (settled)"),
         "date: 16 June 2031 → 1 July 2031 to 2 July 2031"),
        (change(what="contested", was="2031-06-16 (settled)", now="2031-06-16 (contested against 2031-06-20)"),
         "date: 16 June 2031 (contested against 20 June 2031)"),
        (change(what="withdrawn", was="2031-06-16 (settled)", now="none (open)"), "date open again, was 16 June 2031"),
        (change(now="none (open)"), "date: open"),
        (change("status", "changed", "scheduled", "cancelled"), "status: scheduled → cancelled"),
        (change("participant", "withdrawn", "Olen Velik", None), "participant withdrawn: Olen Velik"),
        (change("venue", "corrected", "Kestron", "Ostrev", person="Ida Ruhl"), "venue corrected by Ida Ruhl: Ostrev"),
        (change("venue", "corrected", "Kestron", None, person="Ida Ruhl"), "venue corrected by Ida Ruhl: not Kestron"),
    ],
)  # fmt: skip
def test_changes_in_words(changed: Change, words: str) -> None:
    assert said(changed) == words


def test_a_message_has_the_words_who_printed_them_and_the_page() -> None:
    title, body = message(delivery(change(), change("venue", now="Kestron (settled)")))
    assert title == "summit: date: 16 June 2031; venue: Kestron"
    assert body.splitlines() == [
        "summit",
        "– date: 16 June 2031",
        "– venue: Kestron",
        "  “Dalgard will meet Velik on 16 June.”",
        "  The Courier, 1 May 2031, one of 2 independent origins",
        f"  https://desk.example/documents/a?as%5Fof=2031-05-01&passage=0-6&version=0f1e#{LIT}",
        "https://desk.example/events/E0123456789",
        "",
        "Alert rule “summit” of onrecord",
    ]


def test_without_pages_there_is_no_link_and_without_origins_no_count() -> None:
    _, body = message(delivery(change(), rule=Rule(name="bare"), origins=None))
    assert "http" not in body and "origin" not in body


def test_a_bare_name_comes_with_who_takes_part() -> None:
    bare = delivery(change())
    told_of = replace(bare.alerts[0], who=("Ana Dalgard", "Olen Velik"), origins=1)
    title, body = message(replace(bare, alerts=(told_of,)))
    assert (
        title == "summit, Ana Dalgard, Olen Velik: date: 16 June 2031"
        and "The Courier, 1 May 2031, so far alone" in body
    )


def test_very_many_changes_come_to_an_end() -> None:
    many = [change(event=f"E{n:010x}", name=f"meeting {n}") for n in range(300)]
    title, body = message(delivery(*many))
    assert title == "300 changes of 300 events (summit)" and f"And {300 - EVENTS} more events." in body
    facts = [change("participant", now=f"Person {n}") for n in range(40)]
    title, body = message(delivery(*facts))
    assert len(title) <= TITLE and "– and 32 more changes" in body
    long = message(delivery(change(told=told("word " * 5000, "outlet " * 5000), name="name " * 500)))
    assert len(long.title) <= TITLE and len(long.body) < PASSAGE + 500


@pytest.mark.parametrize("words", CASES.values(), ids=CASES)
def test_strangers_words_are_obeyed_by_nothing(words: str) -> None:
    hostile = change("venue", now=words, name=words, told=told(words, words, words), person=words)
    for each in (hostile, hostile._replace(what="corrected")):
        title, body = message(delivery(each, each._replace(event="E1111111111")))
        one, _ = message(delivery(each))
        for text in (title, one, body.replace("\n", "")):
            ours = text.replace(f"#{LIT}", "")
            assert not set("<>[]{}`*_~|@#\\\r\n\0\u202e\u2066\x1b\u2028") & set(ours)
        told_of = json.loads(payload(delivery(each)))["data"]["changes"][0]
        assert told_of["event"] == "E0123456789", "programs have the words as they stand, as JSON"


@pytest.mark.parametrize(
    "words", ["see http://evil.example/login", "at www.evil.example", "evil.example/login", "HTTPS://EVIL.EXAMPLE."]
)
def test_no_address_of_strangers_is_one_that_can_be_followed(words: str) -> None:
    hostile = change("venue", now=words, name=words, told=told(words, f"The Courier {words}", words), person=words)
    for each in (hostile, hostile._replace(what="corrected")):
        title, body = message(delivery(each, rule=Rule(name="bare")))
        assert not {"://", "evil.", ".example", "EVIL.", ".EXAMPLE"} & {
            part for part in ("://", "evil.", ".example", "EVIL.", ".EXAMPLE") if part in title + body
        }
    _, body = message(delivery(change(told=told("At 8.30 p.m. he spent 3.5 million, e.g. on U.S. ships."))))
    assert "At 8.30 p.m. he spent 3.5 million, e.g. on U.S. ships." in body and "https://desk.example/" in body


def test_the_body_of_a_webhook() -> None:
    sent = delivery(change(), origins=None)
    told_of = json.loads(payload(sent))
    assert payload(sent) == payload(sent)
    assert (told_of["type"], told_of["timestamp"], told_of["data"]["rule"]) == ("changes", sent.made, "summit")
    assert told_of["data"]["changes"] == [
        {
            "day": "2031-05-01", "event": "E0123456789", "name": "summit", "attribute": "date", "what": "new",
            "was": None, "now": "2031-06-16 (settled)", "person": None,
            "passage": {"document": "a", "day": "2031-05-01", "span": [0, 6], "claim": "date",
                        "text": "Dalgard will meet Velik on 16 June.", "version": None},
            "rule": "summit", "outlet": "The Courier", "origins": None,
            "link": "https://desk.example/events/E0123456789",
            "passage_link": f"https://desk.example/documents/a?as_of=2031-05-01&passage=0-6&version=0f1e#{LIT}",
        }
    ]  # fmt: skip


def test_a_feed_tells_an_alert_once_at_the_moment_it_was_found() -> None:
    first, second = delivery(change()).alerts[0], delivery(change("venue", now="Kestron (settled)")).alerts[0]
    later = replace(second, moment="2031-06-01T08:00:00+00:00")
    (alone,) = items_alerted([first])
    assert [each.moment for each in items_alerted([later, first])] == [later.moment, first.moment]
    assert items_alerted([later, first])[1] == alone, "a later alert of the same event and day changes no entry"
    (together,) = items_alerted([second, first])
    assert [each.attribute for each in together.changes] == ["date", "venue"] and together.id == alone.id
    (entry,) = feedparser.parse(b"".join(atom_of([alone]))).entries
    assert entry.updated == first.moment and entry.id == alone.id
    (item,) = json.loads(b"".join(json_feed_of([alone])))["items"]
    assert (item["id"], item["date_published"]) == (alone.id, first.moment)


def test_a_trial() -> None:
    trial = replace(delivery(), alerts=())
    assert json.loads(payload(trial))["type"] == "trial" and "trial" in message(trial).title
