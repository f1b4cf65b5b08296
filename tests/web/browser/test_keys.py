"""Keys, the overlay and the slider of days in a browser; and that nothing of it is needed without scripts."""

from __future__ import annotations

import pytest

from tests.web.browser.conftest import Opener
from tests.web.browser.test_axe import Places, places

__all__ = ["places"]


def test_keys_lead_through_a_list_and_to_other_pages(opened: Opener) -> None:
    page = opened("/events?as_of=2031-05-20")
    page.keyboard.press("j")
    first = page.locator("main .items a.what").first
    assert first.evaluate("each => each === document.activeElement")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert first.evaluate("each => each === document.activeElement")
    page.keyboard.press("/")
    assert page.locator("#find").evaluate("each => each === document.activeElement")
    page.keyboard.type("gt?j")
    assert page.locator("#find").input_value() == "gt?j", "who writes is left alone"
    page.locator("h1").click()
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("t")
    assert page.url.endswith("/?as_of=2031-05-20")


@pytest.mark.parametrize(
    ("path", "items", "leads"),
    [
        ("/search?q=summit", "article.said", "/statements/"),
        ("/search?q=summit&what=events", ".items > li", "/events/"),
        ("/search?q=summit&what=documents", ".items > li", "/documents/"), ("/entities", ".people tr", "/entities/"),
        ("/entities/{entity}", "article.said", "/statements/"), ("/quotes/{quote}", ".prints > li", "/documents/"),
        ("/documents/{copy}", ".fact", "?fact="), ("/documents", ".items > li", "/documents/"),
    ],
)  # fmt: skip
def test_keys_lead_through_every_kind_of_list(
    opened: Opener, places: Places, path: str, items: str, leads: str
) -> None:
    page = opened(path.format(**places._asdict()))
    lead = page.locator(f"main {items}").filter(has=page.locator("a"))
    at = "each => each.contains(document.activeElement) && document.activeElement.getAttribute('href')"
    page.keyboard.press("j")
    first = lead.nth(0).evaluate(at)
    assert first and leads in first
    if lead.count() > 1:
        page.keyboard.press("j")
        assert not lead.nth(0).evaluate(at) and leads in lead.nth(1).evaluate(at)
        page.keyboard.press("k")
        assert lead.nth(0).evaluate(at) == first
    if "fact" not in leads:
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert leads in page.url


def test_keys_can_be_switched_off_and_the_browser_remembers(opened: Opener) -> None:
    page = opened("/")
    page.keyboard.press("?")
    page.get_by_label("Use these keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("dialog#keys").is_visible()
    page.get_by_role("link", name="Keys").click()
    assert page.locator("dialog#keys").is_visible()


def test_the_slider_moves_the_whole_page_to_another_day(opened: Opener, places: Places) -> None:
    page = opened(f"/events/{places.event}")
    slider = page.get_by_role("slider")
    assert slider.get_attribute("aria-valuetext") == "6 June 2031"
    slider.focus()
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert page.url.endswith(f"/events/{places.event}?as_of=2031-05-16")
    with page.expect_navigation():
        page.keyboard.press("[")
    assert page.url.endswith("?as_of=2031-05-06")


def test_without_scripts_all_of_it_is_there(opened: Opener, places: Places) -> None:
    page = opened(f"/events/{places.event}", java_script_enabled=False)
    page.get_by_role("link", name="the day before").click()
    assert page.url.endswith("?as_of=2031-05-16")
    page.get_by_label("As told by").select_option("2031-04-15")
    page.locator(".steps button").click()
    assert page.url.endswith("?as_of=2031-04-15")
    page.get_by_role("link", name="Keys").click()
    assert page.get_by_role("heading", name="Keys").is_visible()


def test_the_drawing_of_sources_is_walked_through_and_leads_on(opened: Opener, places: Places) -> None:
    page = opened(f"/events/{places.event}")
    links = page.locator("svg.lineage a")
    page.locator("summary", has_text="The same as a table").focus()
    page.keyboard.press("Tab")
    assert links.first.evaluate("each => each === document.activeElement")
    page.keyboard.press("Tab")
    assert links.nth(1).evaluate("each => each === document.activeElement")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/statements/" in page.url


@pytest.mark.parametrize("screen", ["desktop", "phone", "dark"])
def test_the_marks_of_the_timeline_lead_to_their_passages_by_keyboard_and_by_pointer(
    opened: Opener, places: Places, screen: str
) -> None:
    page = opened(f"/events/{places.event}", screen)
    marks, here = page.locator("svg.timeline a"), "each => each === document.activeElement"
    past = page.get_by_role("link", name="Past the marks")
    past.focus()
    assert past.bounding_box()["x"] >= 0, "who comes by keyboard sees it"  # type: ignore[index]
    page.keyboard.press("Tab")
    first = page.locator("svg.timeline a:not([tabindex])").first
    assert first.evaluate(here)
    ring = "each => getComputedStyle(each.querySelector('.ring')).stroke"
    assert first.evaluate(ring) != "none" and marks.nth(5).evaluate(ring) == "none"
    stops = page.locator("svg.timeline a:not([tabindex])").count()
    assert stops == page.locator("svg.timeline g.row").count() < marks.count()
    past.focus()
    page.keyboard.press("Enter")
    assert page.locator("#claims > summary").is_visible() and page.url.endswith("#claims")
    leads = marks.nth(1).get_attribute("href") or ""
    assert leads.startswith("/documents/") and "passage=" in leads
    with page.expect_navigation():
        marks.nth(1).click()
    assert page.url.endswith(leads)
    page.go_back()
    leads = first.get_attribute("href") or ""
    first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(leads)


def test_a_mark_of_the_timeline_says_where_it_leads(opened: Opener, places: Places) -> None:
    page = opened(f"/events/{places.event}?as_of=2031-05-20")
    link = page.locator("svg.timeline").get_by_role("link", name="16 May 2031: 5 June 2031, settled")
    assert link.count() == 1 and "as_of=2031-05-20" in (link.get_attribute("href") or "")
