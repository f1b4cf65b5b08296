"""Feeds whose items hold markup, scripts and entities, from `add` and `watch` to the pages: all of it is text there."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient
from lxml import html

from onrecord.cli import main
from onrecord.cli.endings import SOME_UNREAD
from onrecord.ledger import documents, open_ledger
from onrecord.web.app import application
from onrecord.web.pages import part
from tests.hostile import CASES, folded, parts

WORDS = {name: words for name, words in CASES.items() if len(words) < 1_000}
HARMLESS = {"plain": "Prisoners of Velmark", "linked": "https://courier.example/harmless"}


def cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def body(name: str, words: str) -> str:
    """What an item holds: prose of its own, the words as text, and as markup."""
    said = f"“The bridge of {name.title()} opens on 7 June,” Mara Lindqvist of Ostrev said on Monday."
    return f"<p>{said}</p><p>{escape(words)}</p><div>{words}</div><p>That was all that the {name} office said.</p>"


def rss(quoted: Callable[[str], str], content: str, cases: dict[str, str]) -> str:
    items = "".join(
        f"<item><title>{quoted(words)}</title><guid isPermaLink='false'>{quoted(name + words)}</guid>"
        f"<author>{quoted(words)}</author><category>{quoted(words)}</category>"
        f"<{content}>{quoted(body(name, words))}</{content}>"
        "<pubDate>Tue, 11 Mar 2031 00:30:00 +0200</pubDate></item>"
        for name, words in cases.items()
    )
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    outlet = quoted("".join(cases.values())[:400])
    return f"<?xml version='1.0'?><rss version='2.0' {space}><channel><title>{outlet}</title>{items}</channel></rss>"


def atom(cases: dict[str, str]) -> str:
    entries = "".join(
        f"<entry><title type='html'>{escape(escape(words))}</title><id>urn:{escape(name)}</id>"
        f"<link href='{escape(words)}'/><author><name>{escape(words)}</name></author>"
        f"<content type='html'>{escape(body(name, words))}</content>"
        "<updated>2031-03-11T00:30:00+02:00</updated></entry>"
        for name, words in cases.items()
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Dravik Daily</title>{entries}</feed>"


def json_feed(cases: dict[str, str]) -> str:
    items = [
        {"id": name + words, "url": words, "title": words, "content_html": body(name, words),
         "authors": [{"name": words}], "tags": [words], "date_published": "2031-03-11T00:30:00+02:00"}
        for name, words in cases.items()
    ]  # fmt: skip
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Port Selm Gazette", "items": items})


FEEDS: dict[str, Callable[[dict[str, str]], str]] = {
    "escaped.rss": lambda cases: rss(escape, "content:encoded", cases),
    "cdata.rss": lambda cases: rss(cdata, "content:encoded", cases),
    "summary.rss": lambda cases: rss(escape, "description", cases),
    "entry.atom": atom,
    "items.json": json_feed,
}


ASKED = ("bridge", "summit")
"""Words of every item, and of the sample story: the answers have passages, and by what to narrow them."""


@pytest.fixture(scope="module")
def allowed(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """The elements and attributes that pages of the sample story and of harmless feeds have."""
    made = added(tmp_path_factory.mktemp("harmless"), "items.json", json_feed(HARMLESS))
    return {each for ledger in (sample_ledger, made) for _, page, _ in shown(ledger) for each in parts(page)}


def added(folder: Path, name: str, feed: str) -> Path:
    """Return the ledger to which a feed was added."""
    (folder / name).write_bytes(feed.encode("utf-8", "surrogatepass"))
    command = ["add", "--workers", "1", "--ledger", str(folder / "l"), str(folder / name)]
    assert CliRunner().invoke(main, command, catch_exceptions=False).exit_code in (0, SOME_UNREAD)
    return folder / "l"


def watched(folder: Path, name: str, feed: str) -> Path:
    """Return the ledger that follows a feed, which a server of ours has."""
    (folder / name).write_bytes(feed.encode("utf-8", "surrogatepass"))

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    ledger = ["--ledger", str(folder / "l")]
    address = f"http://127.0.0.1:{server.server_port}/{name}"
    for command in (["source", "add", *ledger, address], ["watch", "--once", "--allow-private", *ledger]):
        assert CliRunner().invoke(main, command, catch_exceptions=False).exit_code == 0
    server.shutdown()
    server.server_close()
    return folder / "l"


def shown(ledger: Path) -> Iterator[tuple[str | None, bytes, str]]:
    """Yield each page on which a ledger's articles stand: the title of its article (None: of many), it, its text."""
    with open_ledger(ledger) as opened:
        held = list(documents(opened))
        lists = ("/", "/documents", "/sources", "/entities", *(f"/search?what=documents&q={q}" for q in ASKED))
        pages: list[tuple[str | None, str]] = [(None, path) for path in lists]
        for each in held:
            name = part(each.name)
            pages += [(each.title, f"/documents/{name}"), (each.title, f"/documents/{name}?beside=about")]
    with TestClient(application(ledger)) as client:
        for title, path in pages:
            answer = client.get(path)
            assert answer.status_code == 200, path
            yield title, answer.content, html.document_fromstring(answer.text).text_content()


@pytest.mark.parametrize(
    ("way", "name"), [*((added, name) for name in FEEDS), (watched, "escaped.rss"), (watched, "items.json")]
)
def test_what_a_feed_holds_is_text_on_the_pages(
    tmp_path: Path, allowed: set[tuple[str, str]], way: Callable[[Path, str, str], Path], name: str
) -> None:
    titles = set()
    for title, page, text in shown(way(tmp_path, name, FEEDS[name](WORDS))):
        assert not (more := parts(page) - allowed), sorted(more)
        if title is not None:
            titles.add(title)
            assert folded(title) in folded(text)
    assert len(titles) >= 60, "of a few markup leaves no article, which is told"
    assert {WORDS[each] for each in ("script", "img", "attribute", "jinja")} <= titles
