"""Who said what: which statements answer a question, those that answer it best first.

Promise: only what counts is found, and all of it that the bounds allow. The odd case that forced the shape: a word such
as "said" stands in half of all statements and a president speaks in thousands, so that how a query is put depends on
which of the two are fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from onrecord.ledger.counts import Count, count_rows
from onrecord.ledger.entities import named
from onrecord.ledger.identities import identify
from onrecord.ledger.questions import ANY, DAYS, WHO, Between, HeldStatement, held, is_event, words_in
from onrecord.ledger.spreading import Run, runs_of
from onrecord.ledger.store import Ledger, marks
from onrecord.ledger.threads import now_called

RANKED = 5_000
"""Statements put in order by how well they answer: of words that stand in every second one no order helps."""

LATELY = 1_000
"""Documents, the latest, in which somebody's statements or those on him are looked for where no words are asked."""

RANK, UNRANKED = "t.rank", "0"
"""How well a row ``t`` of a full-text index answers, and what stands for it where that does not matter: it takes long
to work out."""

NOTHING = "SELECT NULL AS id, NULL AS rank WHERE 0"
"""The query that finds nothing."""


class Asked(NamedTuple):
    """A question about statements or documents, as people give it."""

    words: str = ""
    by: str = ""
    about: str = ""
    form: str | None = None
    """Of documents it is not asked."""
    outlet: str | None = None
    days: Between = ANY
    """Of publication."""


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
    return held(ledger, [each.id for each in answers(ledger, Asked(words, by, about, form, outlet, days), most)])


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


def answers(ledger: Ledger, asked: Asked, most: int) -> list[Answer]:
    """Return what bears on the order of the statements that `statements` returns, in that order.

    The statements themselves are read by `held`: of two hundred that are counted a page shows twenty.
    """
    identify(ledger)
    values = _values(asked) | {"most": most}
    found = _best(ledger, asked, values) if values["match"] else _latest(ledger, asked, values)
    rows = ledger.connection.execute(  # who somebody is is looked up for those that are answers alone
        f"SELECT f.id, f.reading, f.form, f.speaker, f.published, f.outlet, {WHO.format('f')} "
        f"FROM ({found}) f ORDER BY f.rank, f.published DESC, f.id",
        values,
    )
    return list(map(Answer._make, rows))


def count_statements(ledger: Ledger, asked: Asked) -> Count:
    """Return how many statements answer of those that `answers` looks at. Raises LedgerError as `statements` does."""
    identify(ledger)
    values = _values(asked)
    found = _holding(ledger, asked, values, UNRANKED) if values["match"] else _latest(ledger, asked, values)
    return count_rows(ledger, found, values)


def _values(asked: Asked) -> dict[str, Any]:
    """What the places of a query for statements stand for; those of names come to it as it is made."""
    return {
        "match": " ".join(f'words:"{word}"' for word in words_in(asked.words)),
        "form": asked.form, "outlet": asked.outlet,
        "first": asked.days.first, "last": asked.days.last, "until": f"{asked.days.last or ''}~",
    }  # fmt: skip


def _published(asked: Asked) -> str:
    """What the documents of statements are to be."""
    return DAYS if asked.outlet is None else f"d.outlet = :outlet AND {DAYS}"


_TOLD = "s.id, s.reading, s.form, s.speaker, d.published, d.outlet, s.entity"


def _best(ledger: Ledger, asked: Asked, values: dict[str, Any]) -> str:
    """The query for the best statements that hold some words."""
    return (
        f"SELECT {_TOLD}, b.rank FROM (WITH found AS MATERIALIZED ({_holding(ledger, asked, values)} LIMIT {RANKED}) "
        "SELECT id, rank FROM found "
        "WHERE rank <= (SELECT max(rank) FROM (SELECT rank FROM found ORDER BY rank LIMIT :most))) b "
        f"CROSS JOIN statements s ON s.id = b.id {_OF_IT} AND {_published(asked)} "
        "ORDER BY b.rank, d.published DESC, s.id LIMIT :most"
    )


def _holding(ledger: Ledger, asked: Asked, values: dict[str, Any], rank: str = RANK) -> str:
    """The query for statements that hold some words, and how well; it looks at those rows alone that may be answers."""
    wanted, of_rows = [], ["s.form = :form"] if asked.form is not None else []
    if asked.by:
        ids = named(ledger, asked.by)
        marked = _speaking(asked.by, ids, values)
        if _are_fewer(ledger, values["match"], ids):
            of_rows.append(f"(+t.rowid IN ({_SPOKEN}) OR {WHO.format('s')} IN ({marked}))")
        else:
            heard = f"UNION {_HEARD.format(marked, '')}" if ids else ""
            wanted.append(f"+t.rowid IN ({_SPOKEN} {heard})")
    if asked.about:
        wanted.append(f"+t.rowid IN ({_about(ledger, asked.about, '', values)})")

    def among(run: Run | None) -> str:
        low_to_high = f"t.rowid BETWEEN {run.low} AND {run.high}" if run else "1"
        dated = asked.outlet is not None or (run is not None and not run.whole)  # what counts alone is in the index
        rows = f"CROSS JOIN statements s {'' if of_rows else 'INDEXED BY statements_readings'} ON s.id = t.rowid"
        rows = " ".join((rows if dated or of_rows else "", _OF_IT if dated else ""))
        of_it = [_published(asked)] if dated else []
        told = " AND ".join(("statements_text MATCH :match", low_to_high, *wanted, *of_rows, *of_it))
        return (
            f"SELECT * FROM (SELECT t.rowid AS id, {rank} AS rank FROM statements_text t {rows} WHERE {told} "
            f"ORDER BY t.rowid DESC LIMIT {RANKED})"
        )

    runs = [None] if asked.days == ANY else runs_of(ledger.connection, *asked.days)
    return " UNION ALL ".join(map(among, runs)) or NOTHING


def _latest(ledger: Ledger, asked: Asked, values: dict[str, Any]) -> str:
    """The query for the latest statements of somebody, on somebody, or of all."""
    wanted = ["s.form = :form"] if asked.form is not None else []
    latest = f"AND i.place < :until ORDER BY i.place DESC LIMIT {LATELY}"
    if asked.by:
        ids = named(ledger, asked.by)
        heard = f"UNION {_HEARD.format(_speaking(asked.by, ids, values), latest)}"
        lately = f"{_SPOKEN} ORDER BY rowid DESC LIMIT {RANKED}"
        wanted.append(f"s.id IN (SELECT rowid FROM ({lately}) {heard if ids else ''})")
    if asked.about:
        wanted.append(f"s.id IN ({_about(ledger, asked.about, latest, values)})")
    narrowed = " AND ".join((_published(asked), *wanted))
    if asked.by or asked.about:
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
