"""Lists of addresses, sitemaps and outlines: what they name is told, and nothing is fetched."""

from __future__ import annotations

import gzip
import io
import time
from pathlib import Path

import pytest

from onrecord.acquire import open_paths
from onrecord.acquire.listed import Listed, is_list_of_addresses, read_addresses
from onrecord.acquire.markup import parse
from onrecord.acquire.sitemaps import read_outline, read_sitemap
from onrecord.errors import UnreadableInput
from onrecord.nouns import Source

LIST = "https://courier.example/1\n# the week before\nhttps://courier.example/2?id=3#x  # by hand\n\nHTTP://d.example\n"

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://courier.example/a?b=1&amp;c=2 </loc><lastmod>2031-03-12</lastmod></url>
<url><loc>https://courier.example/talks</loc><news:news><news:publication><news:name>The Ostrev Courier</news:name>
</news:publication><news:publication_date>2031-03-11T09:00:00+01:00</news:publication_date>
<news:title>Talks off</news:title></news:news></url>
<url><loc>javascript:alert(1)</loc></url>
</urlset>"""

OUTLINE = """<opml version="2.0"><head><title>Feeds</title></head><body><outline text="North">
<outline type="rss" text="Courier" xmlUrl="https://courier.example/feed"/>
<outline type="rss" text="Gazette" xmlUrl="gopher://gazette.example/feed"/></outline>
<outline text="no feed" htmlUrl="https://c.example/"/></body></opml>"""

ENTITIES = '<!ENTITY a "secret"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">'
NAMING = [
    "<urlset><url><loc>https://courier.example/&b;&f;</loc></url></urlset>",
    '<opml><body><outline xmlUrl="https://courier.example/&b;&f;"/></body></opml>',
]


def test_addresses_of_a_list() -> None:
    found = list(read_addresses(LIST + "not one\n", "a.txt"))
    assert [each.address if isinstance(each, Listed) else str(each) for each in found] == [
        "https://courier.example/1", "https://courier.example/2?id=3#x", "HTTP://d.example",
        "a.txt:6: this is no web address: 'not one'",
    ]  # fmt: skip
    assert isinstance(found[1], Listed) and found[1].place == "a.txt:3"


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        (LIST, True),
        ("https://courier.example/1", True),
        ("Talks are off, says https://courier.example/1\n", False),
        ("https://courier.example/1\nTalks are off.\nMore of it.\n", False),
        ("# Talks\n\nTalks are off.\n", False),
        ("# only remarks\n", False),
        ("", False),
    ],
)
def test_list_is_known_by_its_lines(text: str, is_list: bool) -> None:
    assert is_list_of_addresses(text.encode()) == is_list


def test_sitemap() -> None:
    first, second, third = read_sitemap(parse(SITEMAP.encode(), None, "s.xml"), "s.xml")
    assert isinstance(first, Listed) and isinstance(second, Listed)
    unmarked = [each._replace(mark="") for each in (first, second)]
    assert unmarked[0] == Listed("https://courier.example/a?b=1&c=2", "s.xml:1"), "a change is no publication"
    assert unmarked[1] == Listed(
        "https://courier.example/talks", "s.xml:2", "Talks off", "The Ostrev Courier", "2031-03-11T09:00:00+01:00"
    )
    assert str(third) == "s.xml:3: this is no web address: 'javascript:alert(1)'"


def test_what_a_sitemap_says_of_a_page_shows_whether_it_changed() -> None:
    def marks(text: str) -> list[str]:
        return [each.mark for each in read_sitemap(parse(text.encode(), None, "s"), "s") if isinstance(each, Listed)]

    page, news = marks(SITEMAP)
    assert marks(SITEMAP) == [page, news] and page != news
    assert marks(SITEMAP.replace("2031-03-12<", "2031-03-13<"))[0] != page
    for said, other in (("T09:00", "T10:00"), ("Talks off", "Talks on")):
        assert marks(SITEMAP.replace(said, other))[0] == page and marks(SITEMAP.replace(said, other))[1] != news
    assert marks(SITEMAP.replace("<lastmod>2031-03-12</lastmod>", ""))[0] == "", "it says nothing of it"


def test_sitemaps_of_sitemaps() -> None:
    index = "<sitemapindex><sitemap><loc>https://c.example/1.xml</loc></sitemap></sitemapindex>"
    assert list(read_sitemap(parse(index.encode(), None, "s"), "s")) == [Listed("https://c.example/1.xml", "s:1")]


def test_outline() -> None:
    first, second = read_outline(parse(OUTLINE.encode(), None, "o"), "o")
    assert first == Listed("https://courier.example/feed", "o:1")
    assert isinstance(second, UnreadableInput) and "o:2" in second.where


@pytest.mark.parametrize("naming", NAMING)
def test_entities_of_its_own_are_refused(naming: str, tmp_path: Path) -> None:
    path = tmp_path / "named.xml"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE x [{ENTITIES}]>{naming}', encoding="utf-8")
    (problem,) = open_paths([str(path)])
    assert isinstance(problem, UnreadableInput) and "entities of its own" in problem.reason


@pytest.mark.parametrize("naming", NAMING)
@pytest.mark.parametrize(
    "declared",
    [f"<!--{'x' * 20_000}--><!DOCTYPE x [{ENTITIES}]>", f'<!DOCTYPE x SYSTEM "a>b" [{ENTITIES}]>'],
    ids=["far down", "behind a sign that ends it"],
)
def test_entities_that_nobody_saw_declared_are_not_resolved(naming: str, declared: str) -> None:
    root = parse(f"{declared}{naming}".encode(), None, "x")
    (named,) = (read_sitemap if naming.startswith("<urlset") else read_outline)(root, "x")
    assert isinstance(named, Listed) and named.address == "https://courier.example/&b;&f;"


@pytest.mark.parametrize(
    "bomb",
    [
        "<urlset>" + "<url>" * 300_000,
        "<urlset><url><loc>https://courier.example/" + "x" * 3_000_000 + "</loc></url></urlset>",
        "<urlset>" + "&" * 1_000_000,
        "<opml><body>" + "<outline>" * 300_000,
        "<opml><body><outline" + " xmlUrl" * 300_000 + "/>",
    ],
    ids=["deep", "long", "ampersands", "deep outline", "attributes"],
)
def test_bombs_of_markup_name_nothing_and_take_no_time(bomb: str) -> None:
    started = time.process_time()
    assert all(isinstance(each, UnreadableInput) for each in open_paths(["-"], io.BytesIO(bomb.encode())))
    assert time.process_time() - started < 5


@pytest.mark.parametrize("naming", [SITEMAP, OUTLINE])
def test_what_unpacks_to_too_much_is_refused(naming: str) -> None:
    padded = naming.replace("><", f">{' ' * 30_000_000}<", 1)
    (problem,) = open_paths(["-"], io.BytesIO(gzip.compress(padded.encode())))
    assert isinstance(problem, UnreadableInput) and "more than 20 MB" in problem.reason


@pytest.mark.parametrize(("name", "content", "count"), [("a.txt", LIST, 3), ("s.html", SITEMAP, 2), ("o", OUTLINE, 1)])
def test_addresses_are_told_and_not_fetched(name: str, content: str, count: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    found = list(open_paths([str(path)]))
    assert all(isinstance(each, UnreadableInput) for each in found)
    many = "an address" if count == 1 else f"{count} addresses"
    assert f"{path}: it names {many} and no text (https://courier.example/" in str(found[-1])
    assert "--fetch" in str(found[-1])


def test_address_is_told_and_not_fetched() -> None:
    (problem,) = open_paths(["https://courier.example/1"])
    assert "add --fetch" in str(problem) and "--url https://courier.example/1" in str(problem)


def test_a_text_that_names_addresses_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("https://courier.example/1\nTalks are off.\nSo it says.\n", encoding="utf-8")
    (source,) = open_paths([str(path)])
    assert isinstance(source, Source) and source.media == "text"
