"""The people that a transcript's labels name: ``MR. OSTROW:``, ``THE PRESIDENT:``; ``Q`` is nobody.

Promise: a label that shares a surname with one person of the text is that person; else it is a person of its own. The
odd case: a label stands before the words that are parsed, so it has no tokens: its mention's head is the turn's first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.language.annotated import Sentence
from onrecord.language.figures import CROWD, Figure
from onrecord.language.holders import Held
from onrecord.language.lexicon import Lexicon
from onrecord.language.roles import RolePhrase
from onrecord.nouns import Document

_WORD = re.compile(r"[^\W\d_][\w.'’-]*")


class Label(NamedTuple):
    """A speaker's label: its place and its figure."""

    start: int
    end: int
    head: int
    block: int
    named: bool
    """False where the label is an office ("THE PRESIDENT")."""
    figure: Figure


def find_labels(
    document: Document, sentences: Sequence[Sentence], people: Sequence[Figure], lexicon: Lexicon
) -> tuple[list[Label], dict[int, Figure]]:
    """Return the labels in text order, and for each block of a turn the figure that speaks it."""
    if not any(block.speaker for block in document.blocks):
        return [], {}
    firsts: dict[int, int] = {}
    for sentence in sentences:
        firsts.setdefault(sentence.block, sentence.first)
    figures: dict[str, Figure | None] = {}
    bearers: dict[str | None, list[Figure]] = {}
    for figure in people:
        bearers.setdefault(figure.surname, []).append(figure)
    labels = []
    speakers = {}
    for number, block in enumerate(document.blocks):
        if not block.speaker:
            continue
        if block.speaker not in figures:
            figures[block.speaker] = _figure(block.speaker, people, bearers, lexicon)
        speaker = figures[block.speaker]
        if speaker is None:
            continue
        speakers[number] = speaker
        start = block.span[0]
        if document.text.startswith(block.speaker, start) and number in firsts:
            parts = parts_of(block.speaker, lexicon)
            low, high = parts.span if parts.words else (0, len(block.speaker))
            labels.append(Label(start + low, start + high, firsts[number], number, bool(parts.words), speaker))
            if parts.words:
                speaker.forms[_name(parts.words)] += 0
    return labels, speakers


class Parts(NamedTuple):
    """A label's name, title and office."""

    words: tuple[str, ...]
    """The words of the name."""
    span: tuple[int, int]
    gender: str | None
    roles: tuple[str, ...]
    """The words of an office, lower case."""


def parts_of(label: str, lexicon: Lexicon) -> Parts:
    """Return a label's name, title and office; a list of nobody's words counts as none of them."""
    words: list[str] = []
    roles: list[str] = []
    gender = None
    low = high = 0
    for match in _WORD.finditer(label.split("(")[0].rstrip(": ")):
        word = match.group().lower().rstrip(".")
        if word in lexicon.titles:
            gender = lexicon.titles[word] or gender
        elif word in lexicon.role_class or word in lexicon.modifiers or word in ("the", "of", "and"):
            roles.append(word)
        elif word not in lexicon.nobody:
            low = low if words else match.start()
            high = match.end()
            words.append(match.group())
    return Parts(tuple(words), (low, high), gender, tuple(word for word in roles if word != "the"))


def _name(words: Sequence[str]) -> str:
    """A name in capitals as it is otherwise written."""
    return " ".join(word.title() if word.isupper() and len(word) > 2 else word for word in words)


def _figure(
    label: str, people: Sequence[Figure], bearers: dict[str | None, list[Figure]], lexicon: Lexicon
) -> Figure | None:
    """Whom a label means, put among the ``bearers`` of the surname; None: nobody in particular."""
    parts = parts_of(label, lexicon)
    if parts.words:
        surname = parts.words[-1].lower()
        known = bearers.setdefault(surname, [])
        found = [f for f in known[:CROWD] if not parts.gender or f.gender in (None, parts.gender)]
        if len(parts.words) > 1:
            found = [f for f in found if f.given is None or lexicon.same_given(f.given, parts.words[0])]
        if found:
            figure = found[0]
        else:
            figure = Figure("person", surname, parts.words[0] if len(parts.words) > 1 else None, surname)
            if figure.given:
                figure.gender = lexicon.gender_of_given(figure.given) or None
            known.append(figure)
        figure.gender = parts.gender or figure.gender
        return figure
    kind = lexicon.class_of(parts.roles) if parts.roles else None
    if kind is None:
        return None
    holders = [f for f in people if any(h.role.kind == kind for h in f.held)]
    if len(holders) == 1:
        return holders[0]
    title = " ".join(word.capitalize() for word in parts.roles)
    figure = Figure("person", f"#{kind}", None, None)
    figure.forms[f"the {title}"] += 1
    role = RolePhrase(0, 0, 0, 0, 0, 0, kind, None, False, "definite", frozenset(), frozenset())
    figure.labelled.append(Held(role, None, title))
    return figure
