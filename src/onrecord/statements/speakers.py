"""Whose words they are: from a cue to the words that name its speaker.

Promise: the span is the whole naming phrase, with title and apposition, without what is told about the speaker in a
relative clause. The odd case that forced the shape: most cues have no subject of their own (``…, saying that``,
``and added``, ``who said``), so the subject is looked for up the sentence, by one rule for each way down.
"""

from __future__ import annotations

from collections.abc import Callable

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.lexicon import lexicon
from onrecord.statements.spans import balanced, tidy

SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass"})
_UP = frozenset(
    {"conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "parataxis", "prep", "acomp", "attr", "oprd", "amod", "dobj"}
)
"""What a cue may be to the verb above it whose subject is then its own."""


_FAR = 12
"""So many tokens before a source's phrase nothing belongs to it any more: the parse has gone astray."""


def subject_of(annotated: Annotated, verb: int) -> int | None:
    """Return the token that heads the phrase of whoever does what the verb at token ``verb`` says, or None."""
    tokens, children = annotated.tokens, annotated.children
    words = lexicon(annotated.language)
    at = verb
    for _ in range(6):
        theme = None
        passed_on = tokens[at].lemma in words.passes_on
        if at != verb and tokens[at].lemma in words.cites:
            cited = next((c for c in children[at] if tokens[c].dep == "dobj"), None)
            if cited is not None:
                return cited  # "VNA quoted Reyk as saying that …"
        subjects = [c for c in children[at] if tokens[c].dep in SUBJECTS and any(map(str.isalnum, tokens[c].text))]
        if subjects and at != verb and undergoes(annotated, at, verb):
            return None
        if subjects:
            # "the duties, Lindqvist said, “stay where they are”": the parse gives ``said`` both, the nearer one speaks
            return max((c for c in subjects if c < at), default=subjects[0])
        for c in children[at]:
            if tokens[c].dep in _PASSIVE:
                theme = c
            elif passed_on and theme is not None and at != verb:
                return theme
            elif tokens[c].dep == "agent" or (
                tokens[c].dep == "prep" and tokens[c].lower in words.by and theme is not None
            ):
                return next((k for k in children[c] if tokens[k].dep == "pobj"), None)
        if theme is not None:
            feels = tokens[at].lemma in words.experienced
            return theme if at != verb or feels else None
        token = tokens[at]
        if token.head == at:
            return _strayed(annotated, at) if at == verb else None
        if at == verb and token.dep == "advcl" and token.tag == "VBN" and _passive_alone(annotated, at):
            return None  # "asked about the talks, she replied": she is not who asked
        if token.dep in ("acl", "relcl"):
            citing = _citing(annotated, at) if token.dep == "acl" else None
            return token.head if citing is None else tokens[citing].head
        if token.dep not in _UP:
            return None
        at = token.head
    return None


def undergoes(annotated: Annotated, verb: int, noun: int) -> bool:
    """Return whether token ``noun`` is a judgement that befalls the subject of ``verb``: ``faced criticism for``."""
    words, tokens = lexicon(annotated.language), annotated.tokens
    return tokens[verb].lemma in words.undergoes and tokens[noun].lemma in words.judgements


def _citing(annotated: Annotated, verb: int) -> int | None:
    """The verb of ``The Courier, citing two people who were there, reported``, parsed as if the two were reported."""
    tokens = annotated.tokens
    source = tokens[verb].head
    citing = tokens[source].head
    if tokens[source].dep != "dobj" or tokens[citing].tag != "VBG" or tokens[verb - 1].text != ",":
        return None
    return citing if tokens[citing].lemma in lexicon(annotated.language).cites else None


def _strayed(annotated: Annotated, verb: int) -> int | None:
    """The subject that the parser took for an apposition: ``In a note read by the clerk, the deputy, Thorn, wrote``."""
    tokens = annotated.tokens
    for c in annotated.children[verb]:
        if c > verb or tokens[c].dep != "prep":
            continue
        low, high = annotated.subtree(c)
        if high < verb - 1 or high > verb:
            continue
        for i in range(low, high):
            if tokens[i].dep == "appos" and tokens[annotated.subtree(i)[0] - 1].text == ",":
                return i
    return None


def _passive_alone(annotated: Annotated, verb: int) -> bool:
    """Whether a past participle stands without an auxiliary (``asked``, not ``having asked``) and means no feeling."""
    if annotated.tokens[verb].lemma in lexicon(annotated.language).experienced:
        return False
    return not any(annotated.tokens[c].dep in ("aux", "auxpass") for c in annotated.children[verb])


def antecedent(annotated: Annotated, subject: int) -> int:
    """Return the noun that the relative pronoun ``who`` at token ``subject`` means, else ``subject`` itself."""
    tokens = annotated.tokens
    if tokens[subject].tag not in ("WP", "WDT"):
        return subject
    at = tokens[subject].head
    for _ in range(4):
        if tokens[at].dep == "relcl":
            return tokens[at].head
        at = tokens[at].head
    return subject


def source_phrase(annotated: Annotated, head: int) -> Span:
    """Return the span of a source as ``according to`` names it: the whole phrase, ``a report by …`` included."""
    tokens = annotated.tokens

    def belongs(at: int, child: int, low: int) -> bool:
        return tokens[child].dep not in ("relcl", "punct", "advcl") and (child > at or child >= low - _FAR)

    low, high = _phrase(annotated, head, belongs)
    return tidy(annotated.document.text, tokens[low].start, tokens[high].end)


def naming_phrase(annotated: Annotated, head: int) -> Span:
    """Return the span of the phrase that token ``head`` heads: title, name, apposition, but no relative clause."""
    tokens, children = annotated.tokens, annotated.children

    def belongs(at: int, child: int, _low: int) -> bool:
        dep = tokens[child].dep
        if dep == "prep" and any(k in annotated.in_times for k in children[child]):
            return False
        if at == head and dep in ("relcl", "acl", "advcl", "ccomp", "parataxis"):
            return False
        return not (dep == "punct" and at == head and (child > at or tokens[child].tag == "''"))

    low, high = _phrase(annotated, head, belongs)
    return balanced(annotated.document.text, tokens[low].start, tokens[high].end)


def _phrase(annotated: Annotated, head: int, belongs: Callable[[int, int, int], bool]) -> tuple[int, int]:
    """First and last token of what hangs on ``head``; ``belongs`` is asked of a token, its child, the first so far."""
    low = high = head
    waiting = [head]
    while waiting:
        at = waiting.pop()
        low, high = min(low, at), max(high, at)
        waiting.extend(child for child in annotated.children[at] if belongs(at, child, low))
    return low, high
