"""Pages saved as one MHTML file: the HTML part of it is the document.

Promise: `Source.raw` is the HTML part after its transfer encoding is undone (quoted-printable or base64), so byte
offsets of a reading count in those bytes; the page's address is taken from the file, its date is not: that one is the
day of saving.
"""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from onrecord.errors import UnreadableInput
from onrecord.nouns import Source

_MOST_PARAMETERS = 100
"""Of one header; browsers write up to five, and the email package takes quadratic time over those of a long one."""


class _Bounded(email.policy.Compat32):
    """Reads headers as the email package has always read them, and refuses those made to keep it busy."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return name and value of one header. Raises ValueError where it has more parameters than any honest one."""
        name, value = super().header_source_parse(sourcelines)
        if name.lower() in ("content-type", "content-disposition") and value.count(";") > _MOST_PARAMETERS:
            raise ValueError(f"its header {name} has more than {_MOST_PARAMETERS} parameters")
        return name, value


BOUNDED = _Bounded()
"""How the email package reads what strangers wrote."""


def is_saved_page(beginning: bytes) -> bool:
    """Return whether the first bytes look like the head of an MHTML file."""
    head = beginning.lstrip()[:2048].lower()
    return b"mime-version:" in head and (b"multipart/related" in head or b"text/html" in head)


def read_saved_page(raw: bytes, where: str) -> Source:
    """Return the source that an MHTML file holds. Raises UnreadableInput where it has no HTML part."""
    try:
        message = email.message_from_bytes(raw, policy=BOUNDED)
        part = _page(message)
        body = part.get_payload(decode=True) if part is not None else None
    except (RecursionError, ValueError, LookupError) as problem:
        raise UnreadableInput(where, f"the MHTML file is damaged ({problem}); save the page again") from problem
    if part is None or not isinstance(body, bytes) or not body.strip():
        raise UnreadableInput(where, "the MHTML file has no HTML page in it; save the page again")
    address = message.get("Snapshot-Content-Location") or part.get("Content-Location")
    url = str(address).strip() if address else ""
    return Source(
        raw=body,
        path=where,
        media="html",
        charset=part.get_content_charset(),
        url=url if url.startswith(("http://", "https://")) else None,
    )


def _page(message: Message) -> Message | None:
    """The root page (RFC 2557: the part that ``start`` names, else the first HTML part; frames come later)."""
    parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    named = [part for part in parts if start and part.get("Content-ID") == start]
    return next(iter(named or parts), None)
