"""Each kind of path to its documents or to a sentence that says what is wrong."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from onrecord.acquire import bounded, count_documents, open_paths
from onrecord.errors import UnreadableInput
from onrecord.nouns import Source
from onrecord.publish.formats import FORMATS
from onrecord.publish.jsonl import json_line
from onrecord.publish.report import report
from onrecord.publish.site import NOWHERE
from tests.publish.held import DATED, held
from tests.publish.test_feeds import STORY
from tests.strategies import sample_reading

NOISE = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(150))  # gzip finds nothing to save in it
PAGE = b"<html><body><p>The summit is off, Ostrev says.</p></body></html>"


def sources(*paths: Path | str, stdin: bytes | None = None) -> list[Source]:
    found = list(open_paths([str(path) for path in paths], io.BytesIO(stdin) if stdin is not None else None))
    assert all(isinstance(each, Source) for each in found), found
    return [each for each in found if isinstance(each, Source)]


def problem(path: Path | str, stdin: bytes | None = None) -> str:
    """The one error that a path gives."""
    (found,) = open_paths([str(path)], io.BytesIO(stdin) if stdin is not None else None)
    assert isinstance(found, UnreadableInput)
    return str(found)


@pytest.mark.parametrize(
    ("name", "media"),
    [("a.html", "html"), ("a.HTM", "html"), ("a.xhtml", "html"), ("a.txt", "text"), ("a.md", "markdown"), ("a", None)],
)
@pytest.mark.parametrize("packed", [False, True])
def test_name_says_what_it_holds(tmp_path: Path, name: str, media: str | None, packed: bool) -> None:
    path = tmp_path / (name + ".gz" if packed else name)
    path.write_bytes(gzip.compress(PAGE) if packed else PAGE)
    assert sources(path) == [Source(raw=PAGE, path=str(path), media=media)]  # type: ignore[arg-type]


def test_gzip_is_known_by_its_bytes_whatever_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(gzip.compress(PAGE))
    assert sources(path)[0].raw == PAGE


def test_name_says_gzip_and_bytes_do_not(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(PAGE)
    assert "not gzip" in problem(path)


def test_order_is_kept_and_bad_paths_keep_their_places(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(name)
    found = list(open_paths([str(tmp_path / name) for name in ("b.txt", "no.txt", "a.txt")]))
    assert [each.path if isinstance(each, Source) else each.where for each in found] == [
        str(tmp_path / name) for name in ("b.txt", "no.txt", "a.txt")
    ]


def test_folder_is_read_sorted_and_deep_and_without_what_is_not_a_page(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", "deep/c.md.gz", "notes.docx", ".hidden.html", ".git/d.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(PAGE) if name.endswith(".gz") else PAGE)
    assert [Path(str(s.path)).relative_to(tmp_path).as_posix() for s in sources(tmp_path)] == [
        "a.txt", "b.html", "deep/c.md.gz",
    ]  # fmt: skip


def test_what_onrecord_wrote_is_no_news(tmp_path: Path) -> None:
    sample = sample_reading()
    (tmp_path / "report.html").write_text(report([sample]), encoding="utf-8")
    (tmp_path / "readings.jsonl").write_bytes(json_line(sample) * 3)
    (tmp_path / "readings.json.gz").write_bytes(gzip.compress(json_line(sample)))
    assert "there are no pages" in problem(tmp_path)
    (tmp_path / "a.html").write_bytes(PAGE)
    assert [source.raw for source in sources(tmp_path)] == [PAGE]
    assert "a report that onrecord wrote" in problem(tmp_path / "report.html")
    assert "readings that onrecord printed" in problem(tmp_path / "readings.jsonl")
    assert "readings that onrecord printed" in problem(tmp_path / "readings.json.gz")


@pytest.mark.parametrize("kind", ["icalendar", "atom", "jsonfeed", "annotations", "schemaorg"])
def test_what_onrecord_exported_is_no_news(tmp_path: Path, kind: str) -> None:
    things: dict[str, Any] = {"changes": STORY, "readings": [sample_reading()], "events": [held(DATED)]}
    of = FORMATS[kind].kinds[0]
    (tmp_path / "written").write_bytes(b"".join(FORMATS[kind].write(of, things[of], NOWHERE)))
    assert "that onrecord wrote" in problem(tmp_path / "written")


def test_page_that_only_speaks_of_onrecord_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b'<p>It wrote {"format":"onrecord.reading"} and content="onrecord".</p>')
    assert len(sources(tmp_path)) == 1


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.jsonl"])
def test_article_in_which_what_onrecord_exported_stands_is_read(tmp_path: Path, name: str) -> None:
    things: dict[str, Any] = {"changes": STORY, "readings": [sample_reading()], "events": [held(DATED)]}
    written = {
        kind: b"".join(FORMATS[kind].write(of := FORMATS[kind].kinds[0], things[of], NOWHERE)).decode()
        for kind in ("icalendar", "atom", "schemaorg")
    }
    calendar, feed, graph = written["icalendar"][:80], written["atom"], written["schemaorg"]
    article = {
        "a.html": f'<html><head><script type="application/ld+json">{graph}</script></head><body>{PAGE.decode()}',
        "a.txt": f"It begins with {calendar} and is no news.\n\n{feed}",
        "a.jsonl": json.dumps({"id": "urn:onrecord:document:1", "text": f"It wrote {calendar} and {feed}."}),
    }
    (tmp_path / name).write_text(article[name], encoding="utf-8")
    assert len(sources(tmp_path)) == len(sources(tmp_path / name)) == 1


def test_empty_name_is_not_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    monkeypatch.chdir(tmp_path)
    assert "empty" in problem("") and count_documents([""]) == 1


def test_folder_without_pages_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    assert str(tmp_path) in problem(tmp_path) and ".html" in problem(tmp_path)


def test_missing_file(tmp_path: Path) -> None:
    assert problem(tmp_path / "gone.html") == f"{tmp_path / 'gone.html'}: there is no such file; check the name"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.html"
    path.write_bytes(PAGE)
    path.chmod(0)
    assert "permission" in problem(path)


def test_name_that_no_file_can_have() -> None:
    assert "can't be opened" in problem("a\0b.html")


def test_address_is_refused_with_what_to_do() -> None:
    assert "--url https://example.org/a" in problem("https://example.org/a")


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"PK\x03\x04....", b"\x89PNG\r\n", b"BZh91AY"])
def test_other_formats_are_named(tmp_path: Path, start: bytes) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(start + b"\0" * 100)
    assert str(path) in problem(path) and "this is" in problem(path)


def test_standard_input_is_sniffed() -> None:
    assert sources("-", stdin=PAGE) == [Source(raw=PAGE, path="-")]
    assert sources("-", stdin=gzip.compress(PAGE))[0].raw == PAGE
    assert sources("-", stdin=b'{"text": "Talks."}\n')[0].path == "-:1"
    assert "no standard input" in problem("-")


def test_a_pipe_can_be_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(PAGE,))
    writer.start()
    assert sources(pipe)[0].raw == PAGE
    writer.join()


def test_limit_is_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LIMIT", 1000)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1000)
    assert len(sources(path)[0].raw) == 1000
    path.write_bytes(b"x" * 1001)
    assert "more than" in problem(path)


def test_gzip_bomb_is_not_unpacked_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "bomb.html.gz"
    with gzip.open(path, "wb", compresslevel=1) as bomb:
        for _ in range(40):
            bomb.write(b"\0" * 1_000_000)
    assert "more than 20 MB" in problem(path)


def test_device_without_end() -> None:
    assert "more than 20 MB" in problem("/dev/zero")


@pytest.mark.parametrize("keep", [5, 12, 40, -4])
def test_truncated_gzip(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(NOISE)[:keep])
    assert str(path) in problem(path) and "breaks off" in problem(path)


def test_damaged_gzip(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(NOISE))
    packed[100:200] = b"\0" * 100
    path = tmp_path / "a.html.gz"
    path.write_bytes(packed)
    assert "damaged" in problem(path)


def test_count(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    lines = tmp_path / "b.jsonl"
    lines.write_text("".join(json.dumps({"text": str(i)}) + "\n" for i in range(7)))
    assert count_documents([str(tmp_path)]) == 8
    assert count_documents([str(tmp_path / "a.html"), "gone.html"]) == 2
    assert count_documents([str(lines), "-"]) is None


@pytest.mark.parametrize(
    ("raw", "documents"), [(b'{"text": "a"}', 1), (b'{"text": "a"}\n\n', 1), (b'\n{"text": "a"}\n{"text": "b"}', 2)]
)
def test_count_of_records_is_that_of_the_lines_with_something_in_them(
    tmp_path: Path, raw: bytes, documents: int
) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_bytes(raw)
    assert count_documents([str(lines)]) == documents == len(sources(lines))


@pytest.mark.parametrize("name", ["a" * 300 + ".txt", "a" * 300 + ".jsonl", "a\0b.jsonl"])
def test_name_that_can_not_be_looked_at_counts_as_one_and_is_named(name: str) -> None:
    assert count_documents([name]) == 1
    assert "can't be opened" in problem(name)


def test_folder_that_can_not_be_walked_counts_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refused)
    assert count_documents([str(tmp_path)]) == 1
    assert "no permission" in problem(tmp_path)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title></channel></rss>', "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>', "feed"),
        (b'<?xml version="1.0"?><!-- of the agency --><newsItem><p>Talks go on.</p></newsItem>', "XML (newsItem)"),
        (b'\xef\xbb\xbf[ {"text": "Talks go on, Reyk said."} ]', "JSON Lines"),
    ],
)
@pytest.mark.parametrize("name", ["a", "a.html", "a.txt"])
def test_what_is_no_page_says_what_it_is(tmp_path: Path, name: str, raw: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    assert says in problem(path)


@pytest.mark.parametrize(
    "raw",
    [
        b'<?xml version="1.0"?><!DOCTYPE html><!-- x --><html><body><p>Talks go on.</p></body></html>',
        b"<p>Talks go on, Reyk said.</p>",
        b"[Music] Good evening from Ostrev.",
        b"<!-- a -->" * 400 + b"Talks go on, Reyk said.",
    ],
)
def test_what_only_looks_like_it_is_read(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(raw)
    assert sources(path)[0].raw == raw
