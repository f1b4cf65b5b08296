"""The tree of a marked page, read into leaves: the smallest blocks of text, each with the stretches it is made of.

Promise: every numbered stretch that the tree builder kept as text is in exactly one leaf; leaves come in the order of
the page. The odd case that forced the shape: a ``div`` may hold words, then a paragraph, then words again, and lines
parted by two ``br`` are paragraphs too, so a leaf is not an element but a run of stretches that nothing parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from lxml import etree, html

from onrecord.page.scan import MARK, flattened, number
from onrecord.tables import table

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hgroup", "hr", "html", "iframe", "legend", "li", "main", "menu", "nav", "noscript", "object",
    "ol", "optgroup", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    "video", "audio",
))  # fmt: skip
"""All others are inline, as in browsers: also the names that publishers make up (``location``, ``amp-ad``)."""
_SKIPPED = frozenset((
    "script", "style", "template", "textarea", "title", "noembed", "noframes", "xmp", "svg", "math", "select",
    "option", "button",
))  # fmt: skip
STRUCK = frozenset(("del", "s", "strike"))
"""What a page shows struck out: it no longer says so."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CONTAINERS = frozenset(("html", "body", "main", "article"))
_KEPT_WITHIN = frozenset((
    "aside", "blockquote", "figcaption", "figure", "footer", "header", "nav", "noscript", "table", "td", "th", "form",
    "address",
))  # fmt: skip
_HINT_LEVELS = 3
# The judge wants lxml's HtmlElement. lxml.html would choose a class for each element in Python, at every touch.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement)


class Place(NamedTuple):
    """An element that text may stand in.

    ``tag`` names the nearest element that is a block; ``block`` numbers that, or what is struck out.
    """

    block: int
    tag: str
    within: frozenset[str]
    element: Any
    above: Place | None


class Leaf(NamedTuple):
    """A block of text that no other block parts."""

    stretches: tuple[int, ...]
    tag: str
    """The nearest element that is a block: ``p``, ``h1``, ``li``, ``div`` …"""
    within: frozenset[str]
    """Which of the elements of `_KEPT_WITHIN` it stands in; what is struck out is a leaf by itself."""
    breaks: frozenset[int]
    """The stretches that begin a new line of the leaf."""
    places: tuple[Place, ...]
    """The element of each stretch."""

    @property
    def linked(self) -> bool:
        """True where all of its text is in links."""
        return all(_in_link(place) for place in self.places)

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


def parse(marked: str) -> Any:
    """Return the root element of a marked page, or None where there is not one element in it."""
    root, deep = _parse(marked)
    if deep:
        root, _ = _parse(flattened(marked))
    return root


def _parse(marked: str) -> tuple[Any, bool]:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = html.document_fromstring(_NOT_XML.sub(" ", marked).encode(), parser=parser, ensure_head_body=False)
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


_NOT_XML = re.compile(
    "[\x01-\x08\x0b\x0e-\x1f\ufffe\uffff]"
    "|&#(?:0*(?:[1-8]|1[14-9]|2[0-9]|3[01]|6553[45])(?![0-9])|x0*(?:[1-8be-f]|1[0-9a-f]|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)
"""Characters, and references to them, that no XML tree may hold (XML 1.0, production 2): the judge would give up."""

_NOWHERE = Place(0, "body", frozenset(), None, None)


def leaves(root: Any, lines: Sequence[int]) -> list[Leaf]:
    """Return the leaves of a tree in the order of the page; ``lines`` are the line breaks before each stretch."""
    places: dict[Any, Place | None] = {None: _NOWHERE}
    found: list[tuple[int, Place]] = []
    finditer = MARK.finditer
    for element in root.iter(etree.Element):
        if (text := element.text) and not text.isspace() and (place := _place(element, places)) is not None:
            found += [(number(match), place) for match in finditer(text)]
        tail = element.tail
        if tail and not tail.isspace() and (place := _place(element.getparent(), places)) is not None:
            found += [(number(match), place) for match in finditer(tail)]
    found.sort(key=lambda each: each[0])
    struck = [each for each in found if not STRUCK.isdisjoint(each[1].within)]
    if not struck:
        return _grouped(found, lines)
    kept = [each for each in found if STRUCK.isdisjoint(each[1].within)]
    return sorted(_grouped(kept, lines) + _grouped(struck, lines), key=lambda each: each.stretches[0])


def _place(element: Any, places: dict[Any, Place | None]) -> Place | None:
    """The place that an element is, None within those that are skipped; ``places`` keeps what was found before."""
    unknown = []
    while element not in places:
        unknown.append(element)
        element = element.getparent()
    place = places[element]
    for each in reversed(unknown):
        tag = each.tag
        if place is not None and tag in _SKIPPED:
            place = None
        elif place is not None and tag in BLOCKS:
            within = place.within | {tag} if tag in _KEPT_WITHIN else place.within
            place = Place(len(places), tag, within, each, place)
        elif place is not None and tag in STRUCK:
            place = Place(len(places), place.tag, place.within | {tag}, each, place)
        elif place is not None:
            place = Place(place.block, place.tag, place.within, each, place)
        places[each] = place
    return place


def _in_link(place: Place) -> bool:
    at: Place | None = place
    while at is not None and at.element is not None and at.element.tag not in BLOCKS:
        if at.element.tag == "a":
            return True
        at = at.above
    return False


def _hint_of(place: Place) -> str:
    """The hint of the nearest element that has one, at most a few levels up and below the page's containers."""
    at: Place | None = place
    for _ in range(_HINT_LEVELS):
        if at is None or at.element is None or at.element.tag in _CONTAINERS:
            break
        get = at.element.get
        names = [value for key in ("class", "itemprop", "rel", "id") if (value := get(key))]
        if names and (hint := _hint(" ".join(names))):
            return hint
        at = at.above
    return ""


def _grouped(found: Sequence[tuple[int, Place]], lines: Sequence[int]) -> list[Leaf]:
    """Stretches that follow each other in one block are a leaf; two line breaks begin another."""
    result: list[Leaf] = []
    part: list[int] = []
    places: list[Place] = []
    breaks: set[int] = set()

    def finish() -> None:
        if part:
            first = places[0]
            result.append(Leaf(tuple(part), first.tag, first.within, frozenset(breaks), tuple(places)))
            part.clear()
            places.clear()
            breaks.clear()

    for i, place in found:
        if part and (i == part[-1] or i >= len(lines)):
            continue
        if part and (place.block != places[0].block or lines[i] >= 2):
            finish()
        elif part and lines[i]:
            breaks.add(i)
        part.append(i)
        places.append(place)
    finish()
    return result
