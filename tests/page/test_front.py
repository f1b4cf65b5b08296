from __future__ import annotations

import pytest

from onrecord.nouns import Document, Source
from onrecord.page import read_page
from onrecord.page.front import front_matter

from .faithful import check, kinds
from .test_html import LEAD, SECOND

MATTER = """---
title: "Velik “names” a day: \\"4 May\\""
date: 2031-03-03T09:00:00+01:00
lastmod: 4 March 2031
author:
  - name: Lena Marsk
    mail: marsk at courier
  - Jon Tarrow
publisher: The Ostrev Courier
tags: [talks, 'Mereth, the lake']
url: /2031/velik
canonical_url: https://courier.example/2031/velik
lang: en
---
"""
BODY = f"{LEAD}\n\n{SECOND}\n"


def read(text: str, path: str | None = None) -> Document:
    document = read_page(Source(raw=text.encode(), path=path))
    check(document, text.encode())
    assert document.text == text
    return document


@pytest.mark.parametrize("path", ["velik.md", "velik.txt", None])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_fields_at_the_top_say_what_the_text_is_and_are_no_part_of_its_body(
    path: str | None, line_end: str
) -> None:
    document = read((MATTER + "\n" + BODY).replace("\n", line_end), path)
    assert document.title == 'Velik “names” a day: "4 May"'
    assert kinds(document) == [
        ("headline", 'Velik “names” a day: \\"4 May\\"'),
        ("paragraph", LEAD),
        ("paragraph", SECOND),
    ]
    assert document.authors == ("Lena Marsk", "Jon Tarrow")
    assert document.published is not None
    assert document.modified is not None
    assert (document.published.value, document.published.detail) == ("2031-03-03T09:00:00+01:00", "front matter")
    assert document.modified.value == "2031-03-04"
    assert (document.outlet, document.url, document.language) == (
        "The Ostrev Courier",
        "https://courier.example/2031/velik",
        "en",
    )
    assert [claim.value for claim in document.publisher_claims if claim.key == "tags"] == ["talks", "Mereth, the lake"]


def test_a_heading_of_the_text_itself_is_the_headline() -> None:
    document = read(f"---\ntitle: Velik names a day\nauthor: By Lena Marsk\n---\n# Velik names 4 May\n\n{BODY}", "a.md")
    assert (document.title, document.authors) == ("Velik names a day", ("Lena Marsk",))
    assert [text for kind, text in kinds(document) if kind == "headline"] == ["Velik names 4 May"]


def test_a_date_that_may_be_two_days_is_none() -> None:
    document = read(f"---\ntitle: Velik names a day\ndate: 03/04/2031\n---\n{BODY}")
    assert document.published is None
    assert ("front-matter", "date", "03/04/2031") in [(c.source, c.key, c.value) for c in document.publisher_claims]


def test_a_folded_title_goes_over_lines() -> None:
    text = f"---\nauthor: Lena Marsk\ntitle: >-\n  Velik names\n  a day\n---\n{BODY}"
    assert front_matter(text).of("title")[0].words == "Velik names a day"
    assert read(text).title == "Velik names a day"


@pytest.mark.parametrize(
    "top",
    [
        f"---\n\n{LEAD}\n\n---\n\n",
        f"---\ntitle: Velik names a day\n{LEAD}\n---\n",
        "---\nMS. LINDQVIST: Good morning.\n\nQ: Has a day been set?\n---\n",
        "---\ntitle: Velik names a day\n\n",
        "--- title: Velik names a day ---\n",
    ],
)
def test_what_stands_between_two_rules_need_not_be_fields(top: str) -> None:
    text = top + BODY
    assert front_matter(text).end == 0
    inside = [shown for _, shown in kinds(read(text, "a.md"))]
    words = [line for line in top.replace("---", "").splitlines() if line.strip()]
    assert all(any(line.strip() in shown for shown in inside) for line in words)
