"""From tokens to spans: what belongs to a content, a cue or a speaker, with clean edges.

Promise: a span never begins or ends with white space or a comma, and never cuts a quotation mark off its partner.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from onrecord.language import Annotated, Quotation
from onrecord.nouns import Span

_EDGE = " \t\n\r\xa0,;:–—-"
_FINAL = ".!?"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def tidy(text: str, start: int, end: int) -> Span:
    """Return the span without white space, commas and dashes at its edges. Empty where nothing is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def balanced(text: str, start: int, end: int) -> Span:
    """Return the tidied span without a bracket whose partner lies outside: ``earlier] statement``."""
    for opening, closing in ("[]", "()", "<>"):
        for at in range(start, end):
            if text[at] == opening:
                break
            if text[at] == closing:
                start = at + 1
                break
    start, end = tidy(text, start, end)
    for opening, closing in ("[]", "()"):
        inside = text[start:end]
        if inside.count(opening) <= inside.count(closing):
            continue
        if text[end : end + 1] == closing:
            end += 1
        elif inside.endswith(opening):
            start, end = tidy(text, start, end - 1)  # "I [told] you" is cut before the verb
    return start, end


def of_tokens(annotated: Annotated, first: int, last: int) -> Span:
    """Return the tidied span of the tokens ``first`` to ``last - 1``; a closing full stop is left out."""
    start, end = annotated.tokens[first].start, annotated.tokens[last - 1].end
    text = annotated.document.text
    start, end = tidy(text, start, end)
    while end > start and text[end - 1] in _FINAL and annotated.tokens[last - 1].pos == "PUNCT":
        end -= 1
    return start, end


def meeting(span: Span, outer: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    """Return those of the quotations, which are in text order and apart, that share a code point with ``span``."""
    first = bisect_right(outer, span[0], key=_begins)
    if first and outer[first - 1].span[1] > span[0]:
        first -= 1
    return outer[first : bisect_left(outer, span[1], key=_begins)]


def _begins(quotation: Quotation) -> int:
    return quotation.span[0]


def whole_quotations(span: Span, outer: tuple[Quotation, ...]) -> tuple[Span, tuple[int, ...]]:
    """Return the span grown over the quotations that it cuts, and the indices of those it then covers."""
    start, end = span
    covered = []
    for each in meeting(span, outer):
        start, end = min(start, each.span[0]), max(end, each.span[1])
        covered.append(each.i)
    return (start, end), tuple(covered)


def joined(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Return the spans in text order, with those put together that only white space parts."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if result and (start <= result[-1][1] or not text[result[-1][1] : start].strip()):
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def size(spans: tuple[Span, ...]) -> int:
    """Return how many code points the spans have together."""
    return sum(end - start for start, end in spans)


def shared(one: tuple[Span, ...], other: tuple[Span, ...]) -> int:
    """Return how many code points two lists of spans have in common."""
    common = 0
    for start, end in one:
        for low, high in other:
            if low < end and start < high:
                common += (end if end < high else high) - (start if start > low else low)
    return common


def without(span: Span, hole: Span, text: str) -> tuple[Span, ...]:
    """Return what is left of ``span`` when ``hole`` is cut out of it, each piece tidied."""
    if hole[1] <= span[0] or hole[0] >= span[1]:
        return (span,)
    pieces = (tidy(text, span[0], min(hole[0], span[1])), tidy(text, max(hole[1], span[0]), span[1]))
    return tuple(piece for piece in pieces if piece[0] < piece[1])


def without_apposition(annotated: Annotated, span: Span, closed: int) -> Span:
    """Return the span without an apposition behind ``closed``, the last closing mark: ``“…”, a town by the sea``."""
    rest = annotated.document.text[closed : span[1]]
    if not rest.lstrip().startswith(","):
        return span
    first, last = annotated.token_range((closed, span[1]))
    tokens = annotated.tokens
    for i in range(first, last):
        if tokens[i].tag not in _FINITE:
            continue
        at = i
        while first <= at < last and tokens[at].dep not in ("relcl", "acl") and tokens[at].head != at:
            at = tokens[at].head
        if not first <= at < last or tokens[at].dep not in ("relcl", "acl"):
            return span
    return span[0], closed
