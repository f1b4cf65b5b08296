"""Which outlets a ledger holds and whose texts they print; the documents of one text, with what each made of it.

Promise: what is said of a copy is shown in the passages of both texts, word by word. The odd case that forced the
shape: a large ledger has a hundred thousand documents, so the outlets are those of some weeks unless others are asked
for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Annotated, Any, NamedTuple

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template

from onrecord.ledger import latest, sources
from onrecord.ledger.days import earlier
from onrecord.ledger.differences import Difference
from onrecord.ledger.followed import followed
from onrecord.ledger.questions import Between
from onrecord.ledger.sources import HeldCopy, HeldText, compared_copies, with_one_text
from onrecord.publish.facts import DRIFTS
from onrecord.web.addresses import shown_of
from onrecord.web.comments import may_moderate
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page, the_rest

WEEKS = 28
"""Days of publication that count where a reader has not said which."""

SHOWN = 100
"""Outlets to a page."""

LONGEST = 600
"""Words of a passage up to which it is compared word by word: of longer ones nobody reads single words."""


LETTERS, PASSAGES = 60_000, 100
"""Letters and passages to a page of copies: of 89 alike that were shown whole it took ten megabytes."""

LETTERS_TOGETHER = 4_000
"""Letters of one passage that are shown there: a round-up has a whole text beside the one that it prints."""


class Words(NamedTuple):
    """Some words of a passage: ``same`` in both texts, ``cut`` or ``added``."""

    kind: str
    text: str


@get("/sources", sync_to_thread=True, include_in_schema=False)
def sources_page(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    as_of: AsOf = None,
    first: Annotated[str | None, QueryParameter(name="from", description="Published on this day or later.")] = None,
    last: Annotated[str | None, QueryParameter(name="to", description="Published on this day or before.")] = None,
    begin: Annotated[int, QueryParameter(ge=0, le=1_000_000)] = 0,
) -> Template:
    """Return the page of outlets, those with the most documents first."""
    day, since, until = a_day(as_of), a_day(first), a_day(last)
    with desk.ledger() as ledger:
        until = min(filter(None, (until, day)), default=latest(ledger))
        since = since or (earlier(until, WEEKS) if until else None)
        found = sources(ledger, Between(since, until))
        watched = followed(ledger, datetime.now(UTC))
    return page(
        request, "sources.html.jinja", title="Sources", as_of=day, since=since, until=until,
        found=found[begin : begin + SHOWN], total=len(found), begin=begin, most=SHOWN,
        asked={"from": first or "", "to": last or ""}, drifts=DRIFTS,
        watched=[(shown_of(each.address, may_moderate(request)), each) for each in watched],
    )  # fmt: skip


class Made(NamedTuple):
    """What one copy made of a text, or some of it."""

    copy: HeldCopy
    passages: list[tuple[Difference, list[Words]]]
    more: int
    """From which passage on there are more, those before them counted; 0: there are none."""


@get("/copies/{name:path}", sync_to_thread=True, include_in_schema=False)
def copies_page(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    name: FromPath[str],
    as_of: AsOf = None,
    version: FromQuery[str | None] = None,
    begin: Annotated[int, QueryParameter(ge=0, le=1_000_000, description="Passages that were seen before.")] = 0,
) -> Template:
    """Return the page of a text that several documents have: what the one that is asked for made of it, then others.

    ``begin``: only the passages of that one from here on. Raises NotFoundException where no other document has it.
    """
    day, document = a_day(as_of), the_rest(request, 1)
    with desk.ledger() as ledger:
        found = next(with_one_text(ledger, document, day, version or None), None)
        if found is None:
            raise NotFoundException(
                "No other document of the ledger has the text of this one" + (" by that day" if day else "")
            )
        asked = sorted(found.others, key=lambda number: found.held[number].document != document)
        made = _made(compared_copies(ledger, found, asked), begin)
    held = found.held[found.first]
    rest = [] if begin else [found.held[number] for number in asked[len(made) :]]
    return page(
        request, "copies.html.jinja", title=_title(held), as_of=day, held=held, document=document, made=made, rest=rest,
        count=len(found.held), begin=begin, version=version,
    )  # fmt: skip


def _title(held: HeldText) -> str:
    return f"Copies of {held.title or held.document}"


def _made(copies: Iterable[HeldCopy], begin: int) -> list[Made]:
    """As many copies as a page has room for, the first from one of its passages on; of the last maybe not all."""
    found: list[Made] = []
    letters = passages = 0
    for copy in copies:
        some = []
        for passage in copy.differs[begin:]:
            if letters >= LETTERS or passages >= PASSAGES:
                break
            words = list(_shortened(word_by_word(passage)))
            some.append((passage, words))
            letters += sum(len(each.text) for each in words)
            passages += 1
        passages += not some  # a copy word for word has its place too
        shown = begin + len(some)
        found.append(Made(copy, some, shown if shown < len(copy.differs) else 0))
        if begin or letters >= LETTERS or passages >= PASSAGES:
            break
    return found


def _shortened(words: Iterable[Words]) -> Iterator[Words]:
    """Some words up to where they are too many; the rest is a link away."""
    room = LETTERS_TOGETHER
    for each in words:
        if len(each.text) > room:
            yield each._replace(text=f"{each.text[:room]}…")
            return
        room -= len(each.text)
        yield each


def word_by_word(passage: Difference) -> Iterator[Words]:
    """Yield the words of a passage that two texts have otherwise, those that are the same in both told apart."""
    was, now = (re.findall(r"\S+\s*", words) for words in (passage.was, passage.now))
    if not was or not now or max(len(was), len(now)) > LONGEST:
        yield from (Words(kind, text) for kind, text in (("cut", passage.was), ("added", passage.now)) if text)
        return
    one, other = ([word.strip() for word in words] for words in (was, now))
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Words("same", "".join(now[c:d]))
            continue
        yield from (
            Words(kind, text) for kind, text in (("cut", "".join(was[a:b])), ("added", "".join(now[c:d]))) if text
        )
