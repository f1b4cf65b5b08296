"""Kill `add` at random moments, a hundred times: nothing is lost, half-written or other than without kills.

Run as ``python -m evaluation.kills [KILLS] [SEED]``; exit code 1 at the first thing that is wrong. The documents are
the sample story in other names, some hundred times; a run is killed after a drawn number of documents and a drawn
moment more, or while events are brought together at its end.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from evaluation.benchmarks import ROOT
from evaluation.made_up import made_up, sample_story
from onrecord.ledger import identified, open_ledger
from onrecord.ledger.threads import bring_together

DOCUMENTS = 420
AFTER = 60
"""Documents after which a run is killed at the latest, where it has not ended."""

ADDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import msgspec
import onrecord.reading
from evaluation.made_up import READER, Made
from onrecord.ledger import add, adding, open_ledger
adding.PIECE = 5
made = [msgspec.json.decode(line, type=Made) for line in Path(sys.argv[2]).read_bytes().splitlines()]
readings = {each.source.id: each.reading for each in made}
onrecord.reading.read_many = lambda given: (readings[each.id] for each in given)
with open_ledger(Path(sys.argv[1]), create=True) as ledger:
    for each in add(ledger, (each.source for each in made), READER, lambda: datetime(2031, 5, 1, tzinfo=UTC)):
        print(each.outcome, flush=True)
    print("done", flush=True)
"""

CONTENT = (
    "SELECT digest, name, published, original FROM documents ORDER BY 1",
    "SELECT d.digest, r.body FROM readings r JOIN documents d ON d.id = r.document ORDER BY 1, 2",
    "SELECT d.digest, s.number, s.speaker, s.words FROM statements s JOIN readings r ON r.id = s.reading "
    "JOIN documents d ON d.id = r.document ORDER BY 1, 2",
    "SELECT d.digest, e.number, e.body, t.thread, t.why FROM events e JOIN readings r ON r.id = e.reading "
    "JOIN documents d ON d.id = r.document LEFT JOIN threads t ON t.event = e.id ORDER BY 1, 2",
    "SELECT d.digest, e.number, e.type, e.name, i.identity, i.why FROM entities e JOIN readings r ON r.id = e.reading "
    "JOIN documents d ON d.id = r.document LEFT JOIN identified i ON i.entity = e.id ORDER BY 1, 2, 3, 4",
    "SELECT place, reason FROM problems ORDER BY 1, 2",
)


def content(path: Path, asked: bool = False) -> list[list[tuple[Any, ...]]]:
    """Return all that a ledger holds, but when it was learnt; raise where the file is not whole.

    ``asked``: also what is put together when somebody asks: the events of all documents, and who is who in them.
    """
    with open_ledger(path) as ledger:
        if asked:
            bring_together(ledger)
            identified(ledger)
        found = ledger.connection.execute("PRAGMA integrity_check").fetchall()
        assert found == [("ok",)], f"the file is damaged: {found[:3]}"
        ledger.connection.execute("INSERT INTO statements_text (statements_text) VALUES ('integrity-check')")
        return [ledger.connection.execute(query).fetchall() for query in CONTENT]


def main(arguments: list[str]) -> int:
    """Kill runs until there were enough kills; return the exit code."""
    kills, seed = (*map(int, arguments), *(100, 1)[len(arguments) :])
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.jsonl"
        documents = islice(made_up([sample_story()], seed), DOCUMENTS)
        made.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in documents))
        whole = Path(folder) / "whole.ledger"
        subprocess.run(_command(whole, made), cwd=ROOT, env=_environment(), check=True, stdout=subprocess.DEVNULL)
        expected = content(whole, asked=True)
        done = ledgers = 0
        while done < kills:
            ledgers += 1
            path = Path(folder) / f"{ledgers}.ledger"
            while done < kills and (killed := _killed(path, made, draw)) is not None:
                done += killed
                documents_, readings, statements, *_ = content(path) if path.exists() else ([], [], [])
                assert len(documents_) == len(readings), "a document has no reading"
                assert {row[0] for row in statements} <= {row[0] for row in documents_}, "a statement has no document"
                print(f"\r{done} kills, {len(documents_)} documents", end="", file=sys.stderr, flush=True)
            subprocess.run(_command(path, made), cwd=ROOT, env=_environment(), check=True, stdout=subprocess.DEVNULL)
            assert content(path, asked=True) == expected, "the content is another one than without kills"
    print(f"\n{done} kills over {ledgers} ledgers of {DOCUMENTS} documents: all whole, the content the same")
    return 0


def _killed(path: Path, made: Path, draw: random.Random) -> bool | None:
    """Start a run and kill it; False where it ended at the same moment, None where it had ended before."""
    with subprocess.Popen(_command(path, made), cwd=ROOT, env=_environment(), stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        after = draw.randrange(AFTER)
        for line in run.stdout:
            if line == b"done\n":
                run.wait()
                return None
            after -= line == b"added\n"
            if after < 0:
                break
        time.sleep(draw.random() * 0.03)
        run.send_signal(signal.SIGKILL)
        return run.wait() == -signal.SIGKILL


def _command(path: Path, made: Path) -> list[str]:
    return [sys.executable, "-c", ADDING, str(path), str(made)]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
