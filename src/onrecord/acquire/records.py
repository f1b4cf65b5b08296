"""JSON Lines: one document a line, read as a stream.

Promise: record *n* of ``items.jsonl`` is the source ``items.jsonl:n`` (n is the line's number, so an editor finds it);
a bad line comes out as the `UnreadableInput` that names it and the rest goes on. The odd case that forced the shape:
people pass an ordinary JSON file, one object over many lines; that is one mistake and gets one error, not one a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import msgspec

from onrecord.acquire.bounded import LIMIT, Reader, lines_bounded, too_large
from onrecord.errors import UnreadableInput
from onrecord.nouns import PrintedQuote, Source

_YEAR_OR_MONTH = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")
_decode = msgspec.json.Decoder().decode


T = TypeVar("T")


def read_records(reader: Reader, where: str, made: Callable[[Any, str], T]) -> Iterator[T | UnreadableInput]:
    """Yield what is ``made`` of the records of a JSON Lines stream, in order.

    ``where``: the file as errors name it. ``made`` takes a record and its place; it raises UnreadableInput where the
    record is none of those that it knows.
    """
    found = False
    for number, line in lines_bounded(reader, where):
        if isinstance(line, UnreadableInput):
            yield line
            found = True
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not line:
            continue
        if not found and line in (b"{", b"[", b"[{"):
            yield UnreadableInput(where, "this is JSON over several lines; write one object a line (JSON Lines)")
            return
        found = True
        try:
            yield made(_decode(line), f"{where}:{number}")
        except UnreadableInput as problem:
            yield problem
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            yield UnreadableInput(f"{where}:{number}", f"this line is not JSON ({problem}); expected one object a line")
    if not found:
        yield UnreadableInput(where, "there are no records in it; expected one JSON object a line")


def source_of(record: Any, where: str) -> Source:
    """Return the source that one decoded line describes. Raises UnreadableInput where it describes none."""
    if not isinstance(record, dict):
        raise UnreadableInput(where, 'this line is not a JSON object; expected {"text": …} or {"html": …}')
    # An empty text beside an html is what exporters write for "no text extracted": the html is the document.
    key = "text" if _string(record, "text", where) or _string(record, "html", where) is None else "html"
    words = _string(record, key, where)
    if words is None:
        raise UnreadableInput(where, 'the record has neither "text" nor "html"')
    raw = words.encode("utf-8")
    if len(raw) > LIMIT:
        raise UnreadableInput(where, too_large("the document"))
    return Source(
        raw=raw,
        path=where,
        media="text" if key == "text" else "html",
        charset="utf-8",
        id=_identifier(record, where),
        title=_string(record, "title", where),
        url=_string(record, "url", where),
        outlet=_string(record, "outlet", where),
        published=_published(record, "published", where) or _published(record, "date", where),
    )


def source_or_quote(record: Any, where: str) -> Source | PrintedQuote:
    """Return the quote that one decoded line gives by itself, else its source. Raises UnreadableInput for neither."""
    if not isinstance(record, dict) or record.get("quote") is None:
        return source_of(record, where)
    quote = _string(record, "quote", where) or ""
    if not quote.strip():
        raise UnreadableInput(where, '"quote" is empty')
    return PrintedQuote(
        id=_identifier(record, where) or where,
        quote=quote,
        speaker=_string(record, "speaker", where),
        date=_published(record, "date", where) or _published(record, "published", where),
        transcript=_string(record, "transcript", where),
    )


def _string(record: dict[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is None or isinstance(value, str):
        return value
    raise UnreadableInput(where, f'"{key}" is not a string')


def _published(record: dict[str, Any], key: str, where: str) -> str | None:
    return iso_time(_string(record, key, where) or "")


def iso_time(value: str) -> str | None:
    """Return a day or time as ISO 8601, None of nothing.

    Feeds and mail write RFC 5322. What is neither stays as it is, for the reading to say so; a time keeps its zone,
    since the day that a text calls today is the day there.
    """
    value = value.strip()
    if not value:
        return None
    with suppress(ValueError):
        if _YEAR_OR_MONTH.fullmatch(value):
            date.fromisoformat((value + "-01-01")[:10])
            return value
        return date.fromisoformat(value).isoformat()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, OverflowError):
            return parse(value).isoformat()
    return value


def _identifier(record: dict[str, Any], where: str) -> str | None:
    """An id may be a number, as databases write it; a Boolean is one in Python only."""
    value = record.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(record, "id", where)
