"""What a server says its answer is: the type and the encoding of a ``Content-Type`` header (RFC 9110, 8.3)."""

from __future__ import annotations

import re
from typing import Literal

Media = Literal["html", "text", "markdown"]

PAGES: dict[str, Media | None] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "": None,
}
"""Types that are pages or texts, with what they are; what has no type is looked into."""

NEVER = re.compile(r"(?:image|audio|video|font)/|text/(?:css|javascript)$|application/javascript$")
"""Types that are no page, no feed and no archive."""

_CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w:.-]+)")


def stated(content_type: str) -> tuple[str, str | None]:
    """Return the type in small letters (empty: none is stated) and the encoding of a Content-Type."""
    charset = _CHARSET.search(content_type)
    return content_type.partition(";")[0].strip().lower(), charset[1] if charset else None
