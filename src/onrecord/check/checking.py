"""One quote against all that is known of what was said: which document has it, and how it was changed there.

Promise: the same quote and the same documents give the same finding, in whatever order they come. What decides between
documents, in this order: the rung of the ladder and whether the speaker is the one named; how many words were changed
there; the day of the article (what was said after it is not its source, what was said long before is less likely to
be); the document's day and name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from onrecord.check.chance import by_chance
from onrecord.check.edits import Edit
from onrecord.check.ladder import LADDER, Held, Verdict, alike, hold, told
from onrecord.check.passages import Passage
from onrecord.check.speakers import Named, same
from onrecord.nouns import Span

LONGEST = 4000
"""Code points of a quote at most, some 700 words: of a longer one nothing is said but that, for the time that it takes
grows with the square of its words."""

_ANOTHERS = 3.5
"""Rungs that words of somebody else than the named speaker lie lower: below the named one's altered, above spliced."""
_UNKNOWN = 0.5
"""The same, where it can't be told whose they are."""
_LATER = 100_000
"""Days that what was said after the quote was printed is further away than what was said before."""


Record = Literal["transcript", "print"]


class Quote(NamedTuple):
    """A quote as printed, and what is told of it."""

    id: str
    text: str
    speaker: Named = Named()
    pieces: tuple[Span, ...] = ()
    """Code points of ``text`` that are the speaker's words, where a cue stands between them; empty: all of it."""
    day: str | None = None
    """When it was printed, ISO 8601."""
    transcript: str | None = None
    """Where it is said to come from, the document's id; None: anywhere."""
    at: int = 0
    """Where ``text`` begins in the article's text, in code points."""
    negated: bool = False
    """Whether the article's own word before it is a negation: there is no "safe harbour" in it."""

    @property
    def span(self) -> Span:
        """Where the text stands in the article's."""
        return self.at, self.at + len(self.text)


class Original(NamedTuple):
    """What one document has that may be a quote's original."""

    document: str
    """Its id."""
    passages: Sequence[Passage]
    """Some of its passages, in text order."""
    names: Mapping[str, str] = {}
    """Whom its labels mean, as `speakers.names_of` tells."""
    labels: Sequence[str] = ()
    day: str | None = None
    title: str | None = None
    path: str | None = None
    outlet: str | None = None
    record: Record = "transcript"
    """What it is: a record of what was said, or another article that prints it, which proves no more than that."""


class Finding(NamedTuple):
    """What became of a quote."""

    quote: Quote
    verdict: Verdict
    original: Original | None
    """The document that has it; None where none does."""
    passage: Span | None
    """Code points of that document's text; of a quote that is put together the longest piece's."""
    said_by: str | None
    """The label of whose words they are there; None where nobody is named."""
    edits: tuple[Edit, ...]
    confidence: float
    """The share of the quote's words that stand in the passage; 0 where there is none."""
    own: bool | None = None
    """Whether they are the named speaker's; None where that can't be told, or nobody is named."""
    places: tuple[Span, ...] = ()
    """The passage; of a quote that is put together those of all its pieces, in its order."""
    note: str = ""
    """Why nothing was looked for, as the user reads it; empty where all was."""


def check(
    quote: Quote,
    originals: Iterable[Original],
    others: Callable[[], Iterable[Original]] = tuple,
    searched: int = 0,
) -> Finding:
    """Return the finding on a quote.

    ``originals``: the documents that may have its words. ``others``: those that may say the same in other words, asked
    for where no document has the words. A quote with no word in it, or one that is longer than `LONGEST`, is not found,
    and a note says why. ``searched``: among how many passages the originals were looked for: the more, the less
    likely that a few words in common tell anything.
    """
    nothing = Finding(quote, "not found", None, None, None, (), 0.0)
    if len(quote.text) > LONGEST:
        note = f"the quote is longer than {LONGEST} characters and was not checked; check it in parts"
        return nothing._replace(note=note)
    words = told(quote.text, quote.pieces)
    if not words.words:
        return nothing._replace(note="there is no word in the quote outside square brackets")
    best = _best(quote, originals, searched, lambda passages: hold(words, passages, quote.negated))
    best = best or _best(quote, others(), searched, lambda passages: alike(words.items, passages))
    if best is None:
        return nothing
    held, original, own = best
    verdict: Verdict = "elsewhere" if own is False else held.rung
    return Finding(
        quote, verdict, original, held.passage, held.speaker, held.edits, round(held.share, 3), own, held.places
    )


def _best(
    quote: Quote,
    originals: Iterable[Original],
    searched: int,
    held_by: Callable[[tuple[Passage, ...]], Held | None],
) -> tuple[Held, Original, bool | None] | None:
    """The likeliest document of a quote, how it stands there, and whether it is the speaker's; None: there is none."""
    found = []
    for original in originals:
        held = held_by(tuple(original.passages))
        if held is None:
            continue
        own = same(quote.speaker, held.speaker, original.names.get(held.speaker or ""), original.labels)
        days = _days(quote.day, original.day)
        if (held.rung == "reworded" and own is False) or by_chance(held, own, searched, days):
            continue
        rung = LADDER.index(held.rung) + {True: 0.0, None: _UNKNOWN, False: _ANOTHERS}[own]
        key = rung, _changed(held.edits), -held.share, *nearness(quote.day, original.day), original.document
        found.append((key, (held, original, own)))
    return min(found, key=lambda each: each[0])[1] if found else None


def _changed(edits: Iterable[Edit]) -> int:
    """How many words of either side were changed, typography aside."""
    changes = (edit for edit in edits if edit.kind != "typography")
    return sum(len(edit.quote_words.split()) + len(edit.passage_words.split()) for edit in changes)


def nearness(printed_on: str | None, said_on: str | None) -> tuple[int, str]:
    """Return what orders documents by how likely a quote of a day is from them: the last before it, then the earliest.

    What was said after it was printed is further away than all before; the day after may be the same by the clock.
    """
    days = _days(printed_on, said_on)
    return 0 if days is None else days if days >= -1 else _LATER - days, said_on or "~"


def _days(printed_on: str | None, said_on: str | None) -> int | None:
    """How many days before it was printed something was said; None where either day is not known."""
    try:
        return (date.fromisoformat((printed_on or "")[:10]) - date.fromisoformat((said_on or "")[:10])).days
    except ValueError:  # none, a year or a month alone, or what a record's author wrote for a day
        return None
