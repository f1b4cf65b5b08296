"""The ten things that a desk does in a day, in a browser, on the sample story.

Each is done as a reader does it: by what stands on the page, not by addresses that only programs know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from onrecord.web.app import application
from tests.web.entering import WORD, with_users
from tests.web.serving import serving


@pytest.fixture(scope="module")
def team(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the story, served to a team: Ada moderates, Ben writes, Cy reads."""
    with serving(application(with_users(sample_ledger, tmp_path_factory.mktemp("team")))) as address:
        yield address


@pytest.fixture
def desk(browser: Browser, team: str) -> Iterator[Page]:
    """Yield a page of a reader who has just come in."""
    context = browser.new_context(base_url=team)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def log_in(page: Page, name: str) -> None:
    """Log somebody in from where he is; he comes back there."""
    page.get_by_role("link", name="Log in").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(WORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()


def open_summit(page: Page) -> None:
    """Find the summit by the search of every page and open it."""
    page.get_by_label("Search everything").fill("summit")
    page.get_by_role("search").get_by_role("button").click()
    page.get_by_role("navigation", name="What is looked for").get_by_role("link", name="Events").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Velik–Dalgard summit")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Velik–Dalgard summit")


def test_find_what_changed(desk: Page) -> None:
    changed = desk.get_by_role("region", name="What changed")
    expect(changed).to_contain_text("Velik–Dalgard summit")
    expect(changed).to_contain_text("occurred")
    desk.get_by_label("since").fill("2031-05-01")
    changed.get_by_role("button", name="Show").click()
    expect(desk.get_by_role("region", name="What changed")).to_contain_text("5 June 2031")
    desk.get_by_role("button", name="I have seen this").click()
    expect(desk.get_by_role("region", name="What changed")).not_to_contain_text("Velik–Dalgard summit")


def test_open_the_event(desk: Page) -> None:
    desk.get_by_role("region", name="What changed").get_by_role("link", name="Velik–Dalgard summit").click()
    known = desk.get_by_role("region", name="What is known")
    expect(known).to_contain_text("5 June 2031")
    expect(known).to_contain_text("Tarnholm Castle")
    expect(desk.get_by_role("region", name="Timeline").locator("svg")).to_be_visible()


def test_go_to_a_day_in_the_past(desk: Page) -> None:
    open_summit(desk)
    desk.get_by_label("As told by").select_option("2031-04-15")
    desk.locator("form.step").get_by_role("button", name="Go").click()
    expect(desk).to_have_url(re.compile("as_of=2031-04-15"))
    expect(desk.get_by_text("nothing that was published later counts")).to_be_visible()
    expect(desk.get_by_role("region", name="What is known")).to_contain_text("22 May 2031")
    expect(desk.get_by_role("main")).not_to_contain_text("5 June 2031")
    desk.get_by_role("link", name="onrecord", exact=True).click()
    expect(desk).to_have_url(re.compile("as_of=2031-04-15"))


def test_see_why_the_date_is_open(desk: Page) -> None:
    desk.get_by_role("main").get_by_role("link", name="second meeting").first.click()
    expect(desk.get_by_role("main")).to_contain_text(re.compile(r"Open: .*date \(open\)"))
    known = desk.get_by_role("region", name="What is known")
    date = known.locator("dt", has_text="Date").locator("xpath=following-sibling::dd[1]")
    expect(date).to_contain_text("open")
    expect(date.locator("mark").first).to_be_visible()


def test_open_the_passage(desk: Page) -> None:
    open_summit(desk)
    told = desk.get_by_role("region", name="Tellings").get_by_role("listitem").first
    told.locator("a.what").click()
    expect(desk).to_have_url(re.compile(r"/documents/[^?]+\?passage=\d+-\d+&version=[0-9a-f]{12}#p\d+-\d+"))
    expect(desk.locator("[id^=p]").first).to_be_in_viewport()


def test_see_the_diff_of_the_altered_quote(desk: Page) -> None:
    desk.get_by_label("Search everything").fill("Karsenia will then withdraw")
    desk.get_by_role("search").get_by_role("button").click()
    desk.get_by_role("main").get_by_role("link", name=re.compile("Ostrev ready to open Kest Pass first")).first.click()
    desk.get_by_role("link", name=re.compile("Quotes checked")).click()
    altered = desk.get_by_role("main").get_by_text("altered").first
    expect(altered).to_be_visible()
    expect(desk.get_by_role("main").locator("ins", has_text="then").first).to_be_visible()
    expect(desk.get_by_role("main").locator("del", has_text="simultaneously").first).to_be_visible()


def test_comment(desk: Page) -> None:
    open_summit(desk)
    log_in(desk, "Ben")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Velik–Dalgard summit")
    desk.get_by_text("Say something", exact=True).click()
    desk.get_by_label("Your comment").fill("Ask Ostrev about <b>the hall</b>: https://ostrev.example/hall")
    desk.get_by_role("button", name="Comment", exact=True).click()
    comments = desk.get_by_role("region", name="Comments")
    expect(comments).to_contain_text("Ask Ostrev about <b>the hall</b>")
    expect(comments.get_by_role("link", name="https://ostrev.example/hall")).to_have_attribute(
        "rel", re.compile("noopener")
    )
    expect(comments).to_contain_text("Ben")


def test_correct_a_merge(desk: Page) -> None:
    open_summit(desk)
    log_in(desk, "Ada")
    tellings = desk.get_by_role("region", name="Tellings").locator("ol.items > li")
    before = tellings.count()
    told = tellings.first
    told.get_by_text("Why it is the same event").click()
    told.get_by_label(re.compile("Reason")).fill("That one is of the talks before.")
    told.get_by_role("button", name="It is another one").click()
    open_summit(desk)
    expect(tellings).not_to_have_count(before)
    expect(desk.get_by_role("main")).to_contain_text("That one is of the talks before.")
    desk.get_by_role("link", name="What people decided").click()
    desk.get_by_text("Take it back").first.click()
    desk.get_by_label("Reason").first.fill("It is of the summit after all.")
    desk.get_by_role("button", name="Take it back").first.click()
    open_summit(desk)
    expect(tellings).to_have_count(before)


def test_search(desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("not yet ready")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("main").locator("mark").first).to_be_visible()
    desk.get_by_role("main").get_by_role("link", name="The Ostrev Courier").first.click()
    expect(desk.get_by_role("main")).to_contain_text("The Ostrev Courier")
    expect(desk).to_have_url(re.compile("outlet="))


def test_subscribe_to_the_calendar(desk: Page, team: str) -> None:
    desk.get_by_role("link", name="Events", exact=True).first.click()
    desk.get_by_label("Name, people, place or topic").fill("summit")
    desk.get_by_role("main").get_by_role("button", name="Show").click()
    desk.get_by_role("link", name="Subscribe to .ics").click()
    address = desk.get_by_role("region", name="The address to give to your program").get_by_role("code").inner_text()
    assert address == f"{team}/events.ics?q=summit"
    answer = desk.request.get(address)
    entries = Calendar.from_ical(answer.text()).events
    assert {str(each["summary"]): str(each.start) for each in entries}["Velik–Dalgard summit"] == "2031-06-05"
    assert all(str(each["url"]).startswith(f"{team}/events/E") for each in entries)
