"""Several processes that serve one ledger: each answers, none logs who asked for what, and all end together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from evaluation.bench_web import free_port, open_page

import onrecord


def test_two_processes_answer_and_end(sample_ledger: Path, tmp_path: Path) -> None:
    port = free_port()
    program = "from onrecord.cli import main; main()"
    command = ["serve", "--ledger", str(sample_ledger), "--port", str(port), "--workers", "2"]
    environment = {"PYTHONPATH": str(Path(onrecord.__file__).parents[1]), "PATH": ""}
    said = tmp_path / "said"
    with said.open("wb") as to:
        served = subprocess.Popen([sys.executable, "-c", program, *command], env=environment, stdout=to, stderr=to)
    try:
        for _ in range(300):
            try:
                assert open_page(HTTPConnection("127.0.0.1", port), "/") == 200
                break
            except OSError:
                time.sleep(0.1)
        children = Path(f"/proc/{served.pid}/task/{served.pid}/children").read_text().split()
        assert len(children) >= 2
        assert open_page(HTTPConnection("127.0.0.1", port), "/events.ics?key=onrecord_of_nobody") == 403
    finally:
        served.send_signal(signal.SIGINT)
        assert served.wait(30) == 0
    assert b"Ctrl-C" in said.read_bytes() and b"of_nobody" not in said.read_bytes()
    for _ in range(100):
        if not any(Path(f"/proc/{child}").exists() for child in children):
            break
        time.sleep(0.1)  # the one that counts what the others share goes last
    else:
        raise AssertionError("a process that was started is still there")
