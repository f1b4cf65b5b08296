"""What of the chosen leaves is left out again, and why: repetitions, furniture, headings and links that lead elsewhere.

Promise: each function adds to ``dropped`` and takes nothing out of ``kinds``; all are linear in the words of the page.
The odd case that forced the shape: pages of thousands of quotations set apart are small, so a quotation is looked for
only where its first words stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.nouns import BlockKind, DroppedKind
from onrecord.page.lines import is_furniture
from onrecord.page.tree import HEADINGS
from onrecord.page.words import Page

_APART = frozenset(("blockquote", "aside", "figure"))
_ROW = 4
"""Headings one after the other from which on they are a list of other articles."""
_GRAM = 4
"""Words that a quotation must have to be known again."""
_PLACES = 20
"""Places with the first words of a quotation that are looked at."""


def repeated_headlines(page: Page, headline: int, kinds: dict[int, BlockKind], dropped: dict[int, DroppedKind]) -> None:
    """Drop headings and chosen leaves with the words of the headline."""
    wanted = page.folded[headline]
    for i, leaf in enumerate(page.leaves):
        if i != headline and page.folded[i] == wanted and (i in kinds or leaf.tag in HEADINGS):
            dropped[i] = "repeated"


def repeated_captions(page: Page, kinds: dict[int, BlockKind], dropped: dict[int, DroppedKind]) -> None:
    """Drop captions that stand twice, as in galleries, from the second on."""
    seen: set[tuple[str, ...]] = set()
    for i in sorted(i for i, kind in kinds.items() if kind == "caption"):
        if page.folded[i] in seen:
            dropped[i] = "repeated"
        seen.add(page.folded[i])


def furniture(page: Page, kinds: dict[int, BlockKind], dropped: dict[int, DroppedKind]) -> None:
    """Drop blocks that belong to the page by their words: ``Share this``, ``Read more``."""
    for i, kind in kinds.items():
        if kind in ("paragraph", "subheading", "list", "standfirst") and is_furniture(page.words[i].text):
            dropped[i] = "boilerplate"


def idle_headings(kinds: dict[int, BlockKind], dropped: dict[int, DroppedKind]) -> None:
    """Drop headings that head nothing: those at the end, and rows of them, which are links to other articles."""
    row: list[int] = []
    for i in [*sorted(i for i in kinds if i not in dropped and kinds[i] != "caption"), None]:
        if i is not None and kinds[i] == "subheading":
            row.append(i)
            continue
        idle = row if i is None else row[:-1] if len(row) >= _ROW else []
        dropped.update((each, "boilerplate") for each in idle)
        row = []


def trailing_links(page: Page, kinds: dict[int, BlockKind], dropped: dict[int, DroppedKind]) -> None:
    """Drop the items after the last paragraph that are nothing but links: they lead to other articles."""
    for i in sorted((i for i in kinds if i not in dropped and kinds[i] != "caption"), reverse=True):
        if kinds[i] != "list" or not page.leaves[i].linked:
            break
        dropped[i] = "boilerplate"


def pull_quotes(page: Page, kinds: Mapping[int, BlockKind], dropped: dict[int, DroppedKind]) -> None:
    """Drop quotations set apart whose words the body says as well."""
    apart = [
        i
        for i, kind in kinds.items()
        if i not in dropped and (kind == "pullquote" or (kind == "paragraph" and page.leaves[i].within & _APART))
    ]
    body = [i for i, kind in kinds.items() if kind in ("paragraph", "list") and i not in dropped]
    for i, others in _holders(page, apart, body):
        if any(j not in dropped and page.folded[j] != page.folded[i] for j in others):
            dropped[i] = "pullquote-repeat"


def repeats(
    page: Page, leaves: Iterable[int], kinds: Mapping[int, BlockKind], dropped: Mapping[int, DroppedKind]
) -> set[int]:
    """Return which of the leaves that the judge left out are set apart and say words of the body once more."""
    apart = [
        i
        for i in leaves
        if len(page.folded[i]) <= 60 and (page.leaves[i].hint == "pullquote" or page.leaves[i].within & _APART)
    ]
    body = [i for i, kind in kinds.items() if kind == "paragraph" and i not in dropped]
    return {i for i, _ in _holders(page, apart, body)}


def _holders(page: Page, apart: Iterable[int], body: Iterable[int]) -> list[tuple[int, list[int]]]:
    """The leaves set apart whose words other leaves hold, with these leaves."""
    places = {page.folded[i][:_GRAM]: list[tuple[int, int]]() for i in apart if len(page.folded[i]) >= _GRAM}
    if not places:
        return []
    for j in body:
        folded = page.folded[j]
        for k in range(len(folded) - _GRAM + 1):
            known = places.get(folded[k : k + _GRAM])
            if known is not None and len(known) < _PLACES:
                known.append((j, k))
    found: list[tuple[int, list[int]]] = []
    for i in apart:
        words = page.folded[i]
        others = [j for j, k in places.get(words[:_GRAM], ()) if j != i and page.folded[j][k : k + len(words)] == words]
        if others:
            found.append((i, others))
    return found


def notable(page: Page, i: int, first: int, last: int) -> bool:
    """Worth being listed as left out: within the article any words, elsewhere a sentence or a heading."""
    n = len(page.folded[i])
    if first <= i <= last:
        return n >= 1
    return n >= 12 or (page.leaves[i].tag in HEADINGS and n >= 3)
