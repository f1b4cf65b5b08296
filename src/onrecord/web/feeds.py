"""Which addresses are feeds and calendars, and the key that may stand in them for who can't log in.

Promise: a key opens these addresses and no other, and what is answered there does not have it. The odd case that forced
the shape: the id of a document may end as a calendar does, so that an ending alone tells nothing.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from onrecord.publish.formats import FORMATS, Kind

_TOLD: dict[Kind, str] = {"events": "events", "changes": "what changed", "statements": "who said what"}

KEY = "key"
"""The parameter that a key is."""

_FORMATS = [each for each in FORMATS.values() if each.followed]

OF_ALL = {f"/{kind}{form.suffix}": f"{_TOLD[kind]} ({form.followed})" for form in _FORMATS for kind in form.kinds}
"""The feeds and calendars of a whole ledger, each with what it is."""

OF_CHANGES = {path: told for path, told in OF_ALL.items() if path.startswith("/changes.")}
"""Those of them that tell what changed."""

_OF_ONE = re.compile(rf"/(?:events|alerts)/[^/]+(?:{'|'.join(re.escape(form.suffix) for form in _FORMATS)})")


def is_feed(path: str) -> bool:
    """Return whether a feed or calendar lies at a path: of the whole ledger, of one event, of one alert rule."""
    return path in OF_ALL or _OF_ONE.fullmatch(path) is not None


def without_key(query: str) -> str:
    """Return what stands in an address behind the question mark, without any key; the rest of it as it was."""
    return "&".join(each for each in query.split("&") if unquote_plus(each.partition("=")[0]) != KEY)
