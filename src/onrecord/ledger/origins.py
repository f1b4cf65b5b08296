"""How many tell of an event independently of each other: copies of one text and reports of the same words are one.

Promise: as of a day only what was published by then counts. The odd case that forced the shape: an outlet prints a wire
and has a report of its own besides, so what is counted is the outlets of the original texts, not those that print them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.copies import originals
from onrecord.ledger.matching import Thread
from onrecord.ledger.sketch import runs_of, words_of

SAME_WORDS = 8
"""Words, one after the other, from which on two quotations are of the same spoken words."""

DECIDING = frozenset({"status", "date", "venue"})
"""What a telling must have from spoken words alone to be no more than a report of them."""


class Origins(NamedTuple):
    """Who tells of an event, those that are one origin taken together."""

    of: tuple[int, ...] = ()
    """For each telling the number of its origin, counted from 1 in the order of days."""
    documents: int = 0
    one_text: tuple[int, ...] = ()
    """For each text that several documents have, how many those are."""
    one_quote: int = 0
    """Documents that tell of the event only in words which another quotes too."""

    @property
    def independent(self) -> int:
        """How many origins there are."""
        return max(self.of, default=0)


def origins_of(connection: Connection, thread: Thread, as_of: str | None = None) -> Origins:
    """Return the independent origins of a thread that the ledger holds, as of a day.

    A document counts for the outlet of the one whose text it has (`copies.originals`), for itself where no outlet is
    known; those that tell of the event in the same spoken words alone (a briefing that all quote) are one.
    """
    asked = json.dumps(thread.numbers)
    documents = [document for (document,) in connection.execute(_DOCUMENTS, (asked,))]
    first = originals(connection, documents, as_of, documents)
    outlets = dict(connection.execute(_OUTLETS, (json.dumps(sorted(set(first.values()))),)).fetchall())
    words = _spoken(connection, thread, asked)
    heard = Counter(each for told in _by_document(documents, words).values() for each in told)
    shared = [{each for each in told if heard[each] > 1} for told in words]
    keys = [
        {("outlet", outlets[first[document]] or first[document]), *(("words", each) for each in told)}
        for document, told in zip(documents, shared, strict=True)
    ]
    texts = Counter(first[document] for document in set(documents))
    return Origins(
        of=joined(keys),
        documents=len(set(documents)),
        one_text=tuple(sorted((count for count in texts.values() if count > 1), reverse=True)),
        one_quote=sum(map(bool, _by_document(documents, shared).values())),
    )


_DOCUMENTS = (
    "SELECT r.document FROM json_each(?) asked JOIN events e ON e.id = asked.value "
    "JOIN readings r ON r.id = e.reading ORDER BY asked.key"
)
_OUTLETS = "SELECT d.id, d.outlet FROM json_each(?) asked JOIN documents d ON d.id = asked.value"
_SPOKEN = (
    "SELECT e.id, s.number, s.words FROM json_each(?) asked JOIN events e ON e.id = asked.value "
    "JOIN statements s ON s.reading = e.reading WHERE s.form != 'indirect'"
)


def _by_document(documents: Sequence[int], words: Iterable[set[int]]) -> dict[int, set[int]]:
    """The words of all tellings of each document."""
    found: dict[int, set[int]] = {}
    for document, told in zip(documents, words, strict=True):
        found.setdefault(document, set()).update(told)
    return found


def _spoken(connection: Connection, thread: Thread, asked: str) -> list[set[int]]:
    """For each telling the runs of spoken words that it rests on; none where its document says so itself too."""
    said: dict[tuple[int, str], str] = {
        (event, number): words for event, number, words in connection.execute(_SPOKEN, (asked,))
    }
    found = []
    for event, told in zip(thread.numbers, thread.tellings, strict=True):
        by = {claim.statement for claim in told.claims if claim.attribute in DECIDING and claim.value}
        found.append(
            {int(each) for number in by if number for each in _runs(said.get((event, number), ""))}
            if None not in by
            else set()
        )
    return found


def _runs(words: str) -> Iterable[int]:
    """Each run of `SAME_WORDS` words; none where there are fewer."""
    found = words_of(words)
    return runs_of(found, SAME_WORDS) if len(found) >= SAME_WORDS else ()


def joined(keys: Sequence[Iterable[Hashable]]) -> tuple[int, ...]:
    """Return for each set of keys the number of the group that it is in: sets with a key in common are one group.

    Groups are numbered from 1 in the order in which they begin.
    """
    group = list(range(len(keys)))

    def root(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    holder: dict[Hashable, int] = {}
    for at, own in enumerate(keys):
        for key in own:
            first, second = sorted((root(holder.setdefault(key, at)), root(at)))
            group[second] = first
    roots = [root(at) for at in range(len(keys))]
    numbers = {each: number for number, each in enumerate(dict.fromkeys(roots), 1)}
    return tuple(numbers[each] for each in roots)
