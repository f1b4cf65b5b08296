"""What is dated ahead of the day on which it was fetched outvotes nothing that is told until then, and is alerted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from onrecord.ledger import add, event, open_ledger
from onrecord.ledger.alert_rules import Rule, add_rule
from onrecord.ledger.alerting import evaluate
from onrecord.nouns import Provenance, Source
from onrecord.reading import reader

FETCHED = datetime(2031, 11, 20, 12, tzinfo=UTC)
SUMMIT = "The summit of Velmark and Karsenia in Kestron"


def article(name: str, published: str, words: str, captured: str | None = None) -> Source:
    provenance = Provenance(by="web", captured=captured) if captured else None
    return Source(raw=words.encode(), id=name, outlet=name, published=published, dated_by="feed", provenance=provenance)


def test_a_feed_that_dates_ahead_silences_nobody(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l", create=True) as ledger:

        def more(*sources: Source) -> None:
            list(add(ledger, sources, reader(), lambda: FETCHED))

        more(article("Courier", "2031-11-01", f"{SUMMIT} will be held on 20 December 2031, the ministry said."))
        add_rule(ledger, Rule(name="all", to=("https://alerts.example/hook",), statuses=("cancelled",)), FETCHED)
        planned = f"{SUMMIT} on 20 December 2031 will take place as planned, the ministry said."
        more(article("Mistaken", "2031-12-15", planned, captured="2031-11-20T12:00:00+00:00"))
        more(article("Herald", "2031-11-21", f"{SUMMIT} on 20 December 2031 is cancelled, the ministry said."))
        held = event(ledger, "Velmark Karsenia summit")
        assert held is not None and held.state.status == "cancelled"
        assert [each.change.day for each in evaluate(ledger, FETCHED)] == ["2031-11-21"]
