"""Comments on the pages: what was said of an event, a statement or a passage, and the forms to say something.

Promise: a page that has ``talked`` shows the talks about its subject and lets whoever may write begin one, answer, and
moderate; nothing of it needs a script. The odd case that forced the shape: a form is sent from any page, so it says
itself what it is about and where to go back to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, NamedTuple, TypeVar, cast, get_args
from urllib.parse import urlencode

from litestar import Request, Router, get, post
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from onrecord.ledger import Ledger
from onrecord.ledger.access import Person
from onrecord.ledger.comments import (
    LONGEST,
    Action,
    Subject,
    Talk,
    all_talks,
    begun_after,
    comment,
    moderate,
    reply,
    talks,
)
from onrecord.ledger.store import Refused
from onrecord.nouns import Span
from onrecord.web.admission import Form, inside, moderating, writing
from onrecord.web.desk import OfDesk
from onrecord.web.pages import AsOf, a_day, page

T = TypeVar("T")

SHOWN = 50
"""Talks on one page, the latest; those before come so many to a page."""

LONG = 5
"""Digits of a part."""

TALKS = "talks"
"""What says in the address of a page about something else which part of the talks it shows."""

At = Annotated[int, QueryParameter(name="part", ge=1, le=10_000, description="Which part of the list.")]


class Talked(NamedTuple):
    """What the partial ``comments.html.jinja`` shows."""

    fields: tuple[tuple[str, str], ...]
    """What its form says that it is about."""
    talks: tuple[Talk, ...]
    more: bool
    at: int
    """Which part of all talks these are."""
    part: str = TALKS
    """What says so in the address."""
    longest: int = LONGEST
    attributes: tuple[str, ...] = ()
    """Claims of an event that a talk can be about."""
    claim: tuple[str, str] | None = None
    """The claim that it is to be about, where one was chosen: of what, and its value."""

    @property
    def begins(self) -> bool:
        """Whether a talk can be begun: a whole document is no subject."""
        return {name for name, _ in self.fields} not in ({"document"}, set())

    def on(self, attribute: str, value: str, document: str, span: Span, version: str | None) -> Talked:
        """Return the same for a talk about a claim of the event that is made in a passage."""
        made = (("document", document), ("start", str(span[0])), ("stop", str(span[1])), ("version", version or ""))
        fields = (*self.fields, ("attribute", attribute), *(each for each in made if each[1]))
        return self._replace(fields=fields, attributes=(), claim=(attribute, value))


def talked(
    request: Request[Any, Any, Any], ledger: Ledger, subject: Subject, attributes: tuple[str, ...] = ()
) -> Talked:
    """Return the talks about something for the page of it; ``attributes``: claims that can be chosen.

    Which part of them the address says. Raises ValidationException where it says something else.
    """
    asked = request.query_params.get(TALKS) or "1"
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONG and 1 <= int(asked) <= 10_000):
        raise ValidationException(f"“{asked}” is no part of the comments; the first is 1")
    at = int(asked)
    found = talks(ledger, subject, SHOWN + 1, may_moderate(request), (at - 1) * SHOWN)
    span = {"start": str(subject.span[0]), "stop": str(subject.span[1])} if subject.span else {}
    named = {"event": subject.event, "document": subject.document, "statement": subject.statement, **span}
    named["version"] = subject.version
    fields = tuple((name, value) for name, value in named.items() if value)
    return Talked(fields, tuple(found[:SHOWN]), len(found) > SHOWN, at, attributes=attributes)


def may_moderate(request: Request[Any, Any, Any]) -> bool:
    """Whether who asks may see what is hidden."""
    person = request.scope.get("user")
    return isinstance(person, Person) and person.can("moderate")


@get("/", sync_to_thread=True, include_in_schema=False)
def comments_page(request: Request[Any, Any, Any], desk: OfDesk, at: At = 1, as_of: AsOf = None) -> Template:
    """Return the page of the talks about anything, the latest first."""
    with desk.ledger() as ledger:
        found = all_talks(ledger, SHOWN + 1, may_moderate(request), (at - 1) * SHOWN)
    shown = Talked((), tuple(found[:SHOWN]), len(found) > SHOWN, at, "part")
    return page(request, "talks.html.jinja", title="Comments", as_of=a_day(as_of), talked=shown)


@get("/{number:int}", sync_to_thread=True, include_in_schema=False)
def comment_at(desk: OfDesk, number: FromPath[int], as_of: AsOf = None) -> Redirect:
    """Lead to where a comment stands now: later talks move it on to another part of the list."""
    with desk.ledger() as ledger:
        after = begun_after(ledger, number)
    if after is None:
        raise NotFoundException(f"there is no comment {number}")
    return at_part("/comments", after // SHOWN, f"comment-{number}", a_day(as_of))


def at_part(path: str, before: int, place: str, as_of: str | None = None) -> Redirect:
    """Return the way to a place in a part of a list, as of a day; ``before``: how many parts come before it."""
    asked = urlencode({"part": before + 1} | ({"as_of": as_of} if as_of else {}))
    return Redirect(f"{path}?{asked}#{place}", status_code=307)


@post("/", sync_to_thread=True, include_in_schema=False, guards=[writing])
def begin_talk(request: Request[Any, Any, Any], desk: OfDesk, posted: Form) -> Redirect:
    """Begin a talk, and go back to the page with it."""
    with desk.ledger() as ledger:
        number = taken(lambda: comment(ledger, _subject(posted), posted.get("text", ""), name_of(request), _now()))
    return _back(posted, number)


@post("/{number:int}/reply", sync_to_thread=True, include_in_schema=False, guards=[writing])
def answer_talk(request: Request[Any, Any, Any], desk: OfDesk, posted: Form, number: FromPath[int]) -> Redirect:
    """Add to a talk, and go back to the page with it."""
    with desk.ledger() as ledger:
        added = taken(lambda: reply(ledger, number, posted.get("text", ""), name_of(request), _now()))
    return _back(posted, added)


@post("/{number:int}/moderate", sync_to_thread=True, include_in_schema=False, guards=[moderating])
def moderate_talk(request: Request[Any, Any, Any], desk: OfDesk, posted: Form, number: FromPath[int]) -> Redirect:
    """Hide or restore a comment, close or reopen a talk."""
    what = posted.get("what", "")
    if what not in get_args(Action):
        raise ValidationException(f"“{what}” is nothing that can be done to a comment")
    with desk.ledger() as ledger:
        taken(lambda: moderate(ledger, number, cast(Action, what), name_of(request), posted.get("reason", ""), _now()))
    return _back(posted, number)


COMMENTS = Router("/comments", route_handlers=[comments_page, comment_at, begin_talk, answer_talk, moderate_talk])
"""All of them: of two handlers of one path that are registered by themselves Litestar takes the first in twice."""


def name_of(request: Request[Any, Any, Any]) -> str:
    """Return the name of whoever asks, whom a guard has let through."""
    person: Person = request.scope["user"]
    return person.name


def taken(write: Callable[[], T]) -> T:
    """Return what a function of the ledger returns. Raises HTTPException (422) for what it refuses."""
    try:
        return write()
    except Refused as refused:
        raise HTTPException(str(refused), status_code=HTTPStatus.UNPROCESSABLE_ENTITY) from None


def _subject(posted: Mapping[str, str]) -> Subject:
    span = None
    if posted.get("start") and posted.get("stop"):
        try:
            span = int(posted["start"][:12]), int(posted["stop"][:12])
        except ValueError:
            raise ValidationException("a passage is given by two numbers") from None
    return Subject(
        posted.get("event", ""),
        posted.get("attribute", ""),
        posted.get("document", ""),
        posted.get("statement", ""),
        span,
        posted.get("version", ""),
    )


def _back(posted: Mapping[str, str], number: int) -> Redirect:
    return Redirect(f"{inside(posted.get('next', '/'))}#comment-{number}", status_code=303)


def _now() -> datetime:
    return datetime.now(UTC)
