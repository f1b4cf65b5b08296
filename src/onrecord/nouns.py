"""The values that travel through onrecord, and nothing else: start reading here.

Promise: every value is frozen, says where it stands in the text, and can be written as the JSON that
`docs/reading-format.md` describes (format name ``onrecord.reading/1``; the JSON Schema is generated from this file).

A `Span` is ``(start, end)``, half open, in Unicode code points of `Document.text`. What can be broken up (a quotation
around its cue) is a tuple of spans in text order. Unknown is a value: ``None``, ``"unknown"`` or an empty tuple, never
a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

FORMAT: Literal["onrecord.reading/1"] = "onrecord.reading/1"

Span = tuple[int, int]
"""``(start, end)`` in code points of `Document.text`."""

Run = tuple[int, int, int, int]
"""``(text_start, text_end, byte_start, byte_end)``: the bytes, decoded, character references resolved and
white space folded, give the text."""

BlockKind = Literal[
    "headline", "standfirst", "byline", "dateline", "paragraph", "subheading", "caption", "pullquote", "list", "turn"
]
DroppedKind = Literal["boilerplate", "repeated", "pullquote-repeat", "struck"]
DocumentKind = Literal["article", "transcript", "statement", "items"]
EntityType = Literal["person", "organization", "place", "group", "document", "facility", "other"]
MentionForm = Literal["name", "role", "pronoun"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Form = Literal["direct", "indirect", "mixed"]
How = Literal["name", "role", "pronoun", "continued", "collective", "unnamed", "unknown"]
MarkKind = Literal["insertion", "elision", "gloss", "sic"]
Polarity = Literal["affirmed", "denied", "refused", "asked"]
StatementKind = Literal["speech", "belief", "knowledge", "intention"]
EventKind = Literal[
    "meeting", "visit", "talks", "conference", "election", "vote", "hearing", "protest", "sport", "ceremony",
    "exercise", "launch", "signing", "measure", "report", "other",
]  # fmt: skip
Status = Literal["mooted", "planned", "scheduled", "postponed", "cancelled", "underway", "occurred"]
Attribute = Literal[
    "status", "date", "previous_date", "venue", "participant", "agenda", "format", "goal", "host", "absent"
]  # fmt: skip
Settled = Literal["settled", "provisional", "open"]
RelationKind = Literal["prepares", "part_of", "follows", "replaces"]


class Noun(msgspec.Struct, frozen=True, gc=False):
    """A frozen value. Compared by content, replaced by `msgspec.structs.replace`, written by `msgspec.json.encode`.

    What is frozen holds nothing that holds it, so that the collector of garbage need not look for circles in it.
    """


# --- what comes in ---------------------------------------------------------------------------------------------


class Provenance(Noun, frozen=True, kw_only=True):
    """By what way the bytes of a document came, as the archive, feed, mail or server says. None: it does not say."""

    by: Literal["archive", "feed", "mail", "web"]
    record: str | None = None
    """What that calls this document: the WARC-Record-ID, the id of the feed's item, the Message-ID."""
    captured: str | None = None
    """When the bytes were captured, ISO 8601: no day of publication."""
    digest: str | None = None
    """The digest of the payload as the archive gives it, with its method: ``sha1:…``."""
    part: Literal["whole", "summary"] = "whole"
    """``summary``: a feed's item had no content but its summary, which may be less than the article."""


class Source(Noun, frozen=True, kw_only=True):
    """One document as it comes in: its bytes, and what is known of it from outside the bytes. None: not known."""

    raw: bytes
    """The original bytes (after gunzip). For a JSON Lines record: the UTF-8 bytes of its ``text`` or ``html``."""
    path: str | None = None
    """Where it was read from, as errors name it: ``a/page.html`` or ``items.jsonl:12``."""
    media: Literal["html", "text", "markdown"] | None = None
    """What the bytes are; None: to be found out from the bytes."""
    charset: str | None = None
    """The encoding named by the transport (an HTTP header; ``utf-8`` for a JSON Lines record)."""
    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    dated_by: Literal["given", "feed", "mail"] = "given"
    """Who says when it was published: the user or the record, the feed's item, the mail's header."""
    provenance: Provenance | None = None


class PrintedQuote(Noun, frozen=True, kw_only=True):
    """A quote by itself that is to be checked, with what is said of it. None: not known."""

    id: str
    quote: str
    speaker: str | None = None
    """A name, an office, or the label of a transcript."""
    date: str | None = None
    """When it was printed, ISO 8601."""
    transcript: str | None = None
    """The id of the transcript that it is said to be from."""


# --- the document ----------------------------------------------------------------------------------------------


class Sourced(Noun, frozen=True, kw_only=True):
    """A fact about the document with where it was found and how far to trust it."""

    value: str
    source: str
    """``given``, ``metadata``, ``feed``, ``url``, ``text``, or ``captured``: it is dated later than it was captured."""
    confidence: float
    detail: str | None = None
    """The very field that said so, such as ``json-ld datePublished``."""


class Cell(Noun, frozen=True, kw_only=True):
    """Where a block stands in a table of data: all count from 0, tables in the order of the page."""

    table: int
    row: int
    column: int
    rows: int = 1
    """How many rows it spans; it counts for each of them."""
    columns: int = 1
    head: bool = False
    """True where the page marks it as the head of its row or column (``th``)."""


class Block(Noun, frozen=True, kw_only=True):
    """One piece of the article: its kind, its place in the text, and its way back to the original bytes."""

    kind: BlockKind
    span: Span
    source: tuple[Run, ...]
    speaker: str | None = None
    """For a transcript's turn: the speaker as the transcript writes it (``MR. CARNEY``, ``Q``)."""
    cell: Cell | None = None
    """For the words of a cell of a table: which cell of which row. Blocks of one cell share it."""


class Dropped(Noun, frozen=True, kw_only=True):
    """Words of the page that are not the article: whatever lies inside it, else headings and sentences, no menus."""

    kind: DroppedKind
    text: str
    source: tuple[Run, ...]


class Repair(Noun, frozen=True, kw_only=True):
    """A place where the bytes were not what they said they were, and what was done about it."""

    kind: Literal["mojibake", "invalid-bytes", "encoding"]
    span: Span | None
    was: str
    now: str


class PublisherClaim(Noun, frozen=True, kw_only=True):
    """A statement of the publisher's own structured data (JSON-LD, meta), kept as the publisher's, not as ours."""

    source: str
    """Which vocabulary said it: ``json-ld``, ``opengraph``, ``meta``, ``front-matter``."""
    key: str
    """The path of the field, such as ``NewsArticle.dateline``."""
    value: str


class Document(Noun, frozen=True, kw_only=True):
    """A page as read: its text, the blocks of it, what was left out, and what it says of itself."""

    id: str
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    title: str | None = None
    language: str | None = None
    published: Sourced | None = None
    modified: Sourced | None = None
    kind: DocumentKind = "article"
    encoding: str = "utf-8"
    text: str = ""
    blocks: tuple[Block, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    repairs: tuple[Repair, ...] = ()
    publisher_claims: tuple[PublisherClaim, ...] = ()
    provenance: Provenance | None = None


# --- who and when ----------------------------------------------------------------------------------------------


class Role(Noun, frozen=True, kw_only=True):
    """What somebody is called by office: ``White House press secretary``."""

    title: str
    span: Span


class Mention(Noun, frozen=True, kw_only=True):
    """One place that speaks of an entity."""

    span: Span
    form: MentionForm


class Entity(Noun, frozen=True, kw_only=True):
    """Somebody or something that the text names, with every mention of it in text order."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    mentions: tuple[Mention, ...] = ()
    by_rule: str = ""
    confidence: float = 1.0


class TimeExpression(Noun, frozen=True, kw_only=True):
    """A TIMEX3 time expression. ``value`` is its TIMEX3 value, ``interval`` the first and last day, ISO 8601."""

    span: Span
    type: TimeType
    value: str | None
    interval: tuple[str, str] | None = None
    anchor: Literal["published", "stated", "previous"] | None = None
    mod: str | None = None
    by_rule: str = ""
    confidence: float = 1.0


# --- statements ------------------------------------------------------------------------------------------------


class Mark(Noun, frozen=True, kw_only=True):
    """What an editor put into somebody's words: ``[insertion]``, ``…`` elision, ``(gloss)``, ``[sic]``."""

    kind: MarkKind
    span: Span


class Speaker(Noun, frozen=True, kw_only=True):
    """Who said it: the words of the text that name the speaker and the entity they mean."""

    entity: str | None
    span: tuple[Span, ...]
    how: How


class Addressee(Noun, frozen=True, kw_only=True):
    """To whom it was said."""

    entity: str | None
    span: tuple[Span, ...]


class Occasion(Noun, frozen=True, kw_only=True):
    """Where or when it was said: ``at a briefing``."""

    span: tuple[Span, ...]


class Via(Noun, frozen=True, kw_only=True):
    """One link of the chain by which the words came: ``According to TASS``."""

    entity: str | None
    span: tuple[Span, ...]
    cue: tuple[Span, ...]
    carried: bool = False
    """True where the text names this source for an earlier statement only and a stated rule carries it on."""


class Statement(Noun, frozen=True, kw_only=True):
    """Words attributed to somebody. ``content`` includes the quotation marks, not the cue and not the speaker."""

    id: str
    form: Form
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: Speaker
    addressee: Addressee | None = None
    occasion: Occasion | None = None
    via: tuple[Via, ...] = ()
    inside: str | None = None
    marks: tuple[Mark, ...] = ()
    words: str
    """The attributed words with insertions and glosses taken out and elisions as ``…``."""
    polarity: Polarity = "affirmed"
    kind: StatementKind = "speech"
    """What the cue tells: something said or written, believed or expected, known, or wanted and planned. After the
    types of Pareti (2012): assertion, belief, fact, eventuality."""
    by_rule: str
    confidence: float


# --- events ----------------------------------------------------------------------------------------------------


class Actor(Noun, frozen=True, kw_only=True):
    """Who does something or has it done to them: the words of the text, and the entity that they mean."""

    entity: str | None
    span: Span


class Code(Noun, frozen=True, kw_only=True):
    """A PLOVER root, whether the event lies ahead or has happened, who does it and to whom or with whom."""

    plover: str
    mode: Literal["planned", "occurred"]
    source: Actor | None = None
    target: Actor | None = None


class Claim(Noun, frozen=True, kw_only=True):
    """One thing that is said of an event, how settled it is, in which words, and by whom."""

    attribute: Attribute
    value: str | None
    entity: str | None = None
    settled: Settled
    span: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    statement: str | None = None
    """The statement that says so; ``None``: the document itself does."""
    as_of: str | None = None
    by_rule: str = ""
    confidence: float = 1.0


class Relation(Noun, frozen=True, kw_only=True):
    """How one event stands to another."""

    kind: RelationKind
    event: str
    span: tuple[Span, ...]


class Event(Noun, frozen=True, kw_only=True):
    """Something planned or something that happened, once per document however often it is named."""

    id: str
    span: Span
    mentions: tuple[Span, ...]
    kind: EventKind
    code: Code | None
    status: Status
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    by_rule: str
    confidence: float


# --- the reading -----------------------------------------------------------------------------------------------


class Warning(Noun, frozen=True, kw_only=True):
    """What a careful reader should know before using the reading."""

    kind: str
    message: str
    span: Span | None = None


class Reader(Noun, frozen=True, kw_only=True):
    """Which version of the program, its rules and its models read the page."""

    version: str
    models: dict[str, str]


class Reading(Noun, frozen=True, kw_only=True):
    """Everything that one reading of one document found."""

    format: Literal["onrecord.reading/1"] = FORMAT
    reader: Reader
    document: Document
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    faint: tuple[Event, ...] = ()
    """Events of which it tells too little to count by itself: they count where other documents tell of them."""
    warnings: tuple[Warning, ...] = ()

    def _repr_html_(self) -> str | None:
        """Return what a notebook shows, as the room that makes pages has it; None: the reading in words."""
        shown = IN_NOTEBOOKS.get(Reading)
        return shown(self) if shown else None


class Kept(Noun, frozen=True, kw_only=True):
    """A document that was read before: what it was made of, and its reading."""

    source: Source
    reading: Reading


IN_NOTEBOOKS: dict[type, Callable[[Any], str]] = {}
"""How a notebook shows a value: for `onrecord.answers` to fill in, since no noun knows how pages are made."""
