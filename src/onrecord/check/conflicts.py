"""What a quote in other words says that its passage does not: numbers, days, names, negations, the order of things.

Promise: nothing is called a change of words here, since none of the words are the record's; a conflict is named where
both sides tell such a thing and it is another, or the quote alone tells it. The odd case that forced the shape: a
translation there and back keeps no word in its place, but keeps "forty", "Thursday" and "not".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from onrecord.check.edits import Edit, EditKind
from onrecord.check.printed import Printed
from onrecord.check.record import Record
from onrecord.check.weight import classed, content

AROUND = 8
"""Words of the same turn before and behind a passage in which a thing may stand as well."""

_TOLD = ("number", "date", "order")
_STEM = 5
"""Letters that forms of one name begin with."""


def conflicts(items: Sequence[Printed], record: Record, low: int, high: int) -> tuple[Edit, ...]:
    """Return where a quote stands against the words of the record from ``low`` to ``high`` that say something close."""
    ours = [_Told(item.start, item.end, item.shown, item.key) for item in items if item.kind == "word"]
    near = range(max(low - AROUND, 0), min(high + AROUND + 1, len(record.words)))
    theirs = [
        _Told(*record.words[each]) for each in near if record.turn(each) == record.turn(low) and record.said[each]
    ]
    at = record.words[low].start
    found: list[Edit] = []
    for name in _TOLD:
        found += _against(_classed(ours, name), _classed(theirs, name), name, at)
    known = {word.key[:_STEM] for word in theirs}
    names = {key: word for key, word in _names(ours).items() if key not in known}
    found += _against(names, _names(theirs), "name", at)
    negated, negating = _classed(ours, "negation"), _classed(theirs, "negation")
    if negated and not negating:
        found += _against(negated, {}, "negation", at)
    elif negating and not negated:
        word, point = next(iter(negating.values())), ours[0].start
        found.append(Edit("left out", (point, point), (word.start, word.end), "", word.shown, "sense", "negation"))
    return tuple(sorted(found, key=lambda edit: edit.quote))


class _Told(NamedTuple):
    """A word of either side."""

    start: int
    end: int
    shown: str
    key: str


def _classed(words: Sequence[_Told], name: str) -> dict[str, _Told]:
    """The words of a class by what they are written out."""
    return {told[1]: word for word in words if (told := classed(word.shown)) is not None and told[0] == name}


def _names(words: Sequence[_Told]) -> dict[str, _Told]:
    """The words that are written as names, but for the first, by what forms of them begin with."""
    return {
        word.key[:_STEM]: word
        for word in words[1:]
        if word.shown[:1].isupper() and classed(word.shown) is None and content([word.key])
    }


def _against(ours: Mapping[str, _Told], theirs: Mapping[str, _Told], name: str, at: int) -> Iterator[Edit]:
    """What of one sort the quote tells and the passage does not, each beside one that the quote has not."""
    rest = [word for key, word in theirs.items() if key not in ours]
    for key, word in ours.items():
        if key in theirs:
            continue
        other = rest.pop(0) if rest else None
        passage, shown = ((other.start, other.end), other.shown) if other else ((at, at), "")
        kind: EditKind = "replaced" if other else "added"
        yield Edit(kind, (word.start, word.end), passage, word.shown, shown, "sense", name)
