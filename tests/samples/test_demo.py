"""The demo: in text it ends with the brief of the summit; at a terminal with the address of pages that are there."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from select import select
from time import monotonic, sleep

from tests.samples.sample_corpus import ROOT


def test_the_demo_in_text_ends_with_the_brief() -> None:
    shown = subprocess.run(
        [sys.executable, "samples/demo.py", "--no-pages"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    brief = shown.rpartition("$ .venv/bin/onrecord event")[2]
    assert "Velik–Dalgard summit" in brief and "2031-06-05" in brief and "http://" not in brief
    assert brief.rstrip().endswith("onrecord serve --ledger build/story.ledger")


def test_the_demo_at_a_terminal_ends_with_the_address_of_the_pages() -> None:
    make = ["make", "--old-file=.venv/.run", f"BIN={Path(sys.executable).parent}", "demo"]
    terminal, ours = pty.openpty()
    shows = subprocess.Popen(make, cwd=ROOT, stdin=ours, stdout=ours, stderr=ours, start_new_session=True)
    os.close(ours)
    shown = ""
    try:
        for part in lines_of(terminal, seconds=300):
            shown += part
            if "Ctrl-C" in part:
                break
        told = re.search(r"at http://(127\.0\.0\.1):(\d+)/ \(Ctrl-C stops it\)\s*\Z", shown)
        assert told, shown[-2000:]
        assert "Velik–Dalgard summit" in opened(told[1], int(told[2]), "/")
        os.killpg(shows.pid, signal.SIGINT)  # as the terminal does at Ctrl-C
        shown += "".join(lines_of(terminal, seconds=30))
        shows.wait(30)
        assert "Traceback" not in shown
    finally:
        if shows.poll() is None:
            os.killpg(shows.pid, signal.SIGKILL)
            shows.wait()
        os.close(terminal)


def lines_of(terminal: int, seconds: float) -> Iterator[str]:
    """Yield what is written on a terminal, line by line, until all that wrote there ended or time is up."""
    until, left = monotonic() + seconds, b""
    while select([terminal], [], [], max(0.0, until - monotonic()))[0]:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # so Linux says that nobody writes any more
            read = b""
        if not read:
            break
        *lines, left = (left + read).split(b"\n")
        yield from (f"{line.decode()}\n" for line in lines)


def opened(host: str, port: int, path: str) -> str:
    """Return a page of a server that was just started."""
    until = monotonic() + 60
    while True:
        asking = HTTPConnection(host, port, timeout=30)
        try:
            asking.request("GET", path)
            return asking.getresponse().read().decode()
        except ConnectionRefusedError:
            if monotonic() > until:
                raise
            sleep(0.1)
        finally:
            asking.close()
