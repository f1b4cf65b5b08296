"""Sources: due by jitter and backoff, with their health as of now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.followed import due, follow, followed, next_due, polled, unfollow

NOON = datetime(2031, 3, 12, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = "https://courier.example/feed"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "l", create=True) as opened:
        yield opened


def test_a_source_is_due_at_once_and_then_as_often_as_said(ledger: Ledger) -> None:
    assert next_due(ledger) is None
    assert follow(ledger, FEED, HOUR, NOON) and due(ledger, NOON) == [FEED]
    polled(ledger, FEED, NOON, 3, None, 0.5)
    assert due(ledger, NOON + HOUR - timedelta(seconds=1)) == [] and due(ledger, NOON + HOUR) == [FEED]
    assert next_due(ledger) == NOON + HOUR
    assert not follow(ledger, FEED, 2 * HOUR, NOON) and due(ledger, NOON) == [FEED]


@pytest.mark.parametrize(("chance", "minutes"), [(0.0, 54), (0.5, 60), (1.0, 66)])
def test_polls_are_spread(ledger: Ledger, chance: float, minutes: int) -> None:
    follow(ledger, FEED, HOUR, NOON)
    polled(ledger, FEED, NOON, 0, None, chance)
    assert next_due(ledger) == NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(("every", "waits"), [(HOUR, [2, 4, 8, 16, 24, 24]), (48 * HOUR, [48, 48])])
def test_failures_are_asked_less_often_and_never_given_up(ledger: Ledger, every: timedelta, waits: list[int]) -> None:
    follow(ledger, FEED, every, NOON)
    for hours in waits:
        polled(ledger, FEED, NOON, 0, "the server answers 503", 0.5)
        assert next_due(ledger) == NOON + hours * HOUR
    (source,) = followed(ledger, NOON)
    assert (source.failures, source.error, source.succeeded) == (len(waits), "the server answers 503", None)
    polled(ledger, FEED, NOON, 1, None, 0.5)
    (source,) = followed(ledger, NOON)
    assert (source.failures, source.error, source.succeeded) == (0, None, NOON.isoformat())
    assert next_due(ledger) == NOON + every


def test_items_a_day_now_and_before(ledger: Ledger) -> None:
    follow(ledger, FEED, DAY, NOON)
    assert followed(ledger, NOON)[0].items_a_day is None
    for day in range(42):
        polled(ledger, FEED, NOON + day * DAY, 10 if day < 35 else 0, None, 0.5)
    (source,) = followed(ledger, NOON + 42 * DAY)
    assert (source.items_a_day, source.items_a_day_before) == (0, 10), "it went silent without an error"
    assert source.drift == "silent"


@pytest.mark.parametrize(
    ("before", "now", "drift"), [(10, 2, "fewer"), (10, 3, None), (2, 9, "more"), (0, 1, "more"), (0, 0, None)]
)
def test_what_a_source_brings_is_held_against_what_it_brought(
    ledger: Ledger, before: int, now: int, drift: str | None
) -> None:
    follow(ledger, FEED, DAY, NOON)
    for day in range(42):
        polled(ledger, FEED, NOON + day * DAY, before if day < 35 else now, None, 0.5)
    assert followed(ledger, NOON + 42 * DAY)[0].drift == drift


def test_of_a_few_documents_a_month_nothing_is_told(ledger: Ledger) -> None:
    follow(ledger, FEED, DAY, NOON)
    for day in range(42):
        polled(ledger, FEED, NOON + day * DAY, int(day % 7 == 0 and day < 35), None, 0.5)
    assert followed(ledger, NOON + 42 * DAY)[0].drift is None


def test_old_polls_are_forgotten(ledger: Ledger) -> None:
    follow(ledger, FEED, DAY, NOON)
    for day in range(100):
        polled(ledger, FEED, NOON + day * DAY, 0, None, 0.5)
    assert ledger.connection.execute("SELECT count(*) FROM polls").fetchone() == (61,)


def test_a_source_that_is_followed_no_longer(ledger: Ledger) -> None:
    follow(ledger, FEED, HOUR, NOON)
    polled(ledger, FEED, NOON, 0, None, 0.5)
    assert unfollow(ledger, FEED) and not unfollow(ledger, FEED)
    polled(ledger, FEED, NOON, 0, None, 0.5)
    assert followed(ledger, NOON) == [] and ledger.connection.execute("SELECT count(*) FROM polls").fetchone() == (0,)
