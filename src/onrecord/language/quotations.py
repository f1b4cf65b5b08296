"""Quotation marks as a state machine: text to the stretches that stand in marks.

Promise: spans lie inside their block and nest properly; time is linear in the text; one bad mark never loses more than
its own paragraph. The odd case that forced the shape: a mark says little by itself. ``'`` is an apostrophe more often
than a mark, ``"`` opens or closes or means inches, ``“`` closes in German, and a paragraph may end without a closing
mark because the next one repeats the opening one. So every mark is read with its neighbours and with what is open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from onrecord.language.annotated import Quotation
from onrecord.nouns import Document
from onrecord.tables import table

_MARK = re.compile(r"``|''|[“”„‟«»‹›‘’‚‛\"'「」『』]")

_CLOSERS = {
    "“": "”\"“‟", "„": "“”\"‟", "‟": "”", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’'‘", "‚": "‘’",
    "‛": "’", "’": "’", '"': '"”', "'": "'’", "``": "''\"", "''": "''", "「": "」", "『": "』",
}  # fmt: skip
"""For each mark that opens, the marks that may close it; the first is the right one, the others are common slips."""

_ALWAYS_OPEN = frozenset("„‚‛「『") | {"``"}
_SINGLE = frozenset("‘’'‚‛")
_BEFORE_OPEN = frozenset(" \t\n\r\xa0\u2009\u202f([{<—–-/:;,“„«‹‘\"'…>") | {""}
_AFTER_CLOSE = frozenset(" \t\n\r\xa0\u2009\u202f)]}>.,;:!?—–-/”»›’\"'…<|") | {""}
_FIRST = frozenset("[<(…—–-.$£€#@‘'“\"«‹¿¡*_&%+=")
"""What a quotation may begin with beside letters and digits."""

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_BEFORE = re.compile(r"([\w.-]+)[ \xa0,:]*$")
_Count = Callable[[str, int], int]
"""Of an opening mark and an offset: how many marks after it may close it."""

_DEEPEST = 4
"""Marks that would open a quotation deeper than this are left alone: the text is broken, and time stays linear."""

_LONGEST_NAME = 60
"""Titles and nicknames longer than this many code points are taken for speech."""


class _Mark(NamedTuple):
    """One mark with what its neighbours say of it."""

    start: int
    end: int
    text: str
    may_open: bool
    may_close: bool


class _Open(NamedTuple):
    """An opened quotation: its mark and its place in the list of those found."""

    mark: _Mark
    slot: int


class _Found(NamedTuple):
    """A quotation of one block before it is numbered in the document."""

    start: int
    end: int
    inner_end: int
    mark: _Mark
    parent: int | None
    closed: bool


def find_quotations(document: Document, language: str = "en") -> tuple[Quotation, ...]:
    """Return all quotations of a document's blocks in text order, the outer before the inner.

    A quotation that is not closed ends with its block. It is kept as unclosed speech; an unclosed single mark is taken
    for an apostrophe and left out, unless the next block begins with the same mark.
    """
    quotations: list[Quotation] = []
    text = document.text
    running: int | None = None
    for number, block in enumerate(document.blocks):
        start, end = block.span
        following = document.blocks[number + 1].span if number + 1 < len(document.blocks) else (end, end)
        repeated = _opening_mark(text, following)
        found = _in_block(text, start, end, repeated, language)
        base = len(quotations)
        first_word = next((i for i in range(start, end) if not text[i].isspace()), end)
        last_word = _last_word(text, start, end)
        still_running = None
        for i, each in enumerate(found):
            continues = None
            if i == 0 and running is not None and each.start == first_word:
                same = text[slice(*quotations[running].span)].startswith(each.mark.text)
                continues = running if same and quotations[running].closed is False else None
            quotation = Quotation(
                i=base + i,
                span=(each.start, each.end),
                inner=(each.mark.end, each.inner_end),
                block=number,
                parent=None if each.parent is None else base + each.parent,
                closed=each.closed,
                continues=continues,
                use=_use(text, each, start, language),
            )
            quotations.append(quotation)
            if each.parent is None and not each.closed and each.end >= last_word:
                still_running = quotation.i
        running = still_running
    return tuple(quotations)


def outer_quotations(quotations: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    """Return those that stand in no other quotation."""
    return tuple(each for each in quotations if each.parent is None)


def _opening_mark(text: str, span: tuple[int, int]) -> str:
    """The mark that a block begins with, or nothing."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    match = _MARK.match(text, start, end)
    return match.group() if match else ""


@cache
def _elided(language: str) -> re.Pattern[str]:
    words = "|".join(sorted(table("language", language, "quotations")["elided"], key=len, reverse=True))
    return re.compile(rf"(?:{words})(?![^\W_])|\d0s", re.IGNORECASE)


@cache
def _words(language: str, name: str) -> frozenset[str]:
    return frozenset(table("language", language, "quotations")[name])


@cache
def _possessives(language: str) -> tuple[str, ...]:
    """The endings of an owner before what is owned: ``Reyk's``."""
    return tuple(table("language", language, "quotations")["possessives"])


def _marks(text: str, start: int, end: int, language: str) -> list[_Mark]:
    """The marks of a block that may open or close something: apostrophes inside words and inches are left out."""
    marks = []
    for match in _MARK.finditer(text, start, end):
        at, after = match.span()
        mark = match.group()
        left = text[at - 1] if at > start else ""
        right = text[after] if after < end else ""
        if mark in _ALWAYS_OPEN:
            may_open, may_close = True, False
        else:
            begins = right.isalnum() or (
                right in _FIRST and (right != "." or text[after + 1 : after + 2].strip() != "")
            )
            if mark == "«" and right.isspace():  # « as the French do »
                begins = text[after + 1 : min(end, after + 2)].strip() != ""
            may_open = begins and (left in _BEFORE_OPEN or mark in "“«‹")
            may_close = right in _AFTER_CLOSE or not right.isalnum() or mark in "”»›」』"
            if left.isspace() or not left:
                may_close = may_close and (mark in "”»›」』" or (bool(left) and not may_open))
        if mark in _SINGLE and mark not in "‚‛":
            if left.isalnum() and right.isalnum():
                continue
            if may_open and _elided(language).match(text, after, end):
                may_open = False
            if mark == "’" and may_open and not left.isspace() and left:
                may_open = False
        if mark in "\"'" and left.isdigit() and (right.isdigit() or right in "x×"):
            continue
        if may_open or may_close:
            marks.append(_Mark(at, after, mark, may_open, may_close))
    return marks


def _in_block(text: str, start: int, end: int, repeated: str, language: str) -> list[_Found]:
    """The quotations of one block, in text order; ``repeated`` is the mark that the next block begins with."""
    marks = _marks(text, start, end, language)
    if not marks:
        return []
    closers_after = _closer_count(marks)
    openers_left = Counter(mark.text for mark in marks if mark.may_open and not mark.may_close)
    found: list[_Found | None] = []
    stack: list[_Open] = []
    for mark in marks:
        if mark.may_open and not mark.may_close:
            openers_left[mark.text] -= 1
        depth = _closes(stack, mark, text, language, closers_after, openers_left)
        if depth is not None:
            _close(found, stack, depth, mark.start, mark.end, True)
            continue
        if len(stack) >= _DEEPEST or not _opens(mark, text, closers_after):
            continue
        if mark.text in _SINGLE and not closers_after(mark.text, mark.start) and repeated != mark.text:
            continue
        same = [i for i, opened in enumerate(stack) if opened.mark.text == mark.text]
        if same and repeated != mark.text:
            enough = closers_after(mark.text, mark.start) - openers_left[mark.text]
            if enough <= len(same):  # too few closing marks are left for both: the one before lost its own
                stop = _last_word(text, stack[same[0]].mark.end, mark.start)
                _close(found, stack, same[0], stop, stop, False)
        stack.append(_Open(mark, len(found)))
        found.append(None)
    stop = _last_word(text, start, end)
    while stack:
        opened = stack[-1]
        apostrophe = opened.mark.text in _SINGLE and not (len(stack) == 1 and repeated == opened.mark.text)
        if apostrophe or opened.mark.end >= stop:
            stack.pop()
        else:
            _close(found, stack, len(stack) - 1, stop, stop, False)
    return _renumbered(found)


def _closer_count(marks: list[_Mark]) -> _Count:
    """The function that counts the marks after an offset which may close an opening mark."""
    closers_at: dict[str, list[int]] = {}
    for mark in marks:
        if mark.may_close:
            closers_at.setdefault(mark.text, []).append(mark.start)

    def closers_after(opening: str, at: int) -> int:
        return sum(
            len(places) - bisect_right(places, at)
            for closing in _right_closers(opening)
            if (places := closers_at.get(closing)) is not None
        )

    return closers_after


def _close(
    found: list[_Found | None], stack: list[_Open], depth: int, inner_end: int, outer_end: int, closed: bool
) -> None:
    """Close the quotation at ``depth`` of the stack; what is open inside it was never closed: no quotation."""
    for lost in stack[depth + 1 :]:
        found[lost.slot] = None
    opened = stack[depth]
    parent = stack[depth - 1].slot if depth else None
    del stack[depth:]
    found[opened.slot] = _Found(opened.mark.start, outer_end, inner_end, opened.mark, parent, closed)


def _last_word(text: str, start: int, end: int) -> int:
    """Where the text from ``start`` to ``end`` ends without the white space at its end."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


@cache
def _right_closers(opening: str) -> tuple[str, ...]:
    """The marks that may close ``opening``, longest first."""
    closing = _CLOSERS.get(opening, "")
    return ("''", '"') if opening == "``" else ("''",) if opening == "''" else tuple(closing)


def _closes(
    stack: list[_Open], mark: _Mark, text: str, language: str, closers_after: _Count, openers_left: Counter[str]
) -> int | None:
    """Depth of the open quotation that this mark closes, or None."""
    if not mark.may_close:
        return None
    for depth in range(len(stack) - 1, -1, -1):
        opening = stack[depth].mark.text
        if mark.text not in _right_closers(opening):
            if opening not in _SINGLE:
                return None if mark.text in _SINGLE or mark.text in "“«" else _search_below(stack, depth, mark)
            continue
        if mark.start == stack[depth].mark.end:
            return None
        if mark.may_open and mark.text in "“«‘":
            return None
        if mark.text in "’'" and _possessive(text, mark, language) and closers_after(opening, mark.start):
            return None
        if mark.text == '"' and text[mark.start - 1].isdigit() and mark.end < len(text) and text[mark.end] == " ":
            later = closers_after('"', mark.start)
            if later % 2 == 1 and not openers_left['"']:
                return None
        return depth
    return None


def _search_below(stack: list[_Open], depth: int, mark: _Mark) -> int | None:
    """Depth below an unclosed double mark that this mark closes: the unclosed one is given up."""
    for lower in range(depth - 1, -1, -1):
        if mark.text == _right_closers(stack[lower].mark.text)[0]:
            return lower
    return None


def _opens(mark: _Mark, text: str, closers_after: _Count) -> bool:
    """Whether a mark that closes nothing opens a quotation."""
    if not mark.may_open or mark.text in "」』":
        return False
    if mark.text in "”’" and not closers_after(mark.text, mark.start):
        return False  # ”so“ opens in Swedish and Finnish only
    if mark.text in "»›" and not closers_after(mark.text, mark.start):
        return False
    return not (mark.text == '"' and mark.may_close and mark.start and text[mark.start - 1].isdigit())


def _possessive(text: str, mark: _Mark, language: str) -> bool:
    """Whether the mark may be the apostrophe of ``the Smiths’ house``."""
    return (
        mark.start > 0
        and text[mark.start - 1] in _words(language, "before_apostrophe")
        and mark.end + 1 < len(text)
        and text[mark.end] == " "
        and text[mark.end + 1].isalpha()
    )


def _renumbered(found: list[_Found | None]) -> list[_Found]:
    """Without the slots of marks that turned out to be none."""
    places: dict[int, int] = {}
    kept: list[_Found] = []
    for slot, each in enumerate(found):
        if each is None:
            continue
        parent = each.parent
        while parent is not None and parent not in places:
            parent = None
        places[slot] = len(kept)
        kept.append(each._replace(parent=None if parent is None else places[parent]))
    return kept


def _use(text: str, found: _Found, block_start: int, language: str) -> str:
    """``name`` for titles of works, nicknames and words named as words, else ``speech``."""
    inner = text[found.mark.end : found.inner_end].strip()
    if not inner or len(inner) > _LONGEST_NAME:
        return "speech"
    words = _WORD.findall(inner)
    small = _words(language, "small")
    titled = bool(words) and all(word[0].isupper() or word[0].isdigit() or word in small for word in words)
    before = _BEFORE.search(text, max(block_start, found.start - 40), found.start)
    word = before.group(1).lower() if before else ""
    if word in _words(language, "before_word"):
        return "name"
    if not titled:
        return "speech"
    if word in _words(language, "before_name"):
        return "name"
    led_in = before is not None and before.end(1) == found.start - 1
    if inner[-1] in "?!…" or (inner[-1] == "." and not led_in):
        return "speech"  # "they sang “The Harbour at Dawn.”": only a stop that the sentence needs may end a name
    if len(words) <= 2 and before and before.group(1)[0].isupper() and before.end(1) == found.start - 1:
        following = _WORD.search(text, found.end, found.end + 30)
        if following and following.start() == found.end + 1 and following.group()[0].isupper():
            return "name"
    capitals = sum(word[0].isupper() for word in words)
    owned = text[max(block_start, found.start - 40) : found.start].rstrip(" \xa0,").endswith(_possessives(language))
    shown = owned or word in _words(language, "before_show")
    return "name" if capitals >= 3 or (capitals >= 2 and inner[-1] == "," and shown) else "speech"
