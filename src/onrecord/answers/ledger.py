"""A ledger with its verbs: what `onrecord add`, `events`, `statements` and the others do, from Python.

Promise: what comes back are the objects of ``publish``, which the command line prints as JSON and the pages show; a day
is checked before anything is asked; nothing that was published later than ``as_of`` counts. The odd case that forced
the shape: `add` makes the file and every question wants it to be there, so that it is opened when it is used first.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord import ledger as asked
from onrecord.acquire import Given, completed
from onrecord.answers.rows import Answers
from onrecord.answers.sources import Readable, found_to_keep
from onrecord.check import quote_alone
from onrecord.errors import OnrecordError
from onrecord.ledger.corrections import Decision
from onrecord.ledger.deciding import By, Correctable
from onrecord.ledger.entities import HeldEntity
from onrecord.ledger.naming import families
from onrecord.ledger.questions import Between, HeldDocument, HeldStatement, Problem
from onrecord.ledger.relating import Standing
from onrecord.ledger.said import Asked
from onrecord.ledger.searching import BEST, search_documents
from onrecord.ledger.sources import HeldCopies, HeldSource
from onrecord.ledger.store import Ledger as Store
from onrecord.ledger.store import open_ledger
from onrecord.nouns import EntityType, Form, PrintedQuote, Reading, Settled, Status
from onrecord.publish.choosing import brief_of
from onrecord.publish.findings import FamilyObject, FindingObject, family_object, finding_object
from onrecord.publish.objects import (
    BriefObject,
    ChangeObject,
    EventObject,
    brief_object,
    change_object,
    event_object,
)

Day = str | date | None
"""A day as ``2031-05-24`` or a `datetime.date`; None: no bound."""


class NotThere(OnrecordError, LookupError):
    """What was asked for by its id or words is not in the ledger by that day."""


class Ledger(Store):
    """A ledger's file, opened when it is used first; ``add`` makes it where there is none.

    Used in ``with``, it is closed at the end. Every method raises LedgerError where the file can't be used, and
    ValueError for a day that is none.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._opened: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The open file. Raises LedgerError where there is none."""
        if self._opened is None:
            self._opened = open_ledger(self.path).connection
        return self._opened

    @connection.setter
    def connection(self, opened: sqlite3.Connection) -> None:
        self._opened = opened

    def close(self) -> None:
        """Close the file; it is opened again where it is used again."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def __repr__(self) -> str:
        return f"Ledger({str(self.path)!r})"

    def add(
        self,
        what: Readable | Iterable[Readable],
        *,
        published: Day = None,
        outlet: str | None = None,
        workers: int = 1,
    ) -> Answers[asked.Added]:
        """Read documents, keep them, and return what became of each: ``added``, ``known`` or ``problem``.

        ``what``: paths (pages, archives, readings in Parquet, folders) or sources. ``published``, ``outlet``: where a
        document does not say it. ``workers``: how many read; with several, a script has to begin with
        ``if __name__ == "__main__":``.
        """
        from onrecord.reading import reader

        found = completed(found_to_keep(what), Given(a_day(published), outlet))
        if self._opened is None:
            self._opened = open_ledger(self.path, create=True).connection
        added = asked.add(self, found, reader(), lambda: datetime.now(UTC), workers)
        return Answers(asked.Added, added)

    def events(
        self,
        words: str = "",
        *,
        as_of: Day = None,
        dated_from: Day = None,
        dated_to: Day = None,
        status: Status | None = None,
        kind: str | None = None,
        most: int = 50,
    ) -> Answers[EventObject]:
        """Return the events that words name, best match first; without words what lies ahead, soonest first.

        ``dated_from``, ``dated_to``: between which days the event itself lies. ``kind``: meeting, election and so on.
        Raises ValueError for what is no kind.
        """
        if kind not in (None, *families()):
            raise ValueError(f"{kind!r} is no kind of event; there are {', '.join(families())}")
        days = Between(a_day(dated_from), a_day(dated_to))
        found = asked.events(self, words, a_day(as_of), days, status, most, kind)
        return Answers(EventObject, map(event_object, found))

    def event(self, name: str, *, as_of: Day = None) -> BriefObject:
        """Return all that is known of an event, by its id or the words that name it best. Raises NotThere."""
        day = a_day(as_of)
        held = asked.event(self, name, day)
        if held is None:
            raise NotThere(f"{name}: the ledger has no such event{_by(day)}")
        return brief_object(brief_of(self, held, day))

    def changes(self, *, since: Day = None, as_of: Day = None, most: int | None = None) -> Answers[ChangeObject]:
        """Return the facts of events that what was published from a day on changed, in the order of the days."""
        found = asked.changes(self, Between(a_day(since), a_day(as_of)), most)
        return Answers(ChangeObject, map(change_object, found))

    def statements(
        self,
        words: str = "",
        *,
        by: str = "",
        about: str = "",
        form: Form | None = None,
        since: Day = None,
        as_of: Day = None,
        most: int = 50,
    ) -> Answers[HeldStatement]:
        """Return the statements that hold all words, best first; without words the latest first.

        ``by``: who speaks; ``about``: of whom, what or which event; both an id or words of a name. ``since``: published
        from this day on.
        """
        days = Between(a_day(since), a_day(as_of))
        return Answers(HeldStatement, asked.statements(self, words, by, form, days, most, about))

    def documents(
        self,
        words: str = "",
        *,
        by: str = "",
        about: str = "",
        outlet: str | None = None,
        since: Day = None,
        as_of: Day = None,
        most: int | None = None,
    ) -> Answers[HeldDocument]:
        """Return the documents whose title or text holds all words, best first, with the passages; at most 200.

        ``by``: in which somebody speaks; ``about``: that tell of an event or name somebody; both an id or words of a
        name. Without any of these all documents, the latest published first.
        """
        days = Between(a_day(since), a_day(as_of))
        if words or by or about or outlet:
            wanted = Asked(words, by, about, None, outlet, days)
            return Answers(HeldDocument, search_documents(self, wanted, most=BEST if most is None else most).items)
        return Answers(HeldDocument, islice(asked.documents(self, days), most))

    def reading(self, document: str, *, as_of: Day = None, version: str | None = None) -> Reading:
        """Return what was found in a document, by its id, with its text. Raises NotThere.

        ``version``: which of the texts that came in under this id, as statements name it; None: the last that counts.
        """
        day = a_day(as_of)
        for found in asked.readings(self, Between(None, day), document, version):
            return found
        raise NotThere(f"{document}: the ledger has no such document{_by(day)}")

    def entities(
        self, words: str = "", *, type: EntityType | None = None, as_of: Day = None, most: int = 50
    ) -> Answers[HeldEntity]:
        """Return the people, bodies and places that words or an id name, else those heard most."""
        return Answers(HeldEntity, asked.entities(self, words, type, a_day(as_of), most))

    def sources(self, *, since: Day = None, as_of: Day = None) -> Answers[HeldSource]:
        """Return the outlets, those with the most documents first, and whose texts they print."""
        return Answers(HeldSource, asked.sources(self, Between(a_day(since), a_day(as_of))))

    def copies(self, document: str = "", *, as_of: Day = None) -> Answers[HeldCopies]:
        """Return the texts that several documents have, or the one of a document, with what each changed."""
        return Answers(HeldCopies, asked.copies(self, document, a_day(as_of)))

    def check(
        self,
        quote: str,
        *,
        speaker: str | None = None,
        date: Day = None,
        transcript: str | None = None,
        as_of: Day = None,
    ) -> FindingObject:
        """Return what became of a quote: the verdict, the passage that has it, every change.

        ``speaker``: who is told to have said it. ``date``: when it was printed. ``transcript``: the id of the only
        document that counts. Articles are checked by `onrecord.check`.
        """
        given = PrintedQuote(id="quote", quote=quote, speaker=speaker, date=a_day(date), transcript=transcript)
        return finding_object(asked.checked(self, quote_alone(given), as_of=a_day(as_of)))

    def quote(self, name: str, *, as_of: Day = None) -> FamilyObject:
        """Return all prints of a quote, by ``DOCUMENT#ID`` or words of it, against the original. Raises NotThere."""
        day = a_day(as_of)
        found = asked.family(self, name, day)
        if found is None or not found.prints:
            raise NotThere(f"{name}: no article of the ledger quotes this{_by(day)}")
        return family_object(found)

    def problems(self) -> Answers[Problem]:
        """Return what could not be read and has not been since."""
        return Answers(Problem, asked.problems(self))

    def stats(self) -> dict[str, int]:
        """Return how much the ledger holds."""
        return asked.stats(self)

    def decisions(self) -> Answers[Decision]:
        """Return what people decided, the oldest first."""
        return Answers(Decision, (decision for decision, _ in asked.decisions(self)))

    def deciding(self, *, by: str, reason: str) -> Deciding:
        """Return the verbs by which a person corrects the ledger, for a reason that is kept with each decision."""
        if not by.strip() or not reason.strip():
            raise ValueError("a decision needs the name of who decides, and a reason")
        return Deciding(self, lambda: By(by, reason, datetime.now(UTC)))


class Deciding:
    """A person who corrects a ledger, for one reason. Each verb returns the number of the decision."""

    def __init__(self, ledger: Ledger, by: Callable[[], By]) -> None:
        self._ledger, self._by = ledger, by

    def same(self, one: str, other: str) -> int:
        """Two events, or two entities, are one."""
        return asked.decide_same(self._ledger, one, other, self._by())

    def apart(self, one: str, other: str) -> int:
        """Two events or entities, or an event and what a document tells of it, are not one."""
        return asked.decide_apart(self._ledger, one, other, self._by())

    def claim(
        self,
        event: str,
        attribute: Correctable,
        value: str | None,
        *,
        rejects: str | None = None,
        settled: Settled = "settled",
    ) -> int:
        """A value of an event is so, in place of ``rejects`` or of what stands; None as value takes it away."""
        return asked.decide_claim(self._ledger, event, attribute, value, rejects, settled, self._by())

    def relation(self, event: str, kind: Standing, other: str, *, holds: bool = True) -> int:
        """An event stands so to another, both by their ids, or does not."""
        return asked.decide_relation(self._ledger, event, kind, other, holds, self._by())

    def speaker(self, document: str, statement: str, name: str) -> int:
        """Somebody said a statement of a document, both by their ids."""
        return asked.decide_speaker(self._ledger, document, statement, name, self._by())

    def undo(self, number: int) -> int:
        """A decision no longer holds."""
        return asked.undo(self._ledger, number, self._by())


def a_day(given: Day) -> str | None:
    """Return a day as ISO 8601 has it; None for none. Raises ValueError for anything else."""
    if given is None:
        return None
    told: Any = given.date() if isinstance(given, datetime) else given
    try:
        day = date.fromisoformat(str(told)).isoformat()
    except ValueError:
        day = None
    if day != str(told):
        raise ValueError(f"{given!r} is no day; write it as 2031-05-24")
    return day


def _by(day: str | None) -> str:
    return f" by {day}" if day else ""
