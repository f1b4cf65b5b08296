"""Credits in brackets: ``… by the spring (Bourse Radio/Kontor)``, ``… two defenders. (Kickblatt, via Rete Sport)``.

Promise: a bracket is a credit only at the end of its sentence or behind it, and only where it names outlets and nothing
else; it holds for the statements of that one sentence and is no part of their words. The odd case that forced the
shape: ``an accord with the oil company (SOKA).`` Capitals in brackets shorten what stands before them far more often
than they name who reported it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.draft import Draft, Link
from onrecord.statements.lexicon import lexicon
from onrecord.statements.naming import head_of
from onrecord.statements.outlets import calls_itself_outlet, chunk, is_outlet_phrase, phrases
from onrecord.statements.spans import without

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,90})[)\]](?=\s*(?:[.;]|\n|$))")
_PARTS = re.compile(r"\s*/\s*|\s*[,;]\s+(?:via|citing|quoting)\s+|\s+(?:via|citing|quoting)\s+|;\s+")
_ENDS = '.!?”"»’'
_SHORTEST = 3
"""Letters of an outlet's name; fewer in brackets are a party or a state."""


class Credit(NamedTuple):
    """A bracket that names outlets: its own span, and those it names, nearest to the reader first."""

    span: Span
    links: tuple[Link, ...]


def credited(annotated: Annotated, drafts: list[Draft], names: frozenset[str]) -> list[Draft]:
    """Return the drafts, with the credits in brackets behind them as links; ``names`` are words that name outlets."""
    text = annotated.document.text
    if not drafts or not ("(" in text or "[" in text):
        return drafts
    starts = [sentence.start for sentence in annotated.sentences]
    behind: defaultdict[int, list[Credit]] = defaultdict(list)
    for bracket in _BRACKET.finditer(text):
        at = bisect_right(starts, bracket.start()) - 1
        if at > 0 and not text[starts[at] : bracket.start()].strip():
            at -= 1  # the bracket is a sentence of its own
        credit = _credit(annotated, bracket, names)
        if credit is not None and "\n" not in text[starts[at] : bracket.start()].strip():
            behind[at].append(credit)
    if not behind:
        return drafts
    return [
        _with_credit(annotated, draft, credit)
        if (credit := _of(behind.get(bisect_right(starts, _begins(draft)) - 1, []), draft)) is not None
        else draft
        for draft in drafts
    ]


def _begins(draft: Draft) -> int:
    return draft.cue[0][0] if draft.cue else draft.start


def _of(credits: list[Credit], draft: Draft) -> Credit | None:
    """The first credit behind where a draft begins."""
    return next((each for each in credits if each.span[0] >= _begins(draft)), None)


def _credit(annotated: Annotated, bracket: re.Match[str], names: frozenset[str]) -> Credit | None:
    text = annotated.document.text
    start, end = bracket.span(1)
    inside = bracket[1]
    opening = _opening(annotated.language).match(inside)
    if opening:
        start += opening.end()
    pieces: list[Span] = []
    at = start
    for part in [*_PARTS.finditer(text, start, end), None]:
        pieces.append((at, part.start() if part else end))
        at = part.end() if part else end
    ranges = [annotated.token_range(piece) for piece in pieces]
    if any(high - low < _SHORTEST for low, high in pieces) or not all(_is_name(annotated, *each) for each in ranges):
        return None
    # nothing but a credit looks like this, whatever the parser makes of it
    told = opening is not None or len(pieces) > 1
    if told and any(_is_of_the_story(annotated, piece, names) for piece in pieces):
        return None
    if not told:
        if not is_outlet_phrase(annotated, *ranges[0]):
            return None
        shouted = text[slice(*pieces[0])].isupper() and text[slice(*pieces[0])] not in names
        stands_apart = text[: bracket.start()].rstrip()[-1:] in tuple(_ENDS)
        if shouted and not stands_apart:
            return None
        if not (stands_apart or _is_no_gloss(annotated, pieces[0]) or calls_itself_outlet(annotated, pieces[0], names)):
            return None
    cue = bracket.start(), bracket.start() + 1
    links = tuple(Link(piece, head_of(annotated, *each), cue) for piece, each in zip(pieces, ranges, strict=True))
    return Credit(bracket.span(), links)


def _is_name(annotated: Annotated, first: int, last: int) -> bool:
    if first >= last or chunk(annotated, first, last) != last:
        return False
    return annotated.tokens[last - 1].text[:1].isupper()


def _is_of_the_story(annotated: Annotated, span: Span, names: frozenset[str]) -> bool:
    """Whether a name is that of somebody of whom the text tells elsewhere: ``two goals (Abbot/Darrow)``."""
    text = annotated.document.text
    return text.count(text[slice(*span)]) > 1 and not calls_itself_outlet(annotated, span, names)


def _is_no_gloss(annotated: Annotated, span: Span) -> bool:
    """Whether a name of several words in a bracket tells nothing of a name before it, as a party or a place would."""
    first, last = annotated.token_range(span)
    before = annotated.tokens[first - 2] if first > 1 else None
    return last - first > 1 and before is not None and before.pos not in ("PROPN", "NUM") and not before.text.isupper()


@cache
def _opening(language: str) -> re.Pattern[str]:
    """What stands before the names in a bracket or not: ``Source: ``, ``via ``."""
    words = (" ".join(each) for found in phrases(language, "credit_lines").values() for each in found)
    known = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    by = "|".join(map(re.escape, lexicon(language).by))
    return re.compile(rf"(?:(?:{known}):?|\w+ (?:{by}))\s+", re.IGNORECASE)


def _with_credit(annotated: Annotated, draft: Draft, credit: Credit) -> Draft:
    text = annotated.document.text
    content = tuple(piece for span in draft.content for piece in without(span, credit.span, text))
    if not content:
        return draft
    low, high = credit.span
    others = tuple(link for link in draft.links if not low <= link.span[0] < high)
    return draft._replace(content=content, links=others or credit.links)
