"""What users name as documents, and the reading of it: paths, sources, or several of these together.

Promise: one call reads one page by its path. The odd case that forced the shape: a path may be a folder or a file of
many documents, so that who asks for one reading of it is told so instead of being given the first.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice

from onrecord.acquire import open_paths, open_to_keep
from onrecord.errors import UnreadableInput
from onrecord.nouns import Kept, Reading, Source

Readable = str | os.PathLike[str] | Source | UnreadableInput
"""A path of a page, of a file of many or of a folder; a source; what could not be opened already."""


def sources_of(what: Readable | Iterable[Readable]) -> Iterator[Source | UnreadableInput]:
    """Yield the documents of what a user names, in order; what can't be opened comes out as the error that says why."""
    for each in _each(what):
        yield from (each,) if isinstance(each, Source | UnreadableInput) else open_paths([os.fspath(each)])


def found_to_keep(what: Readable | Iterable[Readable]) -> Iterator[Source | Kept | UnreadableInput]:
    """Yield what is to be kept in a ledger, as `sources_of`; Parquet of readings gives what was read before."""
    for each in _each(what):
        yield from (each,) if isinstance(each, Source | UnreadableInput) else open_to_keep([os.fspath(each)])


def _each(what: Readable | Iterable[Readable]) -> Iterable[Readable]:
    return (what,) if isinstance(what, str | os.PathLike | Source | UnreadableInput) else what


def read(what: Readable) -> Reading:
    """Return the reading of one document: a path or a source.

    Raises UnreadableInput with the file and the reason where there is none, or where the path holds several documents.
    """
    from onrecord.reading import read as read_source

    found = list(islice(sources_of(what), 2))
    if len(found) != 1:
        raise UnreadableInput(str(what), "this holds several documents" if found else "this holds no document")
    if isinstance(found[0], UnreadableInput):
        raise found[0]
    return read_source(found[0])


def read_many(what: Readable | Iterable[Readable]) -> Iterator[Reading | UnreadableInput]:
    """Yield for each document of what a user names, in order, its reading or the reason why it has none.

    Documents are read many at once, which is several times as fast as one by one.
    """
    from onrecord.reading import read_many as read_sources

    return read_sources(sources_of(what))
