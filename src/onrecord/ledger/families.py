"""One quote across outlets: who printed it first, and what each of the others made of it.

Promise: each print is held against the original where a transcript of the ledger has it, else against the longest
print, of which the others can have been cut; which of the two is told. The odd case that forced the shape: two outlets
may print two sentences of one answer that have no word in common; they are one family where the original has both in
one place.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Hashable
from sqlite3 import Connection
from typing import Any, NamedTuple, TypeVar

from onrecord.check import Finding, Original, Quote, Verdict, check, keys_of, may_hold, terms
from onrecord.ledger.places import nearest, span_of
from onrecord.ledger.spoken import QUOTE, Search, as_passages, find_spoken, spoken
from onrecord.ledger.store import DIGITS, Ledger, marks
from onrecord.ledger.worked_out import OfLedgers, Remembered
from onrecord.nouns import Span

MOST = 400
"""Prints with words of a quote that are held against its reference."""

WORDINGS = 30
"""Different texts that these may be, those of which most words are the quote's or have most of its words: to hold one
against the reference takes the third of a millisecond, and most prints of one quote are the same words."""

NEAR = 400
"""Code points of the original at most between the words of two prints that are one family: about two sentences."""

KNOWN = 200
"""What is remembered of the families of a ledger: the widest print and the prints of a hundred quotes."""

T = TypeVar("T")

_Voted = tuple[tuple[int, int], ...]
"""Quotes by what the ledger numbers them with, each with its share of some words as `Search.votes` counts it."""

_THERE: frozenset[Verdict] = frozenset({"verbatim", "marked", "trimmed", "altered", "spliced", "elsewhere"})


class Print(NamedTuple):
    """One article's print of a quote."""

    document: str
    number: str
    """The quote's id in its document: that of its statement where it has one."""
    outlet: str | None
    title: str | None
    published: str | None
    finding: Finding
    """What became of it, against the family's reference."""
    version: str | None = None
    """Which of the texts of its document's id prints it, also where that is the last (`HeldStatement.edition`)."""


class Family(NamedTuple):
    """A quote and all its prints, the earliest first; those of no known day come last."""

    reference: Original
    """The transcript that has it, else the print that the others are held against: `Original.record` tells which."""
    passage: Span
    """Where it stands there, in code points of that document's text."""
    said_by: str | None
    prints: tuple[Print, ...]

    @property
    def first(self) -> bool:
        """Whether the first print is known to be the earliest: of a day before all others'."""
        days = [each.published[:10] if each.published else "" for each in self.prints]
        return all(days) and (len(days) == 1 or days[0] < min(days[1:]))

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many prints have each verdict, the most first."""
        return dict(Counter(each.finding.verdict for each in self.prints).most_common())


def family(ledger: Ledger, wanted: str, as_of: str | None = None, version: str | None = None) -> Family | None:
    """Return the family of a quote; None where the ledger has no such.

    ``wanted``: a quote or statement as ``DOCUMENT#ID``, or a place of a document as ``DOCUMENT#120-156``, else words,
    of which the quote that holds most is taken. ``as_of``: only what was published by that day. ``version``: which of
    the texts that came in under the document's id; None: the last. Raises LedgerError where an older ledger can't be
    brought up.
    """
    find_spoken(ledger)
    connection = ledger.connection
    seed = _named(connection, wanted, as_of, version) or _holding(connection, wanted, as_of)
    if seed is None:
        return None
    found = _around(ledger, seed, as_of)
    return found if any(_is(each, seed) for each in found.prints) else _by_itself(seed)


def _is(one: Print, other: Print) -> bool:
    return (one.document, one.number, one.version) == (other.document, other.number, other.version)


def _by_itself(seed: Print) -> Family:
    """The family of a quote that is too short to be told from others ("You lie!"), or that many others drown out."""
    quote, reference = seed.finding.quote, _reference(seed)
    place, said_by = quote.span, reference.passages[0].speaker
    finding = Finding(quote, "verbatim", reference, place, said_by, (), 1.0, places=(place,))
    return Family(reference, place, said_by, (seed._replace(finding=finding),))


def _around(ledger: Ledger, seed: Print, as_of: str | None) -> Family:
    """The family of a quote as it is found by its words."""
    connection, quote = ledger.connection, seed.finding.quote
    known = _Known(ledger)
    found = spoken(ledger, quote, as_of)
    if found.original is not None and found.passage is not None and found.verdict in _THERE:
        low, high = found.passage
        held = found.original.passages
        words = " ".join(p.text for p in held if p.start < high + NEAR and p.end > low - NEAR)
        words = f"{quote.text} {words}"
        voted = _voted(connection, words, as_of)
        by, original = (found.original, found.passage, found.said_by), found.original
        which = (original.document, original.day, original.title, original.path, original.outlet)
        return known.of(lambda: _family(*by, _prints(connection, words, voted)), *which, *by[1:], *held, words, voted)
    voted = _voted(connection, quote.text, as_of)
    widest, its = known.of(lambda: _widest(connection, seed, voted), seed.document, seed.number, seed.version, voted)
    if its is not None:
        return its
    words = widest.finding.quote.text
    wider = _voted(connection, words, as_of)
    of_widest = (widest.document, widest.number, widest.version)
    return known.of(lambda: _cut_from(widest, _prints(connection, words, wider)), *of_widest, words, wider)


class _Known:
    """What was worked out of the quotes of a ledger, while none falls away from those that documents print."""

    def __init__(self, ledger: Ledger) -> None:
        (self._state,) = ledger.connection.execute("SELECT times FROM reworked").fetchone()
        self._known = _KNOWN.of(ledger)

    def of(self, work_out: Callable[[], T], *asked: Hashable) -> T:
        """Return what ``work_out`` gives; ``asked``: by which quotes, with those that may be prints of them."""
        made: T = self._known.of((self._state, *asked), work_out)
        return made


_KNOWN = OfLedgers[Remembered[Hashable, Any]](lambda: Remembered(KNOWN))


def _widest(connection: Connection, seed: Print, voted: _Voted) -> tuple[Print, Family | None]:
    """The longest print of a quote, of which it and the others can have been cut; and its family, if it is as long."""
    quote = seed.finding.quote
    prints = _prints(connection, quote.text, voted)
    longest = sorted(prints, key=lambda each: -len(each.finding.quote.text))
    widest = next((each for each in longest if check(quote, [_reference(each, 0)]).verdict in _THERE), seed)
    return widest, _cut_from(widest, prints) if widest.finding.quote.text == quote.text else None


def _cut_from(widest: Print, prints: list[Print]) -> Family:
    """The family of a print that others can have been cut from."""
    reference = _reference(widest)
    return _family(reference, widest.finding.quote.span, reference.passages[0].speaker, prints)


def _family(reference: Original, passage: Span, said_by: str | None, prints: list[Print]) -> Family:
    """Those of some prints that are of the reference's words, near a passage of it."""
    kept, passages = [], tuple(reference.passages)
    for each in prints:
        quote = each.finding.quote
        if not may_hold(quote.text, quote.pieces, passages):
            continue
        found = check(quote, [reference])
        near = found.passage and found.passage[0] <= passage[1] + NEAR and found.passage[1] >= passage[0] - NEAR
        if near and found.verdict in _THERE:
            kept.append(each._replace(finding=found))
    kept.sort(key=lambda each: (each.published or "~", each.outlet or "", each.document, each.number))
    return Family(reference, passage, said_by, tuple(kept))


def _reference(held: Print, at: int | None = None) -> Original:
    """A print as what others are held against; ``at``: where its words stand, if not where they do in its document.

    Where only what it has of others counts and all begin at one place, what stands in many is laid against it once.
    """
    quote = held.finding.quote
    passages = as_passages(quote if at is None else quote._replace(at=at))
    day = held.published[:10] if held.published else None
    label = passages[0].speaker
    names = {label: label} if label else {}
    return Original(held.document, passages, names, (), day, held.title, None, held.outlet, "print")


_PRINT = (
    f"SELECT d.name, q.number, d.outlet, d.title, d.published, q.body, {DIGITS}, q.id FROM quotes q "
    "JOIN documents d ON d.id = q.document WHERE "
)


def _named(connection: Connection, wanted: str, as_of: str | None, version: str | None) -> Print | None:
    """The quote of an id or a place; a statement with several quotes gives its first."""
    document, _, number = wanted.rpartition("#")
    span = span_of(number)
    rows = connection.execute(
        f"{_PRINT} q.document = (SELECT d.id FROM documents d WHERE d.name = :document "
        f"AND (:version IS NULL OR {DIGITS} = :version) AND (:as_of IS NULL OR d.published < :as_of || '~') "
        "ORDER BY d.id DESC LIMIT 1) AND (:place OR q.number = :number OR q.number GLOB :number || '.*') "
        "ORDER BY q.start",
        {"document": document, "version": version, "as_of": as_of, "place": span is not None, "number": number},
    )
    found = [_print(*row[:-1]) for row in rows]
    return nearest(found, span, lambda each: each.finding.quote.span) if span else next(iter(found), None)


def _holding(connection: Connection, words: str, as_of: str | None) -> Print | None:
    """The quote that holds most of some words, more than half of the longer ones."""
    wanted = set(terms(keys_of(words)))
    for each in _prints(connection, words, _voted(connection, words, as_of), 1):
        held = wanted.intersection(terms(keys_of(each.finding.quote.text)))
        return each if 2 * len(held) > len(wanted) else None
    return None


def _voted(connection: Connection, words: str, as_of: str | None) -> _Voted:
    """The quotes that share most runs of words with some, else words, by what the ledger numbers them with."""
    votes = Search(connection, "quotes", Quote("", words), as_of).votes()
    return tuple(sorted(votes.items(), key=lambda row: (-row[1], row[0]))[:MOST])


def _prints(connection: Connection, words: str, voted: _Voted, most: int | None = None) -> list[Print]:
    """Of quotes that share runs of words with some those whose words are likest, those that share most first.

    ``most``: how many are read; None: all.
    """
    votes = dict(voted)
    rows = connection.execute(
        "SELECT q.id, d.published, q.text FROM json_each(?) asked CROSS JOIN quotes q ON q.id = asked.value "
        "CROSS JOIN documents d INDEXED BY documents_days ON d.id = q.document",
        (json.dumps([*votes]),),
    ).fetchall()
    rows.sort(key=lambda row: (-votes[row[0]], row[1] or "~", row[0]))
    likest = _likest(words, dict.fromkeys(row[2] for row in rows))
    chosen = [row[0] for row in rows if row[2] in likest][:most]
    found = {row[-1]: _print(*row[:-1]) for row in connection.execute(f"{_PRINT} q.id IN ({marks(chosen)})", chosen)}
    return [found[each] for each in chosen if each in found]


def _likest(words: str, texts: Collection[str]) -> Collection[str]:
    """Of some texts at most `WORDINGS`: those of which most words are in some words, or that have most of these."""
    if len(texts) <= WORDINGS:
        return texts
    wanted = frozenset(keys_of(words))

    def unlike(text: str) -> float:
        keys = frozenset(keys_of(text))
        return -len(wanted & keys) / max(1, min(len(wanted), len(keys)))

    return frozenset(sorted(texts, key=unlike)[:WORDINGS])


def _print(document: str, number: str, outlet: str, title: str, published: str, body: str, version: str) -> Print:
    found = Finding(QUOTE.decode(body), "not found", None, None, None, (), 0.0)
    return Print(document, number, outlet, title, published, found, version)
