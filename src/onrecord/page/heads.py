"""Headline, byline and date in one box, parted by mere line breaks: the layout of pages before style sheets.

Promise: only the lines above the article's words are parted, and only where one of them is plainly a byline or a date;
a poem, an address or a letter keeps its lines together. The odd case that forced the shape: the first paragraph often
follows after one more line break, so a leaf is parted after its last such line and the rest stays one leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from onrecord.page.lines import byline_names, date_line
from onrecord.page.tree import Leaf
from onrecord.page.words import Words

_HEAD = 6
"""Lines that a head has at most."""
_LINE = 200
"""Code points of the longest line of a head."""


def heads_apart(
    leaves: Sequence[Leaf], words: Sequence[Words], read: Callable[[Leaf], Words]
) -> tuple[list[Leaf], list[Words]]:
    """Return leaves and their words with each line of a head as a leaf of its own; ``read`` gives the words of one."""
    found: list[Leaf] = []
    texts: list[Words] = []
    for leaf, each in zip(leaves, words, strict=True):
        if leaf.breaks and "\n" in each.text[:_LINE] and any(map(_states, each.text.split("\n", _HEAD)[:_HEAD])):
            parts = _parted(leaf, read)
            found += [part for part, _ in parts]
            texts += [part for _, part in parts]
        else:
            found.append(leaf)
            texts.append(each)
    return found, texts


def _states(line: str) -> bool:
    return date_line(line) or byline_names(line) is not None


def _parted(leaf: Leaf, read: Callable[[Leaf], Words]) -> list[tuple[Leaf, Words]]:
    """The lines of a leaf's head and the rest of it, each with its words."""
    starts = [0, *(at for at, i in enumerate(leaf.stretches) if at and i in leaf.breaks)]
    cuts = [*starts[:_HEAD], len(leaf.stretches)]
    head = [(part := _part(leaf, low, high), read(part)) for low, high in pairwise(cuts[: _HEAD + 1])]
    last = max((at for at, (_, words) in enumerate(head) if _states(words.text)), default=-1)
    if any(len(words.text) > _LINE for _, words in head[: last + 1]):
        last = -1
    rest = _part(leaf, cuts[last + 1], len(leaf.stretches)) if cuts[last + 1] < len(leaf.stretches) else None
    return [*head[: last + 1], *([(rest, read(rest))] if rest else [])]


def _part(leaf: Leaf, low: int, high: int) -> Leaf:
    stretches = leaf.stretches[low:high]
    return leaf._replace(
        stretches=stretches,
        places=leaf.places[low:high],
        breaks=frozenset(leaf.breaks.intersection(stretches[1:])),
    )
