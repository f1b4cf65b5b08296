"""What a ledger is asked: which documents, who said what, what could not be read, how much there is.

Promise: an answer as of a day tells only of what was published by then; every answer names the document and the place
in its text. The odd case that forced the shape: what people type is no query language, so their words are looked for as
words, all of them, whatever signs they contain.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

import msgspec

from onrecord.ledger.entities import named
from onrecord.ledger.identities import identify
from onrecord.ledger.spreading import Run, runs_of
from onrecord.ledger.store import DIGITS, OLDER, Ledger, marks
from onrecord.ledger.threads import now_called
from onrecord.nouns import Reader, Reading
from onrecord.page.address import key_of

WORD = re.compile(r"[^\W_]+")
"""What is looked for and found as one word."""

MOST_WORDS = 32
"""Different words that are looked for: each is weighed in each text against where all others stand in it, so that
hundreds would take minutes."""

_EVENT = re.compile(r"E[0-9a-f]{10}\Z")


class Between(NamedTuple):
    """The days of publication that count, both included, as ISO 8601; None: no bound."""

    first: str | None = None
    last: str | None = None

    def has(self, day: str | None) -> bool:
        """Whether a day is one of them; one that is not known only where no day is asked for."""
        if day is None:
            return self == Between()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


class HeldPassage(msgspec.Struct, frozen=True):
    """A stretch of a document's text that holds words that were asked for; ``span`` counts code points of it."""

    span: tuple[int, int]
    text: str


class HeldDocument(msgspec.Struct, frozen=True):
    """One document of the ledger."""

    name: str
    title: str | None
    outlet: str | None
    published: str | None
    path: str | None
    observed: str
    statements: int
    version: str | None = None
    """Which of the texts that came in under its id it is, where a later one did too; None: the last of them."""
    passages: tuple[HeldPassage, ...] = ()
    """Where the words stand that were asked for; empty where none were, or only its title has them."""


class HeldStatement(msgspec.Struct, frozen=True):
    """One statement of the ledger; ``span`` counts code points of the document's text."""

    document: str
    title: str | None
    number: str
    published: str | None
    outlet: str | None
    speaker: str | None
    via: tuple[str, ...]
    words: str
    form: str
    kind: str
    polarity: str
    confidence: float
    span: tuple[int, int]
    entity: str | None = None
    """The id across documents of who speaks."""
    version: str | None = None
    """Which of the texts of its document's id it stands in, as in `HeldDocument`."""
    edition: str | None = None
    """The same, also of the last of them: an address with it leads to these words whatever else comes in."""


class Problem(msgspec.Struct, frozen=True):
    """A place that could not be read."""

    place: str
    reason: str
    observed: str
    source: str | None = None
    """What is followed and could not be read there, or the feed or list that names the place; None: neither."""


ANY = Between()


def is_event(name: str) -> bool:
    """Return whether something is the id of an event."""
    return _EVENT.match(name) is not None


RANKED = 5_000
"""Statements put in order by how well they answer: of words that stand in every second one no order helps."""

LATELY = 1_000
"""Documents, the latest, in which somebody's statements or those on him are looked for where no words are asked."""

_DAY = "substr(d.published, 1, 10)"
DAYS = f"(:first IS NULL OR {_DAY} >= :first) AND (:last IS NULL OR {_DAY} <= :last)"


DOCUMENT = (
    "d.name, d.title, d.outlet, d.published, d.path, d.observed, "
    f"(SELECT count(*) FROM statements s WHERE s.reading = c.reading), {OLDER}"
)
"""What `held_document` takes of a document ``d`` and its current reading ``c``."""


def documents(ledger: Ledger, days: Between = ANY) -> Iterator[HeldDocument]:
    """Yield the documents of a ledger, the latest published first; those of no known day come last."""
    rows = ledger.connection.execute(
        f"SELECT {DOCUMENT} FROM documents d CROSS JOIN current c ON c.document = d.id WHERE {DAYS} "
        "ORDER BY d.published DESC, d.id",
        {"first": days.first, "last": days.last},
    )
    return (held_document(ledger, *row) for row in rows)


def held_document(ledger: Ledger, *row: Any) -> HeldDocument:
    """Return a document from its row, the fields in order."""
    name, title, outlet, published, path, *more = row
    return HeldDocument(name, title, outlet, published, ledger.told(path), *more)


def statements(
    ledger: Ledger,
    words: str = "",
    by: str = "",
    form: str | None = None,
    days: Between = ANY,
    most: int = 50,
    about: str = "",
    outlet: str | None = None,
) -> list[HeldStatement]:
    """Return at most ``most`` statements that hold all of ``words``, best first; without words the latest first.

    ``by``: who speaks: an id, or words of a name, under whatever name the document gives him. ``about``: whom or what
    the words speak of: an id of an entity or event, or words of an entity's name. ``form``: direct, mixed or indirect.
    ``outlet``: who published them. Of very many that hold the words those that were kept last are put in order
    (`RANKED`), and of somebody who stands in very many documents the latest count (`LATELY`) where no words are asked.
    Statements of no known day count only where no day is asked for. Raises LedgerError where the ledger is
    to be brought up to date and can't be written to.
    """
    return held(ledger, [each.id for each in answers(ledger, words, by, form, days, most, about, outlet)])


class Answer(NamedTuple):
    """What of a statement that answers bears on its place and on how answers are counted."""

    id: int
    """What the ledger numbers it with."""
    reading: int
    form: str
    speaker: str | None
    published: str | None
    outlet: str | None
    entity: str | None
    """The id across documents of who speaks."""


def answers(
    ledger: Ledger, words: str, by: str, form: str | None, days: Between, most: int, about: str, outlet: str | None
) -> list[Answer]:
    """Return what bears on the order of the statements that `statements` returns, in that order.

    The statements themselves are read by `held`: of two hundred that are counted a page shows twenty.
    """
    identify(ledger)
    match = " ".join(f'words:"{word}"' for word in words_in(words))
    values: dict[str, Any] = {"first": days.first, "last": days.last, "match": match, "form": form, "most": most}
    of = DAYS
    if outlet is not None:
        of, values["outlet"] = f"d.outlet = :outlet AND {DAYS}", outlet
    values["until"] = f"{days.last or ''}~"
    if match:
        found = _best(ledger, by, about, of, values, form is not None, outlet is None)
    else:
        found = _latest(ledger, by, about, of, values, form is not None)
    rows = ledger.connection.execute(  # who somebody is is looked up for those that are answers alone
        f"SELECT f.id, f.reading, f.form, f.speaker, f.published, f.outlet, {_WHO.format('f')} "
        f"FROM ({found}) f ORDER BY f.rank, f.published DESC, f.id",
        values,
    )
    return list(map(Answer._make, rows))


_TOLD = "s.id, s.reading, s.form, s.speaker, d.published, d.outlet, s.entity"


def _best(ledger: Ledger, by: str, about: str, of: str, values: dict[str, Any], formed: bool, everywhere: bool) -> str:
    """The query for the best statements that hold some words; it looks at the rows of those alone that may be answers.

    ``of``: what their documents are to be. ``formed``: whether they are to have a form. ``everywhere``: whether those
    of all outlets count.
    """
    asked, of_rows = [], ["s.form = :form"] if formed else []
    if by:
        ids = named(ledger, by)
        marked = _speaking(by, ids, values)
        if _are_fewer(ledger, values["match"], ids):
            of_rows.append(f"(+t.rowid IN ({_SPOKEN}) OR {_WHO.format('s')} IN ({marked}))")
        else:
            heard = f"UNION {_HEARD.format(marked, '')}" if ids else ""
            asked.append(f"+t.rowid IN ({_SPOKEN} {heard})")
    if about:
        asked.append(f"+t.rowid IN ({_about(ledger, about, '', values)})")

    def among(run: Run | None) -> str:
        low_to_high = f"t.rowid BETWEEN {run.low} AND {run.high}" if run else "1"
        dated = not everywhere or (run is not None and not run.whole)  # only what counts is in the full-text index
        rows = f"CROSS JOIN statements s {'' if of_rows else 'INDEXED BY statements_readings'} ON s.id = t.rowid"
        rows = " ".join((rows if dated or of_rows else "", _OF_IT if dated else ""))
        wanted = " AND ".join(("statements_text MATCH :match", low_to_high, *asked, *of_rows, *([of] if dated else ())))
        return (
            f"SELECT * FROM (SELECT t.rowid AS id, t.rank AS rank FROM statements_text t {rows} WHERE {wanted} "
            f"ORDER BY t.rowid DESC LIMIT {RANKED})"
        )

    days = Between(values["first"], values["last"])
    runs = [None] if days == ANY else runs_of(ledger.connection, *days)
    found = " UNION ALL ".join(map(among, runs)) or "SELECT NULL AS id, NULL AS rank WHERE 0"
    return (
        f"SELECT {_TOLD}, b.rank FROM (WITH found AS MATERIALIZED ({found} LIMIT {RANKED}) SELECT id, rank FROM found "
        "WHERE rank <= (SELECT max(rank) FROM (SELECT rank FROM found ORDER BY rank LIMIT :most))) b "
        f"CROSS JOIN statements s ON s.id = b.id {_OF_IT} AND {of} ORDER BY b.rank, d.published DESC, s.id LIMIT :most"
    )


def _latest(ledger: Ledger, by: str, about: str, of: str, values: dict[str, Any], formed: bool) -> str:
    """The query for the latest statements of somebody, on somebody, or of all."""
    asked = ["s.form = :form"] if formed else []
    latest = f"AND i.place < :until ORDER BY i.place DESC LIMIT {LATELY}"
    if by:
        ids = named(ledger, by)
        heard = f"UNION {_HEARD.format(_speaking(by, ids, values), latest)}"
        lately = f"{_SPOKEN} ORDER BY rowid DESC LIMIT {RANKED}"
        asked.append(f"s.id IN (SELECT rowid FROM ({lately}) {heard if ids else ''})")
    if about:
        asked.append(f"s.id IN ({_about(ledger, about, latest, values)})")
    narrowed = " AND ".join((of, *asked))
    if by or about:
        rows = "statements s JOIN current c ON c.reading = s.reading JOIN documents d ON d.id = c.document"
    else:
        rows = "documents d CROSS JOIN current c ON c.document = d.id CROSS JOIN statements s ON s.reading = c.reading"
    return f"SELECT {_TOLD}, 0 AS rank FROM {rows} WHERE {narrowed} ORDER BY d.published DESC, s.id LIMIT :most"


def _speaking(by: str, ids: list[str], values: dict[str, Any]) -> str:
    """The places that the ids of a speaker take in a query; they and the words of his name go into its values."""
    values["speaker"] = " ".join(f'speaker:"{word}"' for word in words_in(by)) or '""'
    return _marked(ids, "by", values)


def _are_fewer(ledger: Ledger, match: str, ids: Sequence[str]) -> bool:
    """Whether fewer statements hold the words that are asked for than are somebody's, so that each of them is asked."""
    (heard,) = ledger.connection.execute(
        f"SELECT coalesce(sum(heard), 0) FROM identities WHERE id IN ({marks(ids)})", ids
    ).fetchone()
    (holding,) = ledger.connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM statements_text WHERE statements_text MATCH ? LIMIT ?)", (match, heard)
    ).fetchone()
    return int(holding) < int(heard)


def held(ledger: Ledger, numbers: Sequence[int]) -> list[HeldStatement]:
    """Return statements by what the ledger numbers them with, in the order given; those that are gone are left out."""
    rows = ledger.connection.execute(
        f"SELECT {STATEMENT} FROM json_each(?) asked CROSS JOIN statements s ON s.id = asked.value "
        "CROSS JOIN current c ON c.reading = s.reading CROSS JOIN documents d ON d.id = c.document ORDER BY asked.key",
        (json.dumps(numbers),),
    )
    return [held_statement(*row) for row in rows]


def words_in(asked: str) -> list[str]:
    """Return the words of what somebody typed that are looked for: each once, the first `MOST_WORDS` of them."""
    return _different(asked)[:MOST_WORDS]


def left_out(asked: str) -> list[str]:
    """Return the words of what somebody typed that are not looked for, since there are too many before them."""
    return _different(asked)[MOST_WORDS:]


def _different(asked: str) -> list[str]:
    """The words of what somebody typed without the signs between them, of those that count as one word the first."""
    found: dict[str, str] = {}
    for word in WORD.findall(asked):
        found.setdefault(plain(word), word)
    return list(found.values())


def plain(word: str) -> str:
    """Return a word as the search compares it: whatever its case and accents."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def every_statement(ledger: Ledger, days: Between = ANY) -> Iterator[HeldStatement]:
    """Yield all statements of what was published between two days, the latest first, those of no known day last.

    Few are in memory at a time. Raises LedgerError where the ledger is to be brought up to date and can't be written
    to.
    """
    identify(ledger)
    rows = ledger.connection.execute(
        f"SELECT {STATEMENT} FROM documents d CROSS JOIN current c ON c.document = d.id "
        f"CROSS JOIN statements s ON s.reading = c.reading WHERE {DAYS} ORDER BY d.published DESC, s.id",
        {"first": days.first, "last": days.last},
    )
    return (held_statement(*row) for row in rows)


def readings(
    ledger: Ledger, days: Between = ANY, name: str | None = None, version: str | None = None
) -> Iterator[Reading]:
    """Yield the readings that count of what was published between two days, the latest first, one at a time.

    ``name``: only those of the documents with this id, the last that came in first; ``version``: only that one of them.
    """
    named = f"AND d.name = :name AND (:version IS NULL OR {DIGITS} = :version) ORDER BY d.id DESC"
    rows = ledger.connection.execute(
        "SELECT r.body FROM documents d CROSS JOIN current c ON c.document = d.id "
        f"CROSS JOIN readings r ON r.id = c.reading WHERE {DAYS} "
        f"{named if name is not None else 'ORDER BY d.published DESC, d.id'}",
        {"first": days.first, "last": days.last, "name": name, "version": version},
    )
    return (ledger.unpacked(body) for (body,) in rows)


_WHO = (
    "(SELECT i.identity FROM entities e JOIN identified i ON i.entity = e.id "
    "WHERE e.reading = {0}.reading AND e.number = {0}.entity)"
)
"""The id across documents of who speaks."""

STATEMENT = (
    "d.name, d.title, s.number, d.published, d.outlet, s.speaker, s.via, s.words, s.form, s.kind, s.polarity, "
    f"s.confidence, s.start, s.stop, {_WHO.format('s')}, {OLDER}, {DIGITS}"
)
"""What `held_statement` takes of the tables of statements (``s``) and documents (``d``)."""

_OF_IT = (
    "CROSS JOIN current c ON c.reading = s.reading "
    "CROSS JOIN documents d INDEXED BY documents_days ON d.id = c.document"
)
"""The document of a statement that counts, by an index: its row is a block of the file or more."""

_SPOKEN = "SELECT rowid FROM statements_text WHERE statements_text MATCH :speaker"
_HEARD = (
    "SELECT h.id FROM (SELECT e.reading, e.number FROM identified i "
    "CROSS JOIN entities e INDEXED BY entities_heard ON e.id = i.entity AND e.heard > 0 "
    "WHERE i.identity IN ({}) {}) n CROSS JOIN statements h INDEXED BY statements_by_reading "
    "ON h.reading = n.reading AND h.entity = n.number"
)
_ABOUT = (
    "SELECT m.statement FROM (SELECT i.entity FROM identified i WHERE i.identity IN ({}) {}) n "
    "CROSS JOIN mentioned m ON m.entity = n.entity"
)
_ABOUT_EVENT = (
    "SELECT p.statement FROM threads t JOIN events v ON v.id = t.event "
    "JOIN spoken_of p ON p.reading = v.reading AND p.event = v.number WHERE t.thread = :about"
)


def _marked(ids: list[str], name: str, values: dict[str, Any]) -> str:
    """The places that ids take in a query; each goes into its values under a name of its own."""
    values |= {f"{name}{n}": each for n, each in enumerate(ids)}
    return ",".join(f":{name}{n}" for n in range(len(ids)))


def _about(ledger: Ledger, about: str, latest: str, values: dict[str, Any]) -> str:
    """The query for the statements that speak of an event or of those who are called so."""
    if is_event(about):
        values["about"] = now_called(ledger, about)
        return _ABOUT_EVENT
    return _ABOUT.format(_marked(named(ledger, about), "about", values), latest)


def held_statement(*row: Any) -> HeldStatement:
    """Return a statement from its row: the fields in order, the chain as the ledger keeps it, start and stop apart."""
    *head, via, words, form, kind, polarity, confidence, start, stop, entity, version, edition = row
    chain = tuple(via.split("\n")) if via else ()
    document, title, number, published, outlet, speaker = head
    return HeldStatement(
        document,
        title,
        number,
        published,
        outlet,
        speaker,
        chain,
        words,
        form,
        kind,
        polarity,
        confidence,
        (start, stop),
        entity,
        version,
        edition,
    )


def problems(ledger: Ledger, most: int = -1) -> list[Problem]:
    """Return the places that could not be read and have not been since, the first of them first; -1: all."""
    return _problems(ledger, "p.id LIMIT ?", most)


def latest_problems(ledger: Ledger, most: int, skip: int = 0) -> list[Problem]:
    """Return at most ``most`` of the same, the last first, without the first ``skip`` of them."""
    return _problems(ledger, "p.id DESC LIMIT ? OFFSET ?", most, skip)


def _problems(ledger: Ledger, order: str, *asked: int) -> list[Problem]:
    rows = ledger.connection.execute(
        "SELECT p.place, p.reason, p.observed, (SELECT f.address FROM followed f "
        "WHERE substr(p.place || ':', 1, length(f.address) + 1) = f.address || ':' LIMIT 1) "
        f"FROM problems p INDEXED BY problems_open WHERE p.solved IS NULL ORDER BY {order}",
        asked,
    ).fetchall()
    problems = []
    for place, reason, observed, source in rows:
        told = ledger.told(place) or place
        named = source or _names(ledger.connection, place)
        problems.append(Problem(told, reason.replace(place, told), observed, named))
    return problems


def _names(connection: Connection, place: str) -> str | None:
    """The feed or list that names an address at which there is no page."""
    if "://" not in place:
        return None
    row: tuple[str] | None = connection.execute(
        "SELECT listed_in FROM listed INDEXED BY listed_failing WHERE address = ? AND failures > 0", (key_of(place),)
    ).fetchone()
    return row[0] if row else None


def readers(ledger: Ledger) -> list[Reader]:
    """Return the versions of onrecord that read the documents of a ledger, the first of them first."""
    rows = ledger.connection.execute("SELECT version, models FROM readers ORDER BY id")
    return [Reader(version=version, models=json.loads(models)) for version, models in rows]


COUNTED = {
    "documents": "documents", "readings": "readings", "statements": "statements JOIN current USING (reading)",
    "events": "(SELECT DISTINCT thread FROM threads)", "entities": "identities", "decisions": "decisions",
    "problems": "problems WHERE solved IS NULL",
}  # fmt: skip
"""What is counted: statements of the readings that count, events and entities as they are across documents."""


def count(ledger: Ledger, name: str) -> int:
    """Return how many of something the ledger holds. Raises KeyError for what is not in `COUNTED`."""
    return int(ledger.connection.execute(f"SELECT count(*) FROM {COUNTED[name]}").fetchone()[0])


def stats(ledger: Ledger) -> dict[str, int]:
    """Return how many documents, readings, statements, events and so on the ledger holds, and its size in bytes.

    The size counts what waits beside the file to be put in its place.
    """
    counts = {name: count(ledger, name) for name in COUNTED}
    (pages,), (page,) = (ledger.connection.execute(f"PRAGMA {each}").fetchone() for each in ("page_count", "page_size"))
    return {**counts, "bytes": pages * page}
