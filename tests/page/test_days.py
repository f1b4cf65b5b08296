from __future__ import annotations

import pytest

from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.page.lines import date_line, stated_days

from .test_html import LEAD, SECOND, THIRD, page

BOTH = [
    "Updated 4 March 2031, 10:15 | Published 3 March 2031",
    "Published: 3 March 2031, 09:00 GMT | Updated: 4 March 2031, 10:15 GMT",
    "Published 3 March 2031, 10:15 Updated 4 March 2031",
    "Published 3 March 2031 - Last modified on March 4, 2031",
    "First published on Mon 3 Mar 2031 and updated on 4 Mar 2031",
    "3 March 2031 (updated 4 March 2031)",
]


@pytest.mark.parametrize("line", BOTH)
@pytest.mark.parametrize("form", ["page", "text", "above"])
def test_a_line_says_when_it_was_published_and_when_it_was_changed(line: str, form: str) -> None:
    raw = {
        "page": page(f"<article><h1>Velik names a day</h1><p>{line}</p><p>{LEAD}</p><p>{SECOND}</p></article>"),
        "text": f"Velik names a day\n\n{line}\n\n{LEAD}\n\n{SECOND}\n".encode(),
        "above": f"{line}\n\nVelik names a day\n\n{LEAD}\n\n{SECOND}\n".encode(),
    }[form]
    document = read_page(Source(raw=raw))
    assert document.published is not None
    assert document.modified is not None
    assert (document.published.value, document.published.source) == ("2031-03-03", "text")
    assert (document.modified.value, document.modified.source) == ("2031-03-04", "text")
    assert document.title == "Velik names a day"
    assert [b.kind for b in document.blocks if document.text[slice(*b.span)] == line] == ["dateline"]


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("Last updated: 4 March 2031 at 10:15 GMT", "2031-03-04"),
        ("3 March 2031 | 4 March 2031", None),
        ("Updated 4 March | Published 3 March", None),
        ("Updated 4 March 2031 by Lena Marsk", "2031-03-04"),
    ],
)
def test_the_day_of_a_change_or_one_of_two_days_is_no_day_of_publication(line: str, changed: str | None) -> None:
    for raw in (
        page(f"<article><h1>Velik names a day</h1><p>{line}</p><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></article>"),
        f"Velik names a day\n\n{line}\n\n{LEAD}\n\n{SECOND}\n".encode(),
    ):
        document = read_page(Source(raw=raw))
        assert document.published is None
        assert (document.modified.value if document.modified else None) == changed


def test_the_only_moment_of_a_page_may_be_that_of_its_change() -> None:
    stamp = "<p>Updated <time datetime=2031-03-04T10:15:00Z>4 March 2031, 10:15</time>{}</p>"
    for first, day in (("", None), (" | Published 3 March 2031", "2031-03-03")):
        line = stamp.format(first)
        body = f"<article><h1>Velik names a day</h1>{line}<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
        published = read_page(Source(raw=page(body))).published
        assert (published.value if published else None) == day


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks open on 3 March 2031 | 4 March 2031",
        "Published 3 March 2031 | A ferry is late",
        "An updated plan of 3 March 2031",
    ],
)
def test_a_line_with_other_words_is_no_line_of_dates(sentence: str) -> None:
    assert not date_line(sentence)


def test_a_day_is_of_what_the_last_word_before_it_says() -> None:
    days = stated_days("By Lena Marsk. Posted 3 March 2031, updated 4 March 2031, last updated 6 March 2031")
    assert [day and day.isoformat() for day in days] == ["2031-03-03", "2031-03-06"]
    assert stated_days("Published 31 February 2031") == (None, None)
