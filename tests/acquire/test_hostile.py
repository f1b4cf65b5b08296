"""Inputs of every kind, spoiled by chance: each comes out as documents or problems, never as a failure of ours."""

from __future__ import annotations

import gzip
import io
import random
import zipfile

import pytest

from onrecord.acquire import open_paths
from onrecord.errors import UnreadableInput
from onrecord.nouns import Source
from tests.acquire.archives import PAGE, packed, response
from tests.acquire.test_feeds import ATOM, RSS
from tests.acquire.test_listed import LIST, OUTLINE, SITEMAP
from tests.acquire.test_mail import message

JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "The Meridian Post", "items": [
{"id": "1", "url": "https://m.example/1", "content_html": "<p>Talks.</p>", "date_published": "2031-03-11"},
{"id": [1], "title": {}, "url": 7, "summary": "In short."}]}"""

PIECES = (
    b"\0", b"<", b"&", b"\r\n", b"\n\n", b"<![CDATA[", b"]]>", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"From x 2031\nA:",
    b"=?utf-8?b?", b"Content-Length: 99999999999999\r\n", b"\xff\xfe", b"<!DOCTYPE a [", b"xmlns:a", b"charset=",
)  # fmt: skip


def wacz() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("archive/a.warc.gz", packed(response(1), response(2)))
        archive.writestr("archive/b.warc", response(3))
    return held.getvalue()


def whole() -> list[bytes]:
    """An input of each kind."""
    box = b"".join(b"From a@b Tue Apr 15 18:30:00 2031\n" + message(page="<p>x</p>") + b"\n" for _ in range(3))
    chunked = b"text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
    texts = [each.encode() for each in (RSS, ATOM, SITEMAP, OUTLINE, LIST)]
    archives = [b"".join(map(response, range(4))), packed(*map(response, range(4))), wacz()]
    return [
        *texts, *archives, JSON_FEED, message(page="<p>y</p>"), box, gzip.compress(RSS.encode()), RSS.encode("utf-16"),
        response(1, gzip.compress(PAGE), head=chunked),
    ]  # fmt: skip


def spoiled(raw: bytes, others: list[bytes], chance: random.Random) -> bytes:
    held = bytearray(raw)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(held) + 1)
        what = chance.randrange(6)
        if what == 0 and held:
            held[at % len(held)] = chance.randrange(256)
        elif what == 1:
            del held[at : at + chance.randrange(1, 50)]
        elif what == 2:
            held[at:at] = held[(start := chance.randrange(len(held) + 1)) : start + chance.randrange(1, 200)]
        elif what == 3:
            held[at:at] = chance.choice(PIECES)
        elif what == 4:
            del held[at:]
        else:
            other = chance.choice(others)
            held[at:at] = other[: chance.randrange(len(other))]
    return bytes(held)


@pytest.mark.parametrize("kind", range(len(whole())))
def test_whatever_comes_is_a_document_or_a_problem(kind: int) -> None:
    inputs = whole()
    assert any(
        isinstance(each, Source) or "names" in each.reason for each in open_paths(["-"], io.BytesIO(inputs[kind]))
    )
    chance = random.Random(kind)
    for _ in range(150):
        raw = spoiled(inputs[kind], inputs, chance)
        assert all(isinstance(each, Source | UnreadableInput) for each in open_paths(["-"], io.BytesIO(raw))), raw


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (b"<rss><item><content:encoded>Talks.</content:encoded><media:title>x</media:title></item></rss>", b"Talks."),
        (b"<rss><item><link>http://[::1</link><description>Talks.</description></item></rss>", b"Talks."),
        (b"Message-ID: <1>\nContent-Type: text/plain; charset=ut\xff-8\nSubject: =?ut\xff?q?a?=\n\nTalks.", b"Talks."),
    ],
)
def test_what_was_once_our_failure(raw: bytes, read: bytes) -> None:
    (found,) = open_paths(["-"], io.BytesIO(raw))
    assert isinstance(found, Source) and found.raw == read


def test_an_answer_that_is_none() -> None:
    raw = response(1).replace(b"application/http; msgtype=response", b"text/plain") + response(2)
    found = list(open_paths(["-"], io.BytesIO(raw)))
    assert isinstance(found[0], Source) and isinstance(found[1], UnreadableInput)
    assert "1 no HTTP answer (first at 0)" in found[1].reason


def test_a_damaged_part_of_a_zip_loses_no_other() -> None:
    raw = wacz().replace(b"WARC-Type: response", b"WARC-Type: respunse", 1)
    found = list(open_paths(["-"], io.BytesIO(raw)))
    assert [str(each.url)[-1] for each in found if isinstance(each, Source)] == ["1", "2"]
    (problem,) = (each for each in found if isinstance(each, UnreadableInput))
    assert "archive/b.warc" in problem.where and "Bad CRC" in problem.reason
