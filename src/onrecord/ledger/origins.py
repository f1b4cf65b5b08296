"""How many tell of an event independently of each other: copies of one text and reports of the same words are one.

Promise: as of a day only what was published by then counts. The odd case that forced the shape: an outlet prints a wire
and has a report of its own besides, so what is counted is the outlets of the original texts, not those that print them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import NamedTuple

import msgspec

from onrecord.ledger.copies import originals
from onrecord.ledger.sketch import runs_of, words_of
from onrecord.ledger.state import State
from onrecord.ledger.store import OLDER
from onrecord.ledger.tellings import Thread
from onrecord.ledger.told import Told
from onrecord.nouns import Claim

SAME_WORDS = 8
"""Words, one after the other, from which on two quotations are of the same spoken words."""

DECIDING = ("status", "date", "venue")
"""What a telling must have from spoken words alone to be no more than a report of them."""


class Support(msgspec.Struct, frozen=True):
    """How many independent origins tell what is known of an event; 0 where it is not known, or follows from others."""

    status: int = 0
    date: int = 0
    venue: int = 0


class Text(NamedTuple):
    """The document in which a text was printed first."""

    document: str
    outlet: str | None
    version: str | None = None
    """Which of the texts of its id, as `Told.version`."""


class Origins(NamedTuple):
    """Who tells of an event, those that are one origin taken together."""

    of: tuple[int, ...] = ()
    """For each telling the number of its origin, counted from 1 in the order of days."""
    texts: tuple[Text, ...] = ()
    """For each telling the document whose text it has, itself where that is its own."""
    documents: int = 0
    one_text: tuple[int, ...] = ()
    """For each text that several documents have, how many those are."""
    one_quote: int = 0
    """Documents that tell of the event only in words which another quotes too."""
    support: Support = Support()

    @property
    def independent(self) -> int:
        """How many origins there are."""
        return max(self.of, default=0)


Words = frozenset[int]
"""Runs of `SAME_WORDS` words, as numbers."""


class _Teller(NamedTuple):
    """A telling, whose text it stands in, and the spoken words that it rests on, by statement."""

    document: int
    text: int
    """What the document whose text it is is numbered with."""
    printed: Text
    """That document."""
    told: Told
    said: Mapping[str, Words]
    """Of the statements that it rests on only: those of a whole document would take longer than all else."""

    def claims(self, attribute: str, value: str | None) -> list[Claim]:
        """What it tells of an attribute, where it is this value."""
        held = value is not None and (attribute != "status" or self.told.status == value)
        return [
            claim
            for claim in self.told.claims
            if held and claim.attribute == attribute and (attribute == "status" or claim.value == value)
        ]

    def words(self, claims: Iterable[Claim]) -> Words:
        """The runs of spoken words that claims rest on; none where the document says one of them itself."""
        by = {claim.statement for claim in claims}
        if None in by:
            return frozenset()
        return frozenset[int]().union(*(self.said.get(each, ()) for each in by if each))

    def origin(self, claims: Iterable[Claim]) -> set[Hashable]:
        """Who claims are from: tellings that share one of these have them from one origin."""
        return {("text of", self.printed.outlet or self.text), *self.words(claims)}


def origins_of(connection: Connection, thread: Thread, state: State, as_of: str | None = None) -> Origins:
    """Return the independent origins of a thread that the ledger holds, and of what makes up its state, as of a day.

    A document counts for the outlet of the one whose text it has (`copies.originals`), for itself where no outlet is
    known; those that have what they tell from the same spoken words alone (a briefing that all quote) are one.
    """
    tellers = _tellers(connection, thread, as_of)

    def support(attribute: str, value: str | None) -> int:
        told = [(each, each.claims(attribute, value)) for each in tellers]
        return max(joined([each.origin(claims) for each, claims in told if claims]), default=0)

    deciding = [[claim for claim in each.told.claims if claim.attribute in DECIDING] for each in tellers]
    words = dict[int, set[int]]()
    for each, claims in zip(tellers, deciding, strict=True):
        words.setdefault(each.document, set()).update(each.words(claims))
    heard = Counter(run for runs in words.values() for run in runs)
    texts = Counter({each.document: each.text for each in tellers}.values())
    return Origins(
        of=joined([each.origin(claims) for each, claims in zip(tellers, deciding, strict=True)]),
        texts=tuple(each.printed for each in tellers),
        documents=len(words),
        one_text=tuple(sorted((count for count in texts.values() if count > 1), reverse=True)),
        one_quote=sum(any(heard[run] > 1 for run in runs) for runs in words.values()),
        support=Support(
            support("status", state.status), support("date", state.date.value), support("venue", state.venue.value)
        ),
    )


_DOCUMENTS = (
    "SELECT r.document FROM json_each(?) asked JOIN events e ON e.id = asked.value "
    "JOIN readings r ON r.id = e.reading ORDER BY asked.key"
)
_TEXTS = f"SELECT d.id, d.name, d.outlet, {OLDER} FROM json_each(?) asked JOIN documents d ON d.id = asked.value"
_SPOKEN = (
    "SELECT e.id, s.number, s.words FROM json_each(?) asked JOIN events e ON e.id = asked.value ->> 0 "
    "JOIN statements s ON s.reading = e.reading AND s.number = asked.value ->> 1 WHERE s.form != 'indirect'"
)


def _tellers(connection: Connection, thread: Thread, as_of: str | None) -> list[_Teller]:
    asked = json.dumps(thread.numbers)
    documents = [document for (document,) in connection.execute(_DOCUMENTS, (asked,))]
    text = originals(connection, documents, as_of, documents)
    rows = connection.execute(_TEXTS, (json.dumps(sorted(set(text.values()))),))
    printed = {number: Text(*row) for number, *row in rows}
    said: dict[int, dict[str, Words]] = {}
    cited = [
        (event, statement)
        for event, told in zip(thread.numbers, thread.tellings, strict=True)
        for statement in sorted({c.statement for c in told.claims if c.statement and c.attribute in DECIDING})
    ]
    for event, number, words in connection.execute(_SPOKEN, (json.dumps(cited),)):
        said.setdefault(event, {})[number] = _runs(words)
    return [
        _Teller(document, text[document], printed[text[document]], told, said.get(event, {}))
        for document, event, told in zip(documents, thread.numbers, thread.tellings, strict=True)
    ]


def _runs(words: str) -> Words:
    """Each run of `SAME_WORDS` words; none where there are fewer."""
    found = words_of(words)
    return frozenset(runs_of(found, SAME_WORDS).tolist()) if len(found) >= SAME_WORDS else frozenset()


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
