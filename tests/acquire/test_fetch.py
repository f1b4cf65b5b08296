"""Fetching, from a server of ours that misbehaves: nothing hangs, and nothing is fetched that should not be."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from onrecord.acquire import open_paths
from onrecord.acquire.fetch import Lines, Manners, Memory, Validators, WebFetcher, _seconds
from onrecord.acquire.files import Fetched
from onrecord.acquire.hosts import Hosts
from onrecord.acquire.network import is_public
from onrecord.errors import UnreadableInput
from onrecord.nouns import Provenance, Source
from tests.acquire.misbehaving import NOON, PAGE, PATIENT, WAYS, Server, answer, misbehaving

HASTY = Manners(delay=0, seconds=0.3, idle=0.2, allow_private=True, tries=1)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with misbehaving() as running:
        yield running


def reason(fetcher: WebFetcher, address: str) -> str:
    """Why an address gives nothing."""
    started = time.monotonic()
    answer = fetcher.fetch(address)
    assert isinstance(answer, UnreadableInput) and answer.where == address, answer
    assert time.monotonic() - started < 5, "nothing hangs, however busy the machine is"
    return answer.reason


def test_page_with_what_the_server_says_of_it(fetcher: WebFetcher, server: Server) -> None:
    assert fetcher.fetch(server.address + "/page") == Fetched(
        PAGE, server.address + "/page", "text/html", "utf-8", "2031-03-12T12:00:00+00:00"
    )
    head = server.heads[-1]
    assert "User-Agent: onrecord" in head and "Accept-Encoding: gzip" in head


@pytest.mark.parametrize("path", ["/slow-head", "/slow-body", "/silent"])
def test_slowness_has_an_end(server: Server, path: str) -> None:
    with WebFetcher(HASTY, lambda: NOON) as hasty:
        assert "does not answer in time" in reason(hasty, server.address + path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/endless", "more than 20 MB"),
        ("/large", "more than 20 MB"),
        ("/short", "breaks off or is garbled"),
        ("/reset", "breaks off or is garbled"),
        ("/chunks", "breaks off or is garbled"),
        ("/nonsense", "breaks off or is garbled"),
        ("/huge-head", "breaks off or is garbled"),
        ("/loop", "leads on to more than 5"),
        ("/to-file", "no web address"),
        ("/to-no-port", "no web address"),
        ("/to-password", "with a password"),
        ("/bomb", "more than 20 MB"),
        ("/cut", "breaks off before its end"),
        ("/unasked", "nobody asked for"),
        ("/broken", "500"),
        ("/picture", "no page but image/png"),
        ("/forbidden", "robots.txt does not allow"),
        ("/gone", "404"),
    ],
)
def test_misbehaviour_is_told(fetcher: WebFetcher, server: Server, path: str, expected: str) -> None:
    assert expected in reason(fetcher, server.address + path)


@pytest.mark.parametrize("port", ["65536", "-1"])
def test_an_address_with_no_port_that_there_is(fetcher: WebFetcher, port: str) -> None:
    assert "no web address" in reason(fetcher, f"http://velmark.example:{port}/")


def test_a_mistake_of_ours_is_one_of_one_page(fetcher: WebFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(*_: object, **__: object) -> None:
        raise KeyError("a mistake")

    monkeypatch.setattr("onrecord.acquire.hosts.Hosts.allows", mistaken)
    assert "please report this defect" in reason(fetcher, "http://velmark.example/")


def test_forbidden_pages_are_not_asked_for(fetcher: WebFetcher, server: Server) -> None:
    reason(fetcher, server.address + "/forbidden")
    assert not server.asked["/forbidden"] and server.asked["/robots.txt"]


@pytest.mark.parametrize(
    ("path", "body"),
    [("/chain", PAGE), ("/packed", PAGE), ("/old", PAGE), ("/cookie", PAGE), ("/bad-head", PAGE)],
)
def test_odd_answers_that_can_be_read(fetcher: WebFetcher, server: Server, path: str, body: bytes) -> None:
    for _ in range(2):  # the second time over a connection that is open already, without the cookie
        answer = fetcher.fetch(server.address + path)
        assert isinstance(answer, Fetched) and answer.raw == body, answer


def test_where_it_came_from_after_redirects(fetcher: WebFetcher, server: Server) -> None:
    answer = fetcher.fetch(server.address + "/chain#part")
    assert isinstance(answer, Fetched) and answer.address == server.address + "/page"


def test_it_is_tried_again(fetcher: WebFetcher, server: Server, waits: list[float]) -> None:
    assert isinstance(fetcher.fetch(server.address + "/often"), Fetched)
    assert waits == [7.0], "as long as the server asks"
    assert isinstance(fetcher.fetch(server.address + "/busy"), Fetched)
    assert 0.5 <= waits[1] <= 1
    waits.clear()
    before = server.asked["/broken"]
    reason(fetcher, server.address + "/broken")
    assert server.asked["/broken"] - before == 3 and len(waits) == 2 and 1 <= waits[1] <= 2
    waits.clear()
    reason(fetcher, server.address + "/too-often")
    assert waits == [] and server.asked["/too-often"] == 1, "a day is too long to wait"


def test_retry_after_is_seconds_or_a_moment() -> None:
    assert [_seconds(each, NOON) for each in ("7", "Wed, 12 Mar 2031 12:01:00 GMT", "soon", "")] == [7, 60, None, None]


def test_what_is_not_new_is_not_sent(server: Server) -> None:
    address = server.address + "/unchanged"
    known: dict[str, Validators] = {}
    with WebFetcher(PATIENT, lambda: NOON, memory=Memory(known.get)) as first:
        (page,) = open_paths([address], fetcher=first)
        assert isinstance(page, Source)
        known.update(first.learnt)
    assert known == {address: Validators('"v1"', "Tue, 11 Mar 2031 10:00:00 GMT")}
    with WebFetcher(PATIENT, lambda: NOON, memory=Memory(known.get)) as second:
        assert list(open_paths([address], fetcher=second)) == []
        assert [each.how for each in second.went] == ["unchanged"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254",
        "[fe80::1]", "[fc00::1]", "0.0.0.0",  # noqa: S104
        "100.64.0.1", "224.0.0.1", "[::]", "255.255.255.255",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(server: Server, host: str) -> None:
    before = server.asked.total()
    with WebFetcher(Manners(delay=0, seconds=5, idle=5), lambda: NOON, lambda seconds: None) as careful:
        told = reason(careful, f"http://{host}:{server.port}/page")
    assert "no public address" in told or "no server of this name" in told or "Invalid IPv4" in told
    assert server.asked.total() == before


def test_redirect_to_a_private_address_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ["127.0.0.1"]
    monkeypatch.setattr("onrecord.acquire.network.is_public", lambda address: address in first)
    with WebFetcher(Manners(delay=0, seconds=5, idle=5), lambda: NOON, lambda seconds: None) as careful:
        assert "no public address" in reason(careful, server.address + "/to-private")


def test_a_robots_txt_that_leads_to_a_private_address_is_not_followed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = answer(b"", "302 Found", "Location: http://10.0.0.1/robots.txt")
    monkeypatch.setitem(WAYS, "/robots.txt", lambda server, connection, head: connection.sendall(leads))
    monkeypatch.setattr("onrecord.acquire.network.is_public", lambda address: address == "127.0.0.1")
    before = server.asked["/page"]
    with WebFetcher(Manners(delay=0, seconds=5, idle=5), lambda: NOON, lambda seconds: None) as careful:
        assert "10.0.0.1, which is no public address" in reason(careful, server.address + "/page")
    assert server.asked["/page"] == before, "what the server allows is not known"


def test_a_feed_leads_to_no_private_address_unless_that_is_allowed(server: Server, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    item = f"<item><link>{server.address}/page</link><description>In short.</description></item>"
    feed.write_text(f"<rss><channel><title>The Ostrev Courier</title>{item}</channel></rss>", encoding="utf-8")
    before = server.asked.total()
    with WebFetcher(Manners(delay=0, seconds=5, idle=5), lambda: NOON, lambda seconds: None) as careful:
        found = list(open_paths([str(feed)], fetcher=careful))
    assert [each.raw for each in found if isinstance(each, Source)] == [b"In short."]
    (problem,) = (each for each in found if isinstance(each, UnreadableInput))
    assert "127.0.0.1, which is no public address" in problem.reason and server.asked.total() == before
    with WebFetcher(PATIENT, lambda: NOON) as allowed:
        (page,) = open_paths([str(feed)], fetcher=allowed)
    assert isinstance(page, Source) and page.raw == PAGE


def test_the_address_that_was_checked_is_the_one_connected_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers twice differently leads nowhere: the name is resolved once."""
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", server.port))]]
    resolve = socket.getaddrinfo

    def once(host: str, *given: object, **named: object) -> object:
        if host == "rebinding.example":
            return answers.pop()
        return resolve(host, *given, **named)  # type: ignore[arg-type]

    connected: list[object] = []

    def connect(address: object, *given: object, **named: object) -> None:
        connected.append(address)
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", once)
    monkeypatch.setattr(socket, "create_connection", connect)
    with WebFetcher(Manners(delay=0, tries=1), lambda: NOON, lambda seconds: None) as careful:
        reason(careful, f"http://rebinding.example:{server.port}/page")
    assert connected == [("93.184.216.34", server.port)]


def test_a_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    silent, resolve = threading.Event(), socket.getaddrinfo

    def looked_up(host: str, *given: object, **named: object) -> object:
        if host == "silent.example":
            silent.wait()
        return resolve(host, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    try:
        with WebFetcher(HASTY, lambda: NOON) as hasty:
            assert "does not answer in time" in reason(hasty, "http://silent.example/page")
    finally:
        silent.set()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("::ffff:93.184.216.34", True), ("fe80::1%eth0", False),
        ("::ffff:192.168.0.1", False), ("64:ff9b::a00:1", False), ("2001:db8::1", False), ("ff02::1", False),
        ("fec0::1", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) == public


def test_encryption_asked_of_a_plain_server(server: Server) -> None:
    with WebFetcher(HASTY, lambda: NOON) as hasty:
        assert "try again later" in reason(hasty, f"https://127.0.0.1:{server.port}/page")


@pytest.mark.parametrize(
    "address", ["http://", "http://a b/", "http://[::1", "http://x:y@z.example/", "http://\udcff/"]
)
def test_addresses_that_are_none(fetcher: WebFetcher, address: str) -> None:
    assert reason(fetcher, address)


def test_nobody_listens(fetcher: WebFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "no connection to the server" in reason(fetcher, f"http://127.0.0.1:{port}/page")


def test_a_server_is_asked_with_pauses(server: Server) -> None:
    with WebFetcher(Manners(delay=0.05, idle=1, seconds=1, allow_private=True), lambda: NOON) as polite:
        server.times.clear()
        list(open_paths([f"{server.address}/page?{n}" for n in range(3)], fetcher=polite))
    assert len(server.times) == 4, "robots.txt and three pages"
    assert min(b - a for a, b in zip(server.times, server.times[1:], strict=False)) >= 0.05


def test_runs_over_the_same_lines_ask_a_server_with_pauses_too(server: Server) -> None:
    manners = Manners(delay=0.05, idle=1, seconds=1, allow_private=True)
    server.times.clear()
    opened = server.opened
    with closing(Lines(manners)) as lines:
        for number in range(3):
            with WebFetcher(manners, lambda: NOON, lines=lines) as fetcher:
                assert isinstance(fetcher.fetch(f"{server.address}/page?{number}"), Fetched)
    assert len(server.times) == 4, "robots.txt once and three pages"
    assert min(b - a for a, b in zip(server.times, server.times[1:], strict=False)) >= 0.05
    assert server.opened - opened == 1, "over one connection"


def test_runs_over_the_same_lines_ask_so_many_servers_together() -> None:
    manners = Manners(delay=0, allow_private=True, at_once=2)
    with ExitStack() as stack:
        lines = stack.enter_context(closing(Lines(manners)))
        servers = [stack.enter_context(misbehaving()) for _ in range(4)]
        fetchers = [stack.enter_context(WebFetcher(manners, lambda: NOON, lines=lines)) for _ in servers]
        threads = [
            threading.Thread(target=fetcher.fetch, args=(f"{each.address}/silent",), daemon=True)
            for fetcher, each in zip(fetchers, servers, strict=True)
        ]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        assert sum(each.asked["/silent"] for each in servers) == 2
        for each in servers:
            each.stopped.set()
        for thread in threads:
            thread.join(10)


def test_what_robots_txt_allows_counts_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    rules, moment = ["User-agent: *\nDisallow: /a", ""], [0.0]
    monkeypatch.setattr("onrecord.acquire.hosts.time.monotonic", lambda: moment[0])
    hosts = Hosts("onrecord", 0, lambda seconds: None)
    allowed = []
    for hours in (0, 23.9, 24):
        moment[0] = hours * 3600
        allowed.append(hosts.allows("https://c.example", "https://c.example/a", lambda address: rules.pop(0)))
    assert allowed == [False, False, True]


def test_pages_come_in_order_and_each_once(fetcher: WebFetcher, server: Server) -> None:
    paths = ["/page?1", "/often?2", "/missing", "/page?1#x", "/page?3"]
    found = list(open_paths([server.address + path for path in paths], fetcher=fetcher))
    assert [each.path if isinstance(each, Source) else each.where for each in found] == [
        server.address + path for path in ("/page?1", "/often?2", "/missing", "/page?3")
    ]


def test_addresses_are_asked_for_as_they_were_named(fetcher: WebFetcher, server: Server) -> None:
    named = ["/page?from=a&ref=feed", "/page?from=a&ref=home", "/page?ref=feed&from=a", "/page?q=%e4%20b"]
    before = server.asked.copy()
    list(open_paths([server.address + path for path in named], fetcher=fetcher))
    asked = {path for path in server.asked - before if path.startswith("/page")}
    assert asked == {named[0], named[1], named[3]}, "parameters in another order make no other page"


def test_a_page_of_two_campaigns_is_fetched_once_and_as_named(fetcher: WebFetcher, server: Server) -> None:
    named = ["/page?id=9&utm_source=rss", "/page?id=9&utm_source=mail&mc_cid=1", "/page?id=9"]
    before = server.asked.copy()
    (source,) = open_paths([server.address + path for path in named], fetcher=fetcher)
    assert isinstance(source, Source) and source.url == server.address + named[0]
    assert {path for path in server.asked - before if path.startswith("/page")} == {named[0]}


def test_feed_and_its_pages(fetcher: WebFetcher, server: Server) -> None:
    page, summary, problem = open_paths([server.address + "/outline"], fetcher=fetcher)
    assert page == Source(
        raw=PAGE, path=server.address + "/page", media="html", charset="utf-8", title="/page",
        url=server.address + "/page", outlet="The Ostrev Courier", published="2031-03-11T00:30:00+02:00",
        dated_by="feed", provenance=Provenance(by="web", captured="2031-03-12T12:00:00+00:00"),
    )  # fmt: skip
    assert isinstance(summary, Source) and summary.raw == b"In short.", "where the page is gone its summary is read"
    assert summary.provenance is not None and summary.provenance.captured == "2031-03-12T12:00:00+00:00"
    assert isinstance(problem, UnreadableInput) and problem.where == server.address + "/gone"
    how = {each.listed.address.removeprefix(server.address): each.how for each in fetcher.went}
    assert how == {"/outline": "whole", "/feed": "whole", "/page": "whole", "/gone": "failed"}


def test_sitemaps_of_an_index_and_their_pages(fetcher: WebFetcher, server: Server) -> None:
    before = server.asked.copy()
    page, *problems = open_paths([server.address + "/sitemap-index"], fetcher=fetcher)
    assert page == Source(
        raw=PAGE, path=server.address + "/page?a=1&b=2", media="html", charset="utf-8", title="Talks off",
        url=server.address + "/page?a=1&b=2", outlet="The Ostrev Courier", published="2031-03-11T00:30:00+02:00",
        dated_by="feed", provenance=Provenance(by="web", captured="2031-03-12T12:00:00+00:00"),
    )  # fmt: skip
    told = {each.where: each.reason for each in problems if isinstance(each, UnreadableInput)}
    assert len(told) == len(problems) and {place.removeprefix(server.address) for place in told} == {
        "/gone", "/sitemap-cut.xml.gz", "/missing"
    }  # fmt: skip
    assert "breaks off" in told[server.address + "/sitemap-cut.xml.gz"]
    assert (server.asked - before)["/sitemap-index"] == 1, "it names itself and is asked for once"
    assert (server.asked - before)["/page?a=1&b=2"] == 1, "two sitemaps name it"


def test_encodings(fetcher: WebFetcher, server: Server) -> None:
    from onrecord.page import read_page

    for path in ("/latin", "/no-charset"):
        (page,) = open_paths([server.address + path], fetcher=fetcher)
        assert isinstance(page, Source) and "Über Ostrev é" in read_page(page).text
    (pdf,) = open_paths([server.address + "/pdf"], fetcher=fetcher)
    assert isinstance(pdf, UnreadableInput) and "this is a PDF" in pdf.reason
