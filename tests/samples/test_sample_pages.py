"""The pages are what expected.json says they are: bytes, encodings, furniture, dates, first and last words."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from tests.samples.sample_corpus import (
    ARTICLES,
    BRIEFING,
    PAGES,
    SAMPLES,
    folded,
    mended,
    page_named,
    paragraphs,
    prose,
    raw,
    tree,
)

MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAY_AND_DATE = re.compile(rf"\b({'|'.join(WEEKDAYS)}),\s+(\d{{1,2}})\s+({'|'.join(MONTHS)})\b")
FURNITURE = {
    "The Ostrev Courier": ["cookie-banner", "breadcrumbs", "oc-share", "oc-readmore", "newsletter-box", "oc-footer"],
    "The Meridian Post": ["consent", "path", "share-bar", "mp-inline-related", "mp-newsletter", "small"],
    "Port Selm Gazette": ["cookie", "crumb", "tools", "see", "box", "comment"],
    "Dravik Daily": ["dd-cookie", "dd-crumbs", "dd-share", "dd-inset", "dd-subscribe", "dd-footer"],
}


def ids(page: dict[str, Any]) -> str:
    return str(page["file"])


def test_every_file_of_the_story_is_expected_and_no_other() -> None:
    there = {path.relative_to(SAMPLES).as_posix() for path in (SAMPLES / "summit").iterdir()}
    assert there == {page["file"] for page in PAGES}


@pytest.mark.parametrize("page", ARTICLES, ids=ids)
def test_title_and_paragraphs(page: dict[str, Any]) -> None:
    [headline] = tree(page).xpath("//h1")
    title = folded(headline.text_content())
    assert (mended(title) if page["mojibake"] else title) == page["title"]
    body = paragraphs(page)
    assert len(body) == page["paragraphs"]
    assert body[0].startswith(page["first"])
    assert body[-1].startswith(page["last"])
    assert 250 <= sum(len(paragraph.split()) for paragraph in body) <= 500


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_encoding_and_line_ends(page: dict[str, Any]) -> None:
    octets = raw(page["file"])
    octets.decode(page["encoding"])
    if page["kind"] == "article":
        declared = re.search(rb"charset=[\"']?([\w-]+)", octets[:1024])
        assert declared is not None
        assert declared[1].decode("ascii").lower() == page["encoding"]
    if page["encoding"] == "windows-1252":
        assert b"\x93" in octets and b"\x94" in octets, "curly marks as single bytes"
        with pytest.raises(UnicodeDecodeError):
            octets.decode("utf-8")
    if page["line_ends"] == "crlf":
        assert octets.count(b"\n") == octets.count(b"\r\n") > 0
    else:
        assert b"\r" not in octets


def test_each_oddity_of_the_bytes_stands_in_one_file() -> None:
    assert [page["file"] for page in PAGES if page["line_ends"] == "crlf"] == ["summit/07-preparatory.html"]
    assert [page["file"] for page in PAGES if page["encoding"] != "utf-8"] == ["summit/09-venue-moved.html"]
    assert [page["file"] for page in ARTICLES if page["mojibake"]] == ["summit/11-vote-put-off.html"]
    assert "â€œ" in raw("summit/11-vote-put-off.html").decode("utf-8")


@pytest.mark.parametrize("page", ARTICLES, ids=ids)
def test_furniture_stands_round_the_article(page: dict[str, Any]) -> None:
    root = tree(page)
    classes = {name for value in root.xpath("//@class") for name in str(value).split()}
    assert set(FURNITURE[page["outlet"]]) <= classes
    assert root.xpath("//script") and root.xpath("//img")


@pytest.mark.parametrize("page", ARTICLES, ids=ids)
def test_published_stands_where_it_is_said_to(page: dict[str, Any]) -> None:
    root = tree(page)
    linked = [json.loads(node.text) for node in root.xpath('//script[@type="application/ld+json"]')]
    news = [item for item in linked if item["@type"] == "NewsArticle"]
    meta = root.xpath('//meta[@property="article:published_time"]/@content')
    match page["published_in"]:
        case "json-ld":
            [article] = news
            assert article["datePublished"][:10] == meta[0][:10] == page["published"]
            assert article["dateModified"] >= article["datePublished"]
            assert article["publisher"]["name"] == page["outlet"]
            assert article["author"]
        case "opengraph":
            assert not news
            assert meta[0][:10] == page["published"]
        case "visible":
            assert not news and not meta
            day = date.fromisoformat(page["published"])
            shown = f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"
            assert shown in root.xpath('string(//div[@class="dateline"])')
        case None:
            assert page["published"] is None
            assert not news and not meta and not root.xpath("//time")
            assert "2031" not in root.text_content()
        case other:
            pytest.fail(f"expected.json says published_in {other!r}")


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_weekdays_agree_with_their_dates(page: dict[str, Any]) -> None:
    for name, days in page["weekdays"].items():
        assert [WEEKDAYS[date.fromisoformat(day).weekday()] for day in days] == [name] * len(days)
    told = prose(page)
    assert set(re.findall("|".join(WEEKDAYS), told)) == set(page["weekdays"])
    whole = told if page["kind"] == "transcript" else tree(page).text_content()
    for name, day, month in DAY_AND_DATE.findall(whole):
        assert WEEKDAYS[date(2031, MONTHS.index(month) + 1, int(day)).weekday()] == name


def test_pull_quotes_and_the_second_headline_repeat_what_is_told() -> None:
    for file in ("02-planned", "07-preparatory", "12-postponed"):
        page = page_named(f"summit/{file}.html")
        [pulled] = tree(page).xpath('//aside[@class="oc-pullquote"] | //blockquote[@class="mp-pull"]/text()[1]')
        quote = folded(pulled if isinstance(pulled, str) else pulled.text_content()).strip("“”")
        assert quote.rstrip(".,") in " ".join(paragraphs(page))
    page = page_named("summit/06-wrong-quote.html")
    again = tree(page).xpath("string(//div[@class='dd-article__text']/p/strong)")
    assert again != page["title"]
    assert again.replace(" - ", " – ") == page["title"]


def test_the_briefing_is_turns_and_stage_directions() -> None:
    told = raw(BRIEFING).decode("utf-8")
    turns = re.findall(r"^(MS\. LINDQVIST(?=:  )|Q(?=  ))", told, flags=re.MULTILINE)
    expected = page_named(BRIEFING)
    assert len(turns) == expected["turns"]
    assert sorted(set(turns)) == sorted(expected["speakers"])
    assert told.count("(Laughter.)") >= 3
    assert 850 <= len(told.split()) <= 1050
