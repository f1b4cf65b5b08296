"""Hostile articles in a browser: nothing of them runs, asks, fetches or leads away, on whatever page shows them.

What the pages are made of is judged without a browser (`tests.web.test_hostile`); this is the judge that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog

from onrecord.ledger import documents, open_ledger
from onrecord.web.app import application
from onrecord.web.pages import part
from tests.hostile import CASES, ledger_of
from tests.web.serving import serving
from tests.web.test_hostile import COMMON, asking, served

FEW = ("script", "img", "attribute-close", "meta")
"""Cases of which every page is opened; of the others the article with its facts, which has most of their words."""


def went_wrong(browser: Browser, address: str, paths: Iterable[str]) -> list[str]:
    """What the pages at some paths did that articles made them do."""
    wrong: list[str] = []
    context = browser.new_context(base_url=address)
    page = context.new_page()
    at = ""

    def asked(dialog: Dialog) -> None:
        wrong.append(f"{at}: a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", asked)
    page.on("pageerror", lambda problem: wrong.append(f"{at}: {problem}"))
    page.on("popup", lambda other: wrong.append(f"{at}: a window: {other.url}"))
    page.on("request", lambda sent: None if sent.url.startswith(f"{address}/") else wrong.append(f"{at}: {sent.url}"))
    page.on(
        "console", lambda said: wrong.append(f"{at}: {said.text}") if "Content Security Policy" in said.text else None
    )
    for path in paths:
        at = path[:200]
        answer = page.goto(path)
        assert answer is not None and answer.status < 500, at
        page.mouse.move(300, 300)  # over what stands there
        page.keyboard.press("j")
        if page.url != answer.url or page.locator("header.top").count() != 1:
            wrong.append(f"{at}: led to {page.url}")
    context.close()
    return wrong


@pytest.fixture(scope="module")
def all_cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a ledger with all cases, and the ids of their documents."""
    path = ledger_of(tmp_path_factory.mktemp("hostile") / "a", CASES.items())
    with open_ledger(path) as ledger:
        names = [each.name for each in documents(ledger)]
    with serving(application(path)) as address:
        yield address, names


def test_no_case_does_anything_in_a_browser(browser: Browser, all_cases: tuple[str, list[str]]) -> None:
    address, names = all_cases
    assert len(names) == len(CASES)
    paths = [f"/documents/{part(name)}?passage=0-2000" for name in names]
    assert went_wrong(browser, address, paths) == []


def test_a_case_does_nothing_on_any_page(browser: Browser, tmp_path: Path) -> None:
    path = ledger_of(tmp_path / "a", [(name, CASES[name]) for name in FEW])
    (held,) = served(path)
    pages = [each for some in held.documents.values() for each in some]
    asked = [each for name in FEW for each in asking(CASES[name])]
    with serving(application(path)) as address:
        assert went_wrong(browser, address, [*COMMON, *pages, *asked]) == []
