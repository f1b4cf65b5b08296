"""A date that comes with a document is believed as it is, or not at all, and never guessed."""

from __future__ import annotations

import pytest

from onrecord import Source, read
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
