"""Which stretches of a page are the article, by trafilatura's judgement.

Promise: the judge says only yes or no to numbered stretches; the words come from the page itself. The odd case that
forced the shape: where an article stands only in the page's structured data, trafilatura gives words without numbers;
these are returned as words and looked for among the leaves.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, NamedTuple

from lxml import etree
from trafilatura import bare_extraction

from onrecord.page.limits import LIMITS
from onrecord.page.lines import words_of
from onrecord.page.scan import MARK, number
from onrecord.page.tree import BLOCKS, Leaf

# Elements that trafilatura would throw away as well, or has no use for; to do it at once, in C, halves its time.
_NEVER_ARTICLE = (
    "aside", "embed", "footer", "menu", "object", "canvas", "map", "picture", "video", "audio", "area", "button",
    "datalist", "dialog", "link", "input", "nav", "noscript", "option", "optgroup", "select", "progress", "source",
    "meta", "img", "style",
)  # fmt: skip

_MAY_BE_EMPTY = ("div", "section", "span", "i", "ul", "p", "figure", "form", "svg", "iframe")
_NOT_INLINE = BLOCKS | {"br", "script", "meta", "title", "time"}

logging.getLogger("trafilatura").addHandler(logging.NullHandler())


class Judged(NamedTuple):
    """What the judge takes for the article."""

    stretches: frozenset[int]
    unnumbered: frozenset[tuple[str, ...]]
    """The words of paragraphs that came without numbers."""


def judge(root: Any, leaves: Sequence[Leaf]) -> Judged:
    """Return which stretches of the tree are the article, given all its leaves.

    The tree is used up: elements are taken out of it.
    """
    etree.strip_elements(root, *_NEVER_ARTICLE, with_tail=False)
    _without_empty(root, leaves)
    if root.xpath("count(//text())") > LIMITS.judged_texts:
        _to_blocks(root)
    try:
        judged = bare_extraction(
            root, fast=True, favor_recall=True, include_comments=False, output_format="xml", with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError):
        judged = None
    body = getattr(judged, "body", None)
    if body is None:
        return Judged(frozenset(), frozenset())
    numbers: set[int] = set()
    unnumbered: set[tuple[str, ...]] = set()
    for piece in body.itertext():
        marks = [number(found) for found in MARK.finditer(piece)]
        if marks:
            numbers.update(marks)
        elif len(words := words_of(piece)) >= 4:
            unnumbered.add(words)
    return Judged(frozenset(numbers), frozenset(unnumbered))


def _without_empty(root: Any, leaves: Sequence[Leaf]) -> None:
    """Take out of a tree what holds neither text nor data: of the elements of news pages a quarter."""
    full: set[Any] = set()
    holders = [script.getparent() for script in root.iter("script")]
    holders += [place.element for leaf in leaves for place in leaf.places]
    for element in holders:
        while element is not None and element not in full:
            full.add(element)
            element = element.getparent()
    for element in [each for each in root.iter(*_MAY_BE_EMPTY) if each not in full]:
        element.tag = "empty"
    etree.strip_elements(root, "empty", with_tail=False)


def _to_blocks(root: Any) -> None:
    """Take the inline elements out of a tree, and make one text node of the many that this leaves side by side."""
    etree.strip_tags(root, *{element.tag for element in root.iter(etree.Element)} - _NOT_INLINE)
    for element in root.iter(etree.Element):
        if element.text:
            element.text = str(element.text)
        if element.tail:
            element.tail = str(element.tail)
