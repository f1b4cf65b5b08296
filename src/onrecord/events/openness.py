"""What the text says is not yet known of an event: its date, its venue, or the details that are both.

Promise: an attribute is open only where words of the text say so, and both the attribute's words and those words are
kept. The odd case that forced its shape: "the dates and venue of which they are not yet ready to announce": attribute,
event and the saying that it is open can stand in any order, or the event a sentence before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from onrecord.events.ground import Ground
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Sentence
from onrecord.nouns import Span
from onrecord.tables import table


class Open(NamedTuple):
    """One attribute said to be undecided: its words, the words that say so, the sentence and a token to look from."""

    attribute: Literal["date", "venue"]
    span: Span
    cue: Span
    sentence: int
    at: int
    exact: bool
    """False where only "details" or the like are said to be open."""


class OpenWords(NamedTuple):
    """The table of openness, ready for a sentence."""

    nouns: dict[str, tuple[Literal["date", "venue"], ...]]
    loose: frozenset[str]
    """Nouns that name the attribute only after "which" or before "of": "the week of the summit"."""
    cues: re.Pattern[str]
    triggers: frozenset[str]
    none: frozenset[str]
    ready: frozenset[str]
    tell: frozenset[str]
    negations: frozenset[str]


@cache
def open_words(language: str) -> OpenWords:
    """Return the words of openness of a language."""
    raw = table("events", language, "parts")["open"]
    nouns: dict[str, tuple[Literal["date", "venue"], ...]] = {}
    for word in raw["date"]:
        nouns[word] = ("date",)
    for word in raw["venue"]:
        nouns[word] = ("venue",)
    for word in raw["both"]:
        nouns[word] = ("date", "venue")
    cues = sorted(raw["cues"], key=len, reverse=True)
    return OpenWords(
        nouns=nouns,
        loose=frozenset(raw["loose"]),
        cues=re.compile(r"\b(?:" + "|".join(re.escape(cue).replace(r"\ ", r"\s+") for cue in cues) + r")\b"),
        triggers=frozenset(nouns) | {"indefinitely"},
        none=frozenset(raw["none"]),
        ready=frozenset(raw["ready"]),
        tell=frozenset(raw["tell"]),
        negations=frozenset(raw["not"]),
    )


def find_open(ground: Ground, sentence: Sentence) -> list[Open]:
    """Return what a sentence says is open; nothing where it names no attribute or says nothing of its being open."""
    a = ground.annotated
    known = open_words(a.language)
    nouns = [
        t for t in a.tokens[sentence.first : sentence.last]
        if t.lemma in known.nouns and (t.pos in {"NOUN", "PROPN"} or t.tag == "WRB")
    ]  # fmt: skip
    nouns = [t for t in nouns if t.i not in ground.times and (t.lemma not in known.loose or _asked(ground, t.i))]
    if not nouns:
        return []
    cue = _cue(ground, sentence, known)
    if cue is None:
        bare = [
            (t, a.tokens[t.i - 1])
            for t in nouns
            if t.i > sentence.first and a.tokens[t.i - 1].lower in vocabulary(a.language)["articles"]
        ]
        bare = [(t, a.tokens[d.i - 1]) for t, d in bare if d.i > sentence.first] + [
            (t, a.tokens[t.i - 1]) for t in nouns if t.i > sentence.first
        ]
        denied = [(t, d) for t, d in bare if d.lower in known.none and len(known.nouns[t.lemma]) == 1]
        return [
            Open(known.nouns[t.lemma][0], (t.start, t.end), (d.start, d.end), sentence.i, t.i, True) for t, d in denied
        ]
    found: list[Open] = []
    seen: set[str] = set()
    nouns = [
        t for t in nouns if t.tag != "WRB" or 0 <= t.start - cue[1] < 12 or cue[0] <= t.start < cue[1] <= t.end + 1
    ]
    if not nouns:
        return []
    exact = [t for t in nouns if len(known.nouns[t.lemma]) == 1]
    chosen = exact or [t for t in nouns if t.lemma in known.nouns]
    first = min(chosen, key=lambda t: abs(t.start - cue[0]))
    together = [t for t in chosen if abs(t.i - first.i) <= 4] if exact else [first]
    for token in together:
        for attribute in known.nouns[token.lemma]:
            if attribute not in seen:
                seen.add(attribute)
                found.append(Open(attribute, (token.start, token.end), cue, sentence.i, token.i, bool(exact)))
    return found


def _asked(ground: Ground, i: int) -> bool:
    tokens = ground.annotated.tokens
    after = any(t.lower in vocabulary(ground.annotated.language)["members"] for t in tokens[i + 1 : i + 5])
    return after or (i > 0 and tokens[i - 1].lower in vocabulary(ground.annotated.language)["asking"])


def _cue(ground: Ground, sentence: Sentence, known: OpenWords) -> Span | None:
    """The words that say that something is open: a fixed phrase, or a negation with "ready to announce" or its like."""
    a = ground.annotated
    text = a.document.text[sentence.start : sentence.end].lower()
    match = known.cues.search(text)
    if match is not None:
        return sentence.start + match.start(), sentence.start + match.end()
    tokens = a.tokens[sentence.first : sentence.last]
    ready = next((t for t in tokens if t.lower in known.ready), None)
    if ready is None:
        return None
    denied = next(
        (
            t
            for t in tokens[max(0, ready.i - sentence.first - 16) : ready.i - sentence.first]
            if t.lower in known.negations
        ),
        None,
    )
    told = next((t for t in tokens[ready.i - sentence.first :][:6] if t.lemma in known.tell), None)
    if denied is None or told is None:
        return None
    return denied.start, told.end
