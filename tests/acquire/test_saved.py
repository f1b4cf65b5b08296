"""MHTML: the page out of the file that a browser saved."""

from __future__ import annotations

import time

import pytest

from onrecord.acquire.saved import is_saved_page, read_saved_page
from onrecord.errors import UnreadableInput

SAVED = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://courier.example/talks
Subject: Talks
Date: Tue, 11 Mar 2031 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/css
Content-Location: cid:css-1

p { color: red }
------b
Content-Type: text/html; charset=windows-1252
Content-Transfer-Encoding: quoted-printable
Content-Location: https://courier.example/talks

<p>=93Talks are off=94, she =
said.</p>
------b--
"""


def test_page_bytes_charset_and_address() -> None:
    assert is_saved_page(SAVED)
    found = read_saved_page(SAVED, "a.mhtml")
    assert found.raw.strip() == b"<p>\x93Talks are off\x94, she said.</p>"
    assert (found.charset, found.url, found.media) == ("windows-1252", "https://courier.example/talks", "html")
    assert found.published is None, "the date of saving is not the date of publication"


@pytest.mark.parametrize("raw", [b"", b"no headers", SAVED.replace(b"text/html; charset", b"text/plain; charset")])
def test_no_page_in_it(raw: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"a\.mhtml: .*save the page again"):
        read_saved_page(raw, "a.mhtml")


def test_nested_beyond_reason() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000))
    with pytest.raises(UnreadableInput):
        read_saved_page(nested, "a.mhtml")


@pytest.mark.parametrize("parameter", [b";", b";a=b", b';x="'])
def test_header_made_to_keep_us_busy(parameter: bytes) -> None:
    many = parameter * 300_000
    for raw in (b"Content-Type: text/html" + many + b"\n\nx", SAVED.replace(b"text/css", b"text/css" + many)):
        started = time.perf_counter()
        with pytest.raises(UnreadableInput, match="parameters"):
            read_saved_page(raw, "a.mhtml")
        assert time.perf_counter() - started < 5


def test_a_page_is_not_a_saved_page() -> None:
    assert not is_saved_page(b"<html><p>multipart/related is a type</p>")
