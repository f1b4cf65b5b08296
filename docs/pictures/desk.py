"""The pictures of the desk, taken of the sample story as ``onrecord serve`` shows it: Today, an event, a document.

``make.py`` makes them with the others; they need the same browser.
"""

from __future__ import annotations

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from urllib.parse import quote

import uvicorn

from onrecord.acquire import open_paths
from onrecord.ledger import add, event, open_ledger
from onrecord.reading import reader
from onrecord.web.app import application

DAY = "2031-05-20"
"""A day on which the summit of the story has just been moved."""

SIZES = {"today": (1180, 760), "event": (1180, 900), "document": (1180, 760)}


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """Yield the address at which a ledger is served."""
    with closing(socket.socket()) as port:
        port.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application(ledger), log_level="error"))
        thread = Thread(target=server.run, kwargs={"sockets": [port]}, daemon=True)
        thread.start()
        until = monotonic() + 20
        while not server.started and monotonic() < until:
            sleep(0.05)
        yield f"http://127.0.0.1:{port.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def pictures(browser: str, story: Path, to: Path) -> None:
    """Take the pictures of a story into a folder, as ``desk-NAME.png``. Raises LookupError where it has no summit."""
    with tempfile.TemporaryDirectory() as folder:
        with open_ledger(Path(folder, "story.ledger"), create=True) as ledger:
            for _ in add(ledger, open_paths([str(story)]), reader(), lambda: datetime(2031, 6, 1, tzinfo=UTC), 1):
                pass
            summit = event(ledger, "Velik Dalgard summit", DAY)
            if summit is None:
                raise LookupError(f"{story} tells of no summit by {DAY}")
        told = summit.thread.tellings[-1]
        span = "-".join(map(str, next(claim.span[0] for claim in told.claims if claim.attribute == "date")))
        paths = {
            "today": f"/?as_of={DAY}&since=2031-05-01",
            "event": f"/events/{summit.id}?as_of={DAY}",
            "document": f"/documents/{quote(told.document, safe='')}?as_of={DAY}&passage={span}#p{span}",
        }
        with served(Path(folder, "story.ledger")) as address:
            for name, path in paths.items():
                subprocess.run(
                    [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     f"--user-data-dir={folder}/profile", "--virtual-time-budget=3000",
                     "--window-size={},{}".format(*SIZES[name]), f"--screenshot={to / f'desk-{name}.png'}",
                     address + path],
                    check=True, capture_output=True,
                )  # fmt: skip
