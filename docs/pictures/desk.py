"""The pictures of the desk, taken of the sample story as ``onrecord serve`` shows it: a page of each kind that matters.

``make.py`` makes them with the others; they need the same browser.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from playwright.sync_api import sync_playwright
from tests.web.entering import WORD, with_users
from tests.web.serving import serving
from tests.web.serving import story as filled

from onrecord.ledger import Ledger, entities, event, family, open_ledger
from onrecord.ledger.access import log_in
from onrecord.ledger.comments import Subject, comment, reply
from onrecord.ledger.places import place_of
from onrecord.web.admission import SESSION
from onrecord.web.app import application

DAY = "2031-05-20"
"""A day on which the summit of the story has just been moved."""
QUOTED = "We will open the crossing, and Karsenia will then withdraw its posts"
"""Words that an outlet of the story prints otherwise than they were said."""
SPEAKER = "Mara Lindqvist"
"""Who says them."""

WIDE = 1180
NOON = datetime(2031, 5, 20, 12, tzinfo=UTC)
EDITOR = "Ada"
"""Who may moderate, and is logged in where a page is shown to one who writes."""


class Shot(NamedTuple):
    """One picture: of which page, as large as what, from which heading on."""

    path: str
    size: tuple[int, int]
    at: str = ""
    """The id of the element at the top; empty: the top of the page, or what its address leads to."""
    opened: str = ""
    """What is opened first, as CSS selects it."""
    dark: bool = False
    entered: bool = False


def pictures(browser: str, to: Path) -> None:
    """Take the pictures of the sample story into a folder, ``desk-NAME.png``; LookupError where it lacks a subject."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = with_users(filled(Path(folder, "story.ledger")), Path(folder))
        with open_ledger(path) as ledger:
            shots = _planned(ledger) | _said(ledger)
            cookie = log_in(ledger, EDITOR, WORD, datetime.now(UTC))
            if cookie is None:
                raise LookupError(f"{EDITOR} is not let in")
        launched = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        with serving(application(path)) as address:
            for name, shot in shots.items():
                context = launched.new_context(
                    base_url=address, viewport={"width": shot.size[0], "height": shot.size[1]},
                    color_scheme="dark" if shot.dark else "light", reduced_motion="reduce",
                )  # fmt: skip
                if shot.entered:
                    context.add_cookies([{"name": SESSION, "value": cookie, "url": address}])
                page = context.new_page()
                page.goto(shot.path)
                if shot.opened:
                    page.locator(shot.opened).first.evaluate("each => { each.open = true; }")
                if shot.at:
                    page.locator(f"#{shot.at}").evaluate("each => each.scrollIntoView()")
                page.screenshot(path=to / f"desk-{name}.png")
                context.close()
        launched.close()


def _planned(ledger: Ledger) -> dict[str, Shot]:
    """Pages that tell what is planned, as of the day; the summit with a talk about its date."""
    summit = event(ledger, "Velik Dalgard summit", DAY)
    if summit is None:
        raise LookupError(f"the story tells of no summit by {DAY}")
    told = summit.thread.tellings[-1]
    span = "-".join(map(str, next(claim.span[0] for claim in told.claims if claim.attribute == "date")))
    asked = comment(
        ledger, Subject(event=summit.id, attribute="date"), "Is it sure that they wait so long?", "Ben", NOON
    )
    reply(ledger, asked, "The presidency says so; see the passage.", EDITOR, NOON)
    today, known = f"/?as_of={DAY}&since=2031-05-01", f"/events/{summit.id}?as_of={DAY}"
    return {
        "today": Shot(today, (WIDE, 760)),
        "phone": Shot(today, (390, 844), dark=True),
        "event": Shot(known, (WIDE, 900)),
        "timeline": Shot(known, (WIDE, 760), at="timeline"),
        "talk": Shot(f"/events/{summit.id}", (760, 470), at="comments", entered=True),
        "correct": Shot(f"/events/{summit.id}", (760, 560), "fact-date", "#fact-date + dd .correct", entered=True),
        "document": Shot(f"/documents/{_part(told.document)}?as_of={DAY}&passage={span}#p{span}", (WIDE, 760)),
        "sources": Shot(f"/sources?from=2031-03-01&as_of={DAY}", (WIDE, 520)),
    }


def _said(ledger: Ledger) -> dict[str, Shot]:
    """Pages that tell who said what."""
    prints = family(ledger, QUOTED)
    altered = next((each for each in prints.prints if each.finding.verdict == "altered"), None) if prints else None
    if altered is None:
        raise LookupError(f"the story has no print of “{QUOTED}” that is altered")
    document, place = _part(altered.document), place_of(altered.finding.quote.span)
    return {
        "statement": Shot(f"/statements/{_part(altered.number)}/{document}", (WIDE, 1240)),  # leads to its place
        "quote": Shot(f"/quotes/{place}/{document}", (WIDE, 900)),
        "person": Shot(f"/entities/{next(iter(entities(ledger, SPEAKER))).id}", (WIDE, 820)),
        "search": Shot("/search?q=pass", (WIDE, 820)),
    }


def _part(name: str) -> str:
    return quote(name, safe="")
