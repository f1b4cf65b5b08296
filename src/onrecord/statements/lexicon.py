"""How often which word with which complement attributes something: the counted table behind the rules.

Promise: `Lexicon.chance` answers for every word, seen or not. A word seen seldom leans on the rate of its kind of
complement (additive smoothing with `WEIGHT` imagined cases), so that one odd case decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.tables import table

WEIGHT = 2.0
"""How many imagined cases at the rate of the kind are added to the counted ones; chosen on training samples."""


_LISTS = (
    "passes_on", "cites", "tells_outlet", "outlets", "own_words", "no_sources", "first_person", "reporting",
    "experienced", "impersonal", "leading", "announces",
)  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """The tables of one language."""

    kinds: dict[str, float]
    """For each kind of complement the rate at which seldom seen words attribute."""
    words: dict[str, dict[str, tuple[int, int]]]
    """For each word and kind: cases, and cases that attribute."""
    passes_on: frozenset[str]
    """Verbs by which an outlet passes on what somebody said: ``quoted by``."""
    cites: frozenset[str]
    """Verbs by which an outlet names its own source: ``citing``."""
    tells_outlet: frozenset[str]
    """Verbs whose object may be the outlet that passes the words on: ``told KarsTel``."""
    outlets: frozenset[str]
    """Nouns that name outlets: ``agency``."""
    own_words: frozenset[str]
    """Nouns of ``in her words``."""
    first_person: frozenset[str]
    """Pronouns of whoever is speaking."""
    reporting: frozenset[str]
    """Forms of verbs that close a sentence after a source: ``VNA reports``."""
    experienced: frozenset[str]
    """Verbs whose passive tells what its subject thinks: ``is convinced``."""
    impersonal: frozenset[str]
    """Verbs that tell how something looks, to nobody in particular: ``seem``."""
    leading: frozenset[str]
    """Verbs that only lead on to a cue: ``went on to say``."""
    announces: frozenset[str]
    """Words before a headline's colon that announce and name nobody: ``Breaking``."""
    no_sources: frozenset[str]
    """Nouns after ``according to`` that say nothing: ``plan``, ``law``."""

    def chance(self, key: str, kind: str) -> float:
        """Return the estimated chance, 0 to 1, that word ``key`` with a complement of this kind is a cue."""
        rate = self.kinds.get(kind, 0.0)
        cases, hits = self.words.get(key, {}).get(kind, (0, 0))
        return smoothed(cases, hits, rate)


def smoothed(cases: int, hits: int, rate: float) -> float:
    """Return the rate of ``hits`` among ``cases`` with `WEIGHT` imagined cases at ``rate`` added."""
    return (hits + WEIGHT * rate) / (cases + WEIGHT)


@cache
def lexicon(language: str = "en") -> Lexicon:
    """Return the lexicon of a language. Raises FileNotFoundError where there is none."""
    raw = table("statements", language, "predicates")
    cues = table("statements", language, "cues")
    return Lexicon(
        kinds=dict(raw["kinds"]),
        words={key: {kind: (n, hits) for kind, (n, hits) in kinds.items()} for key, kinds in raw["words"].items()},
        **{name: frozenset(cues[name]) for name in _LISTS},
    )
