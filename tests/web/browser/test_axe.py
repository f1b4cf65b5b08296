"""Every page is free of what axe finds wrong for readers with disabilities, on a desk, a phone and in the dark.

A room that has a page adds its address to `PAGES`; what stands in braces is filled by `Places`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from onrecord.ledger import By, Ledger, copies, decide_claim, documents, entities, event, open_ledger, statements
from onrecord.ledger.access import log_in
from onrecord.ledger.alert_rules import Rule, add_rule
from onrecord.ledger.comments import Subject, comment, moderate, reply
from onrecord.ledger.spoken import printed
from onrecord.ledger.store import number_of
from onrecord.web.admission import SESSION
from onrecord.web.app import application
from tests.web.browser.conftest import SCREENS, Opener
from tests.web.entering import WORD, with_users
from tests.web.serving import serving

NOON = datetime(2031, 7, 2, 12, tzinfo=UTC)

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
    "/documents/{copy}?beside=comments",
    "/documents/{copy}?passage=0-400",
    "/statements/{statement}",
    "/entities",
    "/entities/{entity}",
    "/quotes/{quote}",
    "/search",
    "/search?q=summit",
    "/search?q=summit&what=events",
    "/search?q=summit&what=documents",
    "/search?q=lindqvist&what=entities",
    "/search?q=nowhere",
    "/login",
    "/alerts",
    "/subscribe",
    "/subscribe?to=/events.ics",
    "/add",
    "/comments",
    "/decisions",
)

TO_WRITERS = (
    "/", "/events/{event}", "/events/{event}?about=date.1", "/documents/{said}", "/documents/{said}?beside=comments",
    "/documents/{said}?passage={passage}", "/statements/{statement}", "/entities/{entity}", "/comments", "/decisions",
    "/alerts", "/add", "/subscribe",
)  # fmt: skip
"""Pages that have forms for who may write and moderate; of the document of which somebody spoke."""

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
    quote: str
    """A print of a quote that others print too, or that is on record."""


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
            quote=_printed(ledger),
        )


def _printed(ledger: Ledger) -> str:
    """The number of a quote and its document, as parts of an address."""
    for each in documents(ledger):
        if (number := number_of(ledger.connection, each.name)) is None:
            continue
        for print_ in printed(ledger, number):
            if not print_.id.startswith("q"):
                return f"{print_.id}/{quote(each.name, safe='')}"
    raise LookupError("the story prints no quotes")


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


def is_clean(page: Page) -> None:
    """Hold a page to axe on a desk, in the dark and on a phone, with all that can be opened in it open."""
    for summary in page.locator("main details > summary").all()[:12]:
        summary.evaluate("each => each.parentElement.open = true")
    assert found_by_axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert found_by_axe(page, DARK) == []
    page.set_viewport_size(SCREENS["phone"]["viewport"])
    assert found_by_axe(page, PHONE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(opened: Opener, places: Places, path: str) -> None:
    is_clean(opened(path.format(**places._asdict()), quiet="nowhere" in path))


class Desk(NamedTuple):
    """The story, served to a team: its address, and a moderator's cookie."""

    address: str
    cookie: str
    filled: dict[str, str]
    """What stands in the braces of `TO_WRITERS`."""


@pytest.fixture(scope="module")
def desk(sample_ledger: Path, places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yield the story with a talk, a rule and a decision, and Ada logged in, who moderates."""
    ledger = with_users(sample_ledger, tmp_path_factory.mktemp("axe"))
    with open_ledger(ledger) as opened:
        said = statements(opened, most=1)[0]
        start, stop = said.span
        spoken = Subject(document=said.document, span=said.span)
        comment(opened, spoken, "See https://desk.example/a", "Ben", NOON)
        first = comment(opened, Subject(event=places.event, attribute="date"), "Is it sure?", "Ben", NOON)
        moderate(opened, reply(opened, first, "Rude words.", "Ben", NOON), "hide", "Ada", "insults", NOON)
        decide_claim(opened, places.event, "venue", "Port Selm", None, "settled", By("Ada", "the host says so", NOON))
        add_rule(opened, Rule(name="summits", events=("summit",)), NOON, "Ada")
        cookie = log_in(opened, "Ada", WORD, datetime.now(UTC))
        assert cookie is not None
    with serving(application(ledger)) as address:
        yield Desk(
            address, cookie,
            places._asdict() | {"said": quote(said.document, safe=""), "passage": f"{start}-{stop}"},
        )  # fmt: skip


@pytest.mark.parametrize("path", TO_WRITERS)
def test_axe_finds_nothing_on_pages_of_who_may_write(browser: Browser, desk: Desk, path: str) -> None:
    context = browser.new_context(base_url=desk.address, reduced_motion="reduce", **SCREENS["desktop"])
    context.add_cookies([{"name": SESSION, "value": desk.cookie, "url": desk.address}])
    page = context.new_page()
    page.goto(path.format(**desk.filled))
    assert page.get_by_role("button", name="Log out").count() == 1
    is_clean(page)
    context.close()


def test_axe_finds_nothing_in_what_opens_on_the_page_of_an_event(opened: Opener, places: Places) -> None:
    page = opened(f"/events/{places.event}")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.locator(".several figure").first.is_visible()
    is_clean(page)


def test_axe_finds_nothing_in_the_overlay(opened: Opener) -> None:
    page = opened("/")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    assert found_by_axe(page) == []
