"""A web archive of ours with everything wrong that archives have: ``python -m evaluation.archives [PATH…] [--add]``.

Made from the pages of the sample story or, where PATHs are given, of all that ``onrecord add`` finds in them, texts
written as pages: damaged members, lengths too short and too long, bombs, junk between members, pictures and scripts,
refusals of servers, what calls itself a page and is none, answers that can't be unpacked, pages twice, and an end that
breaks off. Prints what was read and listed against what is there, and answers a second of one core for reading the
archive alone; ``--add`` also adds it to a ledger (``onrecord add``) and holds the ledger against it. Exit code 1 where
a page that is whole is not there, what is wrong is not listed by its place, or what is no page is not counted.
"""

from __future__ import annotations

import argparse
import gzip
import html
import io
import json
import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from evaluation.bench_adding import ADDING, cost
from evaluation.benchmarks import SAMPLES
from onrecord.acquire import open_paths
from onrecord.acquire.bounded import LIMIT, buffered
from onrecord.acquire.warc import read_archive
from onrecord.errors import UnreadableInput
from onrecord.ledger import open_ledger
from onrecord.nouns import Source

SEED = 2031
BOMB = 400_000_000
NAME = "made.warc.gz"
HEADLINE = 60
"""Characters of a text that are its headline where it has none: what is nothing but a headline is no article."""

FATES = {
    "damaged": 2_000,
    "too short": 1_000,
    "too long": 1_000,
    "no page": 6_000,
    "refused": 2_000,
    "not what it says": 500,
    "not unpacked": 500,
    "twice": 2_000,
    "junk before": 500,
    "too large": 60,
    "bomb": 60,
}
"""What becomes of an answer, and how often among a hundred thousand."""

LISTED = ("damaged", "too short", "too long", "not unpacked", "junk before", "bomb", "too large", "breaks off")
"""Fates that reading the archive lists, each by its place."""

DISGUISED = "not what it says"
"""The fate that only reading the page lists."""

READ = ("whole", "too short", "too long", "junk before", "twice")

NO_PAGES: dict[bytes, bytes] = {
    b"image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    b"application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\n",
    b"application/json": b'{"items": []}',
    b"text/css": b"body { margin: 0 }",
    b"application/javascript": b"(function () {})();",
    b"audio/mpeg": b"ID3\x03\0\0\0\0",
    b"video/mp4": b"\0\0\0\x18ftypmp42",
}
"""Types that are no page, with how their bytes begin."""

UNLIKE_PAGES = (b"image/png", b"image/jpeg", b"application/pdf", b"audio/mpeg")
"""Of these some come as text/html."""

REFUSALS = (b"301 Moved Permanently", b"404 Not Found", b"503 Service Unavailable")

_HTML = re.compile(rb"\s*(?:<!|<\?|<\w)")
_PARAGRAPH = re.compile(r"\n\s*\n")
_COUNTED = re.compile(r"(\d+) ((?:status )?[\w./+-]+) \(first at \d+\)")


class Wrong(NamedTuple):
    """An answer that is to be listed."""

    offset: int
    number: int
    fate: str


class Made(NamedTuple):
    """An archive, and what should come of it."""

    raw: bytes
    fates: Counter[str]
    """How many of its answers had which fate."""
    whole: list[int]
    """The numbers of the pages that are whole, in order."""
    wrong: list[Wrong]
    no_pages: Counter[str]
    """How many answers are of which kind that is no page."""


class Figures(NamedTuple):
    """What came of an archive, in percent."""

    kept: float
    """Pages that are whole and that were read, or are in the ledger."""
    true: float
    """Of what was read, or is in the ledger, what is one of these pages."""
    listed: float
    """What is wrong and is listed by its place."""
    counted: float
    """Kinds of what is no page that are told with the right number."""

    @property
    def named(self) -> dict[str, float]:
        """The same in words."""
        said = ("whole pages there", "of what is there, whole pages", "what is wrong listed", "other types counted")
        return dict(zip(said, self, strict=True))

    @property
    def is_all(self) -> bool:
        """Whether nothing is lost."""
        return set(self) == {100.0}


def pages_of(paths: Sequence[str]) -> list[bytes]:
    """Return all that is found in some paths as pages, texts in markup of ours."""
    return [_page(each) for each in open_paths(paths) if isinstance(each, Source)]


def _page(source: Source) -> bytes:
    if _HTML.match(source.raw):
        return source.raw
    text = source.raw.decode("utf-8", "replace").strip()
    title = source.title or shorten(text, HEADLINE, placeholder="…")
    said = {"article:published_time": source.published, "og:site_name": source.outlet, "og:type": "article"}
    metas = [f'<meta property="{name}" content="{html.escape(value)}">' for name, value in said.items() if value]
    paragraphs = [f"<p>{html.escape(each)}</p>" for each in _PARAGRAPH.split(text)]
    head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
    body = f"<body><article><h1>{html.escape(title)}</h1>"
    return "\n".join([head, *metas, "</head>", body, *paragraphs, "</article></body></html>"]).encode()


def made(responses: int, pages: Sequence[bytes], seed: int = SEED) -> Made:
    """Return an archive of so many answers: a whole one, one of each other fate, any, and one that breaks off."""
    chance = random.Random(seed)
    archive = io.BytesIO()
    fates, no_pages = Counter[str](), Counter[str]()
    whole, wrong = list[int](), list[Wrong]()
    lost, begins = False, ("whole", *FATES)
    for number in range(responses):
        drawn = chance.choices([*FATES, "whole"], [*FATES.values(), 100_000 - sum(FATES.values())])[0]
        fate = begins[number] if number < len(begins) else drawn if number < responses - 1 else "breaks off"
        if fate == "junk before" and lost:
            fate = "whole"  # two gaps side by side are one
        lost = fate in ("damaged", "bomb")
        fates[fate] += 1
        if fate in (*LISTED, DISGUISED):
            wrong.append(Wrong(archive.tell(), number, fate))
        if fate in ("no page", "refused"):
            kind = chance.choice(list(NO_PAGES) if fate == "no page" else REFUSALS)
            no_pages[kind.decode() if fate == "no page" else f"status {kind[:3].decode()}"] += 1
            archive.write(gzip.compress(_no_page(fate, number, kind), mtime=0))
        else:
            page = pages[number % len(pages)] + b"\n<!-- %d -->\n" % number
            archive.write(_member(fate, number, page, chance))
        if fate in READ:
            whole += [number] * (1 + (fate == "twice"))
    return Made(archive.getvalue(), fates, whole, wrong, no_pages)


def _no_page(fate: str, number: int, kind: bytes) -> bytes:
    """The record of an answer that is of another type than pages, or that is a refusal."""
    if fate == "no page":
        return _record(number, NO_PAGES[kind] + bytes(500), kind, b"")
    return _record(number, b"<p>There is nothing here.</p>", b"text/html", b"", status=kind)


def _member(fate: str, number: int, page: bytes, chance: random.Random) -> bytes:
    """The bytes of an answer that has this fate."""
    packed = chance.random() < 0.5
    head = b"Content-Encoding: gzip\r\n" if packed else b""
    body = gzip.compress(page, mtime=0) if packed else page
    if fate == "not unpacked":
        head, body = b"Content-Encoding: gzip\r\n", gzip.compress(page, mtime=0)[:-40]
    if fate == DISGUISED:
        disguised = NO_PAGES[chance.choice(UNLIKE_PAGES)] + bytes(500)
        return gzip.compress(_record(number, disguised, b"text/html", b""), mtime=0)
    if fate == "too large":
        packing = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = packing.compress(bytes(LIMIT + 1)) + packing.flush()
        return gzip.compress(_record(number, body, b"text/html", b"Content-Encoding: gzip\r\n"), mtime=0)
    if fate == "bomb":
        packing = zlib.compressobj(9, zlib.DEFLATED, 31)
        opening = packing.compress(_record(number, b"", b"text/html", b"", BOMB)[:-4])
        filled = [packing.compress(bytes(1_000_000)) for _ in range(BOMB // 1_000_000)]
        return b"".join((opening, *filled, packing.flush()))
    wrong = {"too short": -chance.randrange(1, min(1_000, len(body))), "too long": chance.randrange(5, 5_000)}
    member = gzip.compress(_record(number, body, b"text/html", head, wrong.get(fate, 0)), mtime=0)
    if fate == "damaged":
        at = chance.randrange(20, len(member) - 8)
        return member[:at] + bytes([member[at] ^ 0xFF]) + member[at + 1 :]
    if fate == "junk before":
        return chance.randbytes(chance.randrange(1, 300)) + member
    return member * 2 if fate == "twice" else member[: len(member) // 2] if fate == "breaks off" else member


def _record(number: int, body: bytes, media: bytes, head: bytes, wrong: int = 0, status: bytes = b"200 OK") -> bytes:
    answer = b"HTTP/1.1 %s\r\nContent-Type: %s\r\n%s\r\n%s" % (status, media, head, body)
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2031-03-11T10:00:00Z\r\n"
        b"WARC-Target-URI: https://courier.example/%d\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number, number, len(answer) + wrong, answer)
    )


def found_in(archive: bytes) -> tuple[list[int], list[UnreadableInput]]:
    """The numbers of the pages that reading the archive yields, and the problems."""
    read, problems = list[int](), list[UnreadableInput]()
    for each in read_archive(buffered(io.BytesIO(archive)), NAME):
        if isinstance(each, Source):
            read.append(_number(each.url))
        else:
            problems.append(each)
    return read, problems


def kept_in(ledger: Path) -> tuple[list[int], list[UnreadableInput]]:
    """The numbers of the pages that a ledger has documents of, and the problems that it lists."""
    with open_ledger(ledger) as opened:
        urls = opened.connection.execute("SELECT url FROM documents ORDER BY id").fetchall()
        problems = opened.connection.execute("SELECT place, reason FROM problems ORDER BY id").fetchall()
    return [_number(url) for (url,) in urls], [UnreadableInput(place, reason) for place, reason in problems]


def _number(url: str | None) -> int:
    return int(str(url).rpartition("/")[2])


def held_against(
    archive: Made, there: Collection[int], problems: Sequence[UnreadableInput], expected: Sequence[Wrong]
) -> Figures:
    """Return how what came of an archive (``there``: the numbers of pages) stands to what is in it."""
    whole = set(archive.whole)
    places = {each.where.rpartition(":")[2] for each in problems if each.reason}
    closing = next((each.reason for each in problems if each.where.endswith(NAME)), "")
    counted = {kind: int(count) for count, kind in _COUNTED.findall(closing)}
    return Figures(
        _percent(sum(each in there for each in whole), len(whole)),
        _percent(sum(each in whole for each in there), len(there)),
        _percent(sum(str(each.offset) in places for each in expected), len(expected)),
        _percent(sum(counted.get(kind) == count for kind, count in archive.no_pages.items()), len(archive.no_pages)),
    )


def read_of(archive: Made, read: Sequence[int], problems: Sequence[UnreadableInput]) -> Figures:
    """Return how the reading of an archive alone stands to what is in it: that can't see what calls itself a page."""
    disguised = {each.number for each in archive.wrong if each.fate == DISGUISED}
    there = [each for each in read if each not in disguised]
    expected = [each for each in archive.wrong if each.fate != DISGUISED]
    figures = held_against(archive, there, problems, expected)
    return figures if there == archive.whole else figures._replace(true=0.0)


def _percent(some: int, of: int) -> float:
    return round(100 * some / of, 2) if of else 100.0


def main() -> int:
    """Make an archive, and print what is read and listed of it, and how fast."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("paths", nargs="*", default=[str(SAMPLES)], metavar="PATH", help="what pages are made of")
    options.add_argument("--responses", type=int, default=5_000, metavar="N")
    options.add_argument("--write", type=Path, metavar="FILE", help="write the archive to FILE too")
    options.add_argument("--add", action="store_true", help="add the archive to a ledger, and look what it holds")
    options.add_argument("--figures", action="store_true", help="print nothing but the ledger's figures, as JSON")
    given = options.parse_args()
    archive = made(given.responses, pages_of(given.paths))
    if given.figures:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(_added(archive, Path(folder))[0].named))
        return 0
    if given.write:
        given.write.write_bytes(archive.raw)
    print(f"{given.responses} answers, {len(archive.raw):,} bytes: {dict(archive.fates)}, {dict(archive.no_pages)}")
    started = time.process_time()
    read, problems = found_in(archive.raw)
    seconds = time.process_time() - started
    figures = read_of(archive, read, problems)
    print(f"{problems[-1].reason if problems else ''}")
    print(f"reading the archive: {figures}; {given.responses / seconds:,.0f} answers a second of processor time")
    if given.add:
        with tempfile.TemporaryDirectory() as folder:
            kept, report = _added(archive, Path(folder))
        print(f"adding it: {kept}; {report}")
        return int(not (figures.is_all and kept.is_all))
    return int(not figures.is_all)


def _added(archive: Made, folder: Path) -> tuple[Figures, str]:
    """Add an archive to a new ledger, and return how the ledger stands to it and what that took, as a sentence."""
    file, ledger = folder / NAME, folder / "archive.ledger"
    file.write_bytes(archive.raw)
    took = cost(ADDING, "add", "--ledger", ledger, "--workers", "1", file)
    there, problems = kept_in(ledger)
    figures = held_against(archive, there, problems, archive.wrong)
    return figures, (
        f"{len(there):,} documents and {len(problems):,} problems in {took.processor:.1f} s of processor time, models "
        f"loaded in it: {len(there) / took.processor:.2f} pages a second of a core, {took.memory:.0f} MiB at most"
    )


if __name__ == "__main__":
    sys.exit(main())
