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
        (b"", "empty"),
        (b" \r\n\t \xc2\xa0", "white space"),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(range(256)) * 50, "control characters|no text"),
        (b"\x00" * 5000, "control characters"),
        (b"x" * (LIMITS.raw_bytes + 1), "20 MB"),
        (b"word " * (LIMITS.text // 5 + 1), "1,000,000"),
        (b"<html><body><script>var a = 1</script></body></html>", "no text"),
    ],
)
def test_what_is_refused(raw: bytes, reason: str) -> None:
    started = time.perf_counter()
    with pytest.raises(UnreadableInput, match=reason) as refused:
        read_page(Source(raw=raw, path="dir/input"))
    assert refused.value.where == "dir/input"
    assert time.perf_counter() - started < SECONDS
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
    ],
    ids=lambda raw: raw[:12],
)
def test_hostile_pages_end_soon(raw: str) -> None:
    data = f"<html><body><article>{raw}</article></body></html>".encode()
    started = time.perf_counter()
    try:
        document = read_page(Source(raw=data, media="html", path="p.html"))
    except UnreadableInput as refused:
        assert refused.reason
    else:
        check(document, data)
    assert time.perf_counter() - started < SECONDS


def test_a_page_nested_ten_thousand_deep_is_read() -> None:
    data = ("<html><body>" + "<div>" * 10_000 + TEXT + "</div>" * 10_000).encode()
    document = read_page(Source(raw=data))
    check(document, data)
    assert LEAD in document.text
