"""Press mailings: one message (.eml) or a folder of them in one file (mbox), each message a document.

Promise: the text part is read, else the HTML part; the Date header is the day of publication, who sent it the outlet,
the Message-ID stands in the provenance; one message is held at a time. The odd case that forced the shape: an mbox has
no other sign between messages than a line that begins with ``From ``, which texts have too, so it counts only after an
empty line and before a header (RFC 4155; "From " lines of a text are quoted with ``>``).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from onrecord.acquire.bounded import LIMIT, Reader, lines_bounded, too_large
from onrecord.acquire.records import iso_time
from onrecord.acquire.saved import BOUNDED
from onrecord.errors import UnreadableInput
from onrecord.nouns import Provenance, Source

_ENVELOPE = re.compile(rb"From \S.*\d{4}.*")
_HEADER = re.compile(rb"[!-9;-~]+:")
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_LETTER = re.compile(rb"(?im)^(?:message-id|received|return-path|delivered-to|dkim-signature):")
_SAVED = re.compile(rb"(?im)^snapshot-content-location:")
_FEW_WORDS = 20
_LONGEST_HEADER = 2_000
"""Code points of a header that are looked at: the package takes quadratic time over encoded words."""
_ATTACHED = re.compile(r"(?i)\s*attachment")


def is_mailbox(first: bytes) -> bool:
    """Whether bytes that begin so are an mbox."""
    line, _, rest = first.partition(b"\n")
    return bool(_ENVELOPE.match(line.rstrip(b"\r")) and _HEADER.match(rest.lstrip(b">")))


def is_message(first: bytes) -> bool:
    """Whether bytes that begin so are a message that was sent, and no page saved as one."""
    head = re.split(rb"\r?\n\r?\n", first, maxsplit=1)[0]
    return bool(_HEADER.match(head) and _LETTER.search(head) and not _SAVED.search(head))


def read_mailbox(reader: Reader, where: str) -> Iterator[Source | UnreadableInput]:
    """Yield the messages of an mbox as a stream; message *n* is ``where:n``."""
    number = 0
    for number, raw in enumerate(_messages(reader, where), 1):
        try:
            if isinstance(raw, UnreadableInput):
                raise raw
            if len(raw) > LIMIT:
                raise UnreadableInput(f"{where}:{number}", too_large("the message"))
            yield read_message(_QUOTED.sub(rb"\1", raw), f"{where}:{number}")
        except UnreadableInput as problem:
            yield problem
    if not number:
        yield UnreadableInput(where, "there are no messages in this mailbox")


def _messages(reader: Reader, where: str) -> Iterator[bytes | UnreadableInput]:
    """The bytes of each message, of a long one somewhat more than a document may have."""
    held: bytearray | None = None
    envelope, empty = b"", True
    for _, line in lines_bounded(reader, where):
        if isinstance(line, UnreadableInput):
            yield line
            continue
        if envelope:  # the line after a line that begins with "From ": a header, or that was the text's own
            if _HEADER.match(line) or held is None:
                if held is not None:
                    yield bytes(held)
                held = bytearray()
            elif len(held) <= LIMIT:
                held += envelope
            envelope = b""
        if empty and _ENVELOPE.match(line):
            envelope = line
        elif held is not None and len(held) <= LIMIT:
            held += line
        empty = not line.strip()
    if held is not None:
        yield bytes(held)


def read_message(raw: bytes, where: str) -> Source:
    """Return the source that a message is. Raises UnreadableInput where it has no text or is damaged."""
    try:
        message = email.message_from_bytes(raw, policy=BOUNDED)
        part = _part(message)
        body = part.get_payload(decode=True) if part is not None else None
        subject, sender = _header(message, "Subject"), _header(message, "From")
        sent, name = _header(message, "Date"), _header(message, "Message-ID")
    except (MessageError, RecursionError, ValueError, LookupError) as problem:
        raise UnreadableInput(where, f"the message is damaged ({problem})") from problem
    if part is None or not isinstance(body, bytes) or not body.strip():
        raise UnreadableInput(where, "this message has no text and no HTML; what is attached is not read")
    called, address = parseaddr(sender)
    return Source(
        raw=body,
        path=where,
        media="html" if part.get_content_type() == "text/html" else "text",
        charset=part.get_content_charset(),
        title=subject or None,
        outlet=called or address or None,
        published=iso_time(sent),
        dated_by="mail",
        provenance=Provenance(by="mail", record=name.strip("<> ") or None),
    )


def _part(message: Message) -> Message | None:
    """The part that is read: the first text, whose lines are its own, else the first HTML."""
    parts = [
        each
        for each in message.walk()
        if each.get_content_type() in ("text/plain", "text/html")
        and not _ATTACHED.match(str(each.get("Content-Disposition") or ""))
    ]
    texts = [each for each in parts if each.get_content_type() == "text/plain"]
    pages = [each for each in parts if each.get_content_type() == "text/html"]
    return next(iter([*(each for each in texts if _has_words(each)), *pages, *texts]), None)


def _has_words(part: Message) -> bool:
    """Whether there is more in a text than "see this mail in your browser"."""
    body = part.get_payload(decode=True)
    return isinstance(body, bytes) and len(body.split()) >= _FEW_WORDS


def _header(message: Message, name: str) -> str:
    """A header's value, its encoded words (RFC 2047) decoded, on one line; as it stands where that fails."""
    value = str(message.get(name) or "")[:_LONGEST_HEADER]
    with suppress(MessageError, ValueError, LookupError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.split())
