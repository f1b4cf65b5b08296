"""Pages on paper: what is known and said, and nothing to press; and quotes that are written from right to left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

import pytest
from playwright.sync_api import Browser

from onrecord.ledger import add, open_ledger
from onrecord.nouns import Source
from onrecord.reading import reader
from onrecord.web.admission import SESSION
from onrecord.web.app import application
from onrecord.web.pages import part
from tests.web.browser.conftest import SCREENS, Opener
from tests.web.browser.test_axe import Desk, Places, desk, places
from tests.web.serving import serving

__all__ = ["desk", "places"]

TO_PRESS = """() => [...document.querySelectorAll(
  "select, input, button, textarea, .steps, .say, .moderate, .correct, .take, .speak, .past, .tabs, #say"
)].filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/events/{event}", ["What is known", "Timeline", "Tellings", "Is it sure?"]),
        ("/documents/{said}?passage={passage}", ["The passage that you chose", "Who said what", "See https"]),
        ("/documents/{said}?beside=comments", ["See https"]), ("/statements/{statement}", ["Where it stands", "Form"]),
        ("/entities/{entity}", ["Statements"]), ("/comments", ["Is it sure?", "Hidden by"]),
        ("/decisions", ["Port Selm"]),
    ],
)  # fmt: skip
def test_paper_has_what_is_known_and_nothing_to_press(browser: Browser, desk: Desk, path: str, kept: list[str]) -> None:
    context = browser.new_context(base_url=desk.address, **SCREENS["desktop"])
    context.add_cookies([{"name": SESSION, "value": desk.cookie, "url": desk.address}])
    page = context.new_page()
    page.goto(path.format(**desk.filled))
    assert page.evaluate(TO_PRESS)
    page.emulate_media(media="print")
    assert page.evaluate(TO_PRESS) == []
    for words in kept:
        assert page.get_by_text(words).locator("visible=true").count(), words
    context.close()


def test_paper_says_as_of_which_day(opened: Opener, places: Places) -> None:
    page = opened(f"/events/{places.event}?as_of=2031-05-01")
    page.emulate_media(media="print")
    assert page.get_by_text("nothing that was published later counts").is_visible()
    assert not page.get_by_role("link", name="Back to what is known now").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


RIGHT_TO_LEFT = {"hebrew": "פסגת השלום נדחתה לחודש הבא", "arabic": "تأجلت قمة السلام إلى الشهر المقبل"}


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a ledger in which somebody says something that is written from right to left."""
    path = tmp_path_factory.mktemp("turned") / "a.ledger"
    articles = [
        Source(
            raw=f"Summit put off\n\nIda Marsk, the mayor of Selm, said: “{words}.”\n\n“{words},” she said.".encode(),
            id=language, media="text", published="2031-05-01",
        )
        for language, words in RIGHT_TO_LEFT.items()
    ]  # fmt: skip
    with open_ledger(path, create=True) as ledger:
        for _ in add(ledger, articles, reader(), lambda: datetime(2031, 6, 1, tzinfo=UTC), 1):
            pass
    with serving(application(path)) as address:
        yield address


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_quote_that_is_written_from_right_to_left_is_shown_so(
    opened: Opener, turned: str, language: str, media: Literal["screen", "print"]
) -> None:
    words = RIGHT_TO_LEFT[language]
    page = opened("/about").context.new_page()
    page.emulate_media(media=media)
    for path, quote, direction in (
        (f"/statements/s1/{language}", "h1", "rtl"), (f"/search?q={part(words)}", "article.said blockquote", "rtl"),
        (f"/documents/{language}?fact=s1", "#f-s1 blockquote", "rtl"),
        (f"/documents/{language}", ".text .block >> nth=0", "ltr"),
        (f"/documents/{language}", ".text .block >> nth=1", "rtl"), (f"/quotes/s1/{language}", "blockquote", "rtl"),
    ):  # fmt: skip
        page.goto(turned + path)
        shown = page.locator(f"main {quote}").first
        assert words in shown.inner_text(), path
        assert shown.evaluate("each => getComputedStyle(each).direction") == direction, path
        assert page.locator("main").evaluate("each => getComputedStyle(each).direction") == "ltr"
