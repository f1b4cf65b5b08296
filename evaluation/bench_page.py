"""The speed of the page room: ``pytest evaluation/bench_page.py``.

Reads the benchmark's pages from ../shared where they are (all of them in one round: pages a second is their number
divided by the round's time), else a page of our own, a hundred times over.
"""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from evaluation.benchmarks import PAGES
from onrecord.nouns import Source
from onrecord.page import read_page

SENTENCE = "President Anton Velik said in Ostrev that the talks in Mereth would go on, whatever Dravik made of them. "


def own_pages() -> list[bytes]:
    """Return a hundred pages of our own: forty paragraphs with links, and a list of other articles."""
    paragraphs = "".join(f"<p>{SENTENCE * 3}<a href=/{i}>More on point {i}</a> of the draft.</p>" for i in range(40))
    links = "".join(f"<li><a href=/x{i}>Another article, number {i}, on other things</a></li>" for i in range(200))
    page = (
        f"<html><title>Talks</title><body><ul>{links}</ul><article><h1>Talks</h1>{paragraphs}</article></body></html>"
    )
    return [page.encode()] * 100


@pytest.fixture(scope="module")
def pages() -> list[bytes]:
    """The pages, unpacked."""
    return [gzip.decompress(path.read_bytes()) for path in sorted((PAGES / "html").glob("*.gz"))] or own_pages()


def test_pages(benchmark: Any, pages: list[bytes]) -> None:
    """At least 50 pages a second on one core."""

    def read_all() -> int:
        return sum(len(read_page(Source(raw=raw, media="html")).blocks) for raw in pages)

    assert benchmark.pedantic(read_all, rounds=3, warmup_rounds=1) > len(pages)
    benchmark.extra_info["pages_per_second"] = round(len(pages) / benchmark.stats["min"], 1)
    benchmark.extra_info["bytes"] = sum(map(len, pages))


def test_plain_text(benchmark: Any) -> None:
    """A text of ten thousand words."""
    raw = "\n\n".join(SENTENCE * 5 for _ in range(105)).encode()
    benchmark(lambda: read_page(Source(raw=raw, media="text", charset="utf-8")))
