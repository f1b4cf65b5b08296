"""The demo, as `make demo PAGES=no` runs it: it ends with the brief of the summit, and serves no pages."""

from __future__ import annotations

import subprocess
import sys

from tests.samples.sample_corpus import ROOT


def test_the_demo_in_text_ends_with_the_brief() -> None:
    shown = subprocess.run(
        [sys.executable, "samples/demo.py", "--no-pages"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    brief = shown.rpartition("$ .venv/bin/onrecord event")[2]
    assert "Velik–Dalgard summit" in brief and "2031-06-05" in brief and "http://" not in brief
    assert brief.rstrip().endswith("onrecord serve --ledger build/story.ledger")
