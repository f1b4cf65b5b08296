from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.page.decode import STEP, decode

SENTENCE = "Velik said: “We’ll be in Mereth on 3 May – café or no café.”"


@pytest.mark.parametrize(
    ("raw", "charset", "html", "encoding"),
    [
        (SENTENCE.encode(), None, False, "utf-8"),
        (codecs.BOM_UTF8 + SENTENCE.encode(), "latin-1", False, "utf-8"),
        (codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"), None, False, "utf-16-le"),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), None, True, "utf-16-be"),
        (SENTENCE.encode("utf-16-le"), None, False, "utf-16-le"),
        ("<p>Велик сказал".encode("utf-16-le"), None, True, "utf-16-le"),
        ("\n<!doctype html>Велик сказал".encode("utf-16-be"), None, True, "utf-16-be"),
        (SENTENCE.encode("cp1252"), "iso-8859-1", False, "cp1252"),
        (b"<meta charset=iso-8859-1>" + SENTENCE.encode("cp1252"), None, True, "cp1252"),
        (b'<meta charset="windows-1251">' + "Велик сказал".encode("cp1251"), None, True, "cp1251"),
        (b"<meta charset=utf-8>" + SENTENCE.encode("cp1252"), "windows-1252", True, "cp1252"),
    ],
)
def test_the_encoding_is_found_in_the_order_of_browsers(
    raw: bytes, charset: str | None, html: bool, encoding: str
) -> None:
    decoded = decode(raw, charset, html)
    assert decoded.encoding == encoding
    assert decoded.text.endswith(SENTENCE) or decoded.text.endswith("Велик сказал")
    assert not decoded.text.startswith("\ufeff")


def test_a_text_without_any_name_for_its_encoding_is_sniffed() -> None:
    russian = "Президент Велик заявил, что переговоры пройдут в Мерете в конце мая. " * 8
    assert decode(russian.encode("cp1251"), None, False).text == russian
    western = "“Wir sind bereit”, sagte Außenminister Reyk über die Gespräche in Mereth. " * 4
    assert decode(western.encode("cp1252"), None, False).text == western


def test_utf8_under_a_wrong_name_is_read_as_utf8_and_the_wrong_name_is_kept() -> None:
    decoded = decode(SENTENCE.encode(), "iso-8859-1", False)
    assert (decoded.text, decoded.encoding, decoded.declared) == (SENTENCE, "utf-8", "cp1252")


def test_a_wrong_utf8_label_on_western_and_asian_bytes() -> None:
    western = "Die Gespräche führen für beide über Mereth, sagte Außenminister Reyk. " * 4
    decoded = decode(western.encode("cp1252"), "utf-8", False)
    assert (decoded.text, decoded.encoding, decoded.declared) == (western, "cp1252", "utf-8")
    asian = "大統領は五月に湖畔の町で首相と会談すると報道官が月曜日に述べた。" * 20
    for encoding in ("shift_jis", "euc_jp"):
        assert decode(asian.encode(encoding), None, False).text == asian
    chinese = "总统星期一在首都表示，他将于五月前往湖边小镇与总理会晤，讨论边境道路问题。" * 6
    assert decode(chinese.encode("gb18030"), None, False).text == chinese


def test_each_invalid_sequence_becomes_one_sign_and_later_offsets_stay_right() -> None:
    raw = "“Ja”, ".encode() + b"\xe2\x80 \xff" + "sagte Reyk – müde.".encode()
    decoded = decode(raw, "utf-8", False)
    assert decoded.text == raw.decode("utf-8", "replace")
    at = decoded.text.index("müde")
    assert raw[decoded.byte(at) : decoded.byte(at + 4)].decode() == "müde"
    assert len(decoded.bad) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "shift_jis", "gb18030", "cp1251", "euc_kr"])
def test_offsets_in_long_texts(encoding: str) -> None:
    text = {
        "shift_jis": "大統領は五月にMeretで会う。",
        "gb18030": "总统五月在Mereth会晤。",
        "euc_kr": "대통령은 Mereth에서",
    }.get(encoding, "Президент" if encoding == "cp1251" else "a–é😀") * (STEP // 3)
    raw = text.encode(encoding)
    decoded = decode(raw, encoding, False)
    for at in (0, 1, STEP - 1, STEP, STEP + 1, len(text) // 2, len(text) - 1):
        assert raw[decoded.byte(at) : decoded.byte(at + 1)].decode(decoded.encoding) == text[at]
    assert decoded.byte(len(text)) == len(raw)


def test_encodings_with_a_memory_are_refused_in_words() -> None:
    with pytest.raises(LookupError, match="convert the file to UTF-8"):
        decode("大統領".encode("iso2022_jp"), "iso-2022-jp", False)


PLACED = re.compile("[Êê][\u0304\u030c]|.", re.S)
"""A code point; or the two of one letter that Big5-HKSCS writes with a single pair of bytes (0x8862 and three more)."""


@example(b"a\x88bz\x88\xa5q", "big5")
@example(b"\x80\x88b", "big5")
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "utf-16-le", "gb18030", "shift_jis", "big5"]))
def test_every_code_point_of_any_bytes_has_its_place(raw: bytes, charset: str | None) -> None:
    try:
        decoded = decode(raw, charset, False)
    except LookupError:
        return
    offsets = [decoded.byte(i) for i in range(len(decoded.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(raw) or not decoded.text
    for match in PLACED.finditer(decoded.text):
        low, high = match.span()
        if match[0] != "\ufffd":
            assert raw[offsets[low] : offsets[high]].decode(decoded.encoding) == match[0]
