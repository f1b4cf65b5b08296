"""Where a sentence ends: the parser's ends, put right at quotations, abbreviations and brackets.

Promise: every sentence is a run of tokens that holds all its heads and has one root; a quotation's closing mark stands
in the sentence that it closes. The odd case: ``“Is it?” she asked.`` is one sentence although a question mark and a
capital may stand in it, while ``“It is.” The talks went on.`` is two.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.tables import table

_SPACE = "_SP"
_REPORT_REACH = 7
"""Tokens after a quotation within which the verb of its reporting clause stands."""


@dataclass(frozen=True)
class Marks:
    """The words and marks of one language that decide about sentence ends; all lower case."""

    titles: frozenset[str]
    abbreviations: frozenset[str]
    final: frozenset[str]
    closing: frozenset[str]
    opening: frozenset[str]
    reporting: frozenset[str]
    both: frozenset[str]
    """Opening and closing marks together."""


@cache
def marks(language: str) -> Marks:
    """Read ``language/<language>/sentences.toml``."""
    words = table("language", language, "sentences")
    return Marks(
        titles=frozenset(f"{word}." for word in words["titles"].split()),
        abbreviations=frozenset(f"{word}." for word in words["abbreviations"].split()),
        final=frozenset(words["final"].split()),
        closing=frozenset(words["closing"].split()),
        opening=frozenset(words["opening"].split()),
        reporting=frozenset(words["reporting_forms"].split()),
        both=frozenset(words["closing"].split() + words["opening"].split()),
    )


def mend(
    words: Sequence[str],
    spans: Sequence[tuple[int, int]],
    tags: Sequence[str],
    heads: list[int],
    deps: list[str],
    opens: list[int],
    language: str,
) -> list[int]:
    """Return the first tokens of the sentences; ``heads`` and ``deps`` are put right where a boundary moved.

    ``words``, ``spans``, ``tags``, ``heads`` (absolute) and ``deps`` are those of one text parsed in one go; ``opens``
    are the first tokens of the sentences as the parser has them, the first being 0.
    """
    known = marks(language)
    size = len(words)
    faces = [_face(word, i, spans, tags[i], known) if word in known.both else 0 for i, word in enumerate(words)]
    kept = [0]
    for at in opens[1:]:
        moved = _boundary(words, tags, faces, at, kept[-1], known)
        if moved is not None and kept[-1] < moved < size:
            kept.append(moved)
    split = _splits(words, tags, faces, known)
    found = sorted({*kept, *split}) if split else kept
    if found != opens:
        before = set(opens)
        bounds = [*found, size]
        ends = dict(zip(opens, [*opens[1:], size], strict=True))
        for first, last in itertools.pairwise(bounds):
            if first not in before or ends[first] != last:
                _root(words, tags, heads, deps, first, last, known)
    return found


_OPENS, _CLOSES = -1, 1


def _face(word: str, i: int, spans: Sequence[tuple[int, int]], tag: str, known: Marks) -> int:
    """Which way a quotation mark or bracket looks: a mark that can do both by the blanks around it, then by its tag."""
    if word not in known.closing:
        return _OPENS
    if word not in known.opening:
        return _CLOSES
    before = i == 0 or spans[i][0] > spans[i - 1][1]
    behind = i + 1 == len(spans) or spans[i + 1][0] > spans[i][1]
    if before != behind:
        return _OPENS if before else _CLOSES
    return _OPENS if tag == "``" else _CLOSES


def _boundary(
    words: Sequence[str], tags: Sequence[str], faces: Sequence[int], at: int, first: int, known: Marks
) -> int | None:
    """Where the sentence that the parser begins at ``at`` begins in truth, or None: it goes on from the one before."""
    size = len(words)
    while at < size and (tags[at] == _SPACE or faces[at] == _CLOSES):
        if tags[at] == _SPACE and "\n" in words[at]:
            return at + 1
        at += 1
    if at >= size:
        return None
    last = at - 1
    while last > first and (tags[last] == _SPACE or faces[last] == _OPENS):
        if "\n" in words[last]:
            return at
        if faces[last] == _OPENS:
            at = last
        last -= 1
    end, quoted = _end(words, tags, faces, last, first, known)
    if not end or (words[at][:1].islower() and faces[at] == 0):
        return None
    if quoted and end != "." and _reports(words, tags, faces, at, known):
        return None
    return at


def _end(
    words: Sequence[str], tags: Sequence[str], faces: Sequence[int], last: int, first: int, known: Marks
) -> tuple[str, bool]:
    """The mark that ends a sentence at token ``last``, or "", and whether a quotation closes behind it."""
    quoted = False
    while last > first and (faces[last] == _CLOSES or tags[last] == _SPACE):
        quoted = quoted or words[last] not in (")", "]", " ")
        last -= 1
    word = words[last]
    if word == "." and last > first and words[last - 1].lower() + "." in known.titles:
        return "", quoted
    if word in known.final or word in (":", ";"):
        return word, quoted
    if word.lower() in known.titles:
        return "", quoted
    if word[-1:] in ".!?…":
        initial = len(word) == 2 and word[0].isupper() and tags[last] == "NNP"
        return "" if initial else ".", quoted
    return "", quoted


def _reports(words: Sequence[str], tags: Sequence[str], faces: Sequence[int], at: int, known: Marks) -> bool:
    """Whether a short reporting clause begins at ``at``: "Lindqvist asked reporters"."""
    for i in range(at, min(at + _REPORT_REACH, len(words))):
        if words[i].lower() in known.reporting:
            return i > at
        if words[i] in known.final or faces[i] == _OPENS or tags[i] in ("VBD", "VBZ", "VBP", "MD"):
            return False
    return False


def _splits(words: Sequence[str], tags: Sequence[str], faces: Sequence[int], known: Marks) -> list[int]:
    """Tokens that begin a sentence although the parser ran on: behind a final mark, closing marks and blanks."""
    found = []
    size = len(words)
    for i in range(1, size - 2):
        if words[i] not in known.final or words[i] in ("...", "…", ".."):
            continue
        at = i + 1
        while at < size and (faces[at] == _CLOSES or tags[at] == _SPACE):
            at += 1
        closed = faces[i + 1] == _CLOSES
        lead = at
        while lead < size and faces[lead] == _OPENS:
            lead += 1
        if lead >= size or not words[lead][:1].isupper():
            continue
        if closed and words[i] != "." and _reports(words, tags, faces, lead, known):
            continue
        if words[i] == "." and not closed and _short(words[i - 1], known):
            continue
        found.append(at)
    return found


def _short(word: str, known: Marks) -> bool:
    """Whether a full stop behind ``word`` is that of an initial or of an abbreviation."""
    dotted = word.lower() + "."
    return (len(word) == 1 and word.isupper()) or dotted in known.titles or dotted in known.abbreviations


def _root(
    words: Sequence[str], tags: Sequence[str], heads: list[int], deps: list[str], first: int, last: int, known: Marks
) -> None:
    """Give the tokens ``first`` to ``last`` one root: a verb of saying where one of several roots is one."""
    roots = [i for i in range(first, last) if heads[i] == i or not first <= heads[i] < last]
    if not roots:
        return
    verbs = [i for i in roots if tags[i].startswith("VB") or tags[i] == "MD"]
    saying = [i for i in verbs if words[i].lower() in known.reporting]
    chosen = (saying or verbs or [i for i in roots if words[i][:1].isalnum()] or roots)[0]
    for i in roots:
        if i == chosen:
            heads[i], deps[i] = i, "ROOT"
            continue
        heads[i] = chosen
        if i in verbs:
            deps[i] = "ccomp" if saying and i < chosen else "parataxis"
        elif not words[i][:1].isalnum():
            deps[i] = "punct"
        elif deps[i] == "ROOT":
            deps[i] = "dep"
