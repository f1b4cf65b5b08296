"""JSON Lines: a document a line, bad lines named, the rest read, whatever the length of the file."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.acquire import bounded
from onrecord.acquire.bounded import buffered
from onrecord.acquire.records import read_records, source_of
from onrecord.errors import UnreadableInput
from onrecord.nouns import Source


def records(raw: bytes) -> list[Source | UnreadableInput]:
    return list(read_records(buffered(io.BytesIO(raw)), "items.jsonl", source_of))


def record(**fields: Any) -> Source | UnreadableInput:
    (found,) = records(json.dumps(fields).encode())
    return found


def test_all_fields_of_a_record() -> None:
    found = record(text="Talks.", id=7, title="T", url="https://x.example/1", outlet="Dravik Daily", date="2031-03-11")
    assert found == Source(
        raw=b"Talks.", path="items.jsonl:1", media="text", charset="utf-8", id="7", title="T",
        url="https://x.example/1", outlet="Dravik Daily", published="2031-03-11",
    )  # fmt: skip


def test_published_goes_before_date() -> None:
    found = record(text="a", published="2031-03-11", date="2031-01-01")
    assert isinstance(found, Source) and found.published == "2031-03-11"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2031-03-11", "2031-03-11"),
        (" 2031-03 ", "2031-03"),
        ("2031", "2031"),
        ("20310311", "2031-03-11"),
        ("2031-03-11 09:30", "2031-03-11T09:30:00"),
        ("2031-03-11T09:30:00Z", "2031-03-11T09:30:00+00:00"),
        ("Tue, 11 Mar 2031 09:30:00 +0100", "2031-03-11T09:30:00+01:00"),
        ("", None),
    ],
)
def test_date_of_a_record(written: str, read: str | None) -> None:
    found = record(text="a", published=written)
    assert isinstance(found, Source) and found.published == read


@pytest.mark.parametrize(
    "written",
    [
        "11.3.2031", "2031-13-01", "2031-02-30", "soon", "2031-3", f"Tue, 11 Mar {'9' * 20} 09:30:00 +0000",
        f"Tue, 11 Mar 2031 09:30:00 +{'9' * 20}",
    ],
)  # fmt: skip
def test_wrong_date_is_kept_as_it_was_written(written: str) -> None:
    found = record(text="a", date=written)
    assert isinstance(found, Source) and found.published == written


def test_html_record_and_which_of_both() -> None:
    for fields, raw, media in (
        ({"html": "<p>a"}, b"<p>a", "html"),
        ({"html": "<p>a", "text": "b"}, b"b", "text"),
        ({"html": "<p>a", "text": ""}, b"<p>a", "html"),
        ({"html": "<p>a", "text": None}, b"<p>a", "html"),
    ):
        found = record(**fields)
        assert isinstance(found, Source) and (found.raw, found.media) == (raw, media)


def test_bad_lines_are_named_by_number_and_the_rest_is_read() -> None:
    raw = b'\xef\xbb\xbf{"text": "a"}\r\n\n{"text": \n[1]\n{"title": "x"}\n{"text": 5}\n{"text": "\xff"}\n{"text": "z"}'
    found = records(raw)
    assert [each.path if isinstance(each, Source) else each.where for each in found] == [
        f"items.jsonl:{n}" for n in (1, 3, 4, 5, 6, 7, 8)
    ]
    assert [isinstance(each, Source) for each in found] == [True, False, False, False, False, False, True]
    assert '"text" is not a string' in str(found[4])


def test_json_nested_beyond_reason_is_one_bad_line() -> None:
    (deep, good) = records(b'{"text": ' + b"[" * 100_000 + b"\n" + b'{"text": "a"}\n')
    assert isinstance(deep, UnreadableInput) and isinstance(good, Source)


@pytest.mark.parametrize("raw", [b'{\n "text": "a"\n}\n', b'[\n{"text": "a"}\n]\n'])
def test_json_over_several_lines_is_one_mistake(raw: bytes) -> None:
    (found,) = records(raw)
    assert isinstance(found, UnreadableInput) and "several lines" in str(found)


def test_no_records() -> None:
    (found,) = records(b"\n\n")
    assert "no records" in str(found)


def test_line_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LIMIT", 50)
    long, good = records(b'{"text": "' + b"x" * 500 + b'"}\n{"text": "a"}\n')
    assert isinstance(long, UnreadableInput) and long.where == "items.jsonl:1"
    assert isinstance(good, Source) and good.path == "items.jsonl:2"


def test_truncated_gzip_gives_the_records_before_the_break() -> None:
    lines = b"".join(json.dumps({"text": f"{i * 7919 % 10007}"}).encode() + b"\n" for i in range(50_000))
    packed = gzip.compress(lines)
    reader = bounded.unpacked(buffered(io.BytesIO(packed[: len(packed) // 2])), "items.jsonl.gz", named_gz=True)
    *good, last = read_records(reader, "items.jsonl.gz", source_of)
    assert len(good) > 10_000 and all(isinstance(each, Source) for each in good)
    assert isinstance(last, UnreadableInput) and "breaks off" in str(last)


def test_file_is_streamed() -> None:
    """The second record is never asked of the file before the first is taken."""
    taken: list[int] = []

    class Slow(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            line = json.dumps({"text": str(len(taken))}).encode() + b"\n"
            taken.append(1)
            buffer[: len(line)] = line
            return len(line)

    stream: Iterator[Source | UnreadableInput] = read_records(buffered(Slow()), "pipe", source_of)  # type: ignore[arg-type]
    for _ in range(3):
        assert isinstance(next(stream), Source)
    assert len(taken) <= 4


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_text_comes_through_unchanged(texts: list[str]) -> None:
    raw = b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)
    found = records(raw)
    assert [each.raw.decode() for each in found if isinstance(each, Source)] == texts


@given(st.binary(max_size=200))
def test_no_bytes_crash(raw: bytes) -> None:
    assert all(isinstance(each, Source | UnreadableInput) for each in records(raw))
