"""Web archives: every record that is whole is read, whatever stands around it, and the rest is told with its offset."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter
from hypothesis import given
from hypothesis import strategies as st

from onrecord.acquire import count_documents, open_paths
from onrecord.acquire.bounded import LIMIT, buffered
from onrecord.acquire.framing import Framed, frames
from onrecord.acquire.warc import read_archive
from onrecord.errors import UnreadableInput
from onrecord.nouns import Provenance, Source
from tests.acquire.archives import PAGE, bomb, flipped, packed, record, response


def brotli(raw: bytes) -> bytes:
    held = io.BytesIO()
    with BrotliWriter(held) as writer:
        writer.write(raw)
    return held.getvalue()


FOUR = [response(number) for number in range(4)]


def read(raw: bytes) -> tuple[list[str], list[str]]:
    """Addresses of the pages (their last part) and the problems of an archive."""
    found = list(read_archive(buffered(io.BytesIO(raw)), "a.warc"))
    pages = [str(each.url).rpartition("/")[2] for each in found if isinstance(each, Source)]
    return pages, [str(each) for each in found if isinstance(each, UnreadableInput)]


@pytest.mark.parametrize("archive", [b"".join(FOUR), packed(*FOUR), gzip.compress(b"".join(FOUR))])
def test_pages_of_an_archive_however_it_is_packed(archive: bytes, tmp_path: Path) -> None:
    assert read(archive) == (["0", "1", "2", "3"], [])
    path = tmp_path / "crawl"  # no name says what it is
    path.write_bytes(archive)
    assert len([each for each in open_paths([str(path)]) if isinstance(each, Source)]) == 4
    assert len([each for each in open_paths(["-"], io.BytesIO(archive)) if isinstance(each, Source)]) == 4


def test_what_the_record_says_of_a_page() -> None:
    first, second = read_archive(buffered(io.BytesIO(packed(FOUR[0], FOUR[1]))), "a.warc.gz")
    assert first == Source(
        raw=PAGE, path="a.warc.gz:0", media="html", url="https://courier.example/0",
        provenance=Provenance(
            by="archive", record="urn:uuid:0", captured="2031-03-11T10:00:00Z", digest=f"sha1:{0:032}"
        ),
    )  # fmt: skip
    assert isinstance(second, Source) and second.path == f"a.warc.gz:{len(packed(FOUR[0]))}"
    assert first.published is None, "when it was captured is not when it was published"


def test_encodings_of_the_answer_are_undone() -> None:
    zipped = gzip.compress(PAGE)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(zipped), zipped)
    head = b"text/html; charset='windows-1252'\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
    (page,) = read_archive(buffered(io.BytesIO(response(1, chunked, head=head))), "a")
    assert isinstance(page, Source) and (page.raw, page.charset) == (PAGE, "windows-1252")


@pytest.mark.parametrize("head", [b"Content-Encoding: gzip", b"Transfer-Encoding: chunked", b"Content-Encoding: lost"])
def test_headers_that_no_longer_hold_are_passed_over(head: bytes) -> None:
    assert read(response(1, head=b"text/html\r\n" + head)) == (["1"], [])


def test_broken_encodings_are_told() -> None:
    spoiled = flipped(gzip.compress(PAGE), 20)
    pages, problems = read(response(1, spoiled, head=b"text/html\r\nContent-Encoding: gzip") + FOUR[2])
    assert pages == ["2"] and "a.warc:0: the gzip data is damaged" in problems[0]
    cut = response(1, gzip.compress(PAGE)[:-20], head=b"text/html\r\nContent-Encoding: gzip")
    assert "breaks off" in read(cut)[1][0], "a page that was cut is not taken for a whole one"
    lost = response(1, b"\x1b\0\0", head=b"text/html\r\nContent-Encoding: zstd")
    assert read(lost)[1] == ["a.warc:0: the page can't be unpacked (its encoding zstd is not known here)"]


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [(b"br", brotli), (b"deflate", zlib.compress), (b"deflate", lambda raw: zlib.compress(raw)[2:-4])],
)
def test_each_encoding_is_undone_and_bounded(encoding: bytes, pack: Callable[[bytes], bytes]) -> None:
    head = b"text/html\r\nContent-Encoding: " + encoding
    (page,) = read_archive(buffered(io.BytesIO(response(1, pack(PAGE), head=head))), "a")
    assert isinstance(page, Source) and page.raw == PAGE
    assert read(response(1, pack(PAGE)[:-9], head=head))[0] == []
    assert "more than 20 MB" in read(response(1, pack(bytes(LIMIT * 4)), head=head))[1][0]


@pytest.mark.parametrize("at", [3, 20, 60, -6, -2])
def test_after_a_damaged_member_the_next_is_read(at: int) -> None:
    archive = [gzip.compress(each) for each in FOUR]
    archive[1] = flipped(archive[1], at)
    pages, problems = read(b"".join(archive))
    assert pages == ["0", "2", "3"]
    goes_on = len(archive[0]) + len(archive[1])
    assert problems == [
        problem for problem in problems if f"a.warc:{len(archive[0])}: the archive is damaged" in problem
    ]
    assert len(problems) == 1 and f"went on at byte {goes_on}" in problems[0]


@pytest.mark.parametrize("junk", [b"\0" * 50, b"nothing that belongs here", b"\x1f\x8b\x08\0" * 100])
def test_junk_between_members_is_told_and_passed_over(junk: bytes) -> None:
    pages, problems = read(packed(FOUR[0]) + junk + packed(FOUR[1]))
    assert pages == ["0", "1"] and len(problems) == 1 and f"a.warc:{len(packed(FOUR[0]))}:" in problems[0]


def test_an_archive_that_breaks_off() -> None:
    pages, problems = read(packed(*FOUR)[:-30])
    assert pages == ["0", "1", "2"] and "breaks off" in problems[0]
    pages, problems = read(b"".join(FOUR)[:-30])
    assert pages == ["0", "1", "2"] and "breaks off" in problems[0]


@pytest.mark.parametrize("length", [-20, 20, 5_000, -80])
@pytest.mark.parametrize("whole", [False, True])
def test_a_wrong_length_costs_no_other_record(length: int, whole: bool) -> None:
    records = [FOUR[0], response(9, length=length), FOUR[2]]
    pages, problems = read(b"".join(records) if whole else packed(*records))
    assert pages == ["0", "9", "2"]
    assert len(problems) == 1 and "length is wrong" in problems[0]
    (page,) = (each for each in read_archive(buffered(io.BytesIO(b"".join(records))), "a")
               if isinstance(each, Source) and str(each.url).endswith("9"))  # fmt: skip
    assert page.raw == PAGE


@pytest.mark.parametrize("head", [b"Content-Length: many", b"Content-Lenght: 10"])
def test_a_record_without_a_length_is_passed_over(head: bytes) -> None:
    records = [FOUR[0], FOUR[1].replace(b"Content-Length: ", head + b"\r\nX: ", 1), FOUR[2]]
    for archive in (b"".join(records), packed(*records)):
        pages, problems = read(archive)
        assert pages == ["0", "2"] and len(problems) == 1 and "no length" in problems[0]


def test_a_bomb_is_left_before_it_goes_off() -> None:
    archive = packed(FOUR[0]) + bomb(300_000_000) + packed(FOUR[2])
    started = time.process_time()
    pages, problems = read(archive)
    assert pages == ["0", "2"] and all(f"a.warc:{len(packed(FOUR[0]))}:" in each for each in problems)
    assert "more than 20 MB" in problems[0] and "hardly anything" in problems[1]
    assert time.process_time() - started < 2


def test_a_body_that_unpacks_to_too_much() -> None:
    answer = response(1, gzip.compress(bytes(LIMIT + 2)), head=b"text/html\r\nContent-Encoding: gzip")
    pages, problems = read(packed(FOUR[0], answer, FOUR[2]))
    assert pages == ["0", "2"] and "more than 20 MB" in problems[0]


def test_a_record_that_is_too_large_is_passed_over() -> None:
    film = response(5, bytes(LIMIT + (2 << 20)))
    for archive in (FOUR[0] + film + FOUR[2], packed(FOUR[0], film, FOUR[2])):
        pages, problems = read(archive)
        assert pages == ["0", "2"] and len(problems) == 1 and "more than 20 MB" in problems[0]


def test_pages_of_any_size() -> None:
    sizes = (0, 1, 60_000, 64_950, 65_536, 65_600, 200_000, 1_000_000)
    pages = [response(n, PAGE + b"x" * size) for n, size in enumerate(sizes)]
    for archive in (b"".join(pages), packed(*pages), gzip.compress(b"".join(pages))):
        found = [each for each in read_archive(buffered(io.BytesIO(archive)), "a") if isinstance(each, Source)]
        assert [len(each.raw) - len(PAGE) for each in found] == list(sizes)


def test_what_is_no_page_is_told_once() -> None:
    pictures = [response(n, b"\x89PNG", head=b"image/png") for n in (5, 6)]
    others = [response(7, status=b"404 Not Found"), response(8, b"%PDF-", head=b"application/pdf")]
    pages, problems = read(b"".join([FOUR[0], *pictures, *others]))
    assert pages == ["0"]
    assert problems == [
        "a.warc: 4 answers are no pages and were left out: "
        f"2 image/png (first at {len(FOUR[0])}), 1 status 404 (first at {len(FOUR[0]) + 2 * len(pictures[0])}), "
        f"1 application/pdf (first at {len(FOUR[0]) + 2 * len(pictures[0]) + len(others[0])})"
    ]


def test_records_that_are_no_answers_are_passed_over() -> None:
    others = [record(n, kind, b"application/warc-fields", b"a: b") for n, kind in enumerate((b"warcinfo", b"metadata"))]
    asked = record(5, b"request", b"application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n")
    text = record(6, b"conversion", b"text/plain", b"The summit of Ostrev is off.")
    assert read(b"".join([*others, asked, FOUR[3], text])) == (["3", "6"], [])


def test_wacz(tmp_path: Path) -> None:
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/a.warc.gz", packed(FOUR[0], FOUR[1]))
        archive.writestr("pages/pages.jsonl", "{}")
        archive.writestr("archive/b.warc", FOUR[2])
    found = [each for each in open_paths([str(path)]) if isinstance(each, Source)]
    assert [each.url for each in found] == [f"https://courier.example/{n}" for n in range(3)]
    assert found[2].path == f"{path}:archive/b.warc:0"
    path.with_suffix(".gz").write_bytes(gzip.compress(path.read_bytes()))
    (problem,) = open_paths([str(path.with_suffix(".gz"))])
    assert isinstance(problem, UnreadableInput) and "save it as a file" in problem.reason


def test_progress_is_by_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(*FOUR))
    assert count_documents([str(path)]) is None
    taken: list[int] = []
    assert len(list(open_paths([str(path)], taken=taken.append))) == 4
    assert sum(taken) == path.stat().st_size


def test_empty_archives_and_records() -> None:
    assert "has no end of its head" in read(b"WARC/1.0\r\n")[1][0]
    assert read(packed(b""))[1] == ["a.warc: there are no records in this archive"]


@given(st.binary(max_size=300), st.integers(0, 3), st.booleans())
def test_whatever_stands_between_records_nothing_whole_is_lost(junk: bytes, before: int, pack: bool) -> None:
    members = [gzip.compress(each) if pack else each for each in FOUR]
    archive = b"".join((*members[:before], junk, *members[before:]))
    whole = [each for each in frames(buffered(io.BytesIO(archive)), "a") if isinstance(each, Framed)]
    if not pack or before:  # what begins with junk is no archive that is packed
        assert len(whole) >= 3 + (not junk)
