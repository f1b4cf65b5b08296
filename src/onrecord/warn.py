"""What a careful reader should know before using a reading: warnings, from what the rooms before found.

Promise: a warning states what was seen and what it means for the reading, points to the place where there is one, and
never changes a result. The odd case that forced the shape: most defects come in dozens on one page (every apostrophe
of a page garbled), so a kind that repeats is one warning with a number, except where each place needs a look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.language import READ_LANGUAGES, Quotation, written_in
from onrecord.nouns import Document, Event, Repair, Span, Statement, Warning
from onrecord.page import AHEAD, part_end

UNKNOWN_SPEAKERS = (2, 0.34)
"""Warn from this many statements without a speaker on, if they are also this share of all: a few are normal."""

# A text that an interface cut off says so at its end: "… [+2183 chars]", "[...]", a lone ellipsis.
_CUT = re.compile(r"(?:\[\+?\d+ (?:chars|characters)\]|\[(?:…|\.\.\.)\]|…|\.\.\.)\s*$")
_WORDS_OF_A_SENTENCE = 8


def find_warnings(
    document: Document,
    statements: Sequence[Statement],
    events: Sequence[Event],
    quotations: Sequence[Quotation] = (),
) -> tuple[Warning, ...]:
    """Return the warnings about one reading, those about the whole document first.

    Kinds: ``date-not-understood``, ``date-ahead``, ``no-date``, ``language``, ``summary``, ``unread``, ``truncated``,
    ``struck-out``, ``mojibake``, ``invalid-bytes``, ``encoding``, ``unknown-speakers``, ``unbalanced-quotation``,
    ``gloss-in-quote``.
    """
    return (
        *_dates(document, events),
        *_language(document),
        *_summary(document),
        *_unread(document),
        *_truncation(document),
        *_struck(document),
        *_repairs(document.repairs),
        *_speakers(statements),
        *_unbalanced(document, quotations),
        *_glosses(document, statements),
    )


def _dates(document: Document, events: Sequence[Event]) -> Iterator[Warning]:
    for claim in document.publisher_claims:
        if claim.source == "given" and claim.key == "published":
            yield Warning(
                kind="date-not-understood",
                message=f"The date that came with the document, “{claim.value}”, could be several days or none. "
                "Write year-month-day, such as 2021-05-25.",
            )
        elif claim.key == AHEAD and document.published is not None:
            yield Warning(
                kind="date-ahead",
                message=f"This is dated {claim.value}, but was there already on {document.published.value[:10]}, when "
                "it was captured; it counts as published then, and days such as “Tuesday” are counted from then.",
            )
    if document.published is None:
        planned = any(event.code and event.code.mode == "planned" for event in events)
        so = "; what is planned here may be long past" if planned else ""
        yield Warning(
            kind="no-date",
            message="Nothing says when this was published, so days such as “Tuesday” or “next week” have no date"
            f"{so}. Give the day of publication if you know it.",
        )


def _language(document: Document) -> Iterator[Warning]:
    if _foreign(document):
        marked = f"It is marked as “{document.language}”. " if document.language else ""
        yield Warning(
            kind="language",
            message=f"This is not written in English. {marked}onrecord has rules for English only, "
            "so nobody and nothing was looked for in it.",
        )


def _foreign(document: Document) -> bool:
    return all(written_in(document.text, language) is False for language in READ_LANGUAGES)


def _summary(document: Document) -> Iterator[Warning]:
    if document.provenance is not None and document.provenance.part == "summary":
        yield Warning(
            kind="summary",
            message="This is what the feed says of the article, and may be less than the article. Read the page itself "
            "for all of it (onrecord add --fetch).",
        )


def _unread(document: Document) -> Iterator[Warning]:
    end, length = part_end(document), len(document.text)
    if end < length and not _foreign(document):
        yield Warning(
            kind="unread",
            message=f"This is too long to be read in one go: of its {length:,} characters the first {end:,} were read, "
            "and nobody and nothing was looked for in the rest. To have all of it read, split it.",
            span=(end, length),
        )


def _truncation(document: Document) -> Iterator[Warning]:
    """Only the last running paragraph can tell: lists, captions and headlines end without a full stop."""
    running = [block for block in document.blocks if block.kind in ("paragraph", "turn")]
    if not running or document.kind not in ("article", "statement"):
        return
    start, end = running[-1].span
    words = document.text[start:end]
    cut = _CUT.search(words)
    last = words.split()[-1:] or [""]
    # Lists, signatures ("PTI") and places at the end have no full stop either, but seldom end in small letters.
    mid_sentence = last[0].isalpha() and last[0].islower() and len(words.split()) >= _WORDS_OF_A_SENTENCE
    if cut or mid_sentence:
        span = (start + cut.start(), end) if cut else (start + words.rindex(last[0]), end)
        yield Warning(
            kind="truncated",
            message="The text breaks off in the middle of a sentence: the page may have been cut short.",
            span=span,
        )


def _repairs(repairs: Sequence[Repair]) -> Iterator[Warning]:
    said = {
        "mojibake": "{n} garbled by a wrong encoding {was} put right",
        "invalid-bytes": "{n} not valid in the page’s encoding {was} replaced",
        "encoding": "The page’s bytes are not in the encoding that it names; another was used",
    }
    for kind, sentence in said.items():
        found = [repair for repair in repairs if repair.kind == kind]
        if not found:
            continue
        if kind == "mojibake" and all(repair.was == repair.now for repair in found):
            yield Warning(kind=kind, message=_left_garbled(found), span=found[0].span)
            continue
        number = "One place" if len(found) == 1 else f"{len(found)} places"
        example = f": “{found[0].was}” was read as “{found[0].now}”" if found[0].was and found[0].now else ""
        message = sentence.format(n=number, was="was" if len(found) == 1 else "were")
        yield Warning(kind=kind, message=f"{message}{example}.", span=found[0].span)


def _struck(document: Document) -> Iterator[Warning]:
    struck = [each.text for each in document.dropped if each.kind == "struck"]
    if struck:
        more = f" and {len(struck) - 1} more" if len(struck) > 1 else ""
        yield Warning(
            kind="struck-out",
            message=f"The page shows words struck out, which are not read: “{_short(struck[0])}”{more}.",
        )


def _left_garbled(found: Sequence[Repair]) -> str:
    """A plain text is the input unchanged, so what is garbled in it is named and stays."""
    seen, it = ("One place is", "it is") if len(found) == 1 else (f"{len(found)} places are", "they are")
    return (
        f"{seen} garbled by a wrong encoding, such as “{found[0].was}”, and left as {it}, because a plain text is not "
        "changed. Quotation marks among what is garbled are not seen as such; read the text from where it came, or "
        "save it again as UTF-8."
    )


def _speakers(statements: Sequence[Statement]) -> Iterator[Warning]:
    unknown = [statement for statement in statements if statement.speaker.how == "unknown"]
    least, share = UNKNOWN_SPEAKERS
    if len(unknown) >= least and len(unknown) >= share * len(statements):
        first = unknown[0].content[0] if unknown[0].content else None
        yield Warning(
            kind="unknown-speakers",
            message=f"Who speaks could not be made out for {len(unknown)} of {len(statements)} statements.",
            span=first,
        )


def _unbalanced(document: Document, quotations: Sequence[Quotation]) -> Iterator[Warning]:
    """A quotation that the next paragraph takes up again is open on purpose."""
    taken_up = {quotation.continues for quotation in quotations}
    for quotation in quotations:
        if not quotation.closed and quotation.i not in taken_up:
            yield Warning(
                kind="unbalanced-quotation",
                message="A quotation is opened and not closed, so it is not certain where somebody’s words end: "
                + _shown(document, quotation.span),
                span=quotation.span,
            )


def _glosses(document: Document, statements: Sequence[Statement]) -> Iterator[Warning]:
    seen = set()
    for statement in statements:
        for mark in statement.marks:
            if mark.kind == "gloss" and mark.span not in seen and statement.form != "indirect":
                seen.add(mark.span)
                yield Warning(
                    kind="gloss-in-quote",
                    message="Inside the quotation marks stand words that are not the speaker’s: "
                    + _shown(document, mark.span, ")"),
                    span=mark.span,
                )


def _shown(document: Document, span: Span, closing: str = "") -> str:
    """The words of a span, the end of long ones left out."""
    return _short(" ".join(document.text[slice(*span)].split()), closing)


def _short(words: str, closing: str = "") -> str:
    """Words, the end of long ones left out."""
    return words if len(words) <= 80 else f"{words[:78].rsplit(' ', 1)[0]} …{closing}"
