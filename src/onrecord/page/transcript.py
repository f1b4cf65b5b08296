"""Transcripts: which lines begin a turn, and whose turn it is.

Promise: text is never changed; a label is given back as the transcript writes it, without its colon. The odd case
that forced the shape: official transcripts write ``Q`` with no colon at all, and articles begin with ``OSTREV:`` or
hold one line ``Note: …``; so no line decides alone, only several labels that take turns make a transcript.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.tables import table

_NAME = r"[^\W\d_a-z][\w'’\-]*\.?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:\s?[ap]\.?\s?m\.?)?(?:\s\(?[a-z]{1,5}\)?)?"
_CLOSING = 120
"""Code points of the longest line that closes a transcript or is a note in it."""
_LETTER = re.compile(r"[^\W\d_]")


class Turn(NamedTuple):
    """What one line is in a transcript."""

    speaker: str | None
    """The label as written; None for a line that nobody speaks."""
    begins: bool
    """True where the label stands in this very line."""


class _Labels(NamedTuple):
    named: re.Pattern[str]
    asker: re.Pattern[str]
    askers: frozenset[str]
    titles: frozenset[str]
    ends: re.Pattern[str]
    unspoken: re.Pattern[str]
    left_out: frozenset[str]
    no_speakers: frozenset[str]


@cache
def _labels(language: str) -> _Labels:
    words = table("page", language, "lines")
    askers = "|".join(map(re.escape, words["askers"]))
    also_words = "|".join(map(re.escape, words["askers_or_words"]))
    small = "|".join(map(re.escape, words["label_words"]))
    return _Labels(
        re.compile(
            rf"(?P<label>{_NAME}(?:[ \t\u00a0]+(?:{_NAME}|{small})){{0,7}}(?:[ \t\u00a0]*\([^()\n]{{1,60}}\))?)"
            r"[ \t\u00a0]*:(?=[ \t\u00a0]|$)"
        ),
        re.compile(rf"(?!(?:{also_words})[ \u00a0]\S)(?P<label>{askers})(?:[.:](?=\s|$)|(?=[ \t\u00a0]+[^\s\d]))"),
        frozenset(words["askers"]),
        frozenset(words["titles"]),
        re.compile(
            rf"[-–—\[(*_\s]*(?:{'|'.join(words['transcript_end'])})[-–—\])*_.:\s]*(?:{_CLOCK})?[-–—\])*_\s]*",
            re.IGNORECASE,
        ),
        re.compile(rf"\s*(?:{_CLOCK}|\([^()]{{1,80}}\)|\[[^\[\]]{{1,80}}\])[.\s]*", re.IGNORECASE),
        frozenset(words["left_out"]),
        frozenset(words["no_speakers"]),
    )


def label(line: str, language: str = "en") -> str | None:
    """Return the speaker's label that a line begins with, as written and without its colon; None: there is none."""
    line = line.lstrip()
    labels = _labels(language)
    found = labels.asker.match(line) or labels.named.match(line[:120])
    return found["label"] if found else None


def is_asker(label: str, language: str = "en") -> bool:
    """Return whether a label is that of whoever asks ("Q"), who has no name in the transcript."""
    return label in _labels(language).askers


def turns(lines: Sequence[str], language: str = "en") -> list[Turn] | None:
    """Return for each line whose turn it belongs to, or None where the lines are no transcript.

    Lines before the first label, the closing line and what follows it, and lines after words left out have no speaker;
    neither has a line that is a note in brackets (``(Applause.)``) or a time of day, though its speaker may go on.
    """
    words = _labels(language)
    labels = [_speaking(line, label(line, language), words) for line in lines]
    trusted = _trusted(labels, words)
    if not trusted:
        return None
    result: list[Turn] = []
    speaker: str | None = None
    for line, found in zip(lines, labels, strict=True):
        if found is not None and found in trusted:
            speaker = found
            result.append(Turn(speaker, True))
            continue
        short = line.strip() if len(line) <= _CLOSING else ""
        if short in words.left_out or words.ends.fullmatch(short):
            speaker = None
        result.append(Turn(None if words.unspoken.fullmatch(short) else speaker, False))
    return result


def _speaking(line: str, found: str | None, words: _Labels) -> str | None:
    """The label, unless it is no speaker's: a word such as ``NOTE``, or one with a mere figure after it."""
    if found is None or found.upper() in words.no_speakers:
        return None
    said = line.strip()[len(found) :].lstrip(".: \t\u00a0")
    return found if _official(found, words) or any(c.isalpha() for c in said) else None


def _trusted(labels: Sequence[str | None], words: _Labels) -> frozenset[str]:
    """The labels that are speakers; none where the lines are not a transcript."""
    counts = Counter(each for each in labels if each)
    official = {each for each in counts if _official(each, words)}
    askers = {each for each in counts if each in words.askers}
    shouted = {each for each in counts if _upper(each)} - askers
    named = {each for each in counts if counts[each] >= 2} | official | askers | shouted
    n = sum(counts[each] for each in official | askers | shouted)
    if official and n >= 2 and (len(official | askers | shouted) >= 2 or n >= 3):
        return frozenset(official | askers | shouted)
    if len(shouted) >= 2 and n >= 4 and n > len(labels) / 5:
        return frozenset(shouted | askers)
    turns_of_names = [each for each in labels if each in named]
    changes = sum(a != b for a, b in pairwise(turns_of_names))
    if len({*turns_of_names} - askers) >= 1 and len({*turns_of_names}) >= 2 and changes >= 3:
        repeated = sum(counts[each] >= 2 for each in {*turns_of_names})
        if repeated >= 2 and len(turns_of_names) > len(labels) / 4:
            return frozenset(named)
    return frozenset()


def _upper(label: str) -> bool:
    """Written in capitals, save for a small part of a name (``McDONOUGH``) and words in brackets."""
    letters = [c for c in re.sub(r"\(.*\)", "", label) if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.75 * len(letters)


def _official(label: str, words: _Labels) -> bool:
    """In capitals and begun by a title or an office: ``MR. CARNEY``, ``THE PRESIDENT``."""
    parts = label.split()
    return len(_LETTER.findall(label)) > 2 and _upper(label) and parts[0].rstrip(".") in words.titles
