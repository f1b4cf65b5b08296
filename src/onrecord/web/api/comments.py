"""The API's talks: what readers say of a passage, and how programs add to it.

Promise: what is hidden is told only to moderators; nothing is written without a token.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.params import Body, PathParameter, QueryParameter

from onrecord.ledger import comments as of
from onrecord.ledger.comments import Action, Subject, Talk
from onrecord.ledger.store import Refused
from onrecord.web.admission import moderating, writing
from onrecord.web.api.asking import LONGEST
from onrecord.web.api.paging import USUAL, Added, Cursor, Most, Page, paged
from onrecord.web.comments import may_moderate, name_of, taken
from onrecord.web.desk import OfDesk

OfEvent = Annotated[str, QueryParameter(name="event", max_length=LONGEST, description="Only talks about this event.")]
OfDocument = Annotated[str, QueryParameter(name="document", max_length=LONGEST, description="Only those on it.")]
OfStatement = Annotated[
    str, QueryParameter(name="statement", max_length=LONGEST, description="Only about this statement of the document.")
]
OfVersion = Annotated[
    str, QueryParameter(name="version", max_length=LONGEST, description="Only on this one of the document's texts.")
]
Number = Annotated[int, PathParameter(ge=1, le=1 << 53, description="The comment's number.")]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=of.LONGEST, pattern=r"\S")]


class TalkGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A comment that begins a talk, on an event, a statement of a document or a passage of it."""

    text: Text
    about: Subject


class ReplyGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A comment that goes on with a talk."""

    text: Text


class ModerationGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a moderator does with a comment or a talk, and why."""

    what: Action
    reason: Text


@get("/comments", sync_to_thread=True, tags=["comments"], summary="What readers say", operation_id="comments")
def list_talks(
    request: Request[Any, Any, Any], desk: OfDesk, event: OfEvent = "", document: OfDocument = "",
    statement: OfStatement = "", version: OfVersion = "", most: Most = USUAL, cursor: Cursor = None,
) -> Page[Talk]:  # fmt: skip
    """Return talks, the latest begun first: about an event, a statement, anything on a document, or all."""
    moderator, subject = may_moderate(request), Subject(event, "", document, statement, None, version)
    with desk.ledger() as ledger:

        def first(count: int) -> list[Talk]:
            if subject == Subject():
                return of.all_talks(ledger, count, moderator)
            try:
                return of.talks(ledger, subject, count, moderator)
            except Refused as refused:
                raise NotFoundException(str(refused)) from None

        found = paged(request, cursor, most, first, lambda each: str(each.number), lambda each: each)
    return Page(*found)


@post(
    "/comments", sync_to_thread=True, guards=[writing], tags=["comments"], summary="Begin a talk",
    operation_id="begin-talk", security=[{"token": []}],
)  # fmt: skip
def begin(
    request: Request[Any, Any, Any], desk: OfDesk, data: Annotated[TalkGiven, Body(description="The comment.")]
) -> Added:
    """Add a comment that begins a talk."""
    with desk.ledger() as ledger:
        return Added(taken(lambda: of.comment(ledger, data.about, data.text, name_of(request), datetime.now(UTC))))


@post(
    "/comments/{number:int}/replies", sync_to_thread=True, guards=[writing], tags=["comments"],
    summary="Go on with a talk", operation_id="reply", security=[{"token": []}],
)  # fmt: skip
def answer(
    request: Request[Any, Any, Any], desk: OfDesk, number: Number,
    data: Annotated[ReplyGiven, Body(description="The comment.")],
) -> Added:  # fmt: skip
    """Add a comment to the talk of this number."""
    with desk.ledger() as ledger:
        return Added(taken(lambda: of.reply(ledger, number, data.text, name_of(request), datetime.now(UTC))))


@post(
    "/comments/{number:int}/moderation", sync_to_thread=True, guards=[moderating], tags=["comments"],
    summary="Hide, restore, close, reopen", operation_id="moderate", security=[{"token": []}],
)  # fmt: skip
def moderate(
    request: Request[Any, Any, Any], desk: OfDesk, number: Number,
    data: Annotated[ModerationGiven, Body(description="What is done, and why.")],
) -> Added:  # fmt: skip
    """Hide or restore a comment, close or reopen a talk, with a reason that others see."""
    with desk.ledger() as ledger:
        taken(lambda: of.moderate(ledger, number, data.what, name_of(request), data.reason, datetime.now(UTC)))
    return Added(number)
