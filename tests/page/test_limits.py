"""Input that should break a reader: it is read, or refused with a sentence that names the file."""

from __future__ import annotations

import time

import pytest

from onrecord.errors import UnreadableInput
from onrecord.nouns import Source
from onrecord.page import read_page
from onrecord.page.limits import LIMITS

from .faithful import check
from .test_html import LEAD, SECOND, THIRD

TEXT = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"
SECONDS = 5


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "nothing in it$"),
        (b" \r\n\t \xc2\xa0", "white space"),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<p>3=E2", "MHTML"),
        (bytes(range(256)) * 50, "control characters|no text"),
        (b"\x00" * 5000, "control characters"),
        (b"x" * (LIMITS.raw_bytes + 1), "20 MB"),
        (b"word " * (LIMITS.text // 5 + 1), "6,000,000"),
        (b"<html><body><script>var a = 1</script></body></html>", "no text"),
    ],
)
def test_what_is_refused(raw: bytes, reason: str) -> None:
    started = time.process_time()
    with pytest.raises(UnreadableInput, match=reason) as refused:
        read_page(Source(raw=raw, path="dir/input"))
    assert refused.value.where == "dir/input"
    assert time.process_time() - started < SECONDS
    with pytest.raises(UnreadableInput, match=r"^<bytes>: "):
        read_page(Source(raw=raw))


@pytest.mark.parametrize(
    "raw",
    [
        "<div>" * 10_000 + TEXT + "</div>" * 10_000,
        "<b><i>" * 10_000 + TEXT,
        "<table><tr><td>" * 10_000 + TEXT,
        "<ul><li>" * 10_000 + TEXT,
        "<p " + " ".join(f"a{i}='{i}'" for i in range(1_000_000)) + f">x</p>{TEXT}",
        "".join(f"<p {' '.join(f'a{i}=1' for i in range(150))}>x</p>" for _ in range(2000)) + TEXT,
        "<" * 500_000 + TEXT,
        "<a <a <a " * 200_000 + ">" + TEXT,
        "<!--" * 200_000 + "-->" + TEXT,
        '<a title="' * 100_000 + '">' + TEXT,
        "<script>" * 50_000 + "</script>" + TEXT,
        "<svg>" * 50_000 + "</svg>" + TEXT,
        "&" * 500_000 + TEXT,
        "&#" + "9" * 500_000 + TEXT,
        "<p>a" * 100_000 + TEXT,
        "<title>" * 50_000 + TEXT,
        "\x00".join(TEXT),
        "<img src='data:" + "A" * 5_000_000 + "'>" + TEXT,
        "<br>" * 300_000 + TEXT,
        "<a href=x>y</a> " * 60_000 + TEXT,
        "<p>" + "<b>y</b> " * 9_900 + TEXT,
        "<p>" + "<a href=x>y</a>, " * 9_900 + TEXT,
        "<p>" + "<x-y>y</x-y>, " * 9_900 + TEXT,
        f"<p>{'y ' * 2_000}</p>" * 4_500 + TEXT,
        f"<p>{'a ' * 200_000}</p>" + "".join(f"<blockquote>a a a a x{i}</blockquote>" for i in range(9_000)) + TEXT,
        f"<title>{'ab cd ' * 60_000}</title>" + "".join(f"<h2>Head {i}</h2><p>{LEAD}</p>" for i in range(4_000)) + TEXT,
        f'<script type="application/ld+json">{{}}-->{" " * 400_000}x</script>{TEXT}',
        f"<p>{LEAD}</p><aside>{SECOND}</aside><blockquote>{LEAD[:60]}</blockquote>" * 3_000 + TEXT,
    ],
    ids=lambda raw: raw[:12],
)
def test_hostile_pages_end_soon(raw: str) -> None:
    data = f"<html><body><article>{raw}</article></body></html>".encode()
    started = time.process_time()
    try:
        document = read_page(Source(raw=data, media="html", path="p.html"))
    except UnreadableInput as refused:
        assert refused.reason
    else:
        check(document, data)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    ("raw", "media", "charset"),
    [
        (f"{LEAD}\n{' ' * 900_000}\n{SECOND}".encode(), "text", "utf-8"),
        (f"{LEAD}\n# a{' ' * 900_000}b\n{SECOND}".encode(), "text", "utf-8"),
        (f"# a{' ' * 450_000}b{' #' * 200_000}c\n{SECOND}".encode(), "markdown", "utf-8"),
        (b"We meet\xff\n" * 40_000, "text", "shift_jis"),
        (b"We meet.\r" * 100_000, "text", "utf-8"),
        (f"a |{' ' * 400_000}b\na |{'-' * 400_000}b\n{SECOND}".encode(), "text", "utf-8"),
    ],
    ids=["blanks", "heading", "closed", "invalid", "returns", "strokes"],
)
def test_hostile_texts_end_soon(raw: bytes, media: str, charset: str) -> None:
    started = time.process_time()
    try:
        document = read_page(Source(raw=raw, media=media, charset=charset, path="p.txt"))  # type: ignore[arg-type]
    except UnreadableInput as refused:
        assert "lines" in refused.reason
    else:
        check(document, raw)
    assert time.process_time() - started < SECONDS


def test_a_page_nested_ten_thousand_deep_is_read() -> None:
    data = ("<html><body>" + "<div>" * 10_000 + TEXT + "</div>" * 10_000).encode()
    document = read_page(Source(raw=data))
    check(document, data)
    assert LEAD in document.text


@pytest.mark.parametrize(
    "head",
    [
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "about": "{"x" * 11_000_000}"}}</script>',
        f'<link rel="icon" href="data:image/png;base64,{"A" * 11_000_000}">',
    ],
    ids=["data", "picture"],
)
def test_what_is_too_long_for_the_tree_takes_no_article_away(head: str) -> None:
    data = f"<html><head>{head}</head><body><article><h1>A day</h1>{TEXT}</article></body></html>".encode()
    document = read_page(Source(raw=data))
    check(document, data)
    assert THIRD in document.text


def test_links_of_a_crowded_page_are_read_as_words() -> None:
    names = " and ".join(f"<a href=x>Oskar <b>Brandt</b></a> of office {i}" for i in range(2_500))
    data = f"<html><body><article><h1>A day</h1>{TEXT}<p>Invited are {names}.</p></article></body></html>".encode()
    document = read_page(Source(raw=data))
    check(document, data)
    assert "Oskar Brandt of office 2499." in document.text


def test_a_page_of_too_much_text_is_refused_before_it_is_judged() -> None:
    raw = f"<html><body>{'<p>' + 'word ' * 9_000 + '</p>'}".encode() * (LIMITS.html_text // 45_000 + 1)
    with pytest.raises(UnreadableInput, match="characters of text, more than the 6,000,000"):
        read_page(Source(raw=raw, media="html"))
