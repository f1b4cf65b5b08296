"""A plain text or Markdown text as a Document: the text is the input unchanged, its blocks are told apart.

Promise: `Document.text` is what the bytes decode to, without the byte order mark, line ends kept. The odd case that
forced the shape: texts of a JSON Lines record come with known title and date, which win over what the text says.
"""

from __future__ import annotations

import hashlib
import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.errors import UnreadableInput
from onrecord.nouns import Block, BlockKind, Document, Dropped, DroppedKind, Repair, Run, Source, Sourced
from onrecord.page.decode import Decoded
from onrecord.page.front import Matter, Value, front_matter
from onrecord.page.given import given_claims, given_date, given_outlet
from onrecord.page.limits import LIMITS
from onrecord.page.lines import byline_names, is_account, opening, split_names, stated_days
from onrecord.page.mojibake import broken
from onrecord.page.pipes import with_cells
from onrecord.page.text import Piece, pieces_of_text

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_REFERENCE = re.compile("&(?=[#A-Za-z])")


def read_text(source: Source, decoded: Decoded, markdown: bool, where: str) -> Document:
    """Return the Document of a decoded plain text or Markdown text. Raises UnreadableInput, naming ``where``."""
    text = decoded.text
    if len(text) > LIMITS.text:
        raise UnreadableInput(
            where, f"{len(text):,} characters are more than the {LIMITS.text:,} that one text may have; split it"
        )
    if (
        text.count("\n") + text.count("\r") > LIMITS.lines
        and sum(1 for line in text.splitlines() if line.strip()) > LIMITS.lines
    ):
        raise UnreadableInput(where, f"it has more than the {LIMITS.lines:,} lines that one text may have; split it")
    matter = front_matter(text)
    stated = next(iter(matter.of("title")), None)
    title = source.title or (stated.words if stated else None)
    pieces, transcript = pieces_of_text(text, title, markdown, matter.end)
    if not transcript:
        pieces = with_cells(text, pieces)
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    for piece in pieces:
        left_out = piece.kind in ("repeated", "boilerplate")
        runs = _runs(decoded, piece.start, piece.end, piece.start if left_out else 0)
        if not runs:
            continue  # nothing but invalid bytes
        if left_out:
            dropped.append(Dropped(kind=_dropped(piece), text=text[piece.start : piece.end], source=runs))
        else:
            span = (piece.start, piece.end)
            blocks.append(Block(kind=_kind(piece), span=span, source=runs, speaker=piece.speaker, cell=piece.cell))
    if not blocks:
        raise UnreadableInput(where, "there is no text in it, only marks")
    if stated and not any(block.kind == "headline" for block in blocks):
        runs = _runs(decoded, *stated.span)
        blocks[:0] = [Block(kind="headline", span=stated.span, source=runs)] if runs else []
    headline = next((text[b.span[0] : b.span[1]] for b in blocks if b.kind == "headline"), None)
    return Document(
        id=source.id or hashlib.sha256(source.raw).hexdigest(),
        path=source.path,
        url=source.url or _address(matter.of("url")),
        outlet=given_outlet(source)
        or next((each.words for each in matter.of("outlet") if "://" not in each.words), None),
        authors=_authors(matter, [text[slice(*block.span)] for block in blocks if block.kind == "byline"]),
        title=title or headline,
        language=next((each.words for each in matter.of("language") if _TAG.fullmatch(each.words)), None),
        published=given_date(source) or _field_date(matter, "published") or stated_date(text, blocks),
        modified=_field_date(matter, "modified") or stated_change(text, blocks),
        kind="transcript" if transcript else "article",
        encoding=decoded.encoding,
        text=text,
        blocks=tuple(blocks),
        dropped=tuple(dropped),
        repairs=text_repairs(decoded),
        publisher_claims=(*given_claims(source), *matter.claims()),
        provenance=source.provenance,
    )


def _field_date(matter: Matter, kind: str) -> Sourced | None:
    """The day or moment that the front matter gives; None where it gives none that can be understood."""
    for each in matter.of(kind):
        from onrecord.page.dates import iso  # late: with htmldate, no matter of most texts

        if value := iso(each.words):
            return Sourced(value=value, source="metadata", confidence=0.95, detail="front matter")
    return None


def _authors(matter: Matter, bylines: Sequence[str]) -> tuple[str, ...]:
    """Who wrote it: the front matter, else the byline."""
    stated = [each.words for each in matter.of("author")]
    names = [byline_names(each) or each for each in stated] or [byline_names(line) or "" for line in bylines]
    return tuple(dict.fromkeys(name for each in names for name in split_names(each) if not is_account(name)))


def _address(values: Sequence[Value]) -> str | None:
    return next((each.words for each in values if each.words.startswith(("https://", "http://"))), None)


def _kind(piece: Piece) -> BlockKind:
    return piece.kind  # type: ignore[return-value]


def _dropped(piece: Piece) -> DroppedKind:
    return piece.kind  # type: ignore[return-value]


def _runs(decoded: Decoded, start: int, end: int, zero: int = 0) -> tuple[Run, ...]:
    """The runs of a piece; what is dropped counts in its own text, which begins at ``zero``.

    One run is enough, save in two cases. Invalid bytes of an encoding other than UTF-8 become what those after them
    make of them, so they have no run, and the text on both sides has. And a run is read with its character references
    resolved, while in a plain text ``&amp;`` means itself: there a run ends between the ``&`` and the rest.
    """
    cuts = [start]
    if decoded.bad and decoded.encoding != "utf-8":
        low, high = (bisect_left(decoded.bad, (at,)) for at in (start, end))
        cuts += [at for each in decoded.bad[low:high] for at in each[:2]]
    cuts.append(end)
    spans: Iterable[tuple[int, int]] = zip(cuts[::2], cuts[1::2], strict=True)
    if decoded.text.find("&", start, end) >= 0:
        spans = (part for span in spans for part in _at_references(decoded.text, *span))
    return tuple(
        (low - zero, high - zero, decoded.byte(low), decoded.byte(high))
        for low, high in spans
        if decoded.text[low:high].strip()
    )


def _at_references(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch inside each character reference, so that no part holds a whole one."""
    if html.unescape(text[start:end]) != text[start:end]:
        for found in _REFERENCE.finditer(text, start, end):
            yield start, found.end()
            start = found.end()
    yield start, end


def stated_date(text: str, blocks: Sequence[Block]) -> Sourced | None:
    """Return the date that a dateline, byline or the first paragraph's opening states, with its year; else None.

    What stands above the first turn of a transcript is its head, whose lines (the office, the room) are no sentences.
    """
    transcript = any(block.kind == "turn" for block in blocks)
    for block in blocks:
        words = text[slice(*block.span)]
        if block.kind == "turn":
            return None
        if block.kind == "paragraph":
            opened = opening(words)
            if opened is None or opened.day is None:
                if transcript:
                    continue
                return None
            return Sourced(value=opened.day.isoformat(), source="text", confidence=0.8, detail="dateline")
        if block.kind not in ("dateline", "byline"):
            continue
        if day := stated_days(words).published:
            return Sourced(value=day.isoformat(), source="text", confidence=0.8, detail=block.kind)
    return None


def stated_change(text: str, blocks: Sequence[Block]) -> Sourced | None:
    """Return the date that the first dateline or byline to name one calls that of the last change; else None."""
    for block in blocks:
        if block.kind in ("dateline", "byline") and (day := stated_days(text[slice(*block.span)]).modified):
            return Sourced(value=day.isoformat(), source="text", confidence=0.8, detail=block.kind)
    return None


def byte_repairs(decoded: Decoded) -> list[Repair]:
    """Return what had to be mended in the bytes: another encoding than the named one, and invalid bytes.

    ``span`` is left out: the bytes are of the whole source, and not all of them are in the document's text.
    """
    found: list[Repair] = []
    if decoded.declared:
        found.append(Repair(kind="encoding", span=None, was=decoded.declared, now=decoded.encoding))
    for start, end, byte_start, byte_end in decoded.bad[: LIMITS.repairs]:
        was = f"bytes {byte_start + decoded.bytes_before} to {byte_end + decoded.bytes_before}"
        found.append(Repair(kind="invalid-bytes", span=None, was=was, now=decoded.text[start:end]))
    return found


def text_repairs(decoded: Decoded) -> tuple[Repair, ...]:
    """Return the repairs of a plain text with their places.

    A broken decoding (``â€™``) is seen and left, for a plain text is the input unchanged: there ``was`` equals ``now``.
    """
    found = byte_repairs(decoded)
    spans = iter(decoded.bad)
    found = [
        msgspec.structs.replace(each, span=next(spans)[:2]) if each.kind == "invalid-bytes" else each for each in found
    ]
    for start, end, _ in broken(decoded.text)[: LIMITS.repairs]:
        was = decoded.text[start:end]
        found.append(Repair(kind="mojibake", span=(start, end), was=was, now=was))
    return tuple(found)
