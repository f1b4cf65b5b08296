"""Fuzz the page room: ``python -m evaluation.fuzz_page [SECONDS]``; further arguments are libFuzzer's.

Promise checked: any bytes give a Document or an UnreadableInput, in under five seconds; spans lie inside the text,
blocks are in order, and every run's bytes give its text. Bytes are tried as they are, and set into a page between two
real paragraphs, since bytes alone are seldom an article. Stops at the first broken promise and keeps its input.
"""

from __future__ import annotations

import sys
import time

import atheris

with atheris.instrument_imports(include=["onrecord.page"]):
    from onrecord.errors import UnreadableInput
    from onrecord.nouns import Source
    from onrecord.page import read_page

from tests.page.faithful import check

SECONDS = 5
LEAD = "President Anton Velik will meet Prime Minister Irena Dalgard in Mereth on 4 May, his secretary said on Monday."
NEXT = "Tomas Reyk, the Karsenian foreign minister, said that the talks would last two days and be held on the shore."
CHARSETS = (None, "utf-8", "iso-8859-1", "utf-16", "shift_jis", "gb18030", "windows-1251", "nonsense")
MEDIA = (None, "html", "text", "markdown")


def one_input(data: bytes) -> None:
    """Read one input, bare or set into a page as its first byte says."""
    if len(data) < 2:
        return
    choice, raw = data[0], data[2:]
    charset, media = CHARSETS[data[1] % len(CHARSETS)], MEDIA[data[1] // 8 % len(MEDIA)]
    if choice % 2:
        raw = f"<html><body><article><h1>Velik</h1><p>{LEAD}</p><p>".encode() + raw + f"</p><p>{NEXT}</p>".encode()
        media = "html"
    started = time.perf_counter()
    try:
        document = read_page(Source(raw=raw, charset=charset, media=media))  # type: ignore[arg-type]
    except UnreadableInput:
        document = None
    if time.perf_counter() - started > SECONDS:
        raise AssertionError(f"{len(raw)} bytes took more than {SECONDS} seconds")
    if document is not None:
        check(document, raw)


def main() -> None:
    """Run the fuzzer for the seconds named (60 where none are)."""
    own = [argument for argument in sys.argv[1:] if not argument.isdigit()]
    seconds = next((argument for argument in sys.argv[1:] if argument.isdigit()), "60")
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=4000", *own], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
