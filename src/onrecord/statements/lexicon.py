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
    "passes_on", "cites", "obtains", "citing_pronouns", "outlets", "own_words", "no_sources",
    "first_person", "reporting",
    "experienced", "undergoes", "judgements", "judges", "impersonal", "leading", "announces", "nobody",
    "copulas", "perfect", "do", "degree", "that", "whether", "as_it_were", "by", "speaking_pronouns",
    "own_words_in", "own_words_of", "address_in_headlines",
)  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """The tables of one language."""

    kinds: dict[str, float]
    """For each kind of complement (``that``, of adjectives ``that/a``) the rate at which seldom words attribute."""
    words: dict[str, dict[str, tuple[int, int]]]
    """For each word and kind: cases, and cases that attribute."""
    passes_on: frozenset[str]
    """Verbs by which an outlet passes on what somebody said: ``quoted by``."""
    cites: frozenset[str]
    """Verbs by which an outlet names its own source: ``citing``."""
    obtains: frozenset[str]
    """Verbs by which an outlet comes by words that were not meant for it: ``obtained by``."""
    citing_pronouns: frozenset[str]
    """Pronouns that may mean an outlet that cites: ``it``."""
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
    undergoes: frozenset[str]
    """Verbs whose subject others judge: ``face``."""
    judgements: frozenset[str]
    """Nouns of what it then meets with: ``criticism``."""
    judges: frozenset[str]
    """Verbs whose passive tells what others say of its subject: ``was accused of``."""
    impersonal: frozenset[str]
    """Verbs that tell how something looks, to nobody in particular: ``seem``."""
    leading: frozenset[str]
    """Verbs that only lead on to a cue: ``went on to say``."""
    announces: frozenset[str]
    """Words before a headline's colon that announce and name nobody: ``Breaking``."""
    copulas: frozenset[str]
    """Verbs that join a subject to an adjective: ``is confident``."""
    perfect: frozenset[str]
    """Forms of the auxiliary of the perfect."""
    do: frozenset[str]
    """Forms of the auxiliary that stresses, asks or denies."""
    degree: frozenset[str]
    """Words whose that-clause tells a consequence: ``so long that``."""
    that: frozenset[str]
    """Words that introduce a clause of statement."""
    whether: frozenset[str]
    """Words that introduce a clause of question, beside the interrogative pronouns."""
    as_it_were: frozenset[str]
    """Words that introduce a remark about how it was said: ``as she put it``."""
    by: frozenset[str]
    """Prepositions of a passive's agent."""
    speaking_pronouns: frozenset[str]
    """Pronouns whose kind tells something of whether they speak; ``he`` does, ``it`` seldom."""
    own_words_in: frozenset[str]
    """The preposition before ``words`` in ``in the words of X``."""
    own_words_of: frozenset[str]
    """The preposition behind it."""
    address_in_headlines: frozenset[str]
    """Prepositions behind a headline's speaker: ``Dalgard to harbour towns: …``."""
    according: tuple[tuple[str, ...], ...]
    """Phrases that name a source, word by word: ``according to``."""
    citing: dict[str, tuple[tuple[str, ...], ...]]
    """Under their first words, phrases by which an outlet names its source: ``citing``, ``with reference to``."""
    nobody: frozenset[str]
    """Words that deny that there is a speaker: ``nobody``, ``no`` minister."""
    no_sources: frozenset[str]
    """Nouns after ``according to`` that say nothing: ``plan``, ``law``."""

    def cites_by(self, phrase: tuple[str, ...]) -> bool:
        """Return whether words, in lower case, are a phrase by which an outlet names its source."""
        return bool(phrase) and phrase in self.citing.get(phrase[0], ())

    def chance(self, key: str, kind: str) -> float:
        """Return the estimated chance, 0 to 1, that word ``key`` with a complement of this kind is a cue."""
        rate = self.rate(key, kind)
        cases, hits = self.words.get(key, {}).get(kind, (0, 0))
        return smoothed(cases, hits, rate)

    def rate(self, key: str, kind: str) -> float:
        """Return the rate of this kind among seldom seen words of the part of speech of ``key``."""
        return self.kinds.get(kind + word_class(key), 0.0)


def word_class(key: str) -> str:
    """Return the mark of a key's part of speech: ``/n`` of nouns, ``/a`` of adjectives, nothing of verbs."""
    return key[-2:] if key[-2:-1] == "/" else ""


def smoothed(cases: int, hits: int, rate: float) -> float:
    """Return the rate of ``hits`` among ``cases`` with `WEIGHT` imagined cases at ``rate`` added."""
    return (hits + WEIGHT * rate) / (cases + WEIGHT)


@cache
def lexicon(language: str = "en") -> Lexicon:
    """Return the lexicon of a language. Raises FileNotFoundError where there is none."""
    raw = table("statements", language, "predicates")
    cues = table("statements", language, "cues")
    behind = [tuple(phrase.split()) for phrase in table("statements", language, "chains")["behind"]]
    return Lexicon(
        kinds=dict(raw["kinds"]),
        words={key: {kind: (n, hits) for kind, (n, hits) in kinds.items()} for key, kinds in raw["words"].items()},
        according=tuple(tuple(phrase.split()) for phrase in cues["according"]),
        citing={first: tuple(each for each in behind if each[0] == first) for first in {each[0] for each in behind}},
        **{name: frozenset(cues[name]) for name in _LISTS},
    )
