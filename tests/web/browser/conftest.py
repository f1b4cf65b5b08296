"""What the tests in a browser share: the sample story, served, and one browser for all of them.

They are skipped where there is no Chromium (`apt-get install chromium`, or set CHROMIUM to where one is), and fail
there in the build (`tests/conftest.py`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.web.app import application
from tests.web.serving import serving

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
"""The screens that pages are looked at on."""

LOUD = ("error", "warning")

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def served(sample_ledger: Path) -> Iterator[str]:
    """Yield the address of the sample story, served."""
    with serving(application(sample_ledger)) as address:
        yield address


@pytest.fixture(scope="package")  # it keeps an event loop running, which tests outside would stumble over
def browser() -> Iterator[Browser]:
    """Yield a browser."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium here; apt-get install chromium, or set CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Browser, served: str) -> Iterator[Opener]:
    """Yield what opens a path of the served story on a screen, as a page on which nothing may go wrong.

    ``quiet``: it may tell of its own status.
    """
    contexts = []
    wrong: list[str] = []

    def open_page(path: str, screen: str = "desktop", *, quiet: bool = False, **options: Any) -> Page:
        context = browser.new_context(base_url=served, reduced_motion="reduce", **{**SCREENS[screen], **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type in LOUD and not quiet else None)
        page.on("pageerror", lambda problem: wrong.append(str(problem)))
        page.on("request", lambda sent: None if sent.url.startswith(served) else wrong.append(f"asked {sent.url}"))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
