"""Front matter: the fields between two lines of ``---`` at the top of a Markdown or plain text.

Promise: only lines that are plainly fields are taken for front matter, and each value keeps its place in the text. The
odd case that forced the shape: a text may open with a rule and have another one further down, and what stands between
is its first paragraphs. So every line must be a field, an item of a list or go on with the field above it, and one
field must be known. Of YAML no more is read than texts have: plain and quoted values, lists, and folded lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from onrecord.nouns import PublisherClaim, Span
from onrecord.page.limits import LIMITS
from onrecord.tables import table

_MATTER = re.compile(r"---[ \t]*(?:\r\n|\r|\n)(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.DOTALL | re.M)
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>\S.*?))?[ \t]*$")
_MORE = re.compile(r"(?P<item>[ \t]*-[ \t]+)?(?(item)|[ \t]+)(?P<value>\S.*?)[ \t]*$")
_LINE = re.compile(r"[^\r\n]+")
_FOLDED = re.compile(r"[>|][+-]?\d?$")
_QUOTED = re.compile(r"(?P<mark>[\"'])(?P<words>.*)(?P=mark)$")
_NAME = re.compile(r"name:[ \t]+", re.IGNORECASE)
_LONGEST = 20_000
"""Code points within which the second line of ``---`` must stand."""


class Value(NamedTuple):
    """One value of a field: its words, and their place in the text (without quotation marks around them)."""

    words: str
    span: Span


class Matter(NamedTuple):
    """The front matter of a text; where it has none, ``end`` is 0 and nothing is in it."""

    end: int
    """Where the text itself begins, in code points."""
    fields: dict[str, list[Value]]
    """Values by the key as written, in lower case."""

    def of(self, kind: str) -> list[Value]:
        """Return the values of the first field that ``names.toml`` lists for ``kind`` (``title``, ``author`` …)."""
        return next((self.fields[key] for key in _keys()[kind] if self.fields.get(key)), [])

    def claims(self) -> tuple[PublisherClaim, ...]:
        """Return all the fields as they stand, as the publisher's word."""
        found = [
            PublisherClaim(source="front-matter", key=key, value=value.words[: LIMITS.claim_length])
            for key, values in self.fields.items()
            for value in values
        ]
        return tuple(found[: LIMITS.publisher_claims])


NONE = Matter(0, {})


@cache
def _keys() -> dict[str, list[str]]:
    keys: dict[str, list[str]] = table("page", "en", "names")["front_matter"]
    return keys


def front_matter(text: str) -> Matter:
    """Return the front matter that a text begins with, `NONE` where it begins with none."""
    if not text.startswith("---") or not (found := _MATTER.match(text, 0, _LONGEST)):
        return NONE
    fields: dict[str, list[Value]] = {}
    key, folded = "", False
    for line in _LINE.finditer(text, *found.span("fields")):
        words = line.group()
        if field := _FIELD.match(words):
            key = field["key"].strip().lower()
            values = fields.setdefault(key, [])
            folded = bool(field["value"] and _FOLDED.match(field["value"]))
            if field["value"] and not folded:
                values += _values(field["value"], line.start() + field.start("value"))
        elif key and (more := _MORE.match(words)):
            named = _NAME.match(more["value"])
            start = line.start() + more.start("value") + (named.end() if named else 0)
            inner = not folded and not named and _FIELD.match(more["value"])  # such as the address of an author
            value = _values(text[start : line.start() + more.end("value")], start) if not inner else []
            fields[key] = fields[key] + value if more["item"] or named else _joined(text, fields[key], value)
        elif words.strip() and not words.startswith("#"):
            return NONE
    known = {key for keys in _keys().values() for key in keys}
    return Matter(found.end(), fields) if known & fields.keys() else NONE


def _joined(text: str, values: Sequence[Value], more: Sequence[Value]) -> list[Value]:
    """The values, the last of which goes on with ``more``."""
    if not values or not more:
        return [*values, *more]
    start, end = values[-1].span[0], more[-1].span[1]
    return [*values[:-1], Value(" ".join(text[start:end].split()), (start, end))]


def _values(words: str, start: int) -> list[Value]:
    """The value that begins at ``start``, or the several of a list in brackets."""
    if words.startswith("[") and words.endswith("]"):
        found = re.finditer(r"\s*(\"[^\"]*\"|'[^']*'|[^,]+?)\s*(?:,|$)", words[1:-1])
        return [each for item in found for each in _values(item[1], start + 1 + item.start(1))]
    if quoted := _QUOTED.match(words):
        inner = (
            quoted["words"].replace("''", "'") if quoted["mark"] == "'" else re.sub(r"\\(.)", r"\1", quoted["words"])
        )
        return [Value(inner, (start + 1, start + len(words) - 1))] if inner.strip() else []
    bare = re.sub(r"(?<=\S)\s++#.*$", "", words)
    return [Value(bare, (start, start + len(bare)))] if bare and bare not in ("~", "null", "[]", "{}") else []
