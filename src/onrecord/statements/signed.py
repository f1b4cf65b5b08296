"""Names beside a quotation that no verb ties to it: ``“…” — Orla Pekk``, ``“…” (Orla Pekk)``, ``“…”: Orla Pekk``.

Promise: a signature is a name and nothing more, up to the end of the line or the next quotation. The odd case that
forced the shape: a paragraph of its own, a dash and a name, below one that is all quotation.
"""

from __future__ import annotations

import re

from onrecord.language import Annotated, Quotation
from onrecord.statements.cues import Cue
from onrecord.statements.spans import tidy

FINITE = frozenset({"VBD", "VBZ", "VBP"})
"""Tags of verbs that make a sentence."""

_SIGNED = re.compile(r"\s*[―—–(]\s*(?=[A-Z])")
_SIGNED_BELOW = re.compile(r"\s*[―—–-]{1,2}\s*(?=[A-Z])")
_CLOSED_BELOW = re.compile(r"(?=[A-Z])[^\"“”„«»\n]+([\"”»])\s*")
_LONGEST_SIGNATURE = 120
"""Code points of a paragraph that is a signature."""


def opens_block(annotated: Annotated, quotation: Quotation) -> bool:
    """Return whether nothing but white space stands before a quotation in its block."""
    return not annotated.document.text[annotated.document.blocks[quotation.block].span[0] : quotation.span[0]].strip()


def signature_behind(annotated: Annotated, quotation: Quotation, stop: int) -> Cue | None:
    """Return the cue of a name behind a quotation, after a dash or in brackets, before token ``stop``, or None."""
    signed = _SIGNED.match(annotated.document.text, quotation.span[1])
    return _signature(annotated, signed.end(), stop) if signed else None


def signature_below(annotated: Annotated, block: int) -> Cue | None:
    """Return the cue of a name in a paragraph of its own below one that is all quotation (``- Anton Velik.``).

    Without a dash it is one where the mark that closes the quotation stands behind the name (``Anton Velik.”``).
    """
    blocks = annotated.document.blocks
    if block + 1 >= len(blocks):
        return None
    text, (start, end) = annotated.document.text, blocks[block + 1].span
    if end - start > _LONGEST_SIGNATURE:
        return None
    signed = _SIGNED_BELOW.match(text, start, end)
    if signed is not None:
        return _signature(annotated, signed.end(), annotated.token_range((start, end))[1])
    closing = _CLOSED_BELOW.fullmatch(text, start, end)
    if closing is None or not any(each.block == block and not each.closed for each in annotated.quotations):
        return None
    mark = closing.start(1), closing.end(1)
    found = _signature(annotated, start, annotated.token_range(mark)[0])
    return None if found is None else found._replace(span=mark)


def behind_colon(annotated: Annotated, colon: int, stop: int) -> Cue | None:
    """Return the cue of ``“We waited”: dockers tell court``: who is named behind the colon, or None."""
    tokens = annotated.tokens
    first = annotated.token_range((colon + 1, colon + 1))[0]
    head = next((i for i in range(first, min(stop, first + 8)) if tokens[i].pos in ("PROPN", "NOUN", "PRON")), None)
    if head is None or any(tokens[i].pos in ("VERB", "AUX", "ADP") for i in range(first, head)):
        return None
    while (
        head + 1 < stop and tokens[head + 1].pos in ("PROPN", "NOUN") and tokens[head + 1].i not in annotated.in_times
    ):
        head += 1
    span = tidy(annotated.document.text, tokens[first].start, tokens[head].end)
    return Cue(None, (colon, colon + 1), (span,), head, "colon", 0.7)


def _signature(annotated: Annotated, start: int, stop: int) -> Cue | None:
    """``“…” — Mara Lindqvist``: a name alone after a dash, up to the end of the line or the next quotation."""
    tokens, text = annotated.tokens, annotated.document.text
    first = annotated.token_range((start, start))[0]
    last = first
    while last < stop and "\n" not in text[tokens[first].start : tokens[last].end]:
        last += 1
    if text[:start].rstrip().endswith("("):
        last = next((i for i in range(first, last) if tokens[i].text == ")"), first)
    names = [token for token in tokens[first:last] if token.pos != "SPACE"]
    if not names or len(names) > 12 or any(token.tag in FINITE for token in names) or names[0].pos != "PROPN":
        return None
    mark = len(text[:start].rstrip()) - 1
    head = next((token.i for token in names if token.pos == "PROPN"), first)
    return Cue(
        None,
        (mark, mark + 1),
        (tidy(text, names[0].start, names[-1].end - (names[-1].text == ".")),),
        head,
        "signature",
        0.8,
    )
