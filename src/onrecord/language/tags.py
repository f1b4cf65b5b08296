"""Tags of verbs that the parser took for nouns or adjectives, put right: "the ministers reassemble on 14 January".

Promise: only the main word of a sentence is touched, only where the tree itself shows a clause without a verb, and
only if the word can be a verb. The odd case that forced its shape: the parser hangs the subject on "votes" and still
calls it a noun; what is done, and when, is then done by nobody and at no time.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

_LOOSE = frozenset({"JJ", "NN", "NNS", "VB"})
"""Tags that the main word of a clause with a subject and without a helping verb can't have."""

_HELPING = frozenset({"aux", "auxpass", "det", "poss", "amod", "nummod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_APART = frozenset({"relcl", "acl"})
"""What hangs on a noun is a clause of its own."""

_NAMES = frozenset({"NNP", "NNPS", "NNS", "CD"})


def mend_tags(
    words: Sequence[str], tags: list[str], heads: Sequence[int], deps: Sequence[str], verbs: Container[str]
) -> None:
    """Put right, in ``tags``, the main words of sentences that are verbs in the present.

    ``words``, ``heads`` (absolute) and ``deps`` are those of one text; ``verbs`` are the base forms of the language.
    """
    for i, dep in enumerate(deps):
        if dep != "ROOT" or tags[i] not in _LOOSE or not words[i].islower():
            continue
        base = _base(words[i], verbs)
        below = [j for j in range(max(0, i - _REACH), min(len(words), i + _REACH)) if heads[j] == i and j != i]
        if base is None or any(deps[j] in _HELPING for j in below):
            continue
        if any(deps[j] in _SUBJECTS and j < i for j in below) or (
            tags[i] != "VB" and _is_named(i, words, tags, heads, deps)
        ):
            tags[i] = "VBP" if base == words[i] else "VBZ"


_REACH = 40
"""Tokens around the main word in which what hangs on it is looked for."""


def _base(word: str, verbs: Container[str]) -> str | None:
    """The base form of which a word is the present; None where it is of no verb."""
    if word in verbs:
        return word
    cut = (word[:-1], word[:-2], word[:-3] + "y") if word.endswith("es") else (word[:-1],) if word[-1] == "s" else ()
    return next((base for base in cut if base in verbs), None)


def _is_named(i: int, words: Sequence[str], tags: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> bool:
    """Whether what the parser made a part of its name is its subject: "Skarn United travel to Dol" and no more."""
    if i == 0 or heads[i - 1] != i or deps[i - 1] != "compound" or tags[i - 1] not in _NAMES:
        return False
    end = next((j for j in range(i, len(words)) if words[j] in ".:;"), len(words))
    if end == len(words) or words[end] != ".":
        return False
    first = i
    while first and words[first - 1] not in ".:;!?":
        first -= 1
    return not any(
        tags[j] in _FINITE and deps[j] not in _APART and deps[heads[j]] not in _APART for j in range(first, end)
    )
