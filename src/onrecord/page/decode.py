"""Bytes to text as browsers do it, and the way back: the byte at which every code point begins.

Promise: `Decoded.byte(i)` is exact for every code point ``i``, also after invalid bytes. Decoding any slice of the
bytes between two code points by `Decoded.encoding` (errors replaced) gives the text between them. The odd case that
forced the shape: an invalid sequence may be one to three bytes and gives one U+FFFD, so the text can't be encoded
again to count bytes; such stretches are kept in a table and only the valid text between them is measured.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from typing import NamedTuple

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from onrecord.page.limits import LIMITS

# What is looked for where nothing names the encoding: those that pages without a name are still written in.
_SNIFFED = [
    "cp1252",
    "cp1251",
    "koi8_r",
    "cp1250",
    "cp1253",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "cp949",
]
STEP = 2048
"""Code points between two known offsets; what lies between is measured by encoding it."""

_WEB = re.compile(
    r"utf-(?:8|16|16-le|16-be|32|32-le|32-be)|iso8859-\d+|cp(?:125[0-8]|866|874|932|949)|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gb18030|big5(?:hkscs)?|euc_(?:jp|kr)|shift_jis|iso2022_(?:jp|kr)"
)
_WIDE_TAG = re.compile(rb"(?:[ \t\r\n]\x00)*(?P<little><\x00[!?a-zA-Z]\x00)|(?:\x00[ \t\r\n])*\x00<\x00[!?a-zA-Z]")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_WITH_STATE = ("iso2022", "iso-2022", "hz", "utf-7")
_WIDE = ("utf-16", "utf-32")


class Decoded(NamedTuple):
    """A text and its way back to the bytes."""

    text: str
    encoding: str
    """The name of the encoding used, as Python's codecs and the web know it."""
    bytes_before: int
    """Bytes of the byte order mark, which is not part of the text."""
    single: bool
    """True where each code point is one byte."""
    marks: tuple[int, ...]
    """The byte of every code point whose index is a multiple of STEP; empty where ``single``."""
    bad: tuple[tuple[int, int, int, int], ...]
    """Invalid stretches as ``(text_start, text_end, byte_start, byte_end)``, in order."""
    declared: str | None
    """The encoding that the transport or the page named, where another one had to be used."""

    def byte(self, i: int) -> int:
        """Return the offset in the original bytes at which code point ``i`` begins (``len(text)``: where it ends).

        Big5-HKSCS writes four letters of two code points each as one pair of bytes: the border between these two lies
        somewhere in the pair.
        """
        if self.single:
            return self.bytes_before + i
        k = i // STEP
        at, byte = k * STEP, self.marks[k]
        return self.bytes_before + byte + self._past(at, i)

    def _past(self, at: int, i: int) -> int:
        """Bytes between two code points; invalid stretches may lie between them."""
        n = 0
        k = bisect_right(self.bad, at, key=lambda each: each[1])
        while at < i:
            if k < len(self.bad) and self.bad[k][0] < i:
                start, end, byte_start, byte_end = self.bad[k]
                n += _length(self.text, at, max(at, start), self.encoding)
                n += _bad_length(max(at, start) - start, min(i, end) - start, end - start, byte_end - byte_start)
                at = min(i, end)
                k += 1
            else:
                n += _length(self.text, at, i, self.encoding)
                at = i
        return n


def _bad_length(first: int, last: int, signs: int, length: int) -> int:
    """Bytes of the signs ``first`` to ``last`` of an invalid stretch: one a sign, the last sign has the rest."""
    return (length if last == signs else last) - first


def _length(text: str, start: int, end: int, encoding: str) -> int:
    return len(text[start:end].encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace"))


def decode(raw: bytes, charset: str | None, html: bool) -> Decoded:
    """Return the text of ``raw`` without its byte order mark.

    ``charset`` is the transport's word for it (an HTTP header); ``html``: look for what the page declares. The order is
    the HTML standard's: byte order mark, transport, declaration, then the bytes themselves. Raises LookupError with a
    reason in words for encodings in which a byte's meaning depends on what came before.
    """
    bom_name, bom = read_bom(raw)
    if bom_name is not None and bom is not None:
        return _table(raw[len(bom) :], bom_name, len(bom), None)
    named = _of_the_web(resolve_encoding(charset)) if charset else None
    if named is None and html:
        named = _of_the_web(html_body_declared_encoding(raw))
        if named is not None and named.startswith(_WIDE):
            named = "utf-8"  # the standard's rule: the declaration was readable, so it is not UTF-16
    if named is None and (wide := _wide(raw)):
        return _table(raw, wide, 0, None)
    if named is not None and named.startswith(_WITH_STATE):
        raise LookupError(f"the encoding {named} can't be read byte by byte; convert the file to UTF-8")
    used = _settle(raw, named)
    return _table(raw, used, 0, named if named not in (None, used) else None)


def _of_the_web(name: str | None) -> str | None:
    """The encoding, if browsers know it; Python knows many more, some of which are no encodings of text at all."""
    if name is None or not _WEB.fullmatch(name):
        return None
    return f"{name}-le" if name in _WIDE else name


def _settle(raw: bytes, named: str | None) -> str:
    """The encoding to use, given the one that was named: the named one unless the bytes speak plainly against it."""
    if raw.isascii():
        return named or "utf-8"
    if named not in (None, "utf-8", "cp1252"):
        return named or "utf-8"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    if named == "cp1252":
        return named
    good, bad = _sequences(raw)
    if good > 2 * bad or (named == "utf-8" and (bad <= 2 or 4 * good >= bad)):
        return "utf-8"  # what the page names is given up only where hardly anything in it is right
    return _sniff(raw)


def _sequences(raw: bytes) -> tuple[int, int]:
    """How many characters of several bytes are right UTF-8, and how many bytes are in none."""
    escaped = raw[: 4 * LIMITS.sniff_bytes].decode("utf-8", "surrogateescape")
    bad = sum(len(each) for each in _ESCAPED.findall(escaped))
    return sum(1 for c in escaped if c > "\x7f") - bad, bad


def _sniff(raw: bytes) -> str:
    """The encoding that the bytes look like; windows-1252, the web's default, where nothing tells them apart."""
    first = next((i for i in range(0, len(raw), 4096) if not raw[i : i + 4096].isascii()), 0)
    sample = raw[max(0, first - 2048) : first + LIMITS.sniff_bytes]
    for japanese in ("cp932", "euc_jp"):  # its bytes pass for Korean as well; only the kana tell
        signs = [c for c in sample.decode(japanese, "ignore") if c > "\x7f"]
        if sum("\u3041" <= c <= "\u30ff" for c in signs) > len(signs) / 5 and _decodes(raw, japanese):
            return japanese
    western = sample.decode("cp1252", "replace")
    for match in from_bytes(sample, cp_isolation=_SNIFFED, steps=5, chunk_size=512, enable_fallback=False):
        found = _of_the_web(resolve_encoding(match.encoding))
        if found is None or found == "utf-8" or found.startswith(_WIDE) or not _decodes(raw, found):
            continue
        return "cp1252" if sample.decode(found, "replace") == western else found
    return "cp1252"


def _decodes(raw: bytes, name: str) -> bool:
    try:
        raw.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark, known by its first tag or by the null byte in every second place of Latin text."""
    head = raw[:2000]
    if len(head) < 8 or not head.count(0):
        return None
    if first := _WIDE_TAG.match(head):
        return "utf-16-le" if first["little"] else "utf-16-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even < 0.05 * len(head):
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) / 2 and odd < 0.05 * len(head) else None


def _table(raw: bytes, encoding: str, before: int, declared: str | None) -> Decoded:
    name = codecs.lookup(encoding).name
    text, bad = _decoded(raw, name)
    single = not bad and len(text) == len(raw)
    marks: tuple[int, ...] = ()
    decoded = Decoded(text, name, before, single, marks, bad, declared)
    if single:
        return decoded
    offsets = [0]
    zero = decoded._replace(bytes_before=0)
    for at in range(0, len(text), STEP):
        offsets.append(offsets[-1] + zero._past(at, min(at + STEP, len(text))))
    if len(text) % STEP:
        offsets[-1:] = []
    if not bad and name not in ("utf-8", "utf-16-le", "utf-16-be") and text.encode(name, "replace") != raw:
        raise LookupError(
            f"the bytes are not regular {name}, so no place in them can be given; convert the file to UTF-8"
        )
    return decoded._replace(marks=tuple(offsets))


def _decoded(raw: bytes, name: str) -> tuple[str, tuple[tuple[int, int, int, int], ...]]:
    """The text, and the invalid stretches of it."""
    try:
        return raw.decode(name), ()
    except UnicodeDecodeError:
        pass
    if name.startswith(_WIDE):
        return _wide_decoded(raw, name)
    escaped = raw.decode(name, "surrogateescape")
    parts: list[str] = []
    bad: list[tuple[int, int, int, int]] = []
    text_at = byte_at = last = 0
    for found in _ESCAPED.finditer(escaped):
        valid = escaped[last : found.start()]
        parts.append(valid)
        text_at += len(valid)
        byte_at += _length(valid, 0, len(valid), name)
        stretch = found.group().encode("ascii", "surrogateescape")
        signs = stretch.decode(name, "replace") if name == "utf-8" else "\ufffd" * len(stretch)
        parts.append(signs)
        at = 0
        for _ in signs:  # one entry a sign, so that a run may begin between two of them
            length = _sign_length(stretch, at) if name == "utf-8" else 1
            bad.append((text_at, text_at + 1, byte_at + at, byte_at + at + length))
            text_at += 1
            at += length
        byte_at += len(stretch)
        last = found.end()
    parts.append(escaped[last:])
    return "".join(parts), tuple(bad)


def _sign_length(stretch: bytes, at: int) -> int:
    """Bytes that become one U+FFFD: the longest beginning of a character, else one byte."""
    for length in (3, 2):
        part = stretch[at : at + length]
        if len(part) == length and part.decode("utf-8", "replace") == "\ufffd":
            return length
    return 1


def _wide_decoded(raw: bytes, name: str) -> tuple[str, tuple[tuple[int, int, int, int], ...]]:
    """UTF-16 and UTF-32 with unpaired halves: each unit that is none becomes one U+FFFD."""
    unit = 2 if "16" in name else 4
    whole = len(raw) - len(raw) % unit
    if unit == 4:
        text = raw[:whole].decode(name, "replace")
        if len(text) * 4 != whole:
            raise LookupError("the bytes are not regular UTF-32, so no place in them can be given; convert to UTF-8")
    else:
        text = raw[:whole].decode(name, "surrogatepass")
    bad: list[tuple[int, int, int, int]] = []
    at = byte = 0
    for found in re.finditer("[\ud800-\udfff]", text):
        byte += _length(text, at, found.start(), name)
        bad.append((found.start(), found.end(), byte, byte + 2))
        at, byte = found.end(), byte + 2
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    if whole < len(raw):
        bad.append((len(text), len(text) + 1, whole, len(raw)))
        text += "\ufffd"
    return text, tuple(bad)
