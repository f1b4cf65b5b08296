"""Fuzz the API: ``python -m evaluation.fuzz_api [EXAMPLES]``; further arguments are those of ``schemathesis run``.

Promise: every address of the API's own document is asked with so many examples of what it takes and of what it does
not, one after the other and in chains (what one address made is asked of the next), with a token that may do
everything, so that what writes is tried too. The odd case that forced the shape: whoever writes sixty times a minute
has to wait, and then nothing but that would be tried; so the served ledger, which is thrown away, hurries nobody.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.web.entering import bearer, unhurried, with_users
from tests.web.serving import serving, story

from onrecord.web.app import application
from onrecord.web.problems import API_V1

CONFIG = Path(__file__).resolve().with_name("schemathesis.toml")
"""What the API is held to beside its document."""

EXAMPLES = "40"
"""For each address, where nobody says how many."""


def main(arguments: Sequence[str]) -> int:
    """Run the fuzzer and return its exit status: 0 where nothing was found."""
    examples, *more = arguments or [EXAMPLES]
    with TemporaryDirectory() as folder:
        ledger = with_users(story(Path(folder, "story.ledger")), Path(folder))
        (token,) = bearer(ledger, "Ada").values()
        with serving(unhurried(application(ledger))) as address:
            command = Path(sys.executable).with_name("schemathesis")
            return subprocess.run(
                [command, "--config-file", CONFIG, "run", f"{address}{API_V1}/openapi.json",
                 "--header", f"Authorization: {token}", "--max-examples", examples, *more],
                check=False, cwd=folder,  # where it leaves what it remembers
            ).returncode  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
