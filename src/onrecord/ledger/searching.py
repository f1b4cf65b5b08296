"""Search over all that a ledger holds, statements, documents, events and names, with counts by which to narrow it.

Promise: what is counted is what is listed, and both are bounded: the best `BEST` answers, which is told. The odd case
that forced the shape: a word such as "said" stands in half a million statements, and to count them all by speaker would
take longer than anybody waits; who wants others narrows the question.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from onrecord.ledger import choosing
from onrecord.ledger.counts import Count, count_rows, up_to
from onrecord.ledger.entities import HeldEntity, best_named, named, types_of
from onrecord.ledger.events import Listed, are_more, listed
from onrecord.ledger.facets import Counted, Found, counted, events_spoken_of, heard_in, months, told_in, who
from onrecord.ledger.identities import identify
from onrecord.ledger.questions import (
    ANY,
    DAYS,
    Between,
    HeldDocument,
    HeldStatement,
    held,
    is_event,
    words_in,
)
from onrecord.ledger.said import NOTHING, RANK, RANKED, UNRANKED, Asked, answers
from onrecord.ledger.store import Ledger
from onrecord.ledger.texts import find_texts, held_documents
from onrecord.ledger.threads import bring_together, now_called
from onrecord.nouns import EntityType

BEST = 200
"""Answers that are counted and can be paged through: each is read from five places of the file or more."""


def search_statements(ledger: Ledger, asked: Asked, begin: int = 0, most: int = BEST) -> Found[HeldStatement]:
    """Return the best `BEST` statements that answer, at most ``most`` behind ``begin`` others, with counts of all.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    found = answers(ledger, asked, BEST)
    return Found(
        held(ledger, [each.id for each in found[begin : begin + most]]),
        len(found),
        len(found) == BEST,
        {
            "by": who((each.entity, each.speaker) for each in found),
            "form": counted(each.form for each in found),
            "outlet": counted(each.outlet for each in found),
            "about": events_spoken_of(ledger, [(each.id, each.reading) for each in found]),
            "month": months(each.published for each in found),
        },
    )


class _Document(NamedTuple):
    """What of a document that answers bears on how answers are counted."""

    id: int
    outlet: str | None
    published: str | None
    reading: int


def search_documents(ledger: Ledger, asked: Asked, begin: int = 0, most: int = BEST) -> Found[HeldDocument]:
    """Return documents in whose title or text all words stand, as `search_statements` does, each with the passages.

    Those come first that have the words most, in their titles above all; without words the latest first. Of very many
    those that were kept last are put in order (`RANKED`). ``asked.by``: those in which somebody speaks; ``about``:
    those that tell of an event, by its id, or name somebody. Raises LedgerError where the ledger is to be brought up to
    date and can't be written to.
    """
    find_texts(ledger)
    identify(ledger)
    found = _documents(ledger, asked)
    readings = [each.reading for each in found]
    return Found(
        held_documents(ledger, [each.id for each in found[begin : begin + most]], asked.words),
        len(found),
        len(found) == BEST,
        {
            "by": heard_in(ledger, readings),
            "outlet": counted(each.outlet for each in found),
            "about": told_in(ledger, readings),
            "month": months(each.published for each in found),
        },
    )


def count_documents(ledger: Ledger, asked: Asked) -> Count:
    """Return how many documents answer of those that `search_documents` looks at. Raises LedgerError as it does."""
    find_texts(ledger)
    identify(ledger)
    values: dict[str, Any] = {}
    return count_rows(ledger, _holding(ledger, asked, values, UNRANKED), values)


def _documents(ledger: Ledger, asked: Asked) -> list[_Document]:
    values: dict[str, Any] = {"most": BEST}
    found = _holding(ledger, asked, values)
    rows = ledger.connection.execute(
        f"WITH found AS MATERIALIZED ({found}), "
        "best AS (SELECT id, rank FROM found ORDER BY rank, id DESC LIMIT :most) "
        f"SELECT d.id, d.outlet, d.published, c.reading FROM best b CROSS JOIN {_DATED} = b.id "
        "CROSS JOIN current c ON c.document = d.id ORDER BY b.rank, d.published DESC, d.id DESC",
        values,
    )
    return list(map(_Document._make, rows))


_DATED = "documents d INDEXED BY documents_days ON d.id"


def _holding(ledger: Ledger, asked: Asked, values: dict[str, Any], rank: str = RANK) -> str:
    """The query for documents that answer, and how well; what its places stand for is put into ``values``."""
    words = words_in(asked.words)
    if asked.words.strip() and not words:
        return NOTHING
    values |= {"first": asked.days.first, "last": asked.days.last, "outlet": asked.outlet}
    of = [DAYS] if asked.days != ANY else []
    of += ["d.outlet = :outlet"] if asked.outlet is not None else []
    among = [_among(ledger, each, heard, values) for each, heard in ((asked.by, True), (asked.about, False)) if each]
    if not words:
        wanted = " AND ".join((*(f"d.id IN ({each})" for each in among), *of)) or "1"
        return (
            f"SELECT d.id, 0 AS rank FROM documents d WHERE {wanted} ORDER BY d.published DESC, d.id DESC LIMIT :most"
        )
    values["match"] = " ".join(f'"{word}"' for word in words)
    values["low"], values["high"] = _numbers(ledger, asked.days)
    wanted = " AND ".join(
        ("texts MATCH :match", "t.rowid BETWEEN :low AND :high", *(f"+t.rowid IN ({each})" for each in among), *of)
    )
    rows = f"CROSS JOIN {_DATED} = t.rowid" if of else ""
    return (
        f"SELECT t.rowid AS id, {rank} AS rank FROM texts t {rows} WHERE {wanted} ORDER BY t.rowid DESC LIMIT {RANKED}"
    )


def _numbers(ledger: Ledger, days: Between) -> tuple[int, int]:
    """Between which numbers the documents of some days lie: words that stand in all are not held against later ones."""
    if days == ANY:
        return 0, 1 << 62
    low, high = ledger.connection.execute(
        "SELECT min(id), max(id) FROM documents INDEXED BY documents_by_day "
        "WHERE published >= coalesce(:first, '') AND published < coalesce(:last, '') || '~'",
        days._asdict(),
    ).fetchone()
    return low or 0, high or 0


def _among(ledger: Ledger, whom: str, heard: bool, values: dict[str, Any]) -> str:
    """The query for the documents that tell of an event or name somebody; ``heard``: in which he speaks."""
    name = f"whom{len(values)}"
    if is_event(whom):
        values[name] = now_called(ledger, whom)
        return (
            "SELECT r.document FROM threads t CROSS JOIN events e ON e.id = t.event "
            f"CROSS JOIN readings r INDEXED BY readings_documents ON r.id = e.reading WHERE t.thread = :{name}"
        )
    values[name] = json.dumps(named(ledger, whom))
    speaking = "INDEXED BY entities_heard ON e.id = i.entity AND e.heard > 0" if heard else "ON e.id = i.entity"
    return (
        f"SELECT r.document FROM json_each(:{name}) j CROSS JOIN identified i ON i.identity = j.value "
        f"CROSS JOIN entities e {speaking} CROSS JOIN readings r INDEXED BY readings_documents ON r.id = e.reading"
    )


def search_events(ledger: Ledger, asked: choosing.Asked, begin: int = 0, most: int = BEST) -> Found[Listed]:
    """Return events that answer as rows, as `search_statements` does statements; days are those of the events.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    found = listed(ledger, asked, BEST)
    return Found(
        found[begin : begin + most],
        len(found),
        len(found) == BEST or are_more(ledger, asked),
        {
            "status": counted(each.status for each in found),
            "kind": counted(each.kind for each in found),
            "month": months(each.date.value for each in found),
        },
    )


def count_events(ledger: Ledger, asked: choosing.Asked) -> Count:
    """Return how many events answer to words of those that `search_events` looks at. Raises LedgerError as it does."""
    bring_together(ledger)
    return Count(*choosing.counted(ledger.connection, asked))


def search_entities(
    ledger: Ledger, words: str, type: EntityType | None, as_of: str | None, begin: int = 0, most: int = BEST
) -> Found[HeldEntity]:
    """Return whom documents name by some words, as `search_statements` does statements; counted are all of the name.

    Raises LedgerError where the ledger is to be brought up to date and can't be written to.
    """
    identify(ledger)
    among = named(ledger, words, as_of) if words else None
    found = best_named(ledger, words, among, type, as_of, begin + most)
    types = types_of(ledger, among, as_of)
    total = _of_type(types, type)
    told = [Counted(each, each, count) for each, count in types.items()]
    return Found(found[begin:], min(total, BEST), total >= BEST, {"type": told})


def count_entities(ledger: Ledger, words: str, type: EntityType | None, as_of: str | None) -> Count:
    """Return how many people, bodies and places some words name. Raises LedgerError as `search_entities` does."""
    identify(ledger)
    return up_to(_of_type(types_of(ledger, named(ledger, words, as_of), as_of), type))


def _of_type(types: Mapping[EntityType, int], type: EntityType | None) -> int:
    return sum(count for each, count in types.items() if type in (None, each))
