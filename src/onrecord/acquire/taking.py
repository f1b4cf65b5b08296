"""Documents of paths into a ledger, with what the ledger remembers of them: one run of ``add``, one poll of ``watch``.

Promise: what a server said of a page, and that a problem is solved, is kept at the end of the run, after the documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from onrecord.acquire.files import open_to_keep
from onrecord.acquire.given import Given, completed
from onrecord.errors import UnreadableInput
from onrecord.ledger import Added, Ledger, add
from onrecord.ledger.acquired import (
    Page,
    Standing,
    keep_listed,
    keep_validators,
    settle_problems,
    standing,
    validators,
    waits,
)
from onrecord.nouns import Kept, Source
from onrecord.page.address import key_of
from onrecord.reading import reader
from onrecord.spent import UNMEASURED, Meter

if TYPE_CHECKING:
    from onrecord.acquire.fetch import Memory, Validators, WebFetcher
    from onrecord.acquire.listed import Listed

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
    return keep(ledger, paths, open_to_keep(paths, way.stdin, way.fetcher, taken), way, each_done)


def keep(
    ledger: Ledger,
    paths: Sequence[str],
    found: Iterable[Source | Kept | UnreadableInput],
    way: Way,
    each_done: Callable[[Added], None] = lambda added: None,
) -> Taken:
    """Add what was ``found`` in paths to a ledger, as `take` does, which finds it too."""
    counts = dict.fromkeys(("added", "known", "problem"), 0)
    problems: list[tuple[str, str]] = []
    for each in add(ledger, completed(found, way.given), reader(), way.now, way.workers, way.meter):
        counts[each.outcome] += 1
        if each.outcome == "problem":
            problems.append((each.place, each.reason))
        each_done(each)
    well: frozenset[str] = frozenset()
    if way.fetcher is not None:
        went = way.fetcher.went
        named = [each for each in went if each.listed.place != each.listed.address]  # the others were given
        failed = {place for place, _ in problems}
        again = failed | {
            each.listed.by for each in named if not each.listed.mark
        }  # what is new there, they do not say
        learnt = {key_of(each): said for each, said in way.fetcher.learnt.items() if each not in again}
        keep_validators(ledger, learnt, way.now())
        pages = [(_page(each), how == "failed" or each.address in failed) for each, how in named]
        keep_listed(ledger, pages, [each.address for each, how in went if how == "whole"], way.now())
        counts["known"] += way.fetcher.kept + sum(each.how == "unchanged" for each in went)
        well = frozenset(page.address for page, ill in pages if not ill)
    settle_problems(ledger, paths, problems, way.now(), well)
    return Taken(counts["added"], counts["known"], tuple(problems))


def asking_all(ledger: Ledger) -> Memory:
    """What a run of ``add`` knows from earlier ones: every page is asked for that is named, also what failed."""
    return _memory(ledger, datetime.max.replace(tzinfo=UTC), lambda listed: "due")


def asking_due(ledger: Ledger, now: datetime) -> Memory:
    """What a poll knows from earlier runs: not asked for is a page of which the same is said as when it was taken.

    Nor is one that failed, until it is due.
    """

    def stands(listed: Listed) -> Standing:
        return "due" if waits(ledger, listed.address, now) else standing(ledger, _page(listed), now)

    return _memory(ledger, now, stands)


def _memory(ledger: Ledger, due: datetime, stands: Callable[[Listed], Standing]) -> Memory:
    from onrecord.acquire.fetch import Memory, Validators

    def known(address: str) -> Validators | None:
        held = None if waits(ledger, address, due) else validators(ledger, key_of(address))
        return None if held is None else Validators(*held)

    return Memory(known, stands)


def _page(listed: Listed) -> Page:
    return Page(listed.by, key_of(listed.address), listed.mark)
