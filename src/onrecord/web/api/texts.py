"""The API's answers about texts: documents, readings, statements, sources, copies, quotes.

Promise: every object names the document and the place in its text. The odd case that forced the shape: a document's id
may be anything, slashes and dots among it, so it is a parameter and no part of a path.
"""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.params import Body, QueryParameter

from onrecord.check import LONGEST as LONGEST_QUOTE
from onrecord.check import Named, Quote
from onrecord.ledger import checked, copies, documents, family, readings, sources, statements
from onrecord.ledger.questions import Between, HeldDocument, HeldStatement
from onrecord.ledger.sources import HeldCopies, HeldSource
from onrecord.nouns import Form, Reading
from onrecord.publish.findings import FamilyObject, FindingObject, family_object, finding_object
from onrecord.web.api.asking import LONGEST, AsOf, Document, First, Last, Words, between, iso
from onrecord.web.api.paging import USUAL, Cursor, Most, Page, paged
from onrecord.web.desk import OfDesk

By = Annotated[str, QueryParameter(name="by", max_length=LONGEST, description="Who speaks: an id, or words of a name.")]
About = Annotated[
    str,
    QueryParameter(
        name="about", max_length=LONGEST,
        description="Whom or what the words speak of: an id of an entity or event, or words of a name.",
    ),
]  # fmt: skip
OfForm = Annotated[Form | None, QueryParameter(name="form", description="Only statements of this form.")]
OfText = Annotated[
    str | None,
    QueryParameter(name="document", max_length=LONGEST, description="Only the text that this document has."),
]
OfVersion = Annotated[
    str | None,
    QueryParameter(
        name="version", max_length=LONGEST,
        description="Which of the texts that came in under this id, as statements name it; without it the last.",
    ),
]  # fmt: skip
OneText = Annotated[
    str | None,
    QueryParameter(name="version", max_length=LONGEST, description="Only what this one of that document's texts has."),
]
Wanted = Annotated[
    str,
    QueryParameter(
        name="of", min_length=1, max_length=LONGEST,
        description="A quote or statement as `DOCUMENT#s3` or `DOCUMENT#120-156`, else words, of which the quote that "
        "holds most is taken.",
    ),
]  # fmt: skip


class QuoteGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quote that is to be checked, with what is said of it."""

    quote: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_QUOTE)]
    speaker: Annotated[str, msgspec.Meta(max_length=LONGEST)] | None = None
    """Who is told to have said it: a name, an office, the label of a transcript."""
    date: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")] | None = None
    """When it was printed."""
    transcript: Annotated[str, msgspec.Meta(max_length=LONGEST)] | None = None
    """The id of the transcript that it is said to be from."""


@get("/documents", sync_to_thread=True, tags=["texts"], summary="The documents", operation_id="documents")
def list_documents(
    request: Request[Any, Any, Any], desk: OfDesk, first: First = None, last: Last = None, as_of: AsOf = None,
    most: Most = USUAL, cursor: Cursor = None,
) -> Page[HeldDocument]:  # fmt: skip
    """Return documents, the latest published first; those of no known day come last."""
    days = between(first, last, as_of)
    with desk.ledger() as ledger:
        found = paged(
            request, cursor, most, lambda n: list(islice(documents(ledger, days), n)),
            lambda each: f"{each.name} {each.published} {each.observed}", lambda each: each,
        )  # fmt: skip
    return Page(*found)


@get("/reading", sync_to_thread=True, tags=["texts"], summary="What was read in a document", operation_id="reading")
def one_reading(desk: OfDesk, document: Document, as_of: AsOf = None, version: OfVersion = None) -> Reading:
    """Return all that the newest reader found in a document: text, statements, events, entities, times, warnings."""
    with desk.ledger() as ledger:
        found = next(readings(ledger, Between(None, iso(as_of)), document, version), None)
    if found is None:
        raise NotFoundException(f"there is no document {document}" + (" published by that day" if as_of else ""))
    return found


@get("/statements", sync_to_thread=True, tags=["texts"], summary="Who said what", operation_id="statements")
def list_statements(
    request: Request[Any, Any, Any], desk: OfDesk, q: Words = "", by: By = "", about: About = "", form: OfForm = None,
    first: First = None, last: Last = None, as_of: AsOf = None, most: Most = USUAL, cursor: Cursor = None,
) -> Page[HeldStatement]:  # fmt: skip
    """Return statements that hold all the words, best first; without words the latest first."""
    days = between(first, last, as_of)
    with desk.ledger() as ledger:
        found = paged(
            request, cursor, most, lambda n: statements(ledger, q, by, form, days, n, about),
            lambda each: f"{each.document}#{each.number}", lambda each: each,
        )  # fmt: skip
    return Page(*found)


@get("/sources", sync_to_thread=True, tags=["texts"], summary="Who publishes, and whose texts", operation_id="sources")
def list_sources(
    request: Request[Any, Any, Any], desk: OfDesk, first: First = None, last: Last = None, as_of: AsOf = None,
    most: Most = USUAL, cursor: Cursor = None,
) -> Page[HeldSource]:  # fmt: skip
    """Return the outlets of the ledger with the outlets whose texts they print, those with most documents first."""
    with desk.ledger() as ledger:
        held = sources(ledger, between(first, last, as_of))
    found = paged(request, cursor, most, lambda n: held[:n], lambda each: repr(each.outlet), lambda each: each)
    return Page(*found)


@get("/copies", sync_to_thread=True, tags=["texts"], summary="Documents of one text", operation_id="copies")
def list_copies(
    request: Request[Any, Any, Any], desk: OfDesk, document: OfText = None, as_of: AsOf = None,
    version: OneText = None, most: Most = USUAL, cursor: Cursor = None,
) -> Page[HeldCopies]:  # fmt: skip
    """Return the texts that several documents have, by the day of the first, with the passages that differ."""
    with desk.ledger() as ledger:
        found = paged(
            request, cursor, most, lambda n: list(islice(copies(ledger, document or "", iso(as_of), version), n)),
            lambda each: each.document, lambda each: each,
        )  # fmt: skip
    return Page(*found)


@get("/quotes", sync_to_thread=True, tags=["quotes"], summary="One quote across outlets", operation_id="quotes")
def quote_family(desk: OfDesk, of: Wanted, as_of: AsOf = None) -> FamilyObject:
    """Return all prints of a quote, the earliest first, each held against the original or the longest print."""
    with desk.ledger() as ledger:
        found = family(ledger, of, iso(as_of))
    if found is None or not found.prints:
        raise NotFoundException("no article of the ledger quotes this by that day")
    return family_object(found)


@post("/check", sync_to_thread=True, status_code=200, tags=["quotes"], summary="Check a quote", operation_id="check")
def check_quote(
    desk: OfDesk, data: Annotated[QuoteGiven, Body(description="The quote.")], as_of: AsOf = None
) -> FindingObject:
    """Return what became of a quote by what the ledger holds: verdict, passage, every change; nothing is kept."""
    named = Named((data.speaker,)) if data.speaker else Named()
    quote = Quote("quote", data.quote, named, (), data.date, data.transcript)
    with desk.ledger() as ledger:
        return finding_object(checked(ledger, quote, None, iso(as_of)))
