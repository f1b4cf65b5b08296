"""Every page is free of what axe finds wrong for readers with disabilities, on a desk, a phone and in the dark.

A room that has a page adds its address to `PAGES`; what stands in braces is filled by `Places`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from onrecord.ledger import copies, entities, event, open_ledger, statements
from tests.web.browser.conftest import SCREENS, Opener

PAGES = (
    "/",
    "/?as_of=2031-05-20&since=2031-05-01",
    "/events",
    "/events?q=walrus",
    "/events/{event}",
    "/events/{event}?as_of=2031-05-01",
    "/events/{event}?as_of=2031-01-01",
    "/sources",
    "/copies/{copy}",
    "/about",
    "/keys",
    "/nowhere",
    "/documents",
    "/documents/{copy}",
    "/documents/{copy}?beside=quotes",
    "/documents/{copy}?beside=about",
    "/statements/{statement}",
    "/entities",
    "/entities/{entity}",
    "/search?q=summit",
    "/login",
    "/alerts",
)

ALL: dict[str, object] = {
    "type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}  # fmt: skip
PHONE: dict[str, object] = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
DARK: dict[str, object] = {"type": "rule", "values": ["color-contrast"]}
"""What is another on a phone, and in the dark."""


class Places(NamedTuple):
    """What pages of the sample story are of, as parts of addresses."""

    event: str
    copy: str
    statement: str
    entity: str


@pytest.fixture(scope="session")
def places(sample_ledger: Path) -> Places:
    with open_ledger(sample_ledger) as ledger:
        summit = event(ledger, "Velik Dalgard summit")
        said = statements(ledger, most=1)[0]
        assert summit is not None
        return Places(
            event=summit.id,
            copy=quote(next(copies(ledger)).copies[0].document, safe=""),
            statement=f"{said.number}/{quote(said.document, safe='')}",
            entity=next(iter(entities(ledger))).id,
        )


def found_by_axe(page: Page, rules: dict[str, object] = ALL) -> list[str]:
    """What axe finds wrong with a page, a line for each place."""
    answer = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [f"{each['id']}: {node['html'][:200]}" for each in answer.response["violations"] for node in each["nodes"]]


@pytest.mark.parametrize("path", ["/events/{event}", "/events/{event}?part=2"])
def test_axe_finds_nothing_where_an_event_is_shown_by_its_last_tellings(
    opened: Opener, places: Places, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("ledger.recent.MUCH", 8), ("ledger.recent.LAST", 6), ("web.event.TOLD", 4)):
        monkeypatch.setattr(f"onrecord.{name}", most)
    page = opened(path.format(**places._asdict()))
    assert page.get_by_text("Much is told of this event" if "part" not in path else "the last first").count() == 1
    assert found_by_axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert found_by_axe(page, DARK) == []
    page.set_viewport_size(SCREENS["phone"]["viewport"])
    assert found_by_axe(page, PHONE) == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(opened: Opener, places: Places, path: str) -> None:
    page = opened(path.format(**places._asdict()), quiet="nowhere" in path)
    for summary in page.locator("main details > summary").all()[:12]:
        summary.evaluate("each => each.parentElement.open = true")
    assert found_by_axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert found_by_axe(page, DARK) == []
    page.set_viewport_size(SCREENS["phone"]["viewport"])
    assert found_by_axe(page, PHONE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def test_axe_finds_nothing_in_the_overlay(opened: Opener) -> None:
    page = opened("/")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    assert found_by_axe(page) == []
