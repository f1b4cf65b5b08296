"""Every page is free of what axe finds wrong for readers with disabilities, on a desk, a phone and in the dark.

A room that has a page adds its address to `PAGES`; what stands in braces is filled by `Places`. What only a form
brings, what the sample story has not, and the pages that are files have tests of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page

from onrecord.cli import main
from onrecord.ledger import By, Ledger, copies, decide_claim, documents, entities, event, open_ledger, statements
from onrecord.ledger.access import log_in
from onrecord.ledger.alert_rules import Rule, add_rule
from onrecord.ledger.comments import Subject, comment, moderate, reply
from onrecord.ledger.places import place_of
from onrecord.ledger.spoken import printed
from onrecord.ledger.store import number_of
from onrecord.web.admission import SESSION, Rules
from onrecord.web.app import application
from tests.ledger.test_events import MORE, STORY, ledger_of, told
from tests.samples.sample_corpus import SAMPLES
from tests.web.browser.conftest import SCREENS, Opener
from tests.web.entering import WORD, with_users
from tests.web.serving import serving

__all__ = ["told"]

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
    "/search?q=summit&what=events&status=occurred&kind=meeting",
    "/search?q=lindqvist&what=entities",
    "/search?q=lindqvist&what=entities&type=person",
    "/search?q=nowhere",
    "/login",
    "/alerts",
    "/subscribe",
    "/subscribe?to=/events.ics",
    "/add",
    "/comments",
    "/decisions",
    "/problems",
)

TO_WRITERS = (
    "/", "/events/{event}", "/events/{event}?about=date.1", "/documents/{said}", "/documents/{said}?beside=comments",
    "/documents/{said}?passage={passage}", "/statements/{statement}", "/entities/{entity}", "/comments", "/decisions",
    "/alerts", "/add", "/subscribe", "/search?q=sure&what=comments", "/search?q=host&what=decisions",
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
            statement=f"{place_of(said.span)}/{quote(said.document, safe='')}",
            entity=next(iter(entities(ledger))).id,
            quote=_printed(ledger),
        )


def _printed(ledger: Ledger) -> str:
    """The place of a quote and its document, as parts of an address."""
    for each in documents(ledger):
        if (number := number_of(ledger.connection, each.name)) is None:
            continue
        for print_ in printed(ledger, number):
            if not print_.id.startswith("q"):
                return f"{place_of(print_.span)}/{quote(each.name, safe='')}"
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
    """The story, served to a team: its ledger and its address, and a moderator's cookie."""

    ledger: Path
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
            ledger, address, cookie,
            places._asdict() | {"said": quote(said.document, safe=""), "passage": f"{start}-{stop}"},
        )  # fmt: skip


@pytest.fixture
def entered(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    """Yield a browser in which Ada is logged in."""
    context = browser.new_context(base_url=desk.address, reduced_motion="reduce", **SCREENS["desktop"])
    context.add_cookies([{"name": SESSION, "value": desk.cookie, "url": desk.address}])
    yield context
    context.close()


@pytest.mark.parametrize("path", TO_WRITERS)
def test_axe_finds_nothing_on_pages_of_who_may_write(entered: BrowserContext, desk: Desk, path: str) -> None:
    page = entered.new_page()
    page.goto(path.format(**desk.filled))
    assert page.get_by_role("button", name="Log out").count() == 1
    is_clean(page)


def test_axe_finds_nothing_where_a_login_fails(opened: Opener) -> None:
    page = opened("/login", quiet=True)
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Password").fill("another word")
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    assert page.get_by_role("alert").is_visible()
    is_clean(page)


def test_axe_finds_nothing_in_what_became_of_documents(
    entered: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.adding.ProcessPoolExecutor", lambda most, **_: ThreadPoolExecutor(most))
    lines = tmp_path / "mixed.jsonl"
    lines.write_text('{"text": "Talks, Ana Dalgard said, will be held in Ostrev.", "id": "undated"}\nno json\n')
    page = entered.new_page()
    page.goto("/add")
    page.get_by_label("Or a file").set_input_files(lines)
    page.get_by_role("button", name="Add", exact=True).click()
    read, failed = page.locator(".brought li").all()
    assert read.locator(".note").is_visible() and read.locator(".small[dir=auto]").first.is_visible()
    assert "Not read" in failed.inner_text()
    is_clean(page)

    monkeypatch.setattr("onrecord.web.adding.PATIENCE", 0.0)
    page.get_by_label("An article").fill("Ana Dalgard said that it would be read later.")
    page.get_by_role("button", name="Add", exact=True).click()
    later = page.get_by_role("link", name="what became of it")
    assert later.is_visible()
    is_clean(page)
    later.click()
    assert page.get_by_role("heading", name="What became of it").is_visible()
    is_clean(page)


def test_axe_finds_nothing_on_a_page_with_a_key(entered: BrowserContext, desk: Desk) -> None:
    with serving(application(desk.ledger, Rules(reading="login"))) as address:
        page = entered.new_page()
        page.goto(f"{address}/subscribe?to=/events.ics")
        page.get_by_role("button", name="Make an address with a key").click()
        assert page.get_by_text("key=onrecord_").is_visible()
        assert page.get_by_role("heading", name="Your keys").is_visible()
        is_clean(page)
        page.close()


def test_axe_finds_nothing_where_values_are_contested(browser: Browser, tmp_path: Path, told: None) -> None:
    with ledger_of(tmp_path / "two.ledger", *STORY[:2], MORE[0]) as ledger:
        summit = event(ledger, "Dalgard Velik summit")
        assert summit is not None
    context = browser.new_context(reduced_motion="reduce", **SCREENS["desktop"])
    with serving(application(tmp_path / "two.ledger")) as address:
        for path in ("/", f"/events/{summit.id}"):
            page = context.new_page()
            page.goto(address + path)
            assert page.get_by_text("contested").count() and page.locator(".side").count() >= 2, path
            is_clean(page)
            page.close()
    context.close()


FILES = (
    "read --html {page} {story}/01-mooted.html",
    "read --html {page} {story}/03-briefing.txt {story}/12-postponed.html {story}/12-postponed.html",
    "check --html {page} --against {story}/03-briefing.txt {story}/06-wrong-quote.html",
    "export html --ledger {ledger} --base-url https://desk.example --output {page} Velik Dalgard summit",
)
"""Commands that write a page into a file."""


@pytest.mark.parametrize("words", FILES)
def test_axe_finds_nothing_in_pages_that_are_files(
    browser: Browser, sample_ledger: Path, tmp_path: Path, words: str
) -> None:
    written = tmp_path / "page.html"
    places = {"page": written, "story": SAMPLES / "summit", "ledger": sample_ledger}
    done = CliRunner().invoke(main, [each.format_map(places) for each in words.split()])
    assert written.exists(), done.output
    context = browser.new_context(reduced_motion="reduce", **SCREENS["desktop"])
    page = context.new_page()
    page.goto(written.as_uri())
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
