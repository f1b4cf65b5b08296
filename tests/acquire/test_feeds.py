"""Feeds: items with content are documents, with their time as it was written; the rest is told or an address."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from onrecord.acquire import open_paths
from onrecord.acquire.feeds import read_feed, read_json_feed
from onrecord.acquire.listed import Listed
from onrecord.acquire.markup import parse
from onrecord.errors import UnreadableInput
from onrecord.nouns import Provenance, Source
from onrecord.reading import read

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Ostrev Courier</title><link>https://courier.example/</link>
<item><title>Talks &amp;#8220;off&amp;#8221; &lt;script&gt;</title><link>/talks</link>
<guid isPermaLink="false">c-1</guid>
<media:title>A picture</media:title><description>The&nbsp;beginning</description>
<content:encoded><![CDATA[<p>Talks in Ostrev&nbsp;are off, Mara Lindqvist said.</p>]]></content:encoded>
<pubDate>Tue, 11 Mar 2031 00:30:00 +0200</pubDate></item>
<item><title>Grain & fish</title><link>https://courier.example/grain</link>
<description>&lt;p&gt;Grain from Velmark will be dearer.&lt;/p&gt;</description><pubDate>March 2031</pubDate></item>
<item><title>Only a name</title><link>https://courier.example/name</link></item>
<item><title>Nothing</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gazette.example/news/">
<title type="html">Port Selm &lt;b&gt;Gazette&lt;/b&gt;</title>
<entry><title type="html">The &lt;em&gt;Kest&lt;/em&gt; pass</title><link rel="enclosure" href="a.mp3"/>
<link href="kest"/>
<id>urn:g:1</id><updated>2031-03-12T08:00:00+10:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The pass <b>stays</b> shut.</p></div>
</content></entry>
<entry><title>AT&amp;T &lt; VNA</title><id>urn:g:2</id><link href="https://gazette.example/2"/>
<published>2031-03-11</published><updated>2031-04-01T00:00:00Z</updated>
<source><title>Dravik Daily</title></source>
<content type="text">Fish &lt; grain.</content></entry>
<entry><title>Elsewhere</title><id>urn:g:3</id><link href="3"/><content src="3.html" type="text/html"/>
<summary>In short.</summary><published>2031-02-29</published></entry>
</feed>"""


def items(feed: str | bytes, charset: str | None = None) -> list[Source | Listed | UnreadableInput]:
    raw = feed.encode() if isinstance(feed, str) else feed
    return list(read_feed(parse(raw, charset, "feed.xml"), "feed.xml"))


def rss(item: str, head: str = "") -> str:
    return f"{head}<rss><channel><title>Dravik Daily</title>{item}</channel></rss>"


def test_item_with_content_is_a_document() -> None:
    assert items(RSS)[0] == Source(
        raw=b"<p>Talks in Ostrev&nbsp;are off, Mara Lindqvist said.</p>", path="feed.xml:1", media="html",
        charset="utf-8", title="Talks “off” <script>", url="https://courier.example/talks",
        outlet="The Ostrev Courier", published="2031-03-11T00:30:00+02:00", dated_by="feed",
        provenance=Provenance(by="feed", record="c-1"),
    )  # fmt: skip


def test_summary_is_read_where_the_page_is_not_and_is_told_as_such() -> None:
    second = items(RSS)[1]
    assert isinstance(second, Listed) and second.address == "https://courier.example/grain"
    assert second.instead is not None and second.instead.provenance is not None
    assert second.instead.raw == b"<p>Grain from Velmark will be dearer.</p>"
    assert second.instead.provenance.part == "summary"
    assert second.instead.published == "March 2031", "half a date stays as it is, for the reading to say so"


def test_item_without_text_is_an_address_and_without_both_a_problem() -> None:
    third, fourth = items(RSS)[2:]
    assert isinstance(third, Listed)
    assert third._replace(mark="") == Listed(
        "https://courier.example/name", "feed.xml:3", "Only a name", "The Ostrev Courier"
    )
    assert str(fourth) == "feed.xml:4: this item of the feed has neither text nor address"


@pytest.mark.parametrize(
    "changed", [("urn:1", "urn:2"), ("Talks", "Talk"), ("T08", "T09"), ("T10", "T11"), ("short", "")]
)
def test_what_a_feed_says_of_a_page_shows_whether_it_changed(changed: tuple[str, str]) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><id>urn:1</id><title>Talks off</title>'
        '<link href="https://courier.example/talks"/><published>2031-03-11T08:00:00Z</published>'
        "<updated>2031-03-11T10:00:00Z</updated><summary>In short.</summary></entry></feed>"
    )
    item = {
        "id": "urn:1", "title": "Talks off", "url": "https://courier.example/talks", "summary": "In short.",
        "date_published": "2031-03-11T08:00:00Z", "date_modified": "2031-03-11T10:00:00Z",
    }  # fmt: skip
    for feed in (atom, json.dumps({"title": "Courier", "items": [item]})):
        mark = mark_of_first(feed)
        assert mark and mark_of_first(feed.replace("Courier", "Gazette")) == mark
        assert mark_of_first(feed.replace(*changed)) != mark


def mark_of_first(feed: str) -> str:
    (first,) = read_json_feed(feed.encode(), "f") if feed.startswith("{") else items(feed)
    assert isinstance(first, Listed)
    return first.mark


def test_atom() -> None:
    first, second, third = items(ATOM)
    assert isinstance(first, Source) and isinstance(second, Source) and isinstance(third, Listed)
    assert b"<p>The pass <b>stays</b> shut.</p>" in first.raw
    assert (first.url, first.title) == ("https://gazette.example/news/kest", "The Kest pass")
    assert (first.outlet, first.published) == ("Port Selm Gazette", "2031-03-12T08:00:00+10:00")
    assert (second.raw, second.media, second.title) == (b"Fish < grain.", "text", "AT&T < VNA")
    assert (second.outlet, second.published) == ("Dravik Daily", "2031-03-11"), "published goes before updated"
    assert third.address == "https://gazette.example/news/3" and third.published == "2031-02-29", "no such day, kept"


def test_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Meridian Post",
        "items": [
            {"id": "1", "url": "https://m.example/1", "title": "A", "content_html": "<p>Talks.</p>",
             "date_published": "2031-03-11T23:30:00-05:00"},
            {"id": "2", "content_text": "Fish."},
            {"id": 3, "url": "https://m.example/3"},
            "no item",
        ],
    }  # fmt: skip
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(feed, indent=1), encoding="utf-8")
    first, second, problem = open_paths([str(path)])
    assert isinstance(first, Source) and isinstance(second, Source) and isinstance(problem, UnreadableInput)
    assert (first.outlet, first.published, first.url) == (
        "The Meridian Post", "2031-03-11T23:30:00-05:00", "https://m.example/1",
    )  # fmt: skip
    assert (second.raw, second.media) == (b"Fish.", "text")
    assert "https://m.example/3" in problem.reason
    for broken in (b'{"version": "https://jsonfeed.org/version/1"}', b'{"version": "https://jsonfeed.org/version/1",'):
        with pytest.raises(UnreadableInput, match="JSON Feed"):
            list(read_json_feed(broken, "f"))


def test_reading_has_the_time_of_the_item_and_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"  # the content tells what it is
    path.write_text(RSS, encoding="utf-8")
    found = list(open_paths([str(path)]))
    whole, summary = (read(each) for each in found if isinstance(each, Source))
    assert whole.document.published is not None
    assert (whole.document.published.source, whole.document.published.value) == ("feed", "2031-03-11T00:30:00+02:00")
    assert whole.document.provenance == Provenance(by="feed", record="c-1")
    assert "summary" not in [each.kind for each in whole.warnings]
    assert {"summary", "date-not-understood"} <= {each.kind for each in summary.warnings}
    assert [str(each) for each in found if isinstance(each, UnreadableInput)] == [
        f"{path}:4: this item of the feed has neither text nor address",
        f"{path}: it names an address and no text (https://courier.example/name); "
        "add --fetch to read what stands there",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    feed = rss("<item><description>Über “Ostrev” é</description></item>".replace("“", '"').replace("”", '"'))
    raw = f'<?xml version="1.0" encoding="{encoding}"?>{feed}'.encode(encoding)
    path = tmp_path / "feed.xml"
    path.write_bytes(raw)
    (source,) = open_paths([str(path)])
    assert isinstance(source, Source) and source.raw.decode() == 'Über "Ostrev" é'


@pytest.mark.parametrize(
    "item",
    [
        "<item><description>a &b c &unknown; &lt;b&gt;bold&lt;/b&gt;</description></item>",
        "<item><description>a \x01&b c &unknown; &lt;b&gt;bold&lt;/b&gt;</description><item>",
        "<item><description>a &b c &unknown; &lt;b&gt;bold&lt;/b&gt;",
    ],
)
def test_damaged_markup_loses_no_words(item: str) -> None:
    source = items(rss(item))[0]
    assert isinstance(source, Source) and source.raw == b"a &b c &unknown; <b>bold</b>"


def test_what_cdata_holds_stays_as_it_is() -> None:
    (source,) = items(rss("<item><description><![CDATA[AT&T &amp; <i>&nbsp;VNA</i>]]></description></item>"))
    assert isinstance(source, Source) and source.raw == b"AT&T &amp; <i>&nbsp;VNA</i>"


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'


def test_entities_of_its_own_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss("<item><title>&x;</title><description>&b;</description></item>", LAUGHS), encoding="utf-8")
    (problem,) = open_paths([str(path)])
    assert isinstance(problem, UnreadableInput) and "entities of its own" in problem.reason


@pytest.mark.parametrize(
    "feed",
    [
        rss("<![CDATA[" * 300_000),
        rss("&" * 1_000_000),
        rss("<item>" * 100_000),
        rss("<item><title>" + "x" * 3_000_000 + "</title></item>"),
        "<rss" + " a" * 500_000 + ">",
    ],
)
def test_hostile_feeds_take_no_time(feed: str) -> None:
    started = time.process_time()
    try:
        items(feed)
    except UnreadableInput as problem:
        assert "damaged" in problem.reason
    assert time.process_time() - started < 3


def test_empty_feed_is_told() -> None:
    assert [str(each) for each in items(rss(""))] == ["feed.xml: there are no items in this feed"]
