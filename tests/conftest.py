"""What holds for all tests: Ctrl-C can be pressed, and with ``ONRECORD_TESTS=all`` none skips itself.

Where pytest runs in the background a shell has Ctrl-C ignored, and so would each program that tests start. A test that
needs what is no part of every installation (a browser, Ray) skips itself where that is missing; the build has all of
it, so there that is a failure. What a ``skipif`` leaves out is of other machines, and stays left out.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator

import pytest

signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Have a test fail that skips itself, where all are to run."""
    report = yield
    skips_itself = report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("skipif")
    if skips_itself and os.environ.get("ONRECORD_TESTS") == "all":
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"ONRECORD_TESTS=all, and this test was left out: {why}"
    return report
