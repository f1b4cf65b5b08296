"""A date that comes with a document is believed as it is, or not at all, and never guessed."""

from __future__ import annotations

import pytest

from onrecord import Source, read
from onrecord.nouns import Provenance
from onrecord.page import read_page

TEXT = b"The talks begin on Friday, Mara Lindqvist said.\n"


@pytest.mark.parametrize("value", ["2031", "2031-03", "2031-03-11", "2031-03-11T09:30:00+01:00"])
@pytest.mark.parametrize("media", ["text", "html"])
def test_given_date(value: str, media: str) -> None:
    document = read_page(Source(raw=TEXT, media=media, published=value))  # type: ignore[arg-type]
    assert document.published is not None and (document.published.value, document.published.source) == (value, "given")
    assert document.publisher_claims == ()


@pytest.mark.parametrize(
    "value",
    ["03-02-2009", "11.3.2031", "2031-13-01", "2031-02-30", "soon", "2031-3", "0001-01-01", "9999-12-31T00:00:00Z"],
)
@pytest.mark.parametrize("media", ["text", "html"])
def test_what_is_no_date_stays_unknown_and_is_said(value: str, media: str) -> None:
    reading = read(Source(raw=TEXT, media=media, published=value))  # type: ignore[arg-type]
    assert reading.document.published is None
    assert [(claim.source, claim.value) for claim in reading.document.publisher_claims] == [("given", value)]
    assert [warning.kind for warning in reading.warnings][:2] == ["date-not-understood", "no-date"]
    assert not [time for time in reading.times if time.interval]


@pytest.mark.parametrize(
    ("published", "captured", "counts"),
    [
        ("2031-03-25", "2031-03-11T10:00:00Z", "2031-03-11T10:00:00+00:00"),
        ("2031-04", "2031-03-11T10:00:00Z", "2031-03-11T10:00:00+00:00"),
        ("2031-03-13T00:30:00+14:00", "2031-03-11", "2031-03-11"),
    ],
)
def test_dated_after_it_was_captured(published: str, captured: str, counts: str) -> None:
    provenance = Provenance(by="web", captured=captured)
    reading = read(Source(raw=TEXT, media="text", published=published, dated_by="feed", provenance=provenance))
    dated, (claim,), warning = reading.document.published, reading.document.publisher_claims, reading.warnings[0]
    assert dated is not None and (dated.value, dated.source) == (counts, "captured")
    assert (claim.source, claim.value) == ("feed", published)
    assert warning.kind == "date-ahead" and published in warning.message and "2031-03-11" in warning.message
    assert [time.interval for time in reading.times] == [("2031-03-14", "2031-03-14")], "counted from when it was there"


@pytest.mark.parametrize(
    ("published", "captured"),
    [
        ("2031-03-12T09:00:00+13:00", "2031-03-11T10:00:00Z"),  # tomorrow on the other side of the world
        ("2031-03", "2031-03-11T10:00:00Z"),
        ("2031-03-25", None),
        ("2031-03-25", "1970-01-01T00:00:00Z"),  # a clock that was never set
        ("2031-03-25", "soon"),
    ],
)
def test_not_known_to_be_dated_ahead(published: str, captured: str | None) -> None:
    document = read_page(Source(raw=TEXT, published=published, provenance=Provenance(by="archive", captured=captured)))
    assert document.published is not None and document.published.value == published
    assert document.publisher_claims == ()


@pytest.mark.parametrize("media", ["text", "html"])
def test_an_outlet_stands_on_one_line(media: str) -> None:
    outlets = ["The “Daily”\n Echo ", " \n"]
    found = [read_page(Source(raw=TEXT, media=media, outlet=each)).outlet for each in outlets]  # type: ignore[arg-type]
    assert found == ["The “Daily” Echo", None]
