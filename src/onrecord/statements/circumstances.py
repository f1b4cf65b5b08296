"""How a speaker stands to what is said: affirmed, denied, refused or asked, and whether words, a belief or a wish.

Promise: the cue's own words and what governs it decide, never what the content tells. The odd case that forced the
shape: ``declined to say whether`` and ``did not say whether`` tell that somebody would *not* speak, and a reader who
sees only cue and content would take them for speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from onrecord.language import Annotated, Token
from onrecord.nouns import Polarity, StatementKind
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.tables import table


@dataclass(frozen=True)
class Circumstances:
    """The word lists of one language."""

    denies: frozenset[str]
    denies_by_phrase: frozenset[str]
    refuses: frozenset[str]
    asks: frozenset[str]
    questions: frozenset[str]
    tells: frozenset[str]
    silent: frozenset[str]
    confirms: frozenset[str]
    holds: frozenset[str]
    negations: frozenset[str]
    unwilling: frozenset[str]
    not_yet: frozenset[str]
    whether: frozenset[str]
    speech: frozenset[str]
    reports: frozenset[str]
    gives: frozenset[str]
    belief: frozenset[str]
    knowledge: frozenset[str]
    intention: frozenset[str]

    @cached_property
    def turns(self) -> frozenset[str]:
        """The words that may turn what is said."""
        return self.denies | self.refuses | self.asks | self.questions | self.tells | self.silent | self.holds


@cache
def circumstances(language: str) -> Circumstances:
    """Return the lists of a language."""
    raw = table("statements", language, "cues")
    return Circumstances(*(frozenset(raw[name]) for name in Circumstances.__dataclass_fields__))


def polarity_of(annotated: Annotated, draft: Draft) -> Polarity:
    """Return how the speaker stands to the content, by the cue, what governs it, and whether anybody is the speaker."""
    if draft.cue_at is None:
        return "affirmed"
    words = circumstances(annotated.language)
    tokens = annotated.tokens
    cue = tokens[draft.cue_at]
    named = [token for span in draft.cue for token in tokens[slice(*annotated.token_range(span))]]
    above = tokens[cue.head] if cue.dep in ("xcomp", "acomp") or _either(annotated, cue) else cue
    lemmas = {cue.lemma, *(token.lemma for token in named)}
    if cue.dep == "conj" and above != cue:
        lemmas.add(above.lemma)
    if lemmas.isdisjoint(words.turns) and not (len(named) > 1 and words.denies_by_phrase & _phrases(named)):
        return "affirmed"
    kept_back = bool(lemmas & words.tells) and (
        above.lemma in words.refuses or not words.unwilling.isdisjoint((above.lower, *(each.lower for each in named)))
    )
    shared = cue.dep != "xcomp" or above.lower in words.unwilling  # not of "did not hesitate to say"
    negated = _is_negated(annotated, draft, (cue, above) if shared else (cue,), named)
    asks = _is_question(annotated, draft)
    if not words.refuses.isdisjoint(lemmas) or (lemmas & words.tells and above.lemma in words.refuses):
        return "refused"
    if negated and (words.confirms <= lemmas or lemmas & words.silent):
        return "refused"
    if lemmas & words.tells and (negated or _is_unwilling(annotated, named, above)):
        return "refused" if asks or kept_back else "denied"
    if lemmas & words.denies or words.denies_by_phrase & _phrases(named):
        return "affirmed" if negated else "denied"
    if negated and lemmas & words.holds:
        return "denied"
    if (asks and lemmas & words.asks) or _is_asked(cue, named, words):
        return "asked"
    return "affirmed"


def _either(annotated: Annotated, cue: Token) -> bool:
    """Whether a cue is the second of two that are both negated: ``neither confirmed nor denied``."""
    head = annotated.tokens[cue.head]
    return cue.dep == "conj" and any(annotated.tokens[c].dep == "preconj" for c in annotated.children[head.i])


def _is_negated(annotated: Annotated, draft: Draft, verbs: tuple[Token, ...], named: list[Token]) -> bool:
    """Whether a cue says that it was not done, or by nobody: ``has not said``, ``no minister would say``.

    ``verbs`` are the cue and what governs it, ``named`` the cue's own words.
    """
    words, tokens = circumstances(annotated.language), annotated.tokens
    below = [tokens[c] for verb in verbs for c in annotated.children[verb.i]]
    if any(each.dep == "neg" or (each.dep == "preconj" and each.lower in words.negations) for each in below):
        return True
    if any(token.lower in words.negations for token in named):
        return True
    nobody = lexicon(annotated.language).nobody
    speaker = tokens[slice(*annotated.token_range(draft.speaker[0]))] if draft.speaker else ()
    return bool(speaker) and speaker[0].lower in nobody  # no token begins in "0" of "Lindqvist]0"


def _is_unwilling(annotated: Annotated, named: list[Token], above: Token) -> bool:
    """``was unwilling to say``, ``is yet to say``: nothing has been said though no word negates it."""
    beside = [annotated.tokens[c] for c in annotated.children[above.i]]
    return any(token.lower in circumstances(annotated.language).not_yet for token in (*named, above, *beside))


def _phrases(named: list[Token]) -> set[str]:
    return {f"{one.lemma} {other.lower}" for one, other in pairwise(named)}


def _is_asked(cue: Token, named: list[Token], words: Circumstances) -> bool:
    """``Asked about``, ``pressed on``: a participle that begins its clause, and what is named is what was asked for."""
    about = any(token.lower in ("about", "on") for token in named)
    return cue.lemma in words.questions and cue.tag == "VBN" and (about or named[0].i == cue.i)


def kind_of(annotated: Annotated, draft: Draft) -> StatementKind:
    """Return whether the cue tells of words, a belief, knowledge or a wish; words where no list has it."""
    if draft.cue_at is None or draft.quotations:
        return "speech"
    words = circumstances(annotated.language)
    named = {token.lemma for span in draft.cue for token in annotated.tokens[slice(*annotated.token_range(span))]}
    named.add(annotated.tokens[draft.cue_at].lemma)
    if named & words.speech:
        return "speech"
    kinds: tuple[tuple[StatementKind, frozenset[str]], ...] = (
        ("intention", words.intention),
        ("belief", words.belief),
        ("knowledge", words.knowledge),
    )
    return next((kind for kind, lemmas in kinds if named & lemmas), "speech")


def _is_question(annotated: Annotated, draft: Draft) -> bool:
    """Whether the content asks: it begins with ``whether`` or ``how``, or ends with a question mark."""
    first = annotated.tokens[min(annotated.token_range(draft.content[0])[0], len(annotated.tokens) - 1)]
    if first.tag in ("WRB", "WP", "WDT", "WP$") or first.lower in circumstances(annotated.language).whether:
        return True
    return annotated.text(draft.content[-1]).rstrip("”\"'’» ").endswith("?")
