"""From leaves to the article: which blocks it has, of which kinds, and what was left out.

Promise: blocks come in the order of the page; none is without a run; whatever the judge chose is either a block or
listed as dropped with its reason. The odd case that forced the shape: the judge leaves out headline, byline and
captions, so these are looked for around the body it found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.nouns import BlockKind, DroppedKind
from onrecord.page.judge import Judged
from onrecord.page.lines import byline_names, date_line, full_date, words_of
from onrecord.page.omitted import (
    furniture,
    idle_headings,
    notable,
    pull_quotes,
    repeated_captions,
    repeated_headlines,
    repeats,
    trailing_links,
)
from onrecord.page.tree import HEADINGS, STRUCK, Leaf, Place
from onrecord.page.words import Page, Words
from onrecord.tables import table

_NOTHING = Words("", (), ())
_OUTSIDE = frozenset(("nav", "footer", "form"))
_PICTURE = frozenset(("figure", "figcaption"))
_SHORT = 140
_ABOVE = 8
"""Leaves above the body that may belong to an article without a headline."""
_CAPTION = 3
"""Words that a caption has at least."""
_TEASER = 20
"""Words up to which a block above the headline is taken for the site's, not the article's."""
_FEW = 12
"""Words up to which a text with a full date in it is a dateline."""
_OTHER_DAYS = 3
"""An article has the day it was published and one on which it was changed."""
_BEYOND = 40
"""Leaves after the end of the article that are looked at, for what is to be listed as left out."""


class Chosen(NamedTuple):
    """One leaf with what it is; exactly one of ``kind`` and ``dropped`` is given."""

    leaf: int
    kind: BlockKind | None
    dropped: DroppedKind | None


def reach(leaves: Sequence[Leaf], judged: Judged) -> int:
    """Return how many leaves have to be looked at: what follows long after the article is not read."""
    if judged.unnumbered:
        return len(leaves)
    last = max((i for i, leaf in enumerate(leaves) if not judged.stretches.isdisjoint(leaf.stretches)), default=-1)
    return last + 1 + _BEYOND if last >= 0 else 0


def choose(
    leaves: Sequence[Leaf], words: Sequence[Words], judged: Judged, titles: Sequence[str], cells: Collection[int] = ()
) -> list[Chosen]:
    """Return the blocks and the dropped leaves of a page in order.

    ``titles`` are the titles that the page's metadata gives, best first; ``cells`` the leaves in tables of data.
    """
    struck = {i for i, leaf in enumerate(leaves) if not STRUCK.isdisjoint(leaf.within)}
    said = [_NOTHING if i in struck else each for i, each in enumerate(words)]
    page = Page(leaves, said, [words_of(each.text) for each in said])
    body = _body(page, judged)
    if not body:
        return []
    headline = _headline(page, body, titles)
    if headline is None:
        headline = _above_byline(page, body)
    first = min((i for i in body if i != headline and (headline is None or i > headline)), default=min(body))
    kinds: dict[int, BlockKind] = {}
    dropped: dict[int, DroppedKind] = {}
    for i in body:
        kinds[i] = _body_kind(page, i)
    if headline is not None:
        kinds[headline] = "headline"
        repeated_headlines(page, headline, kinds, dropped)
    top = headline if headline is not None else max(0, first - _ABOVE)
    _around(page, headline, top, first, kinds, cells)
    _captions(page, top, max(body), kinds)
    for i in _other_days(page, kinds):
        dropped[i] = "boilerplate"
    for i in body:
        stated = kinds[i] in ("byline", "dateline")
        if headline is not None and i < headline and not stated and len(page.folded[i]) < _TEASER:
            dropped[i] = "boilerplate"
    repeated_captions(page, kinds, dropped)
    furniture(page, kinds, dropped)
    idle_headings(kinds, dropped)
    trailing_links(page, kinds, dropped)
    pull_quotes(page, kinds, dropped)
    start = headline if headline is not None else first
    rest = [i for i in range(len(leaves)) if i not in kinds and i not in dropped and notable(page, i, start, max(body))]
    again = repeats(page, rest, kinds, dropped)
    for i in rest:
        dropped[i] = "pullquote-repeat" if i in again else "boilerplate"
    dropped.update((i, "struck") for i in struck if start <= i <= max(body))
    return [Chosen(i, kinds.get(i) if i not in dropped else None, dropped.get(i)) for i in sorted({*kinds, *dropped})]


def _body(page: Page, judged: Judged) -> set[int]:
    """The leaves of which the judge took at least half."""
    body: set[int] = set()
    for i, leaf in enumerate(page.leaves):
        if not page.folded[i] and not page.words[i].text:
            continue
        taken = sum(s in judged.stretches for s in leaf.stretches)
        if taken and (taken == len(leaf.stretches) or _share(page, i, judged) >= 0.5):
            body.add(i)
    body |= _left_out(page, body)
    if judged.unnumbered and not body:
        known = {w for each in judged.unnumbered for w in _grams(each)}
        for i, folded in enumerate(page.folded):
            grams = _grams(folded)
            if len(folded) >= 4 and sum(g in known for g in grams) >= 0.8 * len(grams):
                body.add(i)
    return body


def _left_out(page: Page, body: set[int]) -> set[int]:
    """What the judge overlooks by the way it cuts a page: text beside text, and the second part of a body in two boxes.

    Text that stands directly in an element most of whose text was taken belongs to it. So do paragraphs in a box that
    has the same class as the one that holds most of the body, as long as no headline stands between.
    """
    if not body:
        return set()
    first, last = min(body), max(body)
    loose = Counter(page.leaves[i].places[0].block for i in body if page.leaves[i].tag in ("div", "section", "td"))
    boxes = Counter(name for i in body if page.leaves[i].tag == "p" and (name := _box(page.leaves[i])))
    box, n = boxes.most_common(1)[0] if boxes else ("", 0)
    found: set[int] = set()
    for i in range(max(0, first - 20), len(page.leaves)):
        leaf = page.leaves[i]
        if i > last and leaf.tag == "h1":
            break
        if i in body or not page.folded[i]:
            continue
        same_text = (
            leaf.tag in ("div", "section", "td") and loose[leaf.places[0].block] >= 3 and len(page.folded[i]) >= 4
        )
        same_box = n >= 3 and i > first and leaf.tag == "p" and _box(leaf) == box and not leaf.within & _OUTSIDE
        if same_text or same_box:
            found.add(i)
    return found


def _box(leaf: Leaf) -> str:
    """The class of the element around a paragraph, where its name says that it is an article's body."""
    place: Place | None = leaf.places[0]
    while place is not None and place.element is not None and place.element.tag != leaf.tag:
        place = place.above
    above = place.above if place is not None else None
    name = (above.element.get("class") or "") if above is not None and above.element is not None else ""
    return name if any(word in name.lower() for word in table("page", "en", "names")["body"]) else ""


def _share(page: Page, i: int, judged: Judged) -> float:
    """The part of a leaf's text that the judge took; parts and stretches go side by side save for rare splits."""
    leaf, words = page.leaves[i], page.words[i]
    if len(words.parts) != len(leaf.stretches):
        return sum(s in judged.stretches for s in leaf.stretches) / len(leaf.stretches)
    sizes = [end - start for start, end, _, _ in words.parts]
    taken = sum(n for n, s in zip(sizes, leaf.stretches, strict=True) if s in judged.stretches)
    return taken / max(1, sum(sizes))


def _grams(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[i : i + 4] for i in range(max(1, len(words) - 3))]


def _body_kind(page: Page, i: int) -> BlockKind:
    leaf = page.leaves[i]
    if leaf.tag in HEADINGS:
        return "subheading"
    if leaf.tag in ("li", "dt", "dd"):
        return "list"
    if leaf.tag == "figcaption" or "figcaption" in leaf.within:
        return "caption"
    if leaf.hint == "pullquote":
        return "pullquote"
    return "paragraph"


def _headline(page: Page, body: set[int], titles: Sequence[str]) -> int | None:
    """The leaf that is the headline: a heading that says what the titles say, else the first h1 above the body."""
    wanted = [w for w in (words_of(title) for title in titles) if w]
    start, last = min(body), max(body)
    best: tuple[float, int] | None = None
    for i, leaf in enumerate(page.leaves[: last + 1]):
        folded = page.folded[i]
        if not 1 <= len(folded) <= 60 or "footer" in leaf.within or "nav" in leaf.within:
            continue
        alike = max((_alike(folded, w) for w in wanted), default=0.0)
        if alike < 0.7 and not (leaf.tag == "h1" and len(folded) >= (3 if wanted else 1) and i <= start + 3):
            continue
        score = alike + {"h1": 0.5, "h2": 0.25, "h3": 0.1}.get(leaf.tag, 0.0)
        if i > start + 2:
            score -= 0.3
        if leaf.tag not in HEADINGS and alike < 0.9:
            continue
        if best is None or score > best[0] + 1e-9:
            best = (score, i)
    return best[1] if best else None


def _above_byline(page: Page, body: set[int]) -> int | None:
    """The line above the body's first sentences that is none itself and has the author or the date below it."""
    lines = [i for i in range(min(body), max(body) + 1) if page.words[i].text][: _ABOVE + 1]
    for i, below in pairwise(lines):
        leaf, line, under = page.leaves[i], page.words[i].text, page.words[below].text
        if len(page.folded[i]) > _TEASER:
            break
        if i not in body or leaf.tag in ("li", "dt", "dd") or leaf.within & _PICTURE or len(page.folded[i]) < 2:
            continue
        if "\n" in line or line.endswith((".", ":", ";", ",", "…")) or byline_names(line) or date_line(line):
            continue
        if byline_names(under) or date_line(under):
            return i
    return None


def _alike(folded: tuple[str, ...], wanted: tuple[str, ...]) -> float:
    """How much of a title a leaf holds and the other way round; a site's name after the title costs nothing."""
    if folded == wanted:
        return 1.0
    if len(folded) >= 3 and (wanted[: len(folded)] == folded or wanted[-len(folded) :] == folded):
        return 0.95
    common = len({*folded} & {*wanted})
    return 0.9 * 2 * common / (len({*folded}) + len({*wanted}))


def _around(
    page: Page, headline: int | None, top: int, first: int, kinds: dict[int, BlockKind], cells: Collection[int]
) -> None:
    """Find standfirst, byline and dateline from ``top`` to the beginning of the body, and beside both.

    A day in a table or in the terms of a list is that of an entry.
    """
    seen: set[BlockKind] = set()
    for i in range(max(0, top - 6), min(len(page.leaves), max(first, top) + 6)):
        leaf, text = page.leaves[i], page.words[i].text
        if (
            i == headline
            or not text
            or i in cells
            or leaf.tag == "dt"
            or leaf.within & _OUTSIDE
            or kinds.get(i) not in (None, "paragraph", "subheading", "list")
        ):
            continue
        n = len(page.folded[i])
        if len(text) <= _SHORT and (
            byline_names(text) or (leaf.hint == "byline" and i not in kinds and _name_like(text))
        ):
            if "byline" not in seen or byline_names(text):
                kinds[i] = "byline"
                seen.add("byline")
        elif len(text) <= _SHORT and (date_line(text) or (leaf.hint == "dateline" and any(c.isdigit() for c in text))):
            if i not in kinds or date_line(text):
                kinds[i] = "dateline"
        elif (i not in kinds or i < top) and top - 3 <= i < first and _dated(leaf, text, n):
            kinds[i] = "dateline"
        elif top < i and "standfirst" not in seen and 4 <= n <= 80 and headline is not None and i <= first + 1:
            hinted = leaf.hint == "standfirst"
            heading = leaf.tag in ("h2", "h3") and i == headline + 1 and n >= 5
            if (hinted or heading) and not (kinds.get(i) == "paragraph" and leaf.tag == "p" and n > 30):
                kinds[i] = "standfirst"
                seen.add("standfirst")


def _captions(page: Page, top: int, last: int, kinds: dict[int, BlockKind]) -> None:
    """Find the captions among the leaves from ``top`` to ``last`` that are nothing yet."""
    for i in range(top, last + 1):
        leaf = page.leaves[i]
        if i in kinds or len(page.folded[i]) < _CAPTION or leaf.within & _OUTSIDE:
            continue
        if leaf.tag == "figcaption" or "figcaption" in leaf.within or leaf.hint == "caption":
            kinds[i] = "caption"


def _dated(leaf: Leaf, text: str, n: int) -> bool:
    """A full date among a few other words, such as who published what: ``Press release / From … / Published …``."""
    if len(text) > _SHORT or n > _FEW or leaf.linked or leaf.hint == "caption" or leaf.within & _PICTURE:
        return False
    return full_date(text) is not None


def _other_days(page: Page, kinds: dict[int, BlockKind]) -> list[int]:
    """Return the datelines where they give three days or more: these are the dates of other articles."""
    days = {i: full_date(page.words[i].text) for i, kind in kinds.items() if kind == "dateline"}
    return list(days) if len({day for day in days.values() if day}) >= _OTHER_DAYS else []


def _name_like(text: str) -> bool:
    """A few words most of which begin with a capital."""
    words = text.split()
    return 2 <= len(words) <= 12 and sum(w[0].isupper() for w in words) >= 0.6 * len(words)
