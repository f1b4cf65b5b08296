"""Make the pictures of the README from the sample corpus: ``python -m docs.pictures.make``, where the repository lies.

``read-terminal.svg`` is what ``onrecord read`` prints; ``report.png`` is the top of what ``--html`` writes, with one
statement chosen; ``checked.png`` is what ``onrecord check --html`` writes of two altered quotes; ``desk-*.png`` are
pages of ``onrecord serve`` (``desk.py``). The pictures of pages need a Chromium or Chrome on the PATH; without one only
the first is made.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from docs.pictures import desk
from msgspec.structs import replace
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from onrecord.acquire import open_paths
from onrecord.check import quotes_of
from onrecord.cli.view import THEME, print_reading
from onrecord.ledger import checked, record_of
from onrecord.nouns import Reading, Source
from onrecord.page import read_page
from onrecord.publish.checked import report as check_report
from onrecord.publish.report import report
from onrecord.reading import read

PICTURES = Path(__file__).parent
SAMPLES = PICTURES.parents[1] / "samples"
STORY = SAMPLES / "summit"
PAGE = SAMPLES / "scraped" / "progress.txt"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
COLUMNS = 100
LINES = 46
"""As much of the view as a README can show; the rest is said to follow."""
CHOSEN = "d1s3"
SIZE = (1180, 780)
CHECKED = (1180, 560)
LARGEST = 250_000

# Chosen for contrast on the dark ground; the order is that of the sixteen ANSI colours.
NIGHT = TerminalTheme(
    (24, 26, 29),
    (228, 225, 217),
    [(60, 62, 66), (240, 128, 118), (127, 209, 155), (230, 180, 92),
     (124, 168, 232), (226, 150, 214), (124, 199, 216), (228, 225, 217)],
    [(140, 138, 132), (255, 154, 141), (150, 226, 176), (240, 200, 120),
     (150, 190, 245), (240, 176, 230), (150, 215, 230), (255, 255, 255)],
)  # fmt: skip


def terminal(reading: Reading) -> str:
    """Return the first lines of the view as SVG, without the font that rich would fetch from a host."""
    printed = io.StringIO()
    print_reading(Console(file=printed, theme=THEME, force_terminal=True, width=COLUMNS, highlight=False), reading)
    lines = printed.getvalue().splitlines()
    console = Console(record=True, file=io.StringIO(), width=COLUMNS, force_terminal=True, highlight=False)
    console.print(Text.from_ansi("\n".join(lines[:LINES])))
    if len(lines) > LINES:
        console.print(f"… and {len(lines) - LINES} lines more", style="dim")
    svg = console.export_svg(title=f"onrecord read {PAGE.name}", theme=NIGHT, unique_id="onrecord")
    svg = re.sub(r"@font-face\s*\{.*?\}|<!--.*?-->", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace")


def checked_page() -> str:
    """The report on the quotes of the sample story that an outlet altered, beside the briefing that has them."""
    briefing, article = open_paths([str(STORY / "03-briefing.txt"), str(STORY / "06-wrong-quote.html")])
    if not isinstance(briefing, Source) or not isinstance(article, Source):
        sys.exit(f"{STORY} can't be read")
    held, reading = record_of([read_page(briefing)]), read(article)
    found = [checked(held, quote) for quote in quotes_of(reading)]
    return check_report([(each, reading.document) for each in found if each.verdict == "altered"])


def found() -> str | None:
    """Return a browser; None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def picture(page: str, path: Path, size: tuple[int, int] = SIZE, chosen: str = CHOSEN) -> bool:
    """Write the picture of a page; return whether there was a browser to take it."""
    browser = found()
    if browser is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.html")
        # The camera only sees the top of a page: the passage is not scrolled to, for which the policy has to go.
        page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        page = page.replace("scroll-margin-top: 30vh", "scroll-margin-top: 100vh")
        page = page.replace("transition: background-color .25s", "transition: none")  # or it is caught half way
        file.write_text(page, encoding="utf-8")
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--user-data-dir={folder}/profile", "--virtual-time-budget=3000",
             "--window-size={},{}".format(*size), f"--screenshot={path}", f"{file.as_uri()}#{chosen}"],
            check=True, capture_output=True,
        )  # fmt: skip
    return True


def main() -> None:
    """Make the pictures. Exits with a sentence where the sample can't be read or a picture is too large."""
    (source,) = open_paths([str(PAGE)])
    if not isinstance(source, Source):
        sys.exit(str(source))
    reading = read(source)
    relative = PAGE.relative_to(SAMPLES.parent).as_posix()
    reading = replace(reading, document=replace(reading.document, path=relative))
    (PICTURES / "read-terminal.svg").write_text(terminal(reading), encoding="utf-8")
    if not picture(report([reading]), PICTURES / "report.png"):
        print("no Chromium or Chrome on the PATH: the pictures of pages were not made", file=sys.stderr)
    picture(checked_page(), PICTURES / "checked.png", CHECKED, "")
    if (browser := found()) is not None:
        desk.pictures(browser, PICTURES)
    for path in PICTURES.glob("*.*g"):
        if path.stat().st_size > LARGEST:
            sys.exit(f"{path} has {path.stat().st_size} bytes, more than {LARGEST}")


if __name__ == "__main__":
    main()
