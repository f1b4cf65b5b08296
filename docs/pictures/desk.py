"""The pictures of the desk, taken of the sample story as ``onrecord serve`` shows it: Today, an event, a document.

``make.py`` makes them with the others; they need the same browser.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from tests.web.serving import serving
from tests.web.serving import story as filled

from onrecord.ledger import event, open_ledger
from onrecord.web.app import application

DAY = "2031-05-20"
"""A day on which the summit of the story has just been moved."""

SIZES = {"today": (1180, 760), "event": (1180, 900), "document": (1180, 760)}


def pictures(browser: str, to: Path) -> None:
    """Take the pictures of the sample story into a folder, ``desk-NAME.png``; LookupError where it has no summit."""
    with tempfile.TemporaryDirectory() as folder:
        with open_ledger(filled(Path(folder, "story.ledger"))) as ledger:
            summit = event(ledger, "Velik Dalgard summit", DAY)
            if summit is None:
                raise LookupError(f"the story tells of no summit by {DAY}")
        told = summit.thread.tellings[-1]
        span = "-".join(map(str, next(claim.span[0] for claim in told.claims if claim.attribute == "date")))
        paths = {
            "today": f"/?as_of={DAY}&since=2031-05-01",
            "event": f"/events/{summit.id}?as_of={DAY}",
            "document": f"/documents/{quote(told.document, safe='')}?as_of={DAY}&passage={span}#p{span}",
        }
        with serving(application(Path(folder, "story.ledger"))) as address:
            for name, path in paths.items():
                subprocess.run(
                    [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     f"--user-data-dir={folder}/profile", "--virtual-time-budget=3000",
                     "--window-size={},{}".format(*SIZES[name]), f"--screenshot={to / f'desk-{name}.png'}",
                     address + path],
                    check=True, capture_output=True,
                )  # fmt: skip
