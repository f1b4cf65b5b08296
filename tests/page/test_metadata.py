from __future__ import annotations

import json

import pytest

from onrecord.nouns import Document, Source
from onrecord.page import read_page
from onrecord.page.dates import iso
from onrecord.page.limits import LIMITS
from onrecord.page.metadata import strings

from .faithful import kinds
from .test_html import LEAD, SECOND, THIRD, page

BODY = f"<article><h1>Velik names a day</h1><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "ostrev-courier.example"},
        {
            "@type": ["NewsArticle"],
            "headline": "Velik names a day",
            "datePublished": "2023-04-24T09:30:00+0200",
            "dateModified": "2023-04-25",
            "author": [{"@type": "Person", "name": "Lena Marsk"}, {"@type": "Person", "name": "Jon Tarrow"}],
            "publisher": {"@type": "Organization", "name": "The Ostrev Courier"},
            "articleBody": "left out",
            "dateline": "Ostrev",
        },
    ],
}


def read(head: str, **known: str) -> Document:
    return read_page(Source(raw=page(BODY, head), **known))  # type: ignore[arg-type]


def script(value: object) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


def test_structured_data() -> None:
    document = read(script(LD))
    assert document.outlet == "The Ostrev Courier"
    assert document.authors == ("Lena Marsk", "Jon Tarrow")
    assert document.language == "en"
    assert document.published is not None
    assert document.modified is not None
    assert (document.published.value, document.published.detail) == (
        "2023-04-24T09:30:00+02:00",
        "json-ld datePublished",
    )
    assert document.modified.value == "2023-04-25"
    claims = {(c.source, c.key): c.value for c in document.publisher_claims}
    assert claims["json-ld", "NewsArticle.dateline"] == "Ostrev"
    assert claims["json-ld", "NewsArticle.publisher.name"] == "The Ostrev Courier"
    assert "left out" not in claims.values()


def test_names_are_one_line_without_blanks_around_them_however_long() -> None:
    longest = "x" * (LIMITS.claim_length - 1)
    assert strings([" The\n Ostrev  Courier ", {"name": f"{longest} y"}]) == ["The Ostrev Courier", longest]


def test_meta_elements() -> None:
    document = read(
        '<meta property="og:site_name" content="Dravik Daily">'
        '<meta property="article:published_time" content="2023-04-24T07:30:00Z">'
        '<meta name="author" content="By Lena Marsk and Jon Tarrow">'
        '<meta property="og:title" content="Velik names a day">'
    )
    assert (document.outlet, document.authors) == ("Dravik Daily", ("Lena Marsk", "Jon Tarrow"))
    assert document.published is not None
    assert (document.published.value, document.published.detail) == (
        "2023-04-24T07:30:00+00:00",
        "meta article:published_time",
    )


def test_what_is_given_wins_over_what_the_page_says() -> None:
    document = read(
        script(LD),
        outlet="Port Selm Gazette",
        published="2023-04-23",
        title="Another title",
        id="x",
        url="http://a.example/b",
    )
    assert (document.outlet, document.title, document.id, document.url) == (
        "Port Selm Gazette",
        "Another title",
        "x",
        "http://a.example/b",
    )
    assert document.published is not None
    assert (document.published.value, document.published.source) == ("2023-04-23", "given")


def test_the_address_gives_a_day_where_the_page_gives_none() -> None:
    document = read("", url="https://courier.example/world/2023/04/24/velik-names-a-day")
    assert document.published is not None
    assert (document.published.value, document.published.source) == ("2023-04-24", "url")


def test_a_date_stated_beside_the_article() -> None:
    for line in (
        "<div class=date>24 April 2023</div>",
        "<p class=byline>By Lena Marsk, April 24, 2023</p>",
        "<span>April 24, 2023</span>",
    ):
        document = read_page(Source(raw=page(BODY.replace("</h1>", f"</h1>{line}"))))
        assert document.published is not None
        assert document.published.value == "2023-04-24"


def test_no_date_is_invented() -> None:
    assert read("").published is None
    prose = BODY.replace("his press", "as promised on 2023-02-01, his press").replace(
        "</article>", "<p>© 2019 VNA</p></article>"
    )
    assert read_page(Source(raw=page(prose))).published is None
    assert read(script({"@type": "NewsArticle", "datePublished": "1970-01-01T00:00:00Z"})).published is None
    assert read(script({"@type": "NewsArticle", "datePublished": "9999-12-31"})).published is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-04-24", "2023-04-24"),
        ("2023-4-4", "2023-04-04"),
        ("2023-04-24 10:00:00", "2023-04-24"),
        ("2023-04-24T10:00Z", "2023-04-24T10:00:00+00:00"),
        ("2023-04-24T10:00:00.123-0500", "2023-04-24T10:00:00-05:00"),
        ("Mon, 24 Apr 2023 10:00:00 +0200", "2023-04-24T10:00:00+02:00"),
        ("April 24, 2023", "2023-04-24"),
        ("20230424", "2023-04-24"),
        ("2023-02-30", None),
        ("2023-04-24T25:00:00Z", None),
        ("soon", None),
        ("0001-01-01", None),
        ("1970-01-01", None),
    ],
)
def test_dates(value: str, expected: str | None) -> None:
    assert iso(value) == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "{" * 5000,
        "[" * 100_000 + "]" * 100_000,
        '{"@type":"NewsArticle","a":' * 3000 + "1" + "}" * 3000,
        '{"@type": "NewsArticle", "headline": "x", "datePublished": }',
        '{"@type": "NewsArticle", "author": {"name": {"name": 5}}, "publisher": [[["x"]]], "headline": [null]}',
        '{"@type": 7, "datePublished": {"@value": "2023"}}',
        "null",
        "\x01\x02",
        json.dumps({"@type": "NewsArticle", "keywords": ["x" * 100_000] * 3}),
    ],
)
def test_hostile_structured_data_never_fails_the_page(hostile: str) -> None:
    document = read(script(hostile))
    assert LEAD in document.text
    assert len(document.publisher_claims) <= 60
    assert all(len(claim.value) <= 500 for claim in document.publisher_claims)


def test_mended_structured_data() -> None:
    broken = json.dumps(LD)[:-1] + ",}"
    wrapped = f"//<![CDATA[\n{json.dumps(LD)}\n//]]>"
    raw_newline = json.dumps(LD).replace("Velik names", "Velik\nnames")
    for text in (broken, wrapped, raw_newline):
        assert read(script(text)).outlet == "The Ostrev Courier"


@pytest.mark.parametrize(
    ("stamps", "published"),
    [
        (["2031-05-01T12:30:00Z", "2031-05-01T09:00:00Z"], "2031-05-01"),
        (["2031-05-01T12:30:00Z", "2031-05-01T12:30:00Z"], "2031-05-01T12:30:00+00:00"),
        (["2031-05-01T12:30:00Z", "2031-04-30T12:30:00Z"], None),
    ],
)
def test_the_moments_of_a_live_page_share_their_day_alone(stamps: list[str], published: str | None) -> None:
    posts = "".join(
        f"<div><time datetime={stamp}></time><p>{text}</p></div>"
        for stamp, text in zip(stamps, (LEAD, SECOND), strict=True)
    )
    document = read_page(Source(raw=page(f"<h1>Velik names a day</h1>{posts}<p>{THIRD}</p>", "")))
    assert (document.published.value if document.published else None) == published


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Lena Marsk on Monday, November 18th, 2030 at 11:04 a.m.", ("Lena Marsk",)),
        ("November 18, 2030 | by Lena Marsk", ("Lena Marsk",)),
        ("Analysis by Lena Marsk, Courier political editor", ("Lena Marsk",)),
        ("By Lena Marsk, Ostrev Courier Business", ("Lena Marsk",)),
        ("By Lena Marsk and Jon Tarrow", ("Lena Marsk", "Jon Tarrow")),
    ],
)
def test_a_byline_gives_names_without_day_and_office(line: str, authors: tuple[str, ...]) -> None:
    body = f"<h1>Velik names a day</h1><div>{line}</div><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"
    head = '<meta property="og:site_name" content="Ostrev Courier">'
    document = read_page(Source(raw=page(body, head)))
    assert document.authors == authors
    for name in ("lmarsk", "Admin"):
        account = {"@type": "NewsArticle", "headline": "Velik names a day", "author": {"name": name}}
        assert read_page(Source(raw=page(body, head + script(account)))).authors == authors
    if "2030" in line:
        assert document.published is not None
        assert document.published.value == "2030-11-18"


def test_the_day_stands_in_the_box_above_a_press_release() -> None:
    box = "<div>Press release<br>From: Ministry of Foreign Affairs<br>Published 1 May 2031</div>"
    body = (
        f"<div id=content>{box}<h1>Lunoria invites</h1><div>"
        + f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p></div></div>"
    )
    document = read_page(Source(raw=page(body, "")))
    assert document.published is not None
    assert document.published.value == "2031-05-01"
    assert document.blocks[0].kind == "dateline"


def test_the_days_of_other_articles_are_no_datelines() -> None:
    others = "".join(f"<li><a href=/{i}>Grain falls again</a><p>May {i}, 2019</p></li>" for i in range(11, 16))
    body = f"<h1>Velik names a day</h1><ul>{others}</ul><p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"
    document = read_page(Source(raw=page(body, "")))
    assert not [block for block in document.blocks if block.kind == "dateline"]
    assert document.published is None


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("<span>By Lena Marsk</span><span>3 Comments</span>", "By Lena Marsk 3 Comments"),
        ("By <a href=/lm>Lena Marsk</a><a href=#c>1.2k shares</a>", "By Lena Marsk 1.2k shares"),
        ("<b>By Lena Marsk</b><time>3 March 2031</time><i>4 min read</i>", "By Lena Marsk 3 March 2031 4 min read"),
        ("By Lena Marsk | <span>12 comments</span>", "By Lena Marsk | 12 comments"),
        (
            "By <a href=/lm>Lena Marsk</a><span>Political editor</span><time>3 March 2031</time>",
            "By Lena Marsk Political editor 3 March 2031",
        ),
        (
            "By Lena Marsk<time>3 March 2031</time><time datetime=2031-03-04>Updated 4 March 2031</time>",
            "By Lena Marsk 3 March 2031 Updated 4 March 2031",
        ),
    ],
)
def test_what_stands_beside_a_name_in_a_byline_is_no_name(line: str, shown: str) -> None:
    body = BODY.replace("</h1>", f"</h1><div class=byline>{line}</div>")
    document = read_page(Source(raw=page(body)))
    assert [text for kind, text in kinds(document) if kind == "byline"] == [shown]
    assert document.authors == ("Lena Marsk",)
    for known in ("Lena Marsk 3 Comments", "By Lena Marsk | 12 shares"):
        head = f'<meta name="author" content="{known}">'
        assert read(head).authors == ("Lena Marsk",)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<span class=cap>T</span><span>he ferry</span>", "The ferry"),
        ("CO<sub>2</sub> and H<sub>2</sub><b>O</b>", "CO2 and H2O"),
        ("<b>un</b><i>settled</i>", "unsettled"),
        ("<a href=/x>KarsTel</a>’s man", "KarsTel’s man"),
        ("on the 3<span>rd</span> of March", "on the 3rd of March"),
    ],
)
def test_one_word_in_two_elements_stays_one(markup: str, shown: str) -> None:
    document = read_page(Source(raw=page(BODY.replace("<p>", f"<p>{markup} and then: ", 1))))
    assert shown + " and then" in document.text
