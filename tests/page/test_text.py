from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.page.lines import opening
from onrecord.page.mojibake import broken

from .faithful import check, kinds

SCRAPED = """Velmark and Karsenia edge closer to a summit – Ostrev

Press secretary Mara Lindqvist has confirmed that the two sides are “still talking about the agenda”

Velmark and Karsenia edge closer to a summit - Ostrev

According to VNA, officials in Ostrev believe that a meeting in Mereth is possible.

“We are not ready to name a day”, said Lindqvist.


comments powered by TalkBox"""


def test_a_scraped_text_with_its_headline_twice_and_furniture_at_its_end() -> None:
    raw = SCRAPED.encode()
    document = read_page(Source(raw=raw))
    check(document, raw)
    assert document.text == SCRAPED
    assert [kind for kind, _ in kinds(document)] == ["headline", "standfirst", "paragraph", "paragraph"]
    assert [(d.kind, d.text) for d in document.dropped] == [
        ("repeated", "Velmark and Karsenia edge closer to a summit - Ostrev"),
        ("boilerplate", "comments powered by TalkBox"),
    ]
    assert document.published is None
    assert document.title == "Velmark and Karsenia edge closer to a summit – Ostrev"


def test_line_ends_and_the_byte_order_mark() -> None:
    text = "Summit moved to Mereth\r\n\r\nThe summit was moved to Mereth, Reyk said on Friday in Dravik.\r\n"
    raw = b"\xef\xbb\xbf" + text.encode()
    document = read_page(Source(raw=raw))
    assert document.text == text
    check(document, raw)
    assert document.blocks[1].source == ((26, 88, 29, 91),)


def test_each_line_is_a_paragraph_unless_the_lines_were_wrapped() -> None:
    wrapped = (
        "President Anton Velik will travel to Mereth next week for talks with\n"
        "Prime Minister Irena Dalgard, the presidential office in Ostrev said on\n"
        "Monday. Neither side named a day for the talks, which were first\n"
        "mooted in March.\n\n"
        "Talks between the two sides broke down last year over the grain\ntransit.\n"
    )
    document = read_page(Source(raw=wrapped.encode()))
    check(document, wrapped.encode())
    assert [text[:14] for _, text in kinds(document)] == ["President Anto", "Talks between "]
    lines = "Velik will travel to Mereth next week, his office said on Monday.\n“We are ready.”\nReyk was silent.\n"
    assert len(read_page(Source(raw=lines.encode())).blocks) == 3


def test_byline_and_a_dateline_with_a_full_date() -> None:
    text = (
        "Dalgard rules out Dravik as venue\n\nBy Lena Marsk and Jon Tarrow\n\nMay 4, 2023\n\n"
        "Prime Minister Irena Dalgard has ruled out Dravik as the venue of the summit, KarsTel reported on Thursday.\n"
    )
    document = read_page(Source(raw=text.encode()))
    assert [kind for kind, _ in kinds(document)] == ["headline", "byline", "dateline", "paragraph"]
    assert document.authors == ("Lena Marsk", "Jon Tarrow")
    assert document.published is not None
    assert (document.published.value, document.published.source) == ("2023-05-04", "text")


def test_a_date_without_a_year_or_inside_a_sentence_is_no_publication_date() -> None:
    for line in ("May 4", "The summit opens on 4 May 2023 in Mereth, the office said."):
        text = f"Summit opens in Mereth\n\n{line}\n\nThe two leaders met on the shore for the first time in ten years."
        assert read_page(Source(raw=text.encode())).published is None


@pytest.mark.parametrize(
    ("first", "opened", "day"),
    [
        ("PORT SELM, 3 March 2031 (VNA) - Lunoria", "PORT SELM, 3 March 2031 (VNA) - ", "2031-03-03"),
        (
            "HALLEIN-AM-SEE, Lunoria, Mon, March 3, 2031 — “We",
            "HALLEIN-AM-SEE, Lunoria, Mon, March 3, 2031 — ",
            "2031-03-03",
        ),
        ("ARVENNA (Corda Press), March 3, 2031 - Voters", "ARVENNA (Corda Press), March 3, 2031 - ", "2031-03-03"),
        ("MERETH – 3 March 2031 – A ferry", "MERETH – 3 March 2031 – ", "2031-03-03"),
        ("DRAVIK. 25 May (KarsTel) -- Tomas", "DRAVIK. 25 May (KarsTel) -- ", None),
        ("OSTREV, March 3. /KarsTel/. The ministry", "OSTREV, March 3. /KarsTel/. ", None),
        ("Ostrev (VNA) – The ministry", "Ostrev (VNA) – ", None),
        ("MERETH – A ferry", "MERETH – ", None),
        ("Ostrev – The ministry", "", None),
        ("KVU – which met in Mereth on 3 March 2031 – said", "", None),
        ("The minister said on 3 March 2031 (a Monday) - The", "", None),
        ("MERETH", "", None),
    ],
)
def test_where_and_when_a_report_was_written_stands_before_its_first_sentence(
    first: str, opened: str, day: str | None
) -> None:
    found = opening(first)
    assert (found is not None) == bool(opened)
    if found is not None:
        assert first[: found.end] == opened
    text = f"A ferry is late\n\n{first} was late again, and nobody at the pier could say why.\n\nIt left at noon."
    document = read_page(Source(raw=text.encode()))
    assert (document.published and document.published.value) == day


@pytest.mark.parametrize("repeated", ["AB", "ABC ", "Ab ", "A.", "Ab, ", "AB/"])
def test_an_opening_is_looked_for_in_linear_time(repeated: str) -> None:
    assert opening(repeated * 50_000) is None


def test_what_is_given_wins() -> None:
    source = Source(
        raw=SCRAPED.encode(), id="a1", outlet="The Meridian Post", published="2023-05-02", title="Other", url="u"
    )
    document = read_page(source)
    assert (document.id, document.outlet, document.title, document.url) == ("a1", "The Meridian Post", "Other", "u")
    assert document.published is not None
    assert (document.published.value, document.published.source) == ("2023-05-02", "given")


@pytest.mark.parametrize(
    "line",
    [
        "Share this",
        "Read more:",
        "Subscribe to our newsletter",
        "All rights reserved.",
        "© 2023 The Ostrev Courier",
        "Advertisement",
    ],
)
def test_furniture_is_dropped_as_a_whole_line_only(line: str) -> None:
    body = "Reyk told reporters in Dravik that the talks would go on in the spring.\n\n"
    document = read_page(Source(raw=f"{body}{line}\n".encode()))
    assert [d.text for d in document.dropped] == [line]
    inside = f"Reyk said: {line.rstrip('.:')} is what the banner in the hall read, to laughter."
    assert not read_page(Source(raw=f"{body}{inside}\n".encode())).dropped


def test_markdown_keeps_its_text_and_leaves_its_marks_outside() -> None:
    text = (
        "# Velik names a day\n\nThe president named *4 May*.\n\n## What is open\n\n- the venue\n- the agenda\n\n"
        "> “We are ready,” he said.\n"
    )
    document = read_page(Source(raw=text.encode(), media="markdown"))
    check(document, text.encode())
    assert document.text == text
    assert kinds(document) == [
        ("headline", "Velik names a day"),
        ("paragraph", "The president named *4 May*."),
        ("subheading", "What is open"),
        ("list", "the venue"),
        ("list", "the agenda"),
        ("paragraph", "“We are ready,” he said."),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# Velik names a day", "Velik names a day"),
        ("# Velik names a day ##", "Velik names a day"),
        ("# Velik  names # a day \t#", "Velik  names # a day"),
        ("# Point C#", "Point C#"),
    ],
)
def test_the_marks_that_close_a_heading_are_no_part_of_it(line: str, heading: str) -> None:
    document = read_page(Source(raw=f"{line}\n\nThe president named *4 May*.\n".encode(), media="markdown"))
    assert kinds(document)[0] == ("headline", heading)


def test_a_text_broken_by_a_wrong_decoding_is_left_as_it_is_and_reported() -> None:
    text = "“We are ready” is what he said. Heâ€™s said it twice, Lindqvist told VNA on Monday."
    document = read_page(Source(raw=text.encode()))
    assert document.text == text
    assert [(r.kind, r.was, r.now) for r in document.repairs] == [("mojibake", "â€™", "â€™")]


def test_a_broken_quotation_mark_may_have_lost_its_last_sign() -> None:
    assert broken("â€œReadyâ€, he said.") == [(0, 3, "“"), (8, 10, "”")]
    assert broken("â€œReadyâ€\u009d, he said.") == [(0, 3, "“"), (8, 11, "”")]
    assert broken("â€œHeâ€™s ready.â€") == [(0, 3, "“"), (5, 8, "’"), (16, 18, "”")]
    assert broken("Readyâ€, he said.") == []
    assert broken("â€œReadyâ€ he said, and steadyâ€ too.") == [(0, 3, "“"), (8, 10, "”")]


def test_invalid_bytes_are_reported_with_their_place() -> None:
    raw = (
        "Velik said he would come.\n\nReyk – ".encode()
        + b"\xff"
        + " said no, and Dalgard – after a while – agreed.".encode()
    )
    document = read_page(Source(raw=raw, charset="utf-8"))
    check(document, raw)
    assert [(r.kind, r.now, document.text[slice(*(r.span or (0, 0)))]) for r in document.repairs] == [
        ("invalid-bytes", "\ufffd", "\ufffd")
    ]


def test_character_references_of_a_plain_text_mean_themselves() -> None:
    raw = b"Smith &amp; Marsk said: &#8220;Yes&#8221; & no.\n"
    document = read_page(Source(raw=raw))
    check(document, raw)
    assert document.text == raw.decode()
    runs = document.blocks[0].source
    assert (runs[0][0], runs[-1][1]) == document.blocks[0].span
    assert all(before[1] == after[0] for before, after in pairwise(runs))


@given(st.text(min_size=1, max_size=400))
def test_any_text_stays_as_it_is(text: str) -> None:
    from onrecord.errors import UnreadableInput

    raw = text.encode("utf-8", "replace")
    try:
        document = read_page(Source(raw=raw, media="text", charset="utf-8"))
    except UnreadableInput:
        return
    assert document.text == raw.decode().removeprefix("\ufeff")
    check(document, raw)
