"""What became of a quote, for people and programs: both sides cut where they differ, the report, the JSON.

Promise: the parts of a side put together are its text. The odd case that forced the shape: what was left out has no
words in the quote, so it is a part of the passage alone, at the place where it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from onrecord.check import FINDINGS, Edit, Finding, Original
from onrecord.check import Passage as Held
from onrecord.nouns import Document, Span
from onrecord.publish.report import digest, environment, resource

_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.?!…][\"”’)\]]*(?:\s+|$)")

MEANT = {
    "verbatim": "the same words",
    "marked": "the same words, but for changes that the quote marks",
    "trimmed": "words left out with no mark",
    "altered": "words changed with no mark",
    "spliced": "put together from places far apart, with no mark",
    "reworded": "compatible at best: something close was said in other words",
    "elsewhere": "the words are somebody else's",
    "not found": "nobody in the record says so",
}
"""What each verdict says, in a few words."""


class Part(NamedTuple):
    """A stretch of a side: the same on both, or an edit."""

    text: str
    edit: Edit | None = None


class Beside(NamedTuple):
    """The sentence before or behind a passage."""

    text: str
    speaker: str | None
    """Whose it is, where that is another turn than the passage's; None: the same."""


class Passage(NamedTuple):
    """The record's words with a sentence before and behind."""

    speaker: str | None
    """The label of whose words they are."""

    before: Beside | None
    parts: tuple[Part, ...]
    stop: str
    """What of the passage's last sentence is not in the quote."""
    after: Beside | None
    place: str
    """Where they stand: the document, its day, and the code points of its text."""


class Row(NamedTuple):
    """A checked quote as pages show it."""

    finding: Finding
    article: Document | None
    """What it stands in; None where that is shown already, or is none."""
    named: str | None
    quote: tuple[Part, ...]
    passages: tuple[Passage, ...]
    held: bool = False
    """Whether the record is what a ledger happens to hold: that it has no such words then says nothing of the quote."""

    @property
    def sense(self) -> bool:
        """Whether a change may change what the words say."""
        return touches_sense(self.finding)

    @property
    def state(self) -> str:
        """How much it should be looked into: ``found``, ``doubt``, ``unknown``, or nothing."""
        if self._unknown:
            return "unknown"
        return "found" if is_finding(self.finding) else "doubt" if self.sense else ""

    @property
    def meant(self) -> str:
        """What its verdict says."""
        return "no transcript of this ledger has these words" if self._unknown else MEANT[self.finding.verdict]

    @property
    def _unknown(self) -> bool:
        return self.held and self.finding.verdict == "not found"


def row(finding: Finding, article: Document | None = None, held: bool = False) -> Row:
    """Return a checked quote as pages show it; ``held``: against what a ledger happens to hold."""
    return Row(finding, article, named_in(finding), quote_parts(finding), passages_of(finding), held)


def is_finding(finding: Finding) -> bool:
    """Return whether somebody should look into a quote."""
    return finding.verdict in FINDINGS


def touches_sense(finding: Finding) -> bool:
    """Return whether a change of the words may change what they say."""
    return any(edit.weight == "sense" for edit in finding.edits)


def named_in(finding: Finding) -> str | None:
    """Return who is told to have said a quote: the first of the names, else of the offices."""
    return next(iter((*finding.quote.speaker.names, *finding.quote.speaker.roles)), None)


def quote_parts(finding: Finding) -> tuple[Part, ...]:
    """Return the quote cut where it differs; what is left out has a part without text where it is missing."""
    text = finding.quote.text
    return tuple(_parts(text, ((edit.quote, edit) for edit in finding.edits), (0, len(text))))


def passages_of(finding: Finding) -> tuple[Passage, ...]:
    """Return the passages that a quote comes from: none, one, or those of its pieces where it is put together."""
    original = finding.original
    return () if original is None else tuple(_passage(finding, original, span) for span in finding.places)


def _passage(finding: Finding, original: Original, span: Span) -> Passage:
    held = [each for each in original.passages if each.start < span[1] and each.end > span[0]]
    base, text = held[0].start, ""
    for each in held:
        text += " " * (each.start - base - len(text)) + each.text
    low, high = span[0] - base, span[1] - base
    edits = (((e.passage[0] - base, e.passage[1] - base), e) for e in finding.edits)
    parts = _parts(text, ((place, e) for place, e in edits if low <= place[0] <= place[1] <= high), (low, high))
    first, last = held[0], held[-1]
    before, after = _sentences(text[:low]), _sentences(text[high:])
    end = _SENTENCE_END.match(text, high)
    stop = end.group() if end else "".join(after[:1])
    after = _sentences(text[end.end() :]) if end else after[1:]
    earlier = [each for each in original.passages if each.end <= first.start]
    later = [each for each in original.passages if each.start >= last.end]
    return Passage(
        first.speaker,
        _beside(before[-1:], first, first)
        or (_beside(_sentences(earlier[-1].text)[-1:], earlier[-1], first) if earlier else None),
        tuple(Part(_folded(part.text), part.edit) for part in parts),
        _folded(stop).rstrip(),
        _beside(after[:1], last, last) or (_beside(_sentences(later[0].text)[:1], later[0], last) if later else None),
        _place(original, span),
    )


def _beside(sentences: Sequence[str], where: Held, passage: Held) -> Beside | None:
    if not sentences:
        return None
    other = where.turn != passage.turn
    return Beside(_folded(sentences[0]).strip(), (where.speaker or "") if other else None)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _parts(text: str, edits: Iterable[tuple[Span, Edit]], span: Span) -> Iterator[Part]:
    """A side cut at its edits; edits of typography are no parts of their own."""
    at = span[0]
    for (low, high), edit in sorted(edits, key=lambda pair: pair[0]):
        if edit.kind == "typography" or low < at:
            continue
        if low > at:
            yield Part(text[at:low])
        yield Part(text[low:high], edit)
        at = high
    if at < span[1]:
        yield Part(text[at : span[1]])


def _sentences(text: str) -> list[str]:
    """A text cut behind its sentences, the blanks between them with the one before."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    cuts = [0, *ends, len(text)]
    return [text[low:high] for low, high in pairwise(cuts) if text[low:high].strip()]


def _place(original: Original, span: Span) -> str:
    file = original.path.rpartition("/")[2] if original.path else None
    name = original.title or file or original.document
    told = [name, original.outlet if original.record == "print" else file if file != name else None, original.day]
    return ", ".join([*filter(None, told), f"characters {span[0]:,} to {span[1]:,}"])


def report(findings: Sequence[tuple[Finding, Document | None]]) -> str:
    """Return the report on checked quotes, each with the article that it stands in, as the text of one HTML page."""
    style = resource("palette.css") + resource("report.css") + resource("checked.css")
    page = environment().get_template("checked.html.jinja")
    return page.render(
        rows=[row(finding, article) for finding, article in findings],
        counts=[(verdict, n) for verdict in MEANT if (n := sum(f.verdict == verdict for f, _ in findings))],
        meant=MEANT,
        findings=FINDINGS,
        style=Markup(style),  # noqa: S704 - our own sheets, files of the package
        style_hash=digest(style),
        version=f"onrecord {version('onrecord')}",
    )
