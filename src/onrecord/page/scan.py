"""Where the text of an HTML page stands: one pass over the decoded page finds the text between its tags.

Promise: `scan` gives every stretch of text with its exact place, and a copy of the page for the tree builder in which
each stretch begins with its number, written in signs that no page uses for words. What the tree builder then repairs or
moves about does not matter: the number says where the text came from. The odd case that forced the shape: quotation
marks hide a ``>`` only in an attribute's value, and script or style hold text that is none, so the pattern follows the
HTML standard's tokenizer in these two, without backtracking (its time is linear whatever the page is).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.page.limits import LIMITS

_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+(?:>|\Z)"""
_COMMENT = r"<!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))"
_TAG = rf"(?:/?[a-z]{_ATTRIBUTES}|(?:[!?]|/(?![a-z]))[^>]*+(?:>|\Z))"
_TEXT = r"(?:[^<\s]|<(?![a-z/!?]))(?:[^<]++|<(?![a-z/!?]))*+"
_NEEDLESS = re.compile(
    rf"<(?P<raw>script|style|noembed|noframes|xmp)(?=[\s/>])(?![^>]*ld\+json){_ATTRIBUTES}"
    rf"(?:[^<]++|<(?!/(?P=raw)[\s/>]))*+(?:</(?P=raw){_ATTRIBUTES}|\Z)"
    rf"|<svg(?=[\s>]){_ATTRIBUTES}(?:[^<]++|<(?!/?svg[\s>]))*+</svg\s*>"
    rf"|{_COMMENT}",
    re.IGNORECASE,
)
_STRETCH = re.compile(
    rf"(?:\s++|<(?!script|title|textarea){_TAG}"
    + "".join(
        rf"|<{raw}(?=[\s/>]){_ATTRIBUTES}(?:[^<]++|<(?!/{raw}[\s/>]))*+" for raw in ("title", "textarea", "script")
    )
    + rf"|<{_TAG})*+(?P<text>{_TEXT})?",
    re.IGNORECASE,
)
_DATA = re.compile(rf"(?P<tag><script(?=[\s/>]){_ATTRIBUTES})(?P<body>(?:[^<]++|<(?!/script[\s/>]))*+)", re.IGNORECASE)
_BREAK = re.compile(r"<[bh]r(?=[\s/>])", re.IGNORECASE)
_ANY_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-z][^\s/>]*+){_ATTRIBUTES}", re.IGNORECASE)
_LONG_TAG = re.compile(rf"<[a-z][^<>]{{{LIMITS.tag_length}}}", re.IGNORECASE)
_VOID = frozenset((
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
    "param", "source", "track", "wbr",
))  # fmt: skip

FIRST_SIGN, SIGNS = 0x1D800, 512
"""Sutton SignWriting: printable, no word characters, and not used on the web outside of research."""
MARK = re.compile("([\U0001d800-\U0001d9ff])([\U0001d800-\U0001d9ff])")
_SIGN = re.compile("[\U0001d800-\U0001daaf]")


class Scan(NamedTuple):
    """The stretches of text of a page, and the page with their numbers in it."""

    starts: list[int]
    ends: list[int]
    """Of stretch ``i``: where its first word begins, and where the next tag begins; code points of the decoded page."""
    lines: list[int]
    """How many line breaks (``br``, ``hr``) stand before stretch ``i`` and after the one before it."""
    marked: str
    """The page with numbers; scripts (save JSON-LD), styles, drawings and comments are left out."""


def mark(i: int) -> str:
    """Return the two signs that stand for stretch ``i``."""
    return chr(FIRST_SIGN + i // SIGNS) + chr(FIRST_SIGN + i % SIGNS)


def number(found: re.Match[str]) -> int:
    """Return the number of the stretch that a match of MARK stands for."""
    return (ord(found[1]) - FIRST_SIGN) * SIGNS + ord(found[2]) - FIRST_SIGN


_MARKS = [mark(i) for i in range(8192)]


def scan(page: str) -> Scan:
    """Return the stretches of text of a decoded page. Raises LookupError in words where there are too many."""
    source, kept, cut = _without_needless(page)
    if _SIGN.search(source):
        source = _SIGN.sub("\ufffd", source)
    if "\x00" in source:
        source = source.replace("\x00", "\ufffd")
    if source.count("<") > LIMITS.html_tags:
        raise LookupError(f"the page has more than the {LIMITS.html_tags:,} tags that are read")
    starts: list[int] = []
    ends: list[int] = []
    lines: list[int] = []
    out: list[str] = []
    at = piece = stop = 0
    last = len(kept) - 1
    for found in _STRETCH.finditer(source):
        start, end = found.span("text")
        if start < 0:
            break  # nothing but markup is left
        lines.append(len(_BREAK.findall(source, stop, start)) if start - stop > 3 else 0)
        n = len(starts)
        if n >= LIMITS.html_text_runs:
            raise LookupError(f"the page has more than the {LIMITS.html_text_runs:,} pieces of text that are read")
        while True:  # a stretch goes on over what was left out; it becomes one stretch for each kept part
            while piece < last and kept[piece + 1] <= start:
                piece += 1
            stop = end if piece == last else min(end, kept[piece + 1])
            starts.append(start + cut[piece])
            ends.append(stop + cut[piece])
            out += (source[at:start], _MARKS[n] if n < len(_MARKS) else mark(n))
            at = start
            if stop == end:
                break
            start, n = stop, n + 1
            lines.append(0)
    out.append(source[at:])
    length = sum(ends) - sum(starts)
    if length > LIMITS.html_text:
        raise LookupError(
            f"the page has {length:,} characters of text, more than the {LIMITS.html_text:,} that are read"
        )
    marked = "".join(out)
    if len(marked) > LIMITS.json_ld_bytes:
        marked = _DATA.sub(lambda data: data[0] if len(data["body"]) <= LIMITS.json_ld_bytes else data["tag"], marked)
    return Scan(starts, ends, lines, _without_long_tags(marked) if _LONG_TAG.search(marked) else marked)


def flattened(marked: str) -> str:
    """Return a marked page without the tags that stand deeper than LIMITS.depth; their text stays."""
    out: list[str] = []
    at = depth = 0
    for tag in _ANY_TAG.finditer(marked):
        if tag["name"].lower() in _VOID:
            continue
        out.append(marked[at : tag.start()])
        at = tag.end()
        if tag["end"]:
            keep = depth <= LIMITS.depth
            depth = max(0, depth - 1)
        else:
            depth += 1
            keep = depth <= LIMITS.depth
        out.append(tag.group() if keep else " ")
    out.append(marked[at:])
    return "".join(out)


def _without_long_tags(marked: str) -> str:
    """The page with the attributes left out of tags that have very many, or are longer than libxml2 takes."""

    def short(tag: re.Match[str]) -> str:
        whole = tag.group()
        crowded = len(whole) > LIMITS.tag_length and len(whole.split(None, LIMITS.attributes + 1)) > LIMITS.attributes
        return f"<{tag['end']}{tag['name']}>" if crowded or len(whole) > LIMITS.tag_kept else whole

    return _ANY_TAG.sub(short, marked)


def _without_needless(page: str) -> tuple[str, list[int], list[int]]:
    """The page without scripts, styles, drawings and comments; where each kept part begins, and what was cut before."""
    parts: list[str] = []
    kept: list[int] = []
    cut: list[int] = []
    at = length = 0
    for found in _NEEDLESS.finditer(page):
        start, end = found.span()
        if start > at:
            parts.append(page[at:start])
            kept.append(length)
            cut.append(at - length)
            length += start - at
        at = end
    parts.append(page[at:])
    kept.append(length)
    cut.append(at - length)
    return "".join(parts), kept, cut
