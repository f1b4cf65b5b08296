"""Polls: a page is asked for again when what names it says something new of it; one that fails ever less often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from onrecord.acquire.fetch import WebFetcher
from onrecord.acquire.taking import Taken, Way, asking_all, asking_due, take
from onrecord.ledger import Ledger, open_ledger, problems, stats
from tests.acquire.misbehaving import NOON, PAGE, PATIENT, Server, answer, misbehaving

QUARTER = timedelta(minutes=15)


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving() as running:
        yield running


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "l", create=True) as opened:
        yield opened


def poll(ledger: Ledger, path: str, moment: datetime = NOON) -> Taken:
    with WebFetcher(PATIENT, lambda: moment, lambda seconds: None, asking_due(ledger, moment)) as fetcher:
        return take(ledger, [path], Way(lambda: moment, fetcher))


def feed(*items: tuple[str, str], tag: str = "") -> bytes:
    """A feed of items with a summary: their paths, and when each was updated."""
    entries = "".join(
        f'<entry><id>urn:{path}</id><title>Bridge</title><link href="{path}"/><published>2031-03-11T08:00:00Z'
        f"</published><updated>{updated}</updated><summary>In short: {path}.</summary></entry>"
        for path, updated in items
    )
    raw = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ostrev Courier</title>{entries}</feed>'.encode()
    return answer(raw, "200 OK", "Content-Type: application/atom+xml", *([f'ETag: "{tag}"'] if tag else []))


def test_a_page_is_asked_for_again_when_its_item_changes(server: Server, ledger: Ledger) -> None:
    old, new = "2031-03-11T08:00:00Z", "2031-03-12T09:00:00Z"
    server.given = {"/news": feed(("/a", old), ("/b", old)), "/a": answer(PAGE), "/b": answer(PAGE)}
    assert poll(ledger, server.address + "/news")[:2] == (2, 0)
    assert poll(ledger, server.address + "/news")[:2] == (0, 2), "they are there already"
    assert [server.asked[each] for each in ("/news", "/a", "/b")] == [2, 1, 1]
    server.given |= {"/news": feed(("/a", old), ("/b", new)), "/b": answer(PAGE.replace(b"off", b"on"))}
    assert poll(ledger, server.address + "/news")[:2] == (1, 1)
    assert [server.asked[each] for each in ("/news", "/a", "/b")] == [3, 1, 2]


def test_a_page_that_fails_is_asked_for_less_and_less_often(server: Server, ledger: Ledger) -> None:
    server.given = {"/news": feed(("/a", "1"), ("/gone", "1"), tag="1"), "/a": answer(PAGE)}
    asked = []
    for number in range(4 * 96):  # four days of a poll each quarter of an hour
        before = server.asked["/gone"]
        poll(ledger, server.address + "/news", NOON + number * QUARTER)
        asked += [number] * (server.asked["/gone"] - before)
    assert asked == [0, 1, 3, 7, 15, 31, 63, 127, 223, 319], "in a day at the latest"
    sent_whole = sum("GET /news" in head and "If-None-Match" not in head for head in server.heads)
    assert sent_whole == len(asked), "the feed is not sent again until the page is due"
    assert server.asked["/a"] == 1 and [each.place for each in problems(ledger)] == [server.address + "/gone"]


def test_a_page_that_failed_is_read_when_it_is_there(server: Server, ledger: Ledger) -> None:
    server.given = {"/news": feed(("/late", "1"), tag="1")}
    assert len(poll(ledger, server.address + "/news").problems) == 1
    server.given["/late"] = answer(PAGE)
    assert poll(ledger, server.address + "/news")[:2] == (0, 1), "the feed is as it was"
    assert poll(ledger, server.address + "/news", NOON + QUARTER).added == 1
    assert not problems(ledger)


def test_a_page_that_failed_is_asked_for_at_once_when_its_item_changes(server: Server, ledger: Ledger) -> None:
    server.given = {"/news": feed(("/late", "1"), tag="1")}
    poll(ledger, server.address + "/news")
    server.given |= {"/news": feed(("/late", "2"), tag="2"), "/late": answer(PAGE)}
    assert poll(ledger, server.address + "/news").added == 1


def test_a_page_that_failed_and_is_named_no_more_is_forgotten(server: Server, ledger: Ledger) -> None:
    server.given = {"/news": feed(("/a", "1"), ("/gone", "1"), tag="1"), "/a": answer(PAGE)}
    poll(ledger, server.address + "/news")
    server.given["/news"] = feed(("/a", "1"), tag="2")
    for number in range(1, 4):
        poll(ledger, server.address + "/news", NOON + number * QUARTER)
    whole = ["If-None-Match" not in head for head in server.heads if "GET /news" in head]
    assert whole == [True, True, False, False]


def test_pages_of_a_plain_list_are_asked_for_at_each_poll(server: Server, ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{server.address}/a\n{server.address}/gone\n", encoding="utf-8")
    server.given = {"/a": answer(PAGE, "200 OK", 'ETag: "1"')}
    assert poll(ledger, str(path)).added == 1
    assert poll(ledger, str(path)).known == 1
    assert [server.asked[each] for each in ("/a", "/gone")] == [2, 1]
    assert 'If-None-Match: "1"' in server.heads[-1]


def test_feeds_of_an_outline_are_polled_though_the_outline_is_as_it_was(server: Server, ledger: Ledger) -> None:
    outline = f'<opml version="2.0"><body><outline xmlUrl="{server.address}/news"/></body></opml>'.encode()
    server.given = {
        "/feeds": answer(outline, "200 OK", "Content-Type: text/x-opml", 'ETag: "1"'),
        "/news": feed(("/a", "1"), tag="1"),
        "/a": answer(PAGE),
        "/b": answer(PAGE.replace(b"off", b"on")),
    }
    assert poll(ledger, server.address + "/feeds").added == 1
    server.given["/news"] = feed(("/b", "2"), ("/a", "1"), tag="2")
    assert poll(ledger, server.address + "/feeds").added == 1
    assert [server.asked[each] for each in ("/feeds", "/news", "/a", "/b")] == [2, 2, 1, 1]


def test_who_adds_a_feed_by_hand_has_all_of_it_asked_for(server: Server, ledger: Ledger) -> None:
    server.given = {"/news": feed(("/a", "1"), ("/gone", "1"), tag="1"), "/a": answer(PAGE)}
    for _ in range(2):
        with WebFetcher(PATIENT, lambda: NOON, memory=asking_all(ledger)) as fetcher:
            take(ledger, [server.address + "/news"], Way(lambda: NOON, fetcher))
    assert [server.asked[each] for each in ("/news", "/a", "/gone")] == [2, 2, 2]


def test_a_sitemap_is_asked_for_again_when_a_page_of_it_is_due(server: Server, ledger: Ledger) -> None:
    changed, media = "<lastmod>2031-03-12</lastmod>", "Content-Type: application/xml"
    index = f"<sitemapindex><sitemap><loc>{server.address}/pages</loc>{changed}</sitemap></sitemapindex>"
    pages = "".join(f"<url><loc>{server.address}/{each}</loc>{changed}</url>" for each in ("a", "gone"))
    server.given = {
        "/index": answer(index.encode(), "200 OK", media),
        "/pages": answer(f"<urlset>{pages}</urlset>".encode(), "200 OK", media),
        "/a": answer(PAGE),
    }
    for minutes in (0, 1, 15):
        poll(ledger, server.address + "/index", NOON + timedelta(minutes=minutes))
    assert [server.asked[each] for each in ("/index", "/pages", "/a", "/gone")] == [3, 2, 1, 2]


def counted(number: int, said: str = "off") -> bytes:
    """A page that says how often it was seen where no reader of news looks, in other bytes each time."""
    body = PAGE.replace(b"off", said.encode()).replace(b"<body>", b'<body data-seen="%d">' % number)
    return answer(body)


def test_a_page_whose_bytes_differ_at_each_fetch_is_one_document(server: Server, ledger: Ledger) -> None:
    became = []
    for number, said in enumerate(["off", "off", "on", "off", "on"]):
        server.given["/a"] = counted(number, said)
        became.append(poll(ledger, server.address + "/a")[:2])
    assert became == [(1, 0), (0, 1), (1, 0), (0, 1), (0, 1)], "another text is another document"
    assert stats(ledger)["readings"] == 2


def test_a_page_of_two_campaigns_is_one_across_runs(server: Server, ledger: Ledger) -> None:
    first, later = "/a?utm_source=rss&id=7", "/a?id=7&utm_source=mail"
    server.given = {
        "/news": feed((first, "1")),
        first: answer(PAGE, "200 OK", 'ETag: "1"'),
        later: answer(PAGE, "200 OK", 'ETag: "1"'),
    }
    assert poll(ledger, server.address + "/news").added == 1
    server.given["/news"] = feed((later, "1"))
    assert poll(ledger, server.address + "/news")[:2] == (0, 1)
    assert 'If-None-Match: "1"' in server.heads[-1], "it is asked for as the page that is there"
    server.given[later] = counted(1)
    assert poll(ledger, server.address + later)[:2] == (0, 1)


def test_a_problem_is_solved_when_the_page_is_there_under_another_campaign(server: Server, ledger: Ledger) -> None:
    server.given = {"/news": feed(("/a?utm_source=rss", "1"))}
    assert len(poll(ledger, server.address + "/news").problems) == 1
    server.given = {"/news": feed(("/a?utm_source=mail", "2")), "/a?utm_source=mail": answer(PAGE)}
    poll(ledger, server.address + "/news")
    assert not problems(ledger)
