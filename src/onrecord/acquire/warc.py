"""The pages of a web archive (WARC, or WACZ, a ZIP of them) as sources, each with its record in the provenance.

Promise: every answer that is a page or a text comes out, unchunked and unpacked; what is damaged or too large comes out
as the error that names its offset. What is no page at all (pictures, styles, redirects) is told in one sentence at the
end: a crawl has ten of them for each page. The odd case that forced the shape: many archives keep the header that says
"chunked" or "gzip" over a body that is neither, so what can't be undone is looked at as it stands.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Literal, NamedTuple, cast

from fastwarc.warc import WarcRecord, WarcRecordType

from onrecord.acquire.bounded import ENCODINGS, LIMIT, Reader, buffered, inflated, too_large
from onrecord.acquire.framing import Framed, frames
from onrecord.acquire.media import PAGES, stated
from onrecord.errors import UnreadableInput
from onrecord.nouns import Provenance, Source

_UNDOING: tuple[Literal["transfer", "none"], ...] = ("transfer", "none")
_MOST_SHOWN = 12
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    struct.error,
    zlib.error,
)
"""What the ZIP reader raises: where it is damaged, locked with a password, or packed in a way that it does not know."""
_TEXT = (WarcRecordType.resource, WarcRecordType.conversion)


class LeftOut(NamedTuple):
    """An answer that is no page: its type, or its status where that is not 200."""

    kind: str


def read_archive(reader: Reader, where: str) -> Iterator[Source | UnreadableInput]:
    """Yield the pages of a WARC file in order, with what is wrong with it, as a stream."""
    left: Counter[str] = Counter()
    first: dict[str, str] = {}
    found = False
    for each in frames(reader, where):
        found = True
        if isinstance(each, UnreadableInput):
            yield each
            continue
        try:
            page = source_of(each)
        except UnreadableInput as problem:
            yield problem
            continue
        if isinstance(page, LeftOut):
            left[page.kind] += 1
            first.setdefault(page.kind, each.place)
        elif page is not None:
            yield page
        if each.mended:
            yield UnreadableInput(each.place, "the record's length is wrong; it was read up to the next record")
    if left:
        yield UnreadableInput(where, _told(left, first))
    if not found:
        yield UnreadableInput(where, "there are no records in this archive")


def read_zipped(raw: BinaryIO, where: str) -> Iterator[Source | UnreadableInput]:
    """Yield the pages of the archives in a WACZ file. Raises UnreadableInput where the ZIP holds none or is damaged."""
    try:
        packed = zipfile.ZipFile(raw)
    except _BROKEN as problem:
        raise UnreadableInput(where, f"this is a ZIP archive, damaged or cut off ({problem})") from problem
    with packed:
        names = [name for name in packed.namelist() if re.search(r"\.warc(?:\.gz)?$", name, re.I)]
        if not names:
            raise UnreadableInput(where, "this is a ZIP archive or an office document; unpack it or save its text")
        for name in names:
            try:
                with packed.open(name) as archive:
                    yield from read_archive(buffered(cast(BinaryIO, archive)), f"{where}:{name}")
            except _BROKEN as problem:
                yield UnreadableInput(
                    f"{where}:{name}", f"this part of the ZIP archive is damaged or locked ({problem})"
                )


def source_of(framed: Framed) -> Source | LeftOut | None:
    """Return the page of a record; None where it holds no answer of a server (what was asked, notes of the crawler).

    Raises UnreadableInput where the answer can't be unpacked.
    """
    try:
        record = WarcRecord.from_reader(BytesIO(framed.raw))
        kind = record.record_type
        if kind == WarcRecordType.response:
            record.parse_http(auto_decode="none")
            said = record.http_headers
            status, content_type = (said.status_code, said.get("Content-Type") or "") if said else (None, "")
        elif kind in _TEXT:
            status, content_type = 200, record.headers.get("Content-Type") or ""
        else:
            return None
        address = (record.headers.get("WARC-Target-URI") or "").strip("<> \t") or None
        held = {name: record.headers.get(name) for name in ("WARC-Record-ID", "WARC-Date", "WARC-Payload-Digest")}
    except (OSError, ValueError) as problem:
        raise UnreadableInput(framed.place, f"the record's head can't be read ({problem})") from problem
    media, charset = stated(content_type)
    if kind == WarcRecordType.response and status != 200:
        return LeftOut(f"status {status}" if status else "no HTTP answer")
    if media not in PAGES:
        return LeftOut(media if re.fullmatch(r"[\w.+-]+/[\w.+-]+", media) else "unknown type")
    raw = _body(framed) if kind == WarcRecordType.response else record.reader.read(LIMIT + 1)
    if len(raw) > LIMIT:
        raise UnreadableInput(framed.place, too_large("the page"))
    return Source(
        raw=raw,
        path=framed.place,
        media=PAGES[media],
        charset=charset,
        url=address if address and address.startswith(("http://", "https://")) else None,
        provenance=Provenance(
            by="archive",
            record=(held["WARC-Record-ID"] or "").strip("<>") or None,
            captured=held["WARC-Date"],
            digest=held["WARC-Payload-Digest"],
        ),
    )


def _body(framed: Framed) -> bytes:
    """The body of an answer with its encodings undone; as it stands where it is markup and they can't be."""
    first: Exception | None = None
    for undone in _UNDOING:
        record = WarcRecord.from_reader(BytesIO(framed.raw))
        try:
            record.parse_http(auto_decode=undone)
            body: bytes = record.reader.read(LIMIT + 1)
            packed = (record.http_headers.get("Content-Encoding") or "").strip().lower()
            if packed in ENCODINGS and body.lstrip()[:1] != b"<":
                body = inflated(body, packed, framed.place)
            elif packed not in ("", "identity") and body.lstrip()[:1] != b"<":
                raise ValueError(f"its encoding {packed} is not known here")
        except (OSError, ValueError) as problem:
            first = first or problem
            continue
        if first is None or body.lstrip()[:1] == b"<":
            return body
    raise UnreadableInput(framed.place, f"the page can't be unpacked ({first})")


def _told(left: Counter[str], first: dict[str, str]) -> str:
    """What is no page: how many of which kind, and where the first of each stands."""
    kinds = [
        f"{count} {kind} (first at {first[kind].rpartition(':')[2]})" for kind, count in left.most_common(_MOST_SHOWN)
    ]
    if rest := sum(left.values()) - sum(count for _, count in left.most_common(_MOST_SHOWN)):
        kinds.append(f"{rest} others")
    return f"{sum(left.values())} answers are no pages and were left out: {', '.join(kinds)}"
