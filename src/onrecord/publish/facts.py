"""What a person wants to know of a reading, in the order and the words in which every view shows it.

Promise: nothing here decides anything; it selects, groups and names what the reading holds, so that the terminal and
the HTML report can't tell different stories. Texts come out as they stand in the document, white space folded: a
view has to make them harmless for where it shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onrecord.nouns import Attribute, Claim, Event, How, MarkKind, Reading, Settled, Span, Statement
from onrecord.publish.days import is_later, readable_day

PLANNED = ("mooted", "planned", "scheduled", "postponed", "cancelled")
"""The states of what lies ahead or was to; what is under way or has occurred is shown as having happened."""

ATTRIBUTE_NAMES: dict[Attribute, str] = {
    "status": "status",
    "date": "date",
    "previous_date": "moved from",
    "venue": "venue",
    "host": "host",
    "participant": "who",
    "absent": "stays away",
    "agenda": "agenda",
    "goal": "goal",
    "format": "format",
}
"""What each attribute is called before people, in the order in which they are shown."""

RELATIONS = {
    "prepares": "prepares", "part_of": "is part of", "follows": "follows", "replaces": "replaces",
    "prepared_by": "is prepared by", "has_part": "has as its part", "followed_by": "is followed by",
    "replaced_by": "is replaced by",
}  # fmt: skip
"""How an event stands to another (`ledger.events.Related`), in words between their names."""

SETTLED_SIGNS: dict[Settled, str] = {"settled": "●", "provisional": "◐", "open": "○"}
"""A sign that tells the three apart without colour."""

DRIFTS = {
    "silent": "silent now", "fewer": "a quarter of that or less now", "more": "four times that or more now",
}  # fmt: skip
"""How what a source brings has changed (`ledger.followed.Followed`)."""
FORM_NAMES = {"direct": "quoted", "indirect": "reported", "mixed": "partly quoted"}
POLARITY_NAMES = {"affirmed": "", "denied": "denies", "refused": "refuses", "asked": "asks"}
SPEAKERLESS: dict[How, str] = {
    "continued": "the same speaker",
    "collective": "several people",
    "unnamed": "somebody not named",
    "unknown": "speaker not given",
}
MARK_NAMES: dict[MarkKind, str] = {
    "insertion": "put in by the editor",
    "elision": "words left out",
    "gloss": "the reporter’s words, not the speaker’s",
    "sic": "so in the original",
}


class Indexed(NamedTuple):
    """A reading with what its ids stand for, looked up once: a long briefing has thousands of each."""

    reading: Reading
    names: Mapping[str, str]
    """The name of each entity."""
    statements: Mapping[str, Statement]


class Piece(NamedTuple):
    """Some words of a statement, and what kind of mark they are (None: the speaker's)."""

    text: str
    mark: MarkKind | None


class Voice(NamedTuple):
    """Who speaks, as people are told."""

    name: str
    before: str = ""
    """What stands before the name in the words of the text: ``press secretary``."""
    after: str = ""
    """What stands after it: ``, the spokesman of the government``."""
    words: str | None = None
    """The words of the text where they are neither the name nor a part of it: ``the spokeswoman``."""
    known: bool = True


class Row(NamedTuple):
    """One thing that is said of an event. ``value`` is empty where it is open."""

    attribute: Attribute
    value: str
    settled: Settled
    words: str
    """The words that make it settled or open, and the value's own words where it differs from them."""
    voice: Voice | None
    """Who says so; None: the document itself."""
    chain: tuple[str, ...]
    """By way of whom that came, the one nearest to the reader first."""
    claim: Claim


def words_at(reading: Reading, spans: Sequence[Span]) -> str:
    """Return the words of ``spans``, white space folded, broken pieces joined by an ellipsis."""
    pieces = (" ".join(reading.document.text[start:end].split()) for start, end in spans)
    return " … ".join(piece for piece in pieces if piece)


def indexed(reading: Reading) -> Indexed:
    """Return the reading with what its ids stand for."""
    names = {entity.id: entity.name for entity in reading.entities}
    return Indexed(reading, names, {statement.id: statement for statement in reading.statements})


def voice(index: Indexed, statement: Statement) -> Voice:
    """Return who says a statement, as people are told."""
    speaker = statement.speaker
    name, words = index.names.get(speaker.entity or ""), words_at(index.reading, speaker.span)
    if name:
        if words.casefold() in name.casefold():
            return Voice(name)
        at = _place(name, words)
        if at is not None:
            return Voice(name, before=words[:at], after=words[at + len(name) :])
        return Voice(name, words=words)
    if words:
        return Voice(words, known=speaker.how != "unknown")
    return Voice(SPEAKERLESS.get(speaker.how, SPEAKERLESS["unknown"]), known=False)


def chain(index: Indexed, statement: Statement) -> list[str]:
    """Return the sources by which the words came, the one nearest to the reader first."""
    links = []
    for via in statement.via:
        name = index.names.get(via.entity or "") or words_at(index.reading, via.span) or "a source not named"
        links.append(f"{name} (carried on)" if via.carried else name)
    return links


def pieces(reading: Reading, statement: Statement) -> list[Piece]:
    """Return the attributed words cut at the editorial marks in them, in text order."""
    text = reading.document.text
    found: list[Piece] = []
    for number, (start, end) in enumerate(statement.content):
        if number:
            found.append(Piece(" ", None))
        at = start
        for mark in sorted(statement.marks, key=lambda mark: mark.span):
            low, high = max(mark.span[0], at), min(mark.span[1], end)
            if low >= high:
                continue
            if low > at:
                found.append(Piece(text[at:low], None))
            found.append(Piece(text[low:high], mark.kind))
            at = high
        if at < end:
            found.append(Piece(text[at:end], None))
    return [Piece(_folded(piece.text), piece.mark) for piece in found]


def threads(reading: Reading) -> Iterator[tuple[int, Statement]]:
    """Yield ``(depth, statement)`` in text order, each statement followed by those quoted inside it.

    A statement whose ``inside`` names no statement, or that stands inside itself by a defect, is shown at the top.
    """
    by_id = {statement.id: statement for statement in reading.statements}
    inner: dict[str | None, list[Statement]] = {}
    for statement in reading.statements:
        parent = statement.inside if statement.inside in by_id and not _circular(by_id, statement) else None
        inner.setdefault(parent, []).append(statement)
    waiting = [(0, statement) for statement in reversed(inner.get(None, ()))]
    while waiting:
        depth, statement = waiting.pop()
        yield depth, statement
        waiting.extend((depth + 1, each) for each in reversed(inner.get(statement.id, ())))


def planned(reading: Reading) -> list[Event]:
    """Return what lies ahead, or was to, in the reading's order."""
    return [event for event in reading.events if event.status in PLANNED]


def happened(reading: Reading) -> list[Event]:
    """Return what has occurred or is under way, in the reading's order."""
    return [event for event in reading.events if event.status not in PLANNED]


def rows(index: Indexed, event: Event) -> list[Row]:
    """Return the claims about an event by attribute, each said once however often the document repeats it.

    That the event has the status which every view prints beside its name is not said again, doubts about it are.
    """
    order = list(ATTRIBUTE_NAMES)
    seen: set[tuple[str, str, str]] = {("status", event.status, "settled")}
    if event.status == "scheduled":  # that is: planned, for a day
        seen.add(("status", "planned", "settled"))
    found = []
    for claim in sorted(event.claims, key=lambda claim: order.index(claim.attribute)):
        named = index.names.get(claim.entity or "") or claim.value
        value = readable_day(named) if named and claim.attribute in ("date", "previous_date") else named or ""
        key = (claim.attribute, value.casefold(), claim.settled)
        if key in seen:
            continue
        seen.add(key)
        statement = index.statements.get(claim.statement or "")
        found.append(
            Row(
                attribute=claim.attribute,
                value=_folded(value),
                settled=claim.settled,
                words=_reason(index.reading, claim, value),
                voice=voice(index, statement) if statement else None,
                chain=tuple(chain(index, statement)) if statement else (),
                claim=claim,
            )
        )
    return found


def attribution(row: Row) -> str:
    """Return who says so and by way of whom, as ``Mara Lindqvist, via VNA``; empty: the document itself."""
    return ", via ".join((row.voice.name, *([" › ".join(row.chain)] if row.chain else []))) if row.voice else ""


def details(index: Indexed, event: Event) -> list[str]:
    """Return in brief what is known of an event: when, where, and who took part."""
    values: dict[str, list[str]] = {}
    for row in rows(index, event):
        if row.value:
            values.setdefault(row.attribute, []).append(row.value)
    return [", ".join(values[attribute]) for attribute in ("date", "venue", "participant") if attribute in values]


def provenance(reading: Reading) -> list[str]:
    """Return who published the document, when and by whom; says so where outlet or date are not known.

    What was changed after it was published says when: the words may be other ones than those first printed.
    """
    document = reading.document
    parts = [document.outlet or "outlet not known"]
    if document.published:
        parts.append(f"{readable_day(document.published.value)} ({document.published.source})")
    else:
        parts.append("no date")
    if document.modified and (not document.published or is_later(document.modified.value, document.published.value)):
        parts.append(f"changed {readable_day(document.modified.value)}")
    if document.authors:
        parts.append("by " + ", ".join(document.authors))
    return [_folded(part).strip() for part in parts]


def address(reading: Reading) -> str:
    """Return where the document is to be found: its URL, else the file it was read from.

    Empty where neither is known, and where it is what the document is called already.
    """
    where = _folded(reading.document.url or reading.document.path or "").strip()
    return where if where != headline(reading) else ""


def headline(reading: Reading) -> str:
    """Return what the document is called: its headline, else its title, else where it was read from."""
    text = reading.document.text
    blocks = (text[slice(*block.span)] for block in reading.document.blocks if block.kind == "headline")
    name = next(blocks, None) or reading.document.title or reading.document.path or reading.document.id
    return _folded(name).strip()


def _reason(reading: Reading, claim: Claim, value: str) -> str:
    """The words that settle the matter or leave it open; a value that stands in the text so needs none."""
    cue = words_at(reading, claim.cue)
    if cue:
        return cue
    words = words_at(reading, claim.span)
    return "" if value and (words.casefold() in value.casefold() or words.endswith(value)) else words


def _place(name: str, words: str) -> int | None:
    """Where a name stands in the words as a word of its own; transcripts write names in capitals."""
    for written in dict.fromkeys((name, name.upper())):
        at = words.find(written) if len(written) == len(name) else -1
        while at >= 0:
            around = words[at - 1 : at] + words[at + len(name) : at + len(name) + 1]
            if not any(each.isalnum() or each == "_" for each in around):
                return at
            at = words.find(written, at + 1)
    return None


def _circular(by_id: dict[str, Statement], statement: Statement) -> bool:
    seen = {statement.id}
    while statement.inside in by_id:
        statement = by_id[statement.inside]
        if statement.id in seen:
            return True
        seen.add(statement.id)
    return False


def _folded(text: str) -> str:
    """White space folded to single blanks; those at the ends stay, since pieces are joined again."""
    body = " ".join(text.split())
    if not body:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + body + (" " if text[-1].isspace() else "")
