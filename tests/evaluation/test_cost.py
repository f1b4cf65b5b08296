"""What a million articles need is what follows from the figures, and the page says no other."""

from __future__ import annotations

import msgspec
import pytest
from evaluation.cost import BEGINS, ENDS, GROWN, PAGE, Measured, apart, known_figures, needed, section, with_section

BY = Measured(
    version="1", day="2031-05-22", load=1.0, articles=10, words=5_000, reading=5_000.0, keeping=50_000.0, page=100.0,
    parquet=20.0, ledger=100.0, packed=30_000, memory=512.0,
)  # fmt: skip


def test_what_texts_and_pages_need() -> None:
    texts, pages = (needed(BY, 36_000, 500, html) for html in (False, True))
    assert (texts.reading, texts.keeping) == (1.0, 0.1), "18 million words, in hours"
    assert (texts.parquet, texts.ledger) == (360e6, 1_800e6)
    assert pages.reading == pytest.approx(1.1), "36,000 pages take 360 s more"
    assert (pages.parquet, pages.ledger) == (1_440e6, 2_880e6), "and 1,080 MB"
    assert texts.workers == pytest.approx((10 / GROWN, 10.0))


def test_the_page_says_what_follows_from_the_figures_it_was_worked_out_from() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_section(page, section(known_figures())) == page
    assert page.count(BEGINS) == page.count(ENDS) == 1


def test_a_figure_that_is_far_off_makes_the_page_out_of_date() -> None:
    near = msgspec.structs.replace(BY, reading=4_000.0, memory=600.0, load=9.0)
    assert apart(BY, near) == {}
    far = msgspec.structs.replace(BY, reading=3_000.0, ledger=160.0)
    assert apart(BY, far) == {"reading": (5_000.0, 3_000.0), "ledger": (100.0, 160.0)}


def test_only_what_is_made_is_written_anew() -> None:
    assert with_section(f"a\n{BEGINS}old\n{ENDS}b\n", "new\n") == f"a\n{BEGINS}new\n{ENDS}b\n"
