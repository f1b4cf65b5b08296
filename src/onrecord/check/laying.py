"""A quote gone through word by word, beside the words of the record that it is laid against.

Promise: every word of the quote that the record has not, and every word of the record between the quote's first and
last that the quote has not, is in one edit. The odd case that forced the shape: what is left out may be a "(Laughter.)"
that nobody said, and what is replaced may be a word that the record broke at the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from onrecord.check.alignment import Alignment, Step
from onrecord.check.edits import PLACE, RUN, Edit, EditKind, Laid, between_words, moved, weight_of_mark
from onrecord.check.printed import Printed
from onrecord.check.record import Record
from onrecord.check.weight import WRITTEN_OTHERWISE, Weighed, turns_round, weigh
from onrecord.nouns import Span

_SENTENCE_END = re.compile(r"[.?!]|\n\s*\n")


def lay(quote: str, items: Sequence[Printed], record: Record, alignment: Alignment, negated: bool = False) -> Laid:
    """Return what a quote changed, by its alignment with the words of a record.

    ``negated``: a negation stands before the quote already.
    """
    laying = _Laying(quote, items, alignment.steps, record)
    for number, step in enumerate(alignment.steps):
        laying.take(number, *step)
    laying.settle(len(items))
    laying.cut_off(negated)
    words = sum(item.kind == "word" for item in items)
    runs = tuple((low, high) for low, high in laying.runs)
    return Laid(tuple(moved(laying.edits)), laying.same, words, runs, frozenset(laying.used))


@dataclass
class _Laying:
    """The quote's items as they are gone through, and the changes found so far."""

    quote: str
    items: Sequence[Printed]
    steps: Sequence[Step]
    record: Record
    edits: list[Edit] = field(default_factory=list)
    same: int = 0
    runs: list[list[int]] = field(default_factory=list)
    ours: list[int] = field(default_factory=list)
    theirs: list[int] = field(default_factory=list)
    """Items and words of a change that goes on."""
    next: int = -1
    """The word of the record that comes next; -1 until one was met."""
    last: tuple[int, int] | None = None
    """The item and the word that were the same, where nothing has come since."""
    used: set[int] = field(default_factory=set)
    """The words of the record that were met."""
    met: int = -1
    """The last of them; -1 until one was."""

    @property
    def shouted(self) -> bool:
        """Whether the quote is all in capitals, as headlines may be."""
        return self.quote.isupper() and len(self.items) > 1

    def take(self, number: int, low: int, high: int) -> None:
        """Take an item that is laid against the record's words from ``low`` up to before ``high``."""
        item = self.items[number]
        if self.next >= 0 and low != self.next:
            self._go_on(number, low)
        elif item.kind == "word" and high > low and self._in_other_words(number, low):
            self.settle(number)
            self._jump(number, low)
        if item.kind != "word":
            self.settle(number)
            self._mark(item, low, high)
        elif high == low:
            self.ours.append(number)
        else:
            self._meet(number, low)
        if item.kind == "word" and high > low:
            self.used.add(low)
            self.met = low
            if not self.runs:
                self.runs.append([low, low])
            self.runs[-1] = [min(self.runs[-1][0], low), max(self.runs[-1][1], low)]
        if high > low or self.next >= 0:
            self.next = high

    def _go_on(self, number: int, low: int) -> None:
        """Before this item the record moves on, or to elsewhere."""
        gap = self.record.gap(self.next - 1, low)
        if gap is not None and 0 < gap <= RUN:
            self.theirs += (word for word in range(self.next, low) if word not in self.used)
            return
        self.settle(number)
        if gap is not None and -RUN <= gap < 0:
            self._go_back(number, low)
            return
        self._jump(number, low)

    def _in_other_words(self, number: int, low: int) -> bool:
        """Whether an item that follows is of another turn; behind a mark only another speaker's words are others."""
        if self.met < 0:
            return False
        if self.items[number - 1].kind != "word":
            return self.record.speaker(self.met) != self.record.speaker(low)
        return self.record.turn(self.met) != self.record.turn(low)

    def _jump(self, number: int, low: int) -> None:
        """From this item on the quote goes on elsewhere."""
        point, words = self.items[number].start, self.record.words
        here, there = sorted((words[self.next - 1].end, words[low].start))
        kind: EditKind = "left out" if low >= self.next else "moved"
        self.edits.append(Edit(kind, (point, point), (here, there), "", "", "sense", PLACE))
        self.runs.append([low, low])

    def _go_back(self, number: int, low: int) -> None:
        """From this item on the quote gives words that stand before those which it has given, or gives them again."""
        end = number
        while end < len(self.items) and self.steps[end].low < self.next:
            end += 1
        high = max(step.high for step in self.steps[number:end])
        span = self.items[number].start, self.items[end - 1].end
        words = self.quote[slice(*span)], self.record.text(low, high)
        if all(word in self.used for word in range(low, high)):
            self.edits.append(Edit("added", span, self._passage(low, high), *words, "form", "repeated"))
        else:
            shown = [word.shown for word in self.record.words[low:high]]
            self.edits.append(Edit("moved", span, self._passage(low, high), *words, *weigh(shown, ())))

    def _meet(self, number: int, word: int) -> None:
        """Take a word of the quote that is laid against one of the record."""
        item, met = self.items[number], self.record.words[word]
        bracketed = bool(item.begins or item.ends)
        if not bracketed and item.key != met.key:
            self.ours.append(number)
            self.theirs.append(word)
            return
        self.settle(number)
        self.same += 1
        shown = self.quote[item.start : item.end]
        recorded = self.record.text(word, word + 1)
        edit = Edit("typography", (item.start, item.end), (met.start, met.end), shown, recorded, "none", "")
        if bracketed:
            self.edits.append(replace(edit, kind="marked insertion", why="marked"))
        elif item.shown == met.shown:
            if shown != recorded:
                same_letters = len(shown) == len(recorded)
                self.edits.append(replace(edit, why="apostrophe" if same_letters else "code of a letter"))
        elif self.shouted:
            self.edits.append(replace(edit, why="capitals"))
        elif item.free and item.shown[1:] == met.shown[1:]:
            self.edits.append(replace(edit, why="first letter"))
        else:
            weight, why = weigh([item.shown], [met.shown])
            self.edits.append(replace(edit, kind="replaced", weight=weight, why=why))
        if self.last == (number - 1, word - 1):
            self._between(number, word)
        self.last = (number, word)

    def _between(self, number: int, word: int) -> None:
        """Compare what stands between two words that follow one another on both sides."""
        low, high = self.items[number - 1].end, self.items[number].start
        start, end, theirs = self.record.between(word - 1)
        ours = self.quote[low:high]
        if found := between_words(ours, theirs):
            kind, weight, why = found
            shown = " ".join(ours.split()), " ".join(theirs.split())
            self.edits.append(Edit(kind, (low, high), (start, end), *shown, weight, why))

    def _mark(self, item: Printed, low: int, high: int) -> None:
        """Take a marked elision or insertion."""
        gone = [self.record.words[each].key for each in range(low, high) if self.record.said[each]]
        weight, why = weight_of_mark(item.shown.split(), gone)
        self.edits.append(
            Edit(
                "marked elision" if item.kind == "elision" else "marked insertion",
                (item.start, item.end),
                self._passage(low, high),
                self.quote[item.start : item.end],
                self.record.text(low, high),
                weight,
                why,
            )
        )
        self.last = None

    def cut_off(self, negated: bool) -> None:
        """Put down a negation that was cut off: the record's word before the quote, or the last word of its sentence.

        A negation behind the quote that leads on to other words ("from the fund, not from the budget") is theirs.
        """
        if len(self.runs) != 1:
            return
        low, high = self.runs[0]
        if low > 0 and not negated and not self._ends(low - 1):
            self._cut(low - 1, self.items[0].start)
        if high + 1 < len(self.record.words) and not self._ends(high) and self._ends(high + 1):
            self._cut(high + 1, self.items[-1].end)

    def _ends(self, word: int) -> bool:
        """Whether a sentence or a passage of the record ends behind a word."""
        last = word + 1 == len(self.record.words) or self.record.gap(word, word + 1) != 0
        return last or self._ends_sentence(word)

    def _cut(self, word: int, at: int) -> None:
        shown = self.record.words[word].shown
        if turns_round([shown]):
            self.edits.append(Edit("left out", (at, at), self._passage(word, word + 1), "", shown, "sense", "negation"))

    def settle(self, number: int) -> None:
        """Put down the change that went on until before an item, if one did."""
        ours = [self.items[each] for each in self.ours]
        theirs = [each for each in self.theirs if self.record.said[each]]
        unsaid = [each for each in self.theirs if not self.record.said[each]]
        self.ours, self.theirs = [], []
        if not ours and not theirs and not unsaid:
            return
        self.last = None
        point = self.items[number - 1].end if number else 0
        span = (ours[0].start, ours[-1].end) if ours else (point, point)
        words = self.quote[slice(*span)]
        if not theirs and not ours:
            low, high = unsaid[0], unsaid[-1] + 1
            self.edits.append(
                Edit("typography", span, self._passage(low, high), "", self.record.text(low, high), "none", "not said")
            )
            return
        if ours and theirs:
            theirs = self._of_this_sentence(ours, theirs, number)
        if ours and theirs:
            theirs = self._written_out(ours, theirs, number)
            self.runs[-1] = [min(self.runs[-1][0], theirs[0]), max(self.runs[-1][1], theirs[-1])]
        low, high = (theirs[0], theirs[-1] + 1) if theirs else (max(self.next, 0),) * 2
        passage, recorded = self._passage(low, high), self.record.text(low, high)
        kind: EditKind = "replaced" if ours and theirs else "added" if ours else "left out"
        if kind == "replaced" and _joined(words) == _joined(recorded) and self.record.broken(low, high):
            self.same += len(ours)
            self.edits.append(Edit("typography", span, passage, words, recorded, "none", "end of line"))
            return
        weighed = Weighed("form", "repeated") if self._repeats(number, ours, theirs) else self._weigh(ours, theirs)
        self.edits.append(Edit(kind, span, passage, words, recorded, *weighed))
        if kind == "replaced" and weighed.why in WRITTEN_OTHERWISE:
            self.same += len(ours)

    def _of_this_sentence(self, ours: Sequence[Printed], theirs: list[int], number: int) -> list[int]:
        """The record's words of a change at an end of the quote, without those of the sentence before or behind.

        Both ends of the record are free, so words that are added there lie against whatever comes. The stretch of the
        record that the quote is from is taken to end with what is left.
        """
        starts, ends = ours[0] == self.items[0], number == len(self.items)
        if starts == ends:
            return theirs
        low, high = (
            self.items[number - len(ours) - 1].end if ends else 0,
            ours[-1].end if ends else self.items[number].start,
        )
        if _SENTENCE_END.search(self.quote[low:high]):
            return theirs
        run = self.runs[-1]
        if ends:
            between = (word for word in range(max(theirs[0] - 1, 0), theirs[-1]) if self._ends_sentence(word))
            last = next(between, theirs[-1])
            self.runs[-1] = [run[0], min(run[1], last)]
            return [word for word in theirs if word <= last]
        between = (word for word in range(theirs[-1], theirs[0] - 1, -1) if self._ends_sentence(word))
        last = next(between, theirs[0] - 1)
        self.runs[-1] = [max(run[0], last + 1), max(run[1], last + 1)]
        return [word for word in theirs if word > last]

    def _ends_sentence(self, word: int) -> bool:
        """Whether a sentence ends between a word of the record and the next."""
        return word + 1 < len(self.record.words) and bool(_SENTENCE_END.search(self.record.between(word)[2]))

    def _repeats(self, number: int, ours: Sequence[Printed], theirs: Sequence[int]) -> bool:
        """Whether words that stand on one side alone stand there twice: somebody stammered, or a printer did."""
        if ours and theirs:
            return False
        line = [item.key for item in self.items] if ours else [word.key for word in self.record.words]
        low, high = (number - len(ours), number) if ours else (theirs[0], theirs[-1] + 1)
        words = line[low:high]
        return words in (line[max(0, 2 * low - high) : low], line[high : 2 * high - low])

    def _weigh(self, ours: Sequence[Printed], theirs: Sequence[int]) -> Weighed:
        shown = [self.record.words[each].shown for each in theirs]
        return weigh([item.shown for item in ours], shown, any(item.glossed for item in ours))

    def _written_out(self, ours: Sequence[Printed], theirs: list[int], number: int) -> list[int]:
        """The record's words of a change at an end of the quote, with the one beyond where both are written short.

        Both ends of the record are free, so that of "there is" only "is" may lie against "there's".
        """
        beyond = [theirs[0] - 1] if ours[0] == self.items[0] else []
        beyond += [theirs[-1] + 1] if number == len(self.items) else []
        for each in beyond:
            if 0 <= each < len(self.record.words):
                wider = sorted((*theirs, each))
                if self._weigh(ours, wider).why in ("contraction", "short"):
                    return wider
        return theirs

    def _passage(self, low: int, high: int) -> Span:
        """The place of some of the record's words, or where there are none of the point before them."""
        words = self.record.words
        if low < high:
            return words[low].start, words[high - 1].end
        at = words[low].start if low < len(words) else words[-1].end
        return at, at


def _joined(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())
