"""What speaks for a cue beside the word itself: who its subject is, how it stands in its sentence, what it takes.

Promise: the answer is a chance between 0 and 1, calibrated on the training data, made of one number for each piece of
evidence (a logistic regression; the numbers are in `statements/en/evidence.toml`). The odd case that forced the shape:
``agree to`` is a statement of somebody's in ``Reyk agreed to talks`` and none in ``tests that they agreed to``; the
word is the same, the subject and the place are not.
"""

from __future__ import annotations

from functools import cache
from math import exp, log

from onrecord.language import Annotated, Quotation
from onrecord.statements.complements import Piece, Predicate
from onrecord.statements.lexicon import lexicon
from onrecord.statements.spans import meeting
from onrecord.tables import table

_LONG = (4, 8, 16, 32)
"""Bounds in tokens between the length classes of a content."""


@cache
def weights(language: str) -> dict[str, float]:
    """Return the weight of each piece of evidence, ``bias`` and ``word`` (of the table's log odds) among them."""
    return dict(table("statements", language, "evidence")["weights"])


def weigh(language: str, chance: float, evidence: tuple[str, ...]) -> float:
    """Return the chance that a predicate attributes, from the table's chance for its word and the evidence."""
    known = weights(language)
    total = known["bias"] + known["word"] * log_odds(chance)
    for each in evidence:
        total += known.get(each, 0.0)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def log_odds(chance: float) -> float:
    """Return the log odds of a chance, held between -6 and 6."""
    chance = max(0.0025, min(0.9975, chance))
    return log(chance / (1 - chance))


def evidence_for(
    annotated: Annotated, predicate: Predicate, piece: Piece, speaker: int | None, outer: tuple[Quotation, ...]
) -> tuple[str, ...]:
    """Return the names of what can be seen of a predicate and its piece, the speaker's head token being ``speaker``."""
    tokens, children = annotated.tokens, annotated.children
    words = lexicon(annotated.language)
    cue = tokens[predicate.i]
    kind = piece.kind.removeprefix("passive ")
    base = kind.split("+")[0]
    found = [f"kind={kind}" if "+" not in kind else f"kind={base}+", f"tag={cue.tag}", f"place={cue.dep}"]
    found.append(f"subject={_subject_class(annotated, speaker)}")
    if piece.kind.startswith("passive"):
        found.append("passive")
    for c in children[predicate.i]:
        child = tokens[c]
        if child.dep == "neg":
            found.append("negated")
        elif child.dep == "aux" and child.tag == "MD":
            found.append(f"modal={child.lower}")
        elif child.dep == "aux" and child.lower in words.perfect:
            found.append("aux=have")
        elif child.dep == "aux" and child.lower in words.do:
            found.append("aux=do")
        elif child.dep == "mark" and c < predicate.i:
            found.append(f"mark={child.lower}")
    size = sum(high - low for low, high in piece.ranges)
    found.append(f"long={sum(size > bound for bound in _LONG)}")
    start, end = tokens[piece.ranges[0][0]].start, tokens[piece.ranges[-1][1] - 1].end
    if meeting((start, end), outer):
        found.append("quotes")
    head = tokens[piece.ranges[-1][0]]
    if base == "obj" or base not in ("that", "clause", "wh", "to", "before"):
        found.append(f"opens={head.pos}")
    if annotated.sentences[cue.sentence].block == 0:
        found.append("first block")
    return tuple(found)


def _subject_class(annotated: Annotated, speaker: int | None) -> str:
    if speaker is None:
        return "none"
    token = annotated.tokens[speaker]
    if token.pos == "PRON":
        return token.lower if token.lower in lexicon(annotated.language).speaking_pronouns else "pronoun"
    if token.pos == "PROPN":
        return token.ner or "PROPN"
    return f"{token.tag}{'+' + token.ner if token.ner in ('PERSON', 'ORG') else ''}"
