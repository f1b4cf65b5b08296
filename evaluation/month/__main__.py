"""A simulated month, from end to end: ``python -m evaluation.month [--month third] [--days N] [--stories N] …``.

Prints what was told, alerted, missed and why, with what it cost; of the second and third month, which were written to
measure with, only the sums unless ``--mistakes`` asks for more. Exit code 1 where the alert of a planned change did not
come exactly once and within two polls, or something was alerted that nobody planned; with ``--figures`` always 0.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from evaluation.month.running import month
from evaluation.month.script import MONTHS, script
from evaluation.month.table import figures, table


def main() -> int:
    """Run the month and print its table; return the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--month", choices=MONTHS, default="first", help="which of the three (default: %(default)s)")
    options.add_argument(
        "--mistakes",
        action=argparse.BooleanOptionalAction,
        help="list what was missed, late or too much (default: of the first month only)",
    )
    options.add_argument("--days", type=int, default=30, metavar="N")
    options.add_argument("--stories", type=int, metavar="N", help="only the first N planned events")
    options.add_argument("--feeds", type=int, metavar="N", help="only the N outlets that tell most of them")
    options.add_argument("--noise", type=float, default=0.35, metavar="N", help="other reports a day and outlet")
    options.add_argument("--kills", type=int, default=12, metavar="N", help="how often the watch is killed")
    options.add_argument("--seed", type=int, default=2031, metavar="N")
    options.add_argument("--ledger", type=Path, metavar="FILE", help="keep the ledger in FILE, which is overwritten")
    options.add_argument("--figures", action="store_true", help="print per cents as JSON in place of the table")
    given = options.parse_args()
    written = script(given.days, given.stories, given.feeds, given.noise, given.seed, given.month)
    mistakes = given.month == "first" if given.mistakes is None else given.mistakes
    with tempfile.TemporaryDirectory() as folder:
        ran = month(written, given.ledger or Path(folder) / "month.ledger", given.days, given.kills, given.seed)
    if given.figures:
        sys.stdout.write(f"{json.dumps(figures(written, ran))}\n")
        return 0
    sys.stdout.write(table(written, ran, mistakes))
    return int(not ran.is_as_promised)


if __name__ == "__main__":
    sys.exit(main())
