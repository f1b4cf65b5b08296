"""Passages are chosen in a browser: by what is selected, and by the sign behind a paragraph where no script runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from onrecord.ledger import add, open_ledger
from onrecord.nouns import Source
from onrecord.reading import reader
from onrecord.web.app import application
from tests.web.browser.conftest import Opener
from tests.web.serving import serving

ARTICLE = (
    "Harbour opens\n\n"
    "The flag 🏴 and the fish 🐟🐟 hang over the quay of Selm.\n\n"
    "“The harbour 🚢 opens on 7 June,” said Ida Marsk, the mayor of Selm."
)
SELECT = """([first, last]) => {
  const find = (words) => {
    const walk = document.createTreeWalker(document.querySelector("article.text"), NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());) {
      const at = node.data.indexOf(words);
      if (at >= 0) return [node, at];
    }
  };
  const [begin, from] = find(first), [end, to] = find(last);
  getSelection().setBaseAndExtent(begin, from, end, to + last.length);
}"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of an article with signs beyond the first 65,536."""
    path = tmp_path_factory.mktemp("harbour") / "a.ledger"
    source = Source(raw=ARTICLE.encode(), id="harbour", media="text", published="2031-05-01")
    with open_ledger(path, create=True) as ledger:
        assert [each.outcome for each in add(ledger, [source], reader(), lambda: datetime(2031, 6, 1, tzinfo=UTC), 1)]
    with serving(application(path)) as address:
        yield f"{address}/documents/harbour"


def lit(page: Page) -> str:
    return "".join(page.locator(".lit-passage").all_text_contents())


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("fish", "🐟🐟 hang ", "fish 🐟🐟 hang"),
        (" 🚢", "7 June", "🚢 opens on 7 June"),
        ("quay", "“The harbour", "quay of Selm.“The harbour"),
    ],
)
def test_what_is_selected_can_be_spoken_of(opened: Opener, harbour: str, first: str, last: str, words: str) -> None:
    page = opened("/about").context.new_page()
    page.goto(harbour)
    offer = page.get_by_role("link", name="Comment on this")
    expect(offer).to_have_count(0)
    page.evaluate(SELECT, [first, last])
    offer.click()
    page.wait_for_url("**passage=*#say")
    assert lit(page).replace("\n", "") == words
    expect(page.get_by_role("region", name="The passage that you chose")).to_contain_text(words[-5:])
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.get_by_role("link", name="Comment on this")).to_have_count(0)


def test_without_a_script_a_paragraph_is_chosen_whole(opened: Opener, harbour: str) -> None:
    page = opened("/about", java_script_enabled=False).context.new_page()
    page.goto(harbour)
    page.get_by_role("link", name="Choose paragraph 2").click()
    page.wait_for_url("**passage=*#p*")
    assert lit(page) == "“The harbour 🚢 opens on 7 June,” said Ida Marsk, the mayor of Selm."
    chosen = page.get_by_role("region", name="The passage that you chose")
    expect(chosen).to_contain_text("Statement 1 Ida Marsk")
    page.get_by_role("link", name="Passage that you chose").click()
    expect(chosen).to_be_in_viewport()
