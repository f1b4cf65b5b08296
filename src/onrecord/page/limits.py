"""What the page room refuses, and where it stops: every number of the room that guards time or memory stands here.

Promise: whatever the bytes are, `read_page` returns or raises `UnreadableInput` within five seconds of one core. The
odd case that forced the shape: a page nested 10,000 deep is small and legal, and crashes programs that walk a tree by
recursion, so depth is limited before any tree is handed on.
"""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The sizes up to which a page is read. All are inclusive."""

    raw_bytes: int = 20_000_000
    """Bytes of the input; more is refused."""
    text: int = 6_000_000
    """Code points of the article's text; more is refused. A paragraph of 5 MB is to be shown."""
    read: int = 1_000_000
    """Code points of it that are read; more is kept with a warning. To read so many takes a minute and a gigabyte."""
    lines: int = 50_000
    """Lines of a plain text that are not blank; more is refused."""
    mended: int = 20_000
    """Broken sequences of one page that are mended; the rest is left as it stands."""
    html_text_runs: int = 20_000
    """Pieces of text between the tags of one page; more is refused. The longest page of the benchmark has 853."""
    html_text: int = 6_000_000
    """Code points between the tags of one page, furniture and all; more is refused."""
    judged_texts: int = 5_000
    """Text nodes up to which a page is judged with its links and bold type, more by its blocks alone: the judge's time
    grows with the square of the text around these. The page of the benchmark with the most has 2,379."""
    html_tags: int = 120_000
    """Tags of one page; more is refused. Long news pages have about three thousand."""
    tag_length: int = 6_000
    """Code points of one tag; longer ones are looked at more closely."""
    tag_kept: int = 1_000_000
    """Code points of one tag (a picture may be written into it); longer ones lose their attributes in the tree."""
    attributes: int = 200
    """Attributes of one long tag; where it has more they are left out before the tree is built."""
    depth: int = 200
    """Elements open at one time; deeper ones are taken out of the tree and their text stays with the last one kept."""
    sniff_bytes: int = 40_000
    """Bytes looked at to find an encoding that nothing names."""
    json_ld_bytes: int = 500_000
    """Code points of one JSON-LD block; longer ones are left unread (libxml2 gives up at 10 MB)."""
    json_ld_depth: int = 40
    """Levels of lists and objects in JSON-LD that are looked into."""
    publisher_claims: int = 60
    """Fields of the publisher's structured data that are kept."""
    claim_length: int = 500
    """Code points of one such field; the rest is cut off."""
    dropped: int = 120
    """Pieces of a page's furniture that are listed."""
    dropped_length: int = 400
    """Code points shown of one such piece."""
    repairs: int = 500
    """Repairs of the encoding that are listed one by one."""


LIMITS = Limits()
"""The limits in force."""
