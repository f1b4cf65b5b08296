"""What people wrote, found by its words: comments, and decisions by their reasons and values.

Promise: who may not see what is hidden neither finds nor counts it. The odd case that forced the shape: what a comment
or a decision is about may have been published after the day that a reader has gone back to, and is not known there.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from onrecord.ledger.comments import About
from onrecord.ledger.corrections import Decision, all_decisions
from onrecord.ledger.counts import Count, count_rows
from onrecord.ledger.facets import Found, counted
from onrecord.ledger.questions import words_in
from onrecord.ledger.said import RANK, UNRANKED
from onrecord.ledger.searching import BEST
from onrecord.ledger.store import OLDER, Ledger
from onrecord.nouns import Span


class Asked(NamedTuple):
    """A question about what people wrote."""

    words: str = ""
    by: str = ""
    """Words of the name of who wrote it."""
    as_of: str | None = None
    """Only what is about something that was published by this day."""
    moderator: bool = False
    """Also what is hidden."""


class FoundComment(NamedTuple):
    """A comment with what it is about, as `comments.Comment` and `comments.Talk` have it."""

    number: int
    person: str
    text: str
    observed: str
    hidden: bool
    about: About
    attribute: str | None
    document: str
    span: Span
    words: str
    version: str | None


class FoundDecision(NamedTuple):
    """A decision, and the ids of the documents that it is about."""

    decision: Decision
    documents: tuple[str, ...]


def search_comments(ledger: Ledger, asked: Asked, begin: int = 0, most: int = BEST) -> Found[FoundComment]:
    """Return the best `BEST` comments that hold all of some words, at most ``most`` behind ``begin`` others.

    Without words the latest first.
    """
    found = _found(ledger, asked, _comments(asked))
    rows = ledger.connection.execute(
        f"SELECT c.id, c.person, c.body, c.observed, {_HIDDEN}, c.about, c.attribute, d.name, c.start, c.stop, "
        f"c.words, {OLDER} FROM json_each(?) j CROSS JOIN comments c ON c.id = j.value "
        "JOIN documents d ON d.id = c.document ORDER BY j.key",
        (json.dumps([number for number, _ in found[begin : begin + most]]),),
    )
    items = [
        FoundComment(number, by, text, observed, bool(hidden), about, of, document, (start, stop), words, version)
        for number, by, text, observed, hidden, about, of, document, start, stop, words, version in rows
    ]
    return Found(items, len(found), len(found) == BEST, {"by": counted(person for _, person in found)})


def count_comments(ledger: Ledger, asked: Asked) -> Count:
    """Return how many comments answer."""
    return count_rows(ledger, _comments(asked), _values(asked))


def search_decisions(ledger: Ledger, asked: Asked, begin: int = 0, most: int = BEST) -> Found[FoundDecision]:
    """Return decisions whose reason or values hold all of some words, as `search_comments` does comments."""
    found = _found(ledger, asked, _decisions(asked))
    chosen = [number for number, _ in found[begin : begin + most]]
    names: dict[int, list[str]] = {}
    for number, name in ledger.connection.execute(
        "SELECT DISTINCT p.decision, d.name FROM json_each(:chosen) j CROSS JOIN decided p ON p.decision = j.value "
        "JOIN documents d ON d.id = p.document WHERE :until IS NULL OR d.published < :until ORDER BY 1, 2",
        _values(asked) | {"chosen": json.dumps(chosen)},
    ):
        names.setdefault(number, []).append(name)
    known = {each.number: each for each in all_decisions(ledger.connection)} if chosen else {}
    items = [FoundDecision(known[number], tuple(names.get(number, ()))) for number in chosen]
    return Found(items, len(found), len(found) == BEST, {"by": counted(person for _, person in found)})


def count_decisions(ledger: Ledger, asked: Asked) -> Count:
    """Return how many decisions answer."""
    return count_rows(ledger, _decisions(asked), _values(asked))


def _found(ledger: Ledger, asked: Asked, wanted: str) -> list[tuple[int, str]]:
    """What the ledger numbers those with that a query finds, and who wrote each, the best first."""
    ordered = f"SELECT id, person FROM ({wanted}) ORDER BY rank, id DESC LIMIT :most"
    return ledger.connection.execute(ordered, _values(asked) | {"most": BEST}).fetchall()


_HIDDEN = (
    "'hide' IS (SELECT m.what FROM moderated m WHERE m.comment = c.id AND m.what IN ('hide', 'restore') "
    "ORDER BY m.id DESC LIMIT 1)"
)
"""Whether a comment ``c`` is hidden: of what was done to it the last counts."""


def _comments(asked: Asked) -> str:
    return _wanted(
        asked, "comments",
        f"(:moderator OR NOT {_HIDDEN})",
        "(:until IS NULL OR (SELECT d.published FROM documents d WHERE d.id = c.document) < :until)",
    )  # fmt: skip


def _decisions(asked: Asked) -> str:
    about = "SELECT 1 FROM decided p JOIN documents d ON d.id = p.document WHERE p.decision = c.id"
    later = f"{about} GROUP BY p.side HAVING coalesce(min(d.published), '~') >= :until"  # one of two not yet told of
    return _wanted(asked, "decisions", f"(:until IS NULL OR (EXISTS ({about}) AND NOT EXISTS ({later})))")


def _wanted(asked: Asked, table: str, *conditions: str) -> str:
    """The query for what of a table (``c``) answers: its number, who wrote it, how well it answers."""
    rows, rank = f"{table} c", UNRANKED
    if any(each.strip() and not words_in(each) for each in (asked.words, asked.by)):
        conditions = ("0",)
    elif _match(asked):
        rows, rank = f"{table}_text t CROSS JOIN {table} c ON c.id = t.rowid", RANK
        conditions = (f"{table}_text MATCH :match", *conditions)
    return f"SELECT c.id AS id, c.person AS person, {rank} AS rank FROM {rows} WHERE {' AND '.join(conditions)}"


def _match(asked: Asked) -> str:
    words = [f'- person : "{word}"' for word in words_in(asked.words)]
    return " AND ".join([*words, *(f'person : "{word}"' for word in words_in(asked.by))])


def _values(asked: Asked) -> dict[str, Any]:
    until = f"{asked.as_of}~" if asked.as_of else None
    return {"match": _match(asked), "until": until, "moderator": asked.moderator}
