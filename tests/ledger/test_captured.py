"""Pages that are captured again: one address and one text are one document, whatever else their bytes hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from onrecord.ledger import Ledger, stats
from onrecord.nouns import Provenance, Source
from tests.ledger.keeping import NEW, filled
from tests.ledger.test_store import TO_VERSION_24

ADDRESS = "https://courier.example/bridge"


def captured(seen: int, said: str = "off", published: str | None = "2031-04-30", url: str = ADDRESS) -> Source:
    """A page of an archive that says how often it was seen, in other bytes each time."""
    raw = f"<html><body data-seen='{seen}'><h1>Talks</h1><p>The summit of Ostrev is {said}, Dalgard says.</p></body>"
    return Source(
        raw=raw.encode(), path=f"crawl.warc:{seen}", media="html", url=url, published=published,
        provenance=Provenance(by="archive", captured="2031-05-01T08:00:00Z"),
    )  # fmt: skip


def became(tmp_path: Path, *sources: Source) -> list[str]:
    ledger, added = filled(tmp_path / "a", *sources)
    ledger.close()
    return [each.outcome for each in added]


def test_one_text_of_one_address_is_one_document(tmp_path: Path) -> None:
    assert became(tmp_path, captured(1), captured(2)) == ["added", "known"], "in one run"
    assert became(tmp_path, captured(3)) == ["known"], "and in the next"
    assert became(tmp_path, captured(4, url=f"{ADDRESS}?utm_source=feed")) == ["known"]
    assert became(tmp_path, captured(5, said="on")) == ["added"]
    assert became(tmp_path, captured(6, url="https://gazette.example/bridge")) == ["added"]


def test_it_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    became(tmp_path, captured(1))
    monkeypatch.setattr("onrecord.reading.read_many", lambda sources: list(sources)[0:0])
    assert became(tmp_path, captured(2)) == ["known"]


def test_what_is_told_of_it_for_the_first_time_is_kept(tmp_path: Path) -> None:
    assert became(tmp_path, captured(1, published=None)) == ["added"]
    assert became(tmp_path, captured(2)) == ["added"], "now its day is known"
    assert became(tmp_path, captured(3, published=None)) == ["known"]


def test_what_somebody_brings_himself_is_taken_as_he_says(tmp_path: Path) -> None:
    brought = [replace(captured(number), provenance=None) for number in (1, 2)]
    assert became(tmp_path, *brought) == ["added", "added"]


def test_a_newer_reader_reads_it_again_where_its_bytes_are_the_same(tmp_path: Path) -> None:
    became(tmp_path, captured(1))
    ledger, added = filled(tmp_path / "a", captured(1), captured(2), reader=NEW)
    assert [each.outcome for each in added] == ["added", "known"]
    assert (stats(ledger)["documents"], stats(ledger)["readings"]) == (1, 2)


@pytest.mark.parametrize("url", [ADDRESS, f"{ADDRESS}?utm_source=feed"])
def test_what_came_in_before_is_known_in_an_older_ledger_too(tmp_path: Path, url: str) -> None:
    ledger: Ledger
    ledger, _ = filled(tmp_path / "a", captured(1, url=url))
    ledger.connection.executescript(f"{TO_VERSION_24}PRAGMA user_version = 24;")
    ledger.close()
    assert became(tmp_path, captured(2, url=url), captured(3, said="on", url=url)) == ["known", "added"]
