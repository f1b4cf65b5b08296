"""The demo: read one page of the sample story and show it, then all of them, and what each knew of the summit.

Run by ``make demo``. At a terminal it ends with the ledger of the story served as pages, until Ctrl-C; elsewhere, or
with ``--no-pages`` (``make demo PAGES=no``), with the brief in text. It calls the command that users call, and shows
the calls; the table at the end is made from what ``--json`` printed, as a program of a user's would.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
ONRECORD = Path(sys.executable).parent / "onrecord"
STORY = Path("samples/summit")
BUILD = Path("build")
LEDGER = BUILD / "story.ledger"


def run(*arguments: str | Path, into: Path | None = None, ends: int = 0) -> None:
    """Show and run ``onrecord`` with ``arguments``; its output goes to the terminal or into a file.

    ``ends``: the exit code that tells that it did what it should. Raises CalledProcessError for another.
    """
    shown = " ".join(str(argument) for argument in arguments)
    print(f"\n$ .venv/bin/onrecord {shown}{f' > {into}' if into else ''}\n", flush=True)
    if into is None:
        ended = subprocess.run([ONRECORD, *arguments], cwd=ROOT, check=False)
        if ended.returncode != ends:
            ended.check_returncode()
    else:
        with (ROOT / into).open("wb") as out:
            subprocess.run([ONRECORD, *arguments], cwd=ROOT, stdout=out, check=True)


def port() -> int:
    """Return the port at which pages are expected, or a free one where somebody listens there."""
    for wanted in (8000, 0):
        with suppress(OSError), socket.create_server(("127.0.0.1", wanted)) as free:
            return int(free.getsockname()[1])
    return 8000


def claim(event: dict[str, Any], attribute: str) -> str:
    """Say in a few words what is claimed of one attribute: the value, or that it is open."""
    claims = [each for each in event["claims"] if each["attribute"] == attribute]
    return "\n".join(dict.fromkeys((each["value"] or each["settled"]).replace("/", " to ") for each in claims))


def row(reading: dict[str, Any]) -> list[str]:
    """Give one page's line in the table: when, where, how many statements, and its most named meeting."""
    document = reading["document"]
    meetings = [event for event in reading["events"] if event["kind"] == "meeting"]
    told = max(meetings, key=lambda event: len(event["mentions"]), default=None)
    state = [told["status"], claim(told, "date"), claim(told, "venue")] if told else ["", "", ""]
    published = (document["published"] or {}).get("value", "no date")
    return [published[:10], document["outlet"] or "?", str(len(reading["statements"])), *state]


def main() -> None:
    """Show the demo."""
    (ROOT / BUILD).mkdir(exist_ok=True)
    run("read", STORY / "09-venue-moved.html")
    run("read", "--json", "--html", BUILD / "story.html", STORY, into=BUILD / "story.jsonl")
    table = Table(title="The story, page by page: its main meeting", box=SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("published", no_wrap=True)
    table.add_column("outlet", no_wrap=True)
    table.add_column("said", justify="right")
    for name in ("status", "date", "venue"):
        table.add_column(name, overflow="fold")
    with (ROOT / BUILD / "story.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            table.add_row(*row(json.loads(line)))
    Console().print(table)
    print("\nOne outlet changed a word of the briefing, and put a gloss inside the quotation marks:")
    run("check", "--against", STORY / "03-briefing.txt", STORY / "06-wrong-quote.html", ends=1)
    print(f"\nThe story with every passage marked, to open in a browser: {BUILD / 'story.html'}")
    for left in (ROOT / BUILD).glob(f"{LEDGER.name}*"):
        left.unlink()
    print("\nThe same in a ledger, which keeps what was known on which day:")
    run("add", "--ledger", LEDGER, STORY)
    run("event", "--ledger", LEDGER, "--as-of", "2031-05-20", "summit")
    if sys.stdout.isatty() and sys.stdin.isatty() and "--no-pages" not in sys.argv[1:]:
        print("\nThe ledger as pages, for a browser:")
        with suppress(KeyboardInterrupt):
            run("serve", "--ledger", LEDGER, "--port", str(port()))
    else:
        print(f"\nThe ledger as pages, for a browser: .venv/bin/onrecord serve --ledger {LEDGER}")


if __name__ == "__main__":
    main()
