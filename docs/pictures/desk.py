"""The pictures of the desk, taken of the sample story as ``onrecord serve`` shows it: a page of each kind that matters.

``make.py`` makes them with the others; they need the same browser.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from tests.web.serving import serving
from tests.web.serving import story as filled

from onrecord.ledger import Ledger, entities, event, family, open_ledger
from onrecord.web.app import application

DAY = "2031-05-20"
"""A day on which the summit of the story has just been moved."""
QUOTED = "We will open the crossing, and Karsenia will then withdraw its posts"
"""Words that an outlet of the story prints otherwise than they were said."""
SPEAKER = "Mara Lindqvist"
"""Who says them."""

SIZES = {
    "today": (1180, 760), "event": (1180, 900), "document": (1180, 760), "statement": (1180, 1240),
    "person": (1180, 820), "quote": (1180, 900), "search": (1180, 820),
}  # fmt: skip


def pictures(browser: str, to: Path) -> None:
    """Take the pictures of the sample story into a folder, ``desk-NAME.png``; LookupError where it lacks a subject."""
    with tempfile.TemporaryDirectory() as folder:
        with open_ledger(filled(Path(folder, "story.ledger"))) as ledger:
            paths = _planned(ledger) | _said(ledger)
        with serving(application(Path(folder, "story.ledger"))) as address:
            for name, path in paths.items():
                subprocess.run(
                    [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     f"--user-data-dir={folder}/profile", "--virtual-time-budget=3000",
                     "--window-size={},{}".format(*SIZES[name]), f"--screenshot={to / f'desk-{name}.png'}",
                     address + path],
                    check=True, capture_output=True,
                )  # fmt: skip


def _planned(ledger: Ledger) -> dict[str, str]:
    """The addresses of pages that tell what is planned, as of the day."""
    summit = event(ledger, "Velik Dalgard summit", DAY)
    if summit is None:
        raise LookupError(f"the story tells of no summit by {DAY}")
    told = summit.thread.tellings[-1]
    span = "-".join(map(str, next(claim.span[0] for claim in told.claims if claim.attribute == "date")))
    return {
        "today": f"/?as_of={DAY}&since=2031-05-01",
        "event": f"/events/{summit.id}?as_of={DAY}",
        "document": f"/documents/{_part(told.document)}?as_of={DAY}&passage={span}#p{span}",
    }


def _said(ledger: Ledger) -> dict[str, str]:
    """The addresses of pages that tell who said what."""
    prints = family(ledger, QUOTED)
    altered = next((each for each in prints.prints if each.finding.verdict == "altered"), None) if prints else None
    if altered is None:
        raise LookupError(f"the story has no print of “{QUOTED}” that is altered")
    document = _part(altered.document)
    return {
        "statement": f"/statements/{altered.number.partition('.')[0]}/{document}",
        "quote": f"/quotes/{altered.number}/{document}",
        "person": f"/entities/{next(iter(entities(ledger, SPEAKER))).id}",
        "search": "/search?q=pass",
    }


def _part(name: str) -> str:
    return quote(name, safe="")
