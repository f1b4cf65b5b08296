"""Documents of paths into a ledger, with what the ledger remembers of them: one run of ``add``, one poll of ``watch``.

Promise: what a server said of a page, and that a problem is solved, is kept at the end of the run, after the documents.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from onrecord.acquire.files import open_to_keep
from onrecord.acquire.given import Given, completed
from onrecord.ledger import Added, Ledger, add
from onrecord.ledger.acquired import keep_validators, settle_problems, validators
from onrecord.reading import reader
from onrecord.spent import UNMEASURED, Meter

if TYPE_CHECKING:
    from onrecord.acquire.fetch import Validators, WebFetcher

NOTHING_GIVEN = Given(None, None, None)


class Taken(NamedTuple):
    """What became of a run: how many documents were new and were there, and place and reason of what was not read."""

    added: int
    known: int
    problems: tuple[tuple[str, str], ...]


class Way(NamedTuple):
    """How a run is done."""

    now: Callable[[], datetime]
    fetcher: WebFetcher | None = None
    given: Given = NOTHING_GIVEN
    workers: int = 1
    stdin: BinaryIO | None = None
    meter: Meter = UNMEASURED


def take(
    ledger: Ledger,
    paths: Sequence[str],
    way: Way,
    each_done: Callable[[Added], None] = lambda added: None,
    taken: Callable[[int], None] | None = None,
) -> Taken:
    """Add what the paths hold to a ledger.

    ``each_done`` is told of each document, ``taken`` of the bytes of files as they are read. Raises LedgerError
    where the ledger can't be written to; what was told before is kept.
    """
    counts = dict.fromkeys(("added", "known", "problem"), 0)
    problems: list[tuple[str, str]] = []
    found = open_to_keep(paths, way.stdin, way.fetcher, taken)
    for each in add(ledger, completed(found, way.given), reader(), way.now, way.workers, way.meter):
        counts[each.outcome] += 1
        if each.outcome == "problem":
            problems.append((each.place, each.reason))
        each_done(each)
    if way.fetcher is not None:
        failed = {place for place, _ in problems}
        learnt = {key: value for key, value in way.fetcher.learnt.items() if key not in failed}
        keep_validators(ledger, learnt, way.now())
        counts["known"] += way.fetcher.unchanged
    settle_problems(ledger, paths, problems, way.now())
    return Taken(counts["added"], counts["known"], tuple(problems))


def known_in(ledger: Ledger) -> Callable[[str], Validators | None]:
    """By what a server tells whether a page of this ledger is new, for a `WebFetcher`."""

    def known(address: str) -> Validators | None:
        from onrecord.acquire.fetch import Validators

        held = validators(ledger, address)
        return None if held is None else Validators(*held)

    return known
