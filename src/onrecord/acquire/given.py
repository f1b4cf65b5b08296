"""What a user says of documents from outside them: when they were published, by whom, at which address.

Promise: a record's own day and outlet win, since they are about that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from onrecord.errors import UnreadableInput
from onrecord.nouns import Kept, Source

Found = TypeVar("Found", bound=Source | Kept | UnreadableInput)


class Given(NamedTuple):
    """What the user says of the documents. None: nothing said."""

    published: str | None = None
    outlet: str | None = None
    url: str | None = None


def completed(sources: Iterable[Found], given: Given) -> Iterator[Found]:
    """Yield sources with what the user said of all documents; errors and what was read before pass through."""
    for source in sources:
        if not isinstance(source, Source):
            yield source
        else:
            yield replace(
                source,
                published=source.published or given.published,
                outlet=source.outlet or given.outlet,
                url=given.url or source.url,
            )
