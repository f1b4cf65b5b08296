"""The simulated month, small: what it serves can be followed, what it finds wrong is wrong, a kill loses nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from evaluation.month.feeds import Held, feed
from evaluation.month.judging import Alerted, due, fits
from evaluation.month.running import month
from evaluation.month.script import FIRST, Planned, script, utc
from evaluation.month.table import table

from onrecord.acquire.files import open_paths
from onrecord.nouns import Source

DATE = Planned("talks", 1, "date", "2031-09-18", utc(FIRST), "courier")


def alerted(attribute: str, now: str | None, what: str = "changed", was: str | None = None) -> Alerted:
    return Alerted(utc(FIRST), "E1", attribute, what, was, now, "http://127.0.0.1/courier/1.html", "")


def test_the_month_is_the_same_each_time_and_as_large_as_it_says() -> None:
    whole = script()
    assert whole == script()
    assert len(whole.outlets) == 40 and len({each.story for each in whole.planned}) >= 12
    assert sum(each.turn > 0 for each in whole.planned) >= 40
    assert Counter(each.kind for each in whole.outlets).keys() == {"rss", "atom", "json"}


def test_every_feed_is_read_with_all_its_items(tmp_path: Path) -> None:
    whole = script(days=6)
    now = FIRST + timedelta(days=6)
    for outlet in whole.outlets:
        items = [each for each in whole.items if each.outlet == outlet.slug]
        file = tmp_path / f"{outlet.slug}.xml"
        file.write_bytes(feed(outlet, items, Held(now, now, "http://news.example", "")))
        found = [each for each in open_paths([str(file)]) if isinstance(each, Source)]
        assert len(found) == len(items) > 0
        for each in found:
            assert each.outlet == outlet.name and each.published and each.provenance
            assert each.provenance.part == ("whole" if outlet.whole else "summary")


def test_an_alert_tells_a_change_by_its_value() -> None:
    assert fits(DATE, alerted("date", "2031-09-18 (settled)"))
    assert not fits(DATE, alerted("date", "2031-09-19 (settled)"))
    assert not fits(DATE, alerted("venue", "2031-09-18 (settled)"))
    assert not fits(DATE, alerted("date", "2031-09-18 (contested against 2031-09-19)"))
    assert fits(DATE._replace(value="open"), alerted("date", "none (open)", "withdrawn", "2031-09-18 (settled)"))
    assert fits(DATE._replace(attribute="status", value="underway|occurred"), alerted("status", "occurred"))
    assert fits(DATE._replace(attribute="venue", value="Selm"), alerted("venue", "Port Selm (settled)"))
    without = DATE._replace(attribute="participant", value="without Velmark")
    assert fits(without, alerted("participant", None, "withdrawn", "Velmark"))
    assert not fits(without, alerted("participant", "Velmark", "new"))


def test_in_time_is_the_second_poll_that_was_answered() -> None:
    polls = {DATE.moment + timedelta(hours=n): came for n, came in ((-1, True), (0, False), (1, True), (3, True))}
    assert due(DATE, {"courier": polls}) == DATE.moment + timedelta(hours=3)


def test_a_few_days_with_a_kill(tmp_path: Path) -> None:
    written = script(days=3, stories=1, feeds=4, noise=0)
    ran = month(written, tmp_path / "l", 3, kills=1, seed=2)
    assert ran.documents == len(written.items) and ran.kills == 1
    assert not ran.undelivered and not ran.judged.late and not ran.judged.missed
    assert ran.judged.once <= len(ran.judged.in_time) == len(written.planned)
    assert "alerted within two polls" in table(written, ran)
