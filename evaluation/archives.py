"""A web archive of ours with everything wrong that archives have: ``python -m evaluation.archives [--responses N]``.

Made from the pages of the sample story: damaged members, lengths too short and too long, bombs, junk between members,
pictures, answers that can't be unpacked, pages twice, and an end that breaks off. Prints what was read and listed
against what is there, and answers a second of one core for reading the archive alone; ``--read N`` also reads the first
N pages to the end. Exit code 1 where a page that is whole was not read, or a damage not listed.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import sys
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from onrecord.acquire.bounded import LIMIT, buffered
from onrecord.acquire.warc import read_archive
from onrecord.errors import UnreadableInput
from onrecord.nouns import Source

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "summit"
SEED = 2031
BOMB = 400_000_000

# What becomes of an answer, and how often among a hundred thousand.
FATES = {
    "damaged": 2_000,
    "too short": 1_000,
    "too long": 1_000,
    "picture": 5_000,
    "not unpacked": 500,
    "twice": 2_000,
    "junk before": 500,
    "bomb": 60,
    "too large": 60,
}
LISTED = ("damaged", "too short", "too long", "not unpacked", "junk before", "bomb", "too large")


class Made(NamedTuple):
    """An archive, how many of its answers had which fate, and the numbers of the pages that are whole."""

    raw: bytes
    fates: Counter[str]
    whole: list[int]


def made(responses: int, seed: int = SEED) -> Made:
    """Return an archive of so many answers, the last of which breaks off."""
    chance = random.Random(seed)
    pages = [path.read_bytes() for path in sorted(SAMPLES.glob("*.html"))]
    archive: list[bytes] = []
    fates: Counter[str] = Counter()
    whole: list[int] = []
    lost = False
    for number in range(responses):
        names = list(FATES)
        fate = chance.choices([*names, "whole"], [*FATES.values(), 100_000 - sum(FATES.values())])[0]
        if number == 0 or (fate == "junk before" and lost):
            fate = "whole"  # two gaps side by side are one
        elif number == responses - 1:
            fate = "breaks off"
        lost = fate in ("damaged", "bomb")
        fates[fate] += 1
        page = pages[number % len(pages)] + b"\n<!-- %d -->\n" % number
        archive.append(_member(fate, number, page, chance))
        if fate in ("whole", "too short", "too long", "junk before", "twice"):
            whole += [number] * (1 + (fate == "twice"))
    return Made(b"".join(archive), fates, whole)


def _member(fate: str, number: int, page: bytes, chance: random.Random) -> bytes:
    """The bytes of an answer that has this fate."""
    packed = chance.random() < 0.5
    head = b"Content-Encoding: gzip\r\n" if packed else b""
    body = gzip.compress(page, mtime=0) if packed else page
    if fate == "not unpacked":
        head, body = b"Content-Encoding: gzip\r\n", gzip.compress(page, mtime=0)[:-40]
    if fate == "picture":
        return gzip.compress(_record(number, b"\x89PNG" + bytes(500), b"image/png", b""), mtime=0)
    if fate == "too large":
        packing = zlib.compressobj(9, zlib.DEFLATED, 31)
        body = packing.compress(bytes(LIMIT + 1)) + packing.flush()
        return gzip.compress(_record(number, body, b"text/html", b"Content-Encoding: gzip\r\n"), mtime=0)
    if fate == "bomb":
        packing = zlib.compressobj(9, zlib.DEFLATED, 31)
        opening = packing.compress(_record(number, b"", b"text/html", b"", BOMB)[:-4])
        filled = [packing.compress(bytes(1_000_000)) for _ in range(BOMB // 1_000_000)]
        return b"".join((opening, *filled, packing.flush()))
    wrong = {"too short": -chance.randrange(1, 1_000), "too long": chance.randrange(5, 5_000)}.get(fate, 0)
    member = gzip.compress(_record(number, body, b"text/html; charset=utf-8", head, wrong), mtime=0)
    if fate == "damaged":
        at = chance.randrange(20, len(member) - 8)
        return member[:at] + bytes([member[at] ^ 0xFF]) + member[at + 1 :]
    if fate == "junk before":
        return chance.randbytes(chance.randrange(1, 300)) + member
    return member * 2 if fate == "twice" else member[: len(member) // 2] if fate == "breaks off" else member


def _record(number: int, body: bytes, media: bytes, head: bytes, wrong: int = 0) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s\r\n%s" % (media, head, body)
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2031-03-11T10:00:00Z\r\n"
        b"WARC-Target-URI: https://courier.example/%d\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number, number, len(answer) + wrong, answer)
    )


def found_in(archive: bytes) -> tuple[list[int], list[UnreadableInput]]:
    """The numbers of the pages that are read, and the problems."""
    read, problems = [], []
    for each in read_archive(buffered(io.BytesIO(archive)), "made.warc.gz"):
        if isinstance(each, Source):
            read.append(int(str(each.url).rpartition("/")[2]))
        else:
            problems.append(each)
    return read, problems


def main() -> int:
    """Print what is read and listed of the archive, and how fast."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--responses", type=int, default=5_000, metavar="N")
    options.add_argument("--read", type=int, default=0, metavar="N", help="read the first N pages to the end")
    options.add_argument("--write", type=Path, metavar="FILE", help="write the archive to FILE too")
    given = options.parse_args()
    archive = made(given.responses)
    if given.write:
        given.write.write_bytes(archive.raw)
    started = time.process_time()
    read, problems = found_in(archive.raw)
    seconds = time.process_time() - started
    listed = {each.where for each in problems if each.where != "made.warc.gz"}
    told = sum(archive.fates[fate] for fate in LISTED) + 1
    sys.stdout.write(
        f"{given.responses} answers, {len(archive.raw):,} bytes: {dict(archive.fates)}\n"
        f"pages read: {len(read)} of {len(archive.whole)}\n"
        f"places listed: {len(listed)} of {told}\n"
        f"in one sentence: {problems[-1].reason if problems else ''}\n"
        f"{given.responses / seconds:,.0f} answers a second of processor time\n"
    )
    if given.read:
        _read_to_the_end(archive.raw, given.read)
    return 0 if read == archive.whole and len(listed) == told else 1


def _read_to_the_end(archive: bytes, most: int) -> None:
    """Print how many pages a second are read from bytes to reading."""
    from itertools import islice

    from onrecord.reading import read_many

    sources = (each for each in read_archive(buffered(io.BytesIO(archive)), "made") if isinstance(each, Source))
    list(read_many(islice(sources, 20)))  # the models are loaded
    started = time.process_time()
    count = sum(1 for _ in read_many(islice(sources, most)))
    sys.stdout.write(f"{count / (time.process_time() - started):.1f} pages a second, bytes to reading\n")


if __name__ == "__main__":
    sys.exit(main())
