"""The tree of a marked page, read into leaves: the smallest blocks of text, each with the stretches it is made of.

Promise: every numbered stretch that the tree builder kept as text is in exactly one leaf; leaves come in the order of
the page. The odd case that forced the shape: a ``div`` may hold words, then a paragraph, then words again, and lines
parted by two ``br`` are paragraphs too, so a leaf is not an element but a run of stretches that nothing parts.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lxml import etree, html

from onrecord.page.scan import MARK, flattened, number
from onrecord.tables import table

_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "nobr",
        "output",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "picture",
        "source",
        "link",
        "meta",
    )
)
_SKIPPED = frozenset(
    (
        "script",
        "style",
        "template",
        "textarea",
        "title",
        "noembed",
        "noframes",
        "xmp",
        "svg",
        "math",
        "select",
        "option",
        "button",
    )
)
_CONTAINERS = frozenset(("html", "body", "main", "article"))
_HINT_LEVELS = 3


class Leaf(NamedTuple):
    """A block of text that no other block parts."""

    stretches: tuple[int, ...]
    tag: str
    """The nearest element that is a block: ``p``, ``h1``, ``li``, ``div`` …"""
    hint: str
    """What the names of its classes say it is: a key of ``hints`` in ``names.toml``, else ``""``."""
    within: frozenset[str]
    """Which of aside, blockquote, figcaption, figure, footer, header, nav, noscript, table, time and a it stands in."""
    breaks: frozenset[int]
    """The stretches that begin a new line of the leaf."""


_KEPT_WITHIN = frozenset(
    (
        "aside",
        "blockquote",
        "figcaption",
        "figure",
        "footer",
        "header",
        "nav",
        "noscript",
        "table",
        "td",
        "th",
        "form",
        "address",
    )
)


def parse(marked: str) -> Any:
    """Return the root element of a marked page, or None where there is not one element in it."""
    root, deep = _parse(marked)
    if deep:
        root, _ = _parse(flattened(marked))
    return root


def _parse(marked: str) -> tuple[Any, bool]:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(marked.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, any("depth" in each.message for each in parser.error_log)
    last = parser.error_log.last_error
    return root, last is not None and "depth" in last.message


def hint_pattern() -> re.Pattern[str]:
    """Return the pattern of the class names that tell what a block is; made once."""
    global _hints
    if _hints is None:
        words = table("page", "en", "names")["hints"]
        _hints = re.compile("|".join(f"(?P<{key}>{'|'.join(each)})" for key, each in words.items()), re.IGNORECASE)
    return _hints


_hints: re.Pattern[str] | None = None


class _Place(NamedTuple):
    block: int
    tag: str
    hint: str
    levels: int
    within: frozenset[str]


def leaves(root: Any) -> list[Leaf]:
    """Return the leaves of a tree in the order of the page."""
    pattern = hint_pattern()
    places: dict[Any, _Place | None] = {}
    found: list[tuple[int, int, _Place]] = []
    line = blocks = 0
    nowhere = _Place(0, "body", "", 0, frozenset())
    for element in root.iter(etree.Element):
        parent = element.getparent()
        above = places.get(parent, nowhere) if parent is not None else nowhere
        tag = element.tag
        place: _Place | None
        if above is None or tag in _SKIPPED:
            place = None
        elif tag == "br":
            line += 1
            place = above
        else:
            hint, levels = above.hint, above.levels - 1
            if tag not in _CONTAINERS and (names := _names(element)) and (match := pattern.search(names)):
                hint, levels = match.lastgroup or "", _HINT_LEVELS
            elif levels <= 0:
                hint = ""
            if tag in _INLINE:
                place = above._replace(hint=hint, levels=levels) if hint != above.hint else above
            else:
                blocks += 1
                line += 1
                within = above.within | {tag} if tag in _KEPT_WITHIN else above.within
                place = _Place(blocks, tag, hint, levels, within)
        places[element] = place
        if place is not None and (text := element.text):
            for match in MARK.finditer(text):
                found.append((number(match), line, place))
        if tag == "br" or tag not in _INLINE:
            pass
        if above is not None and (tail := element.tail):
            if tag not in _INLINE and tag != "br":
                line += 2
            for match in MARK.finditer(tail):
                found.append((number(match), line, above))
    found.sort(key=lambda each: each[0])
    return _grouped(found)


def _names(element: Any) -> str:
    get = element.get
    return " ".join(filter(None, (get("class"), get("itemprop"), get("rel"), get("id"))))


def _grouped(found: list[tuple[int, int, _Place]]) -> list[Leaf]:
    """Stretches that follow each other in one block are a leaf; two line breaks begin another."""
    result: list[Leaf] = []
    part: list[int] = []
    breaks: set[int] = set()
    tags: list[str] = []
    before: tuple[int, int, _Place] | None = None
    for each in [*found, None]:
        same = (
            each is not None
            and before is not None
            and each[2].block == before[2].block
            and each[0] != before[0]
            and each[1] - before[1] < 2
        )
        if same and each is not None and before is not None:
            if each[1] != before[1]:
                breaks.add(each[0])
        elif part and before is not None:
            place = before[2]
            hint = next((h for h in tags if h), "") if all(tags) else ""
            result.append(Leaf(tuple(part), place.tag, hint, place.within, frozenset(breaks)))
            part, breaks, tags = [], set(), []
        if each is not None:
            part.append(each[0])
            tags.append(each[2].hint)
        before = each
    return result
