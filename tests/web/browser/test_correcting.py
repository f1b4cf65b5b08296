"""Corrections beside what they correct, in a browser: by keyboard and without scripts, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from onrecord.web.app import application
from tests.web.browser.conftest import SCREENS
from tests.web.browser.test_axe import Desk, Places, desk, entered, is_clean, places
from tests.web.browser.test_working_day import log_in, open_summit
from tests.web.entering import with_users
from tests.web.serving import serving

__all__ = ["desk", "entered", "places"]


@pytest.fixture
def team(sample_ledger: Path, tmp_path: Path) -> Iterator[str]:
    """Yield the address of the story as each test begins with it."""
    with serving(application(with_users(sample_ledger, tmp_path))) as address:
        yield address


@pytest.fixture(params=["desktop", "phone"])
def plain(browser: Browser, team: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Yield the page of the summit to Ben, who may write and whose browser runs no scripts."""
    context = browser.new_context(base_url=team, java_script_enabled=False, **SCREENS[request.param])
    page = context.new_page()
    page.goto("/")
    log_in(page, "Ben")
    open_summit(page)
    yield page
    context.close()


def test_a_date_is_changed_where_it_stands_by_keyboard_alone(plain: Page) -> None:
    date = plain.locator("#fact-date + dd")
    expect(date).to_contain_text("5 June 2031")
    date.get_by_text("correct", exact=False).first.focus()
    plain.keyboard.press("Enter")
    field = date.get_by_label("What is true")
    expect(field).to_have_value("2031-06-05")
    plain.keyboard.press("Tab")
    expect(field).to_be_focused()
    plain.keyboard.press("Control+a")
    plain.keyboard.type("2031-06-06")
    plain.keyboard.press("Tab")
    plain.keyboard.press("Tab")
    plain.keyboard.type("The castle's own diary.")
    plain.keyboard.press("Enter")
    expect(plain).to_have_url(re.compile("/events/E[0-9a-f]+#fact-date"))
    expect(date.locator("b", has_text="6 June 2031")).to_be_in_viewport()
    expect(date).to_contain_text("decided by Ben: The castle's own diary.")
    plain.locator("#decided ~ ul summary").click()
    plain.locator("#decided ~ ul").get_by_label("Reason").fill("It was the fifth.")
    plain.locator("#decided ~ ul").get_by_role("button", name="Take it back").click()
    expect(date.locator("b", has_text="5 June 2031")).to_have_count(1)


def test_who_takes_no_part_is_taken_away_and_who_is_missing_is_added(plain: Page) -> None:
    who = plain.locator("#fact-participant + dd")
    item = who.locator(".several > li").filter(has=plain.locator("summary b", has_text="Tomas Reyk"))
    item.locator("summary").first.click()
    item.get_by_text("correct", exact=False).first.click()
    item.get_by_label("Reason").fill("He was not there.")
    item.get_by_role("button", name="It is wrong").click()
    expect(who.locator("summary b", has_text="Tomas Reyk")).to_have_count(0)
    plain.get_by_text("Add what is missing").click()
    form = plain.locator("form").filter(has=plain.get_by_label("Instead of"))
    form.get_by_label(re.compile("^What (?!is)")).select_option("stays away")
    form.get_by_label("What is true").fill("Tomas Reyk")
    form.get_by_label("Reason").fill("His office says so.")
    form.get_by_role("button", name="Correct it").click()
    expect(plain.locator("#fact-absent + dd")).to_contain_text("Tomas Reyk")


def test_a_speaker_is_corrected_above_the_words(plain: Page, places: Places) -> None:
    plain.goto(f"/statements/{places.statement}")
    plain.get_by_text("Correct who said it").click()
    field = plain.locator(".acts").get_by_label("Who")
    assert field.input_value() in plain.locator(".statement-page .who").inner_text()
    field.fill("Ida Ruhl")
    plain.get_by_label("Reason").fill("It is her speech.")
    plain.get_by_role("button", name="Correct it").click()
    expect(plain.locator(".statement-page .who")).to_contain_text("Ida Ruhl by decision of Ben: It is her speech.")


@pytest.mark.parametrize(
    "path", ["/events/{event}", "/events/{event}?part=2", "/statements/{statement}", "/entities/{entity}"]
)
def test_axe_finds_nothing_where_every_form_is_open(
    entered: BrowserContext, desk: Desk, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.event.TOLD", 4)
    page = entered.new_page()
    page.goto(path.format(**desk.filled))
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    expect(page.locator("main form").filter(has=page.get_by_label("Reason")).first).to_be_visible()
    is_clean(page)
    page.close()
