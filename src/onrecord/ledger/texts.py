"""The full text of documents, kept so that whatever words stand in an article find it, and the passages with them.

Promise: found is what stands in the text that counts, that of the newest reading, or in the title. The odd case that
forced the shape: an index that held the texts would be as large as half of all readings, so it holds none: what leaves
it has to be told to it once more, and passages are read out of the readings of those documents alone that are shown.
"""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, islice
from sqlite3 import Connection
from typing import NamedTuple

from onrecord.ledger.copies import text_of
from onrecord.ledger.questions import DOCUMENT, WORD, HeldDocument, HeldPassage, held_document, plain, words_in
from onrecord.ledger.store import Ledger
from onrecord.nouns import Span

RULES = 1
"""The version of the rules by which texts are kept for the search; a greater one has them kept again."""

PIECE = 100
"""Texts that are kept in one transaction: less than a second in which others wait to write."""

ROOM = 320
"""Characters of a passage at most."""

BEFORE = 80
"""Of these, how many before the first word that was asked for."""

PASSAGES = 3
"""Passages of a document that are told; one that holds all the words is told alone."""

_LINE = re.compile(r"[^\n]+")


def find_texts(ledger: Ledger) -> None:
    """Keep the texts that are not kept yet: those of a ledger that an older onrecord filled, or still adds to.

    Others can write between the pieces, and whoever is stopped or asks at the same time leaves the rest to the next.
    Raises LedgerError where the ledger can't be written to.
    """
    if not _are_kept(ledger.connection):
        with ledger.writing() as connection:
            if not _are_kept(connection):
                connection.execute("INSERT INTO texts (texts) VALUES ('delete-all')")
                connection.execute("DELETE FROM untexted")
                connection.execute("INSERT INTO untexted SELECT document, NULL FROM current")
                connection.execute("UPDATE texting SET rules = ?", (RULES,))
    waiting = ledger.connection.execute("SELECT document FROM untexted ORDER BY document").fetchall()
    through = ledger.through("texts made ready for the search", waiting)
    for first in through:
        with ledger.writing() as connection:
            for (document,) in chain([first], islice(through, PIECE - 1)):
                row = connection.execute(_NOW, (document,)).fetchone()
                if row is not None:
                    keep_text(connection, document, text_of(row[0]))


def _are_kept(connection: Connection) -> bool:
    """Whether texts are kept by the rules that count now, all but those that are noted as not."""
    return bool(connection.execute("SELECT rules FROM texting").fetchone() == (RULES,))


_NOW = (
    "SELECT r.body FROM untexted u JOIN current c ON c.document = u.document JOIN readings r ON r.id = c.reading "
    "WHERE u.document = ?"
)
_WAS = "SELECT r.body FROM untexted u LEFT JOIN readings r ON r.id = u.reading WHERE u.document = ?"
_PUT = "INSERT INTO texts (rowid, title, text) SELECT id, title, ?1 FROM documents WHERE id = ?2"
_TAKE = "INSERT INTO texts (texts, rowid, title, text) SELECT 'delete', id, title, ?1 FROM documents WHERE id = ?2"


def keep_text(connection: Connection, document: int, text: str) -> None:
    """Keep the text of the reading that counts of a document of which another one is kept, or none.

    ``document``: what the ledger numbers it with.
    """
    (body,) = connection.execute(_WAS, (document,)).fetchone()
    connection.execute("DELETE FROM untexted WHERE document = ?", (document,))
    was = None if body is None else text_of(body)
    if was == text:
        return
    if was is not None:
        connection.execute(_TAKE, (was, document))
    connection.execute(_PUT, (text, document))


def held_documents(ledger: Ledger, numbers: Sequence[int], words: str) -> list[HeldDocument]:
    """Return documents by what the ledger numbers them with, in the order given, with the passages that hold words."""
    rows = ledger.connection.execute(
        f"SELECT {DOCUMENT}, r.body FROM json_each(?) j CROSS JOIN documents d ON d.id = j.value "
        "CROSS JOIN current c ON c.document = d.id CROSS JOIN readings r ON r.id = c.reading ORDER BY j.key",
        (json.dumps(numbers),),
    )

    def held(*row: object, body: bytes) -> HeldDocument:
        text = text_of(body)
        found = tuple(HeldPassage(span, text[slice(*span)]) for span in passages(text, words))
        return held_document(ledger, *row, found)

    return [held(*row, body=body) for *row, body in rows]


class _Hit(NamedTuple):
    """A word that was asked for, where it stands, and the line that it stands in."""

    word: str
    start: int
    stop: int
    line: Span


def passages(text: str, words: str, most: int = PASSAGES) -> list[Span]:
    """Return where in a text some words stand: few stretches of about `ROOM` characters, in their order.

    The one with most of the words is chosen first, then what has words that it lacks; none goes over the end of a line.
    """
    lacking = set(map(plain, words_in(words)))
    chosen: set[Span] = set()
    while lacking and len(chosen) < most and (found := _nearest(_hits(text, lacking), len(lacking))):
        lacking -= {each.word for each in found}
        chosen.add(_around(text, found[0], found[-1]))
    return sorted(chosen)


def _hits(text: str, wanted: Container[str]) -> Iterator[_Hit]:
    """The places of some words in a text, in their order."""
    for line in _LINE.finditer(text):
        for found in WORD.finditer(text, *line.span()):
            if (word := plain(found.group())) in wanted:
                yield _Hit(word, *found.span(), line.span())


def _nearest(hits: Iterable[_Hit], all_of_them: int) -> list[_Hit]:
    """Those hits that stand near each other and are most different words; no more are looked at once it is all."""
    within: Counter[str] = Counter()
    near: deque[_Hit] = deque()
    best, most = list(near), 0
    for hit in hits:
        near.append(hit)
        within[hit.word] += 1
        while near[0].line != hit.line or (len(near) > 1 and hit.stop - near[0].start > ROOM - BEFORE):
            within[near.popleft().word] -= 1
        if (different := len(+within)) > most:
            best, most = list(near), different
            if most == all_of_them:
                break
    return best


def _around(text: str, first: _Hit, last: _Hit) -> Span:
    """The stretch of a line that is told for some hits in it."""
    start, stop = first.line
    low = max(start, begin_of_word(text, max(start, first.start - BEFORE)))
    return low, max(last.stop, end_of_word(text, min(stop, low + ROOM), ROOM))


def begin_of_word(text: str, place: int) -> int:
    """Return where the word begins in which a place of a text lies."""
    return text.rfind(" ", 0, place) + 1 if place else 0


def end_of_word(text: str, place: int, room: int) -> int:
    """Return where the last word ends before a place; the place itself in a word longer than half of the ``room``."""
    blank = text.rfind(" ", 0, place) if text[place : place + 1].strip() else place
    return blank if blank > place - room // 2 else place
