"""The page of a document in a browser: facts light up at once with a script, and by their address without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import documents, open_ledger
from onrecord.web.pages import part
from tests.web.browser.conftest import Opener


@pytest.fixture(scope="session")
def moved(sample_ledger: Path) -> str:
    """The address of the article on the moved venue."""
    with open_ledger(sample_ledger) as ledger:
        name = next(each.name for each in documents(ledger) if "09-venue-moved" in (each.path or ""))
    return f"/documents/{part(name)}"


@pytest.mark.parametrize("script", [True, False])
def test_a_fact_and_its_passages_are_found_from_each_other(opened: Opener, moved: str, script: bool) -> None:
    page = opened(moved, java_script_enabled=script)
    assert page.locator(".seg.lit-content").count() == 0
    page.locator("#f-s3 a.go").first.click()
    page.wait_for_url("**fact=s3#s3")
    lit = page.locator(".seg.lit-content")
    assert lit.count() and all("s3-content" in (each.get_attribute("class") or "") for each in lit.all())
    assert page.locator(".fact.chosen").get_attribute("id") == "f-s3"
    page.locator("a.ref[data-fact='s2']").first.click()
    page.wait_for_url("**fact=s2#f-s2")
    assert page.locator(".fact.chosen").get_attribute("id") == "f-s2"


def test_what_is_not_ticked_is_not_underlined(opened: Opener, moved: str) -> None:
    page = opened(moved, java_script_enabled=False)
    page.locator("#show-statements").uncheck()
    content = page.locator(".seg.is-content:not(.is-event):not(.is-time)").first
    assert content.evaluate("each => getComputedStyle(each).textDecorationLine") == "none"
    page.locator(".marks button").click()
    assert not page.locator("#show-statements").is_checked() and page.locator("#show-events").is_checked()
