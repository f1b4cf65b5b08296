"""First stub, plain text only; the page room replaces it."""

from __future__ import annotations

import hashlib
import re

from onrecord.nouns import Block, Document, Source, Sourced


def read_page(source: Source) -> Document:
    """Return the Document of one source."""
    text = source.raw.decode("utf-8")
    blocks = tuple(
        Block(kind="paragraph", span=m.span(), source=((*m.span(), len(text[: m.start()].encode()), len(text[: m.end()].encode())),))
        for m in re.finditer(r"\S[^\n]*", text)
    )
    published = Sourced(value=source.published, source="given", confidence=1.0) if source.published else None
    return Document(id=source.id or hashlib.sha256(source.raw).hexdigest(), path=source.path, url=source.url, outlet=source.outlet, published=published, text=text, blocks=blocks)
