"""The tree of a marked page, read into leaves: the smallest blocks of text, each with the stretches it is made of.

Promise: every numbered stretch that the tree builder kept as text is in exactly one leaf; leaves come in the order of
the page. The odd case that forced the shape: a ``div`` may hold words, then a paragraph, then words again, and lines
parted by two ``br`` are paragraphs too, so a leaf is not an element but a run of stretches that nothing parts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
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


class _Place(NamedTuple):
    """An element that text may stand in. ``block`` numbers the nearest element that is a block, ``tag`` is its name."""

    block: int
    tag: str
    within: frozenset[str]
    element: Any
    above: _Place | None


class Leaf(NamedTuple):
    """A block of text that no other block parts."""

    stretches: tuple[int, ...]
    tag: str
    """The nearest element that is a block: ``p``, ``h1``, ``li``, ``div`` …"""
    within: frozenset[str]
    """Which of aside, blockquote, figcaption, figure, footer, header, nav, noscript, table, time and a it stands in."""
    breaks: frozenset[int]
    """The stretches that begin a new line of the leaf."""
    places: tuple[_Place, ...]
    """The element of each stretch."""

    @property
    def hint(self) -> str:
        """What the names of its elements' classes say it is: a key of ``hints`` in ``names.toml``, else ``""``.

        One stretch without a hint is enough: the leaf has none.
        """
        first = ""
        for at, place in enumerate(dict.fromkeys(self.places)):
            hint = _hint_of(place)
            if not hint:
                return ""
            first = hint if at == 0 else first
        return first


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


@cache
def _hints() -> re.Pattern[str]:
    words = table("page", "en", "names")["hints"]
    return re.compile("|".join(f"(?P<{key}>{'|'.join(each)})" for key, each in words.items()), re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _hint(names: str) -> str:
    """What the names of an element say its words are; ``""``: nothing."""
    found = _hints().search(names)
    return (found.lastgroup or "") if found else ""


_NOWHERE = _Place(0, "body", frozenset(), None, None)


def leaves(root: Any) -> list[Leaf]:
    """Return the leaves of a tree in the order of the page."""
    places: dict[Any, _Place | None] = {None: _NOWHERE}
    found: list[tuple[int, int, _Place]] = []
    line = blocks = 0
    finditer = MARK.finditer
    for element in root.iter(etree.Element):
        above = places.get(element.getparent(), _NOWHERE)
        tag = element.tag
        block = tag not in _INLINE and tag != "br"
        place: _Place | None
        if above is None or tag in _SKIPPED:
            place = None
        elif tag == "br":
            line += 1
            place = above
        elif block:
            blocks += 1
            line += 1
            within = above.within | {tag} if tag in _KEPT_WITHIN else above.within
            place = _Place(blocks, tag, within, element, above)
        else:
            place = _Place(above.block, above.tag, above.within, element, above)
        places[element] = place
        if place is not None and (text := element.text) and not text.isspace():
            found += [(number(match), line, place) for match in finditer(text)]
        if above is not None:
            line += 2 if block else 0
            if (tail := element.tail) and not tail.isspace():
                found += [(number(match), line, above) for match in finditer(tail)]
    found.sort(key=lambda each: each[0])
    return _grouped(found)


def _hint_of(place: _Place) -> str:
    """The hint of the nearest element that has one, at most a few levels up and below the page's containers."""
    at: _Place | None = place
    for _ in range(_HINT_LEVELS):
        if at is None or at.element is None or at.element.tag in _CONTAINERS:
            break
        get = at.element.get
        names = [value for key in ("class", "itemprop", "rel", "id") if (value := get(key))]
        if names and (hint := _hint(" ".join(names))):
            return hint
        at = at.above
    return ""


def _grouped(found: list[tuple[int, int, _Place]]) -> list[Leaf]:
    """Stretches that follow each other in one block are a leaf; two line breaks begin another."""
    result: list[Leaf] = []
    part: list[int] = []
    breaks: set[int] = set()
    places: list[_Place] = []
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
            result.append(Leaf(tuple(part), place.tag, place.within, frozenset(breaks), tuple(places)))
            part, breaks, places = [], set(), []
        if each is not None:
            part.append(each[0])
            places.append(each[2])
        before = each
    return result
