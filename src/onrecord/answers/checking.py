"""Quotes against what was said, from Python: words, quotes with their speakers, whole articles.

Promise: every quote gets one verdict; what can't be read is an error that names it. The odd case that forced the shape:
a text and the name of a file are both strings, so that a string is a quote and an article is a path, a source or a
reading.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from onrecord.answers.rows import Answers
from onrecord.answers.sources import Readable, read_many, sources_of
from onrecord.check import Quote, quote_alone, quotes_of
from onrecord.errors import UnreadableInput
from onrecord.ledger import Ledger, checked, record_of
from onrecord.nouns import Document, PrintedQuote, Reading, Source
from onrecord.page import read_page
from onrecord.publish.findings import FindingObject, finding_object

Checked = str | PrintedQuote | Reading | Source | os.PathLike[str]
"""A quote's words; a quote with what is said of it; an article."""


def check(what: Checked | Iterable[Checked], against: Ledger | Readable | Iterable[Readable]) -> Answers[FindingObject]:
    """Return what became of each quote: its verdict, the passage that has it and every change.

    ``what``: the words of a quote, a `PrintedQuote`, or an article as a path, a source or a reading, all of whose
    quotes are checked; or several of these. ``against``: a ledger, or transcripts as paths or sources. Raises
    UnreadableInput for an article or a transcript that can't be read, and LedgerError.
    """
    given = (what,) if isinstance(what, str | PrintedQuote | Reading | Source | os.PathLike) else what
    if isinstance(against, Ledger):
        return Answers(FindingObject, _findings(against, given))
    with record_of(_transcripts(against)) as held:
        return Answers(FindingObject, _findings(held, given))


def _findings(ledger: Ledger, given: Iterable[Checked]) -> Iterator[FindingObject]:
    for quote, article in _quotes(given):
        yield finding_object(checked(ledger, quote, article), article)


def _quotes(given: Iterable[Checked]) -> Iterator[tuple[Quote, str | None]]:
    """The quotes of what is given, each with the id of the article that it stands in."""
    for each in given:
        if isinstance(each, str):
            yield quote_alone(PrintedQuote(id="quote", quote=each)), None
        elif isinstance(each, PrintedQuote):
            yield quote_alone(each), None
        else:
            for reading in (each,) if isinstance(each, Reading) else map(_read, read_many(each)):
                yield from ((quote, reading.document.id) for quote in quotes_of(reading))


def _read(result: Reading | UnreadableInput) -> Reading:
    if isinstance(result, UnreadableInput):
        raise result
    return result


def _transcripts(against: Readable | Iterable[Readable]) -> Iterator[Document]:
    for source in sources_of(against):
        if isinstance(source, UnreadableInput):
            raise source
        yield read_page(source)
