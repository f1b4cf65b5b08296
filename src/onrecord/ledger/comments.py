"""What readers say of a statement, an event or a passage, in talks, and what moderators do about it.

Promise: comments and what is done to them are rows that are only added to; what is hidden is kept, and says so. The odd
case that forced the shape: a newer reader numbers statements and events anew, so a talk holds to a passage of a
document, and is found again by whatever stands there now.
"""

from __future__ import annotations

from datetime import datetime
from sqlite3 import Connection
from typing import Literal, NamedTuple

import msgspec

from onrecord.ledger.claimed import AT_CLAIM, AT_NAME, named_by, standing
from onrecord.ledger.items import SEVERAL
from onrecord.ledger.places import counted_at
from onrecord.ledger.store import OLDER, Ledger, Refused, marks, number_of, unpacked
from onrecord.ledger.threads import bring_together, first_told
from onrecord.nouns import Span

About = Literal["statement", "event", "passage"]
Action = Literal["hide", "restore", "close", "reopen"]

LONGEST = 5_000
"""Characters of a comment."""
WORDS = 300
"""Characters of the passage that are kept beside it."""
REPLIES = 500
"""Comments in a talk."""

ATTRIBUTES = ("status", "date", "venue", *SEVERAL)
"""What of an event a talk can be about; None: the event."""


class Moderation(msgspec.Struct, frozen=True):
    """What a moderator did, and why."""

    what: Action
    person: str
    reason: str
    observed: str


class Comment(msgspec.Struct, frozen=True):
    """One comment."""

    number: int
    person: str
    text: str | None
    """None: it is hidden from whoever asks."""
    observed: str
    hidden: Moderation | None = None


class Talk(msgspec.Struct, frozen=True):
    """Comments on one thing, the oldest first; the first has the talk's number."""

    number: int
    about: About
    attribute: str | None
    document: str
    span: Span
    words: str
    """What stood there when the talk began."""
    closed: Moderation | None
    comments: tuple[Comment, ...]
    version: str | None = None
    """Which of the texts of the document's id it is about, where a later one came in; null: the last of them."""


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What talks are about: an event, a claim of it, a statement or a passage."""

    event: str = ""
    attribute: str = ""
    """Of an event: the claim; the one that stands, or with a document and a passage the one that is made there."""
    document: str = ""
    statement: str = ""
    """The id of a statement of the document, or its place as an address has it (``120-156``)."""
    span: Span | None = None
    """A passage of the document; with neither, the whole document is asked for."""
    version: str = ""
    """Which of the texts that came in under the document's id; empty: the last, of a whole document all of them."""


class _Place(NamedTuple):
    about: About
    attribute: str | None
    document: int
    start: int
    stop: int
    words: str
    named: Span | None = None
    """Of what is about an event: where the document names it."""


def comment(ledger: Ledger, subject: Subject, text: str, person: str, now: datetime) -> int:
    """Begin a talk and return its number. Raises Refused where there is no such subject, or no text."""
    body = _body(text)
    place = _place_of(ledger, subject)
    with ledger.writing() as connection:
        return _add(connection, None, place, person, body, now)


def reply(ledger: Ledger, talk: int, text: str, person: str, now: datetime) -> int:
    """Add to a talk and return the comment's number. Raises Refused where it is closed, full or not there."""
    body = _body(text)
    with ledger.writing() as connection:
        row = connection.execute(
            "SELECT about, attribute, document, start, stop, words FROM comments WHERE id = ? AND talk IS NULL", (talk,)
        ).fetchone()
        if row is None:
            raise Refused(f"there is no talk {talk}")
        closed = _last(connection, [talk], ("close", "reopen")).get(talk)
        if closed is not None and closed.what == "close":
            raise Refused(f"talk {talk} is closed: {closed.reason}")
        (count,) = connection.execute("SELECT count(*) FROM comments WHERE talk = ?", (talk,)).fetchone()
        if count >= REPLIES - 1:
            raise Refused(f"talk {talk} has {REPLIES} comments; begin another one")
        return _add(connection, talk, _Place(*row), person, body, now)


def moderate(ledger: Ledger, number: int, what: Action, person: str, reason: str, now: datetime) -> None:
    """Hide or restore a comment, close or reopen a talk. Raises Refused where there is none, or no reason."""
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST:
        raise Refused(f"a reason has 1 to {LONGEST} characters")
    with ledger.writing() as connection:
        row = connection.execute("SELECT talk FROM comments WHERE id = ?", (number,)).fetchone()
        if row is None or (what in ("close", "reopen") and row[0] is not None):
            raise Refused(f"there is no {'talk' if what in ('close', 'reopen') else 'comment'} {number}")
        connection.execute(
            "INSERT INTO moderated (comment, what, person, reason, observed) VALUES (?, ?, ?, ?, ?)",
            (number, what, person, reason, _moment(now)),
        )


def talk_of(ledger: Ledger, number: int) -> int | None:
    """Return the number of the talk that a comment is in; None where there is no such comment."""
    row = ledger.connection.execute("SELECT coalesce(talk, id) FROM comments WHERE id = ?", (number,)).fetchone()
    return int(row[0]) if row else None


def talks(ledger: Ledger, subject: Subject, most: int, moderator: bool = False, skip: int = 0) -> list[Talk]:
    """Return at most ``most`` talks about something, the latest begun first, without the first ``skip`` of them.

    ``moderator``: also what is hidden. An event has those on its claims too, a document all that are on it.
    """
    connection = ledger.connection
    asked = f"{_TALK} FROM comments c"
    order = "ORDER BY c.id DESC LIMIT ? OFFSET ?"
    if subject.event:
        bring_together(ledger)
        rows = connection.execute(
            f"SELECT DISTINCT {asked} JOIN documents d ON d.id = c.document WHERE c.talk IS NULL AND c.about = 'event' "
            "AND c.id IN (SELECT x.id FROM threads t JOIN events e ON e.id = t.event "
            "JOIN current r ON r.reading = e.reading JOIN comments x ON x.document = r.document AND x.talk IS NULL "
            f"WHERE t.thread = ? AND {_OF_IT}) "
            f"AND (? = '' OR c.attribute = ?) {order}",
            (subject.event, subject.attribute, subject.attribute, most, skip),
        ).fetchall()
    else:
        start, stop = subject.span or (0, 1 << 62)
        if subject.statement:
            place = _statement(connection, subject)
            start, stop = place.start, place.stop
        exact = bool(subject.statement or subject.span)
        only = number_of(connection, subject.document, subject.version or None) if exact or subject.version else None
        rows = connection.execute(
            f"SELECT {asked} JOIN documents d ON d.id = c.document WHERE c.talk IS NULL AND d.name = ? "
            "AND d.id = coalesce(?, d.id) AND c.start < ? AND ? < c.stop AND (? OR c.about != 'event') "
            f"AND (? OR 2 * (min(c.stop, ?) - max(c.start, ?)) > max(c.stop, ?) - min(c.start, ?)) {order}",
            (subject.document, only, stop, start, not exact, not exact, stop, start, stop, start, most, skip),
        ).fetchall()
    return _with_comments(connection, rows, moderator)


def all_talks(ledger: Ledger, most: int, moderator: bool = False, skip: int = 0) -> list[Talk]:
    """Return at most ``most`` of all talks, the latest begun first, without the first ``skip`` of them."""
    rows = ledger.connection.execute(
        f"SELECT {_TALK} FROM comments c JOIN documents d ON d.id = c.document WHERE c.talk IS NULL "
        "ORDER BY c.id DESC LIMIT ? OFFSET ?",
        (most, skip),
    ).fetchall()
    return _with_comments(ledger.connection, rows, moderator)


def begun_after(ledger: Ledger, number: int) -> int | None:
    """Return how many talks were begun after the one that a comment is in; None where there is no such comment."""
    talk = talk_of(ledger, number)
    if talk is None:
        return None
    asked = "SELECT count(*) FROM comments WHERE talk IS NULL AND id > ?"
    return int(ledger.connection.execute(asked, (talk,)).fetchone()[0])


class Remark(NamedTuple):
    """Where in a document readers spoke of something."""

    talk: int
    document: int
    """What the ledger numbers the text with: several may have come in under one id."""
    span: Span


def remarks(ledger: Ledger, document: str) -> list[Remark]:
    """Return the passages of all talks that are on the texts of a document's id, the latest begun first."""
    rows = ledger.connection.execute(
        "SELECT c.id, c.document, c.start, c.stop FROM documents d JOIN comments c ON c.document = d.id "
        "WHERE d.name = ? AND c.talk IS NULL ORDER BY c.id DESC",
        (document,),
    )
    return [Remark(talk, number, (start, stop)) for talk, number, start, stop in rows]


_EXACT = "x.named_start = {0}.body ->> '$.span[0]' AND x.named_stop = {0}.body ->> '$.span[1]'"
_NAMED = AT_NAME.format(start="x.named_start", stop="x.named_stop")
_BESIDE = "EXISTS (SELECT 1 FROM events {0} WHERE {0}.reading = e.reading AND {1})"
_OF_IT = (
    f"CASE WHEN {_BESIDE.format('f', _EXACT.format('f'))} THEN {_EXACT.format('e')} "
    f"WHEN {_BESIDE.format('f', _NAMED.replace('e.body', 'f.body'))} THEN {_NAMED} "
    f"ELSE {AT_NAME.format(start='x.start', stop='x.stop')} "
    f"OR {AT_CLAIM.format(attribute='x.attribute', start='x.start', stop='x.stop')} END"
)
"""Whether a talk ``x`` is about the event of a telling ``e``: the one that is named where it was when the talk began.

Where its document, read again, names none there, and of a talk of which that is not known: whichever is told of in the
passage of the talk, or claims something there.
"""

_TALK = f"c.id, c.about, c.attribute, d.name, c.start, c.stop, c.words, {OLDER}"

Rows = list[tuple[int, About, str | None, str, int, int, str, str | None]]


def _with_comments(connection: Connection, rows: Rows, moderator: bool) -> list[Talk]:
    numbers = [row[0] for row in rows]
    said: dict[int, list[tuple[int, str, str, str]]] = {number: [] for number in numbers}
    for number, talk, person, body, observed in connection.execute(
        f"SELECT id, coalesce(talk, id), person, body, observed FROM comments WHERE id IN ({marks(numbers)}) "
        f"OR talk IN ({marks(numbers)}) ORDER BY id",
        (*numbers, *numbers),
    ):
        said[talk].append((number, person, body, observed))
    hidden = _last(connection, [each[0] for some in said.values() for each in some], ("hide", "restore"))
    closed = _last(connection, numbers, ("close", "reopen"))

    def shown(number: int, person: str, body: str, observed: str) -> Comment:
        done = hidden.get(number)
        gone = done if done is not None and done.what == "hide" else None
        return Comment(number, person, body if gone is None or moderator else None, observed, gone)

    def ended(number: int) -> Moderation | None:
        done = closed.get(number)
        return done if done is not None and done.what == "close" else None

    return [
        Talk(number, about, attribute, document, (start, stop), words, ended(number),
             tuple(shown(*each) for each in said[number]), version)
        for number, about, attribute, document, start, stop, words, version in rows
    ]  # fmt: skip


def _last(connection: Connection, numbers: list[int], kinds: tuple[str, str]) -> dict[int, Moderation]:
    """The last of two kinds of what was done to each of some comments."""
    rows = connection.execute(
        f"SELECT comment, what, person, reason, observed FROM moderated WHERE comment IN ({marks(numbers)}) "
        "AND what IN (?, ?) ORDER BY id",
        (*numbers, *kinds),
    )
    return {number: Moderation(*row) for number, *row in rows}


def _add(connection: Connection, talk: int | None, place: _Place, person: str, body: str, now: datetime) -> int:
    cursor = connection.execute(
        "INSERT INTO comments (talk, about, attribute, document, start, stop, words, named_start, named_stop, person, "
        "body, observed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (talk, *place[:-1], *(place.named or (None, None)), person, body, _moment(now)),
    )
    return int(cursor.lastrowid or 0)


def _body(text: str) -> str:
    body = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not 0 < len(body) <= LONGEST:
        raise Refused(f"a comment has 1 to {LONGEST} characters")
    return body


def _moment(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def _place_of(ledger: Ledger, subject: Subject) -> _Place:
    if subject.event:
        return _event(ledger, subject)
    if subject.statement:
        return _statement(ledger.connection, subject)
    return _passage(ledger, subject)


def _passage(ledger: Ledger, subject: Subject) -> _Place:
    if subject.span is None:
        raise Refused("a comment is about an event, a statement or a passage; name one")
    start, stop = subject.span
    document, text = _text(ledger.connection, subject)
    if not 0 <= start < stop <= len(text):
        raise Refused(f"there is no passage {start} to {stop} in {subject.document}")
    return _Place("passage", None, document, start, stop, text[start:stop][:WORDS])


def _event(ledger: Ledger, subject: Subject) -> _Place:
    """Where an event's claim stands, or the event is told of first: what its id stands for too."""
    attribute = subject.attribute
    if attribute and attribute not in ATTRIBUTES:
        raise Refused(f"{attribute}: a comment on a claim is about one of {', '.join(ATTRIBUTES)}")
    first = first_told(ledger, subject.event)
    if first is None:
        raise Refused(f"there is no event {subject.event}")
    if subject.span is not None:
        place = _passage(ledger, subject)
        named = named_by(ledger, subject.event, attribute, place.document, subject.span)
        if named is None:
            raise Refused(f"{subject.document} claims no {attribute or 'such event'} of {subject.event} there")
        return place._replace(about="event", attribute=attribute or None, named=named)
    passage, named = (standing(ledger, subject.event, attribute) if attribute else None) or (first, first.span)
    return _Place("event", attribute or None, passage.document, *passage.span, passage.words[:WORDS], named)


def _statement(connection: Connection, subject: Subject) -> _Place:
    document = number_of(connection, subject.document, subject.version or None)
    said = counted_at(connection, document, subject.statement)
    if said is None:
        raise Refused(f"there is no statement {subject.statement} of {subject.document}")
    return _Place("statement", None, said.document, *said.span, said.words[:WORDS])


def _text(connection: Connection, subject: Subject) -> tuple[int, str]:
    row = connection.execute(
        "SELECT c.document, r.body FROM current c JOIN readings r ON r.id = c.reading WHERE c.document = ?",
        (number_of(connection, subject.document, subject.version or None),),
    ).fetchone()
    if row is None:
        raise Refused(f"there is no document {subject.document}")
    return int(row[0]), unpacked(row[1]).document.text
