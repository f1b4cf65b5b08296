"""Where all tests are to run, one that skips itself fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

TESTS = """
import pytest

@pytest.fixture
def browser():
    pytest.skip("there is no browser")

def test_page(browser): pass

def test_cluster(): pytest.importorskip("no_such_library")

@pytest.mark.skipif(True, reason="of another machine")
def test_of_others(): pass

@pytest.mark.xfail(strict=True)
def test_known_to_fail(): assert False

def test_whole(): pass
"""


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [("", "1 passed, 3 skipped, 1 xfailed"), ("all", "1 failed, 1 passed, 1 skipped, 1 xfailed, 1 error")],
)
def test_what_skips_itself(tmp_path: Path, asked: str, outcome: str) -> None:
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_runtest_makereport")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)],
        env={**os.environ, "ONRECORD_TESTS": asked, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in run.stdout and run.returncode == (1 if asked else 0), run.stdout
    assert ("left out: Skipped: there is no browser" in run.stdout) == (asked == "all")
