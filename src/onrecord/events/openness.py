"""What the text says is not yet known of an event: its date, its venue, or the details that are both.

Promise: an attribute is open only where words of the text say so, and both the attribute's words and those words are
kept. The odd case that forced its shape: "the dates and venue of which they are not yet ready to announce": attribute,
event and the saying that it is open can stand in any order, or the event a sentence before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from onrecord.events import grammar
from onrecord.events.ground import Ground
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Sentence, Token
from onrecord.nouns import Span
from onrecord.tables import table

BEHIND = 25
"""Code points between words that leave something open and what they leave open: "set a firm date"."""


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
    as_subject: frozenset[str]
    """Those of them that name it also as the known subject of a clause: "the place has not been fixed"."""
    anywhere: re.Pattern[str]
    leading: re.Pattern[str]
    none: frozenset[str]
    ready: frozenset[str]
    tell: frozenset[str]
    negations: frozenset[str]
    fixing: frozenset[str]
    """Verbs by which an attribute is fixed."""
    anew: frozenset[str]
    """Words before a date by which it takes the place of another: "no new date"."""


@cache
def open_words(language: str) -> OpenWords:
    """Return the words of openness of a language."""
    raw = table("events", language, "openness")
    nouns: dict[str, tuple[Literal["date", "venue"], ...]] = {}
    for word in raw["date"]:
        nouns[word] = ("date",)
    for word in raw["venue"]:
        nouns[word] = ("venue",)
    for word in raw["both"]:
        nouns[word] = ("date", "venue")
    return OpenWords(
        nouns=nouns,
        loose=frozenset(raw["loose"]),
        as_subject=frozenset(raw["as_subject"]),
        anywhere=_patterns(raw["anywhere"], raw["parts"]),
        leading=_patterns(raw["leading"], raw["parts"]),
        none=frozenset(raw["none"]),
        ready=frozenset(raw["ready"]),
        tell=frozenset(raw["tell"]),
        negations=frozenset(raw["not"]),
        fixing=frozenset(raw["fixing"]),
        anew=frozenset(raw["anew"]),
    )


def _patterns(cues: list[str], parts: dict[str, list[str]]) -> re.Pattern[str]:
    """One pattern of all cues, the longest first; the first word also as it is joined to another: "hasn't been set"."""
    ordered = sorted(cues, key=len, reverse=True)
    return re.compile(r"(?:\b|(?=n['’]t))(?:" + "|".join(_pattern(cue, parts) for cue in ordered) + r")\b")


def _pattern(cue: str, parts: dict[str, list[str]]) -> str:
    """The pattern of a cue: "{part}" stands for one of the part's words, "{part}?" for none of them too."""
    found = ""
    words = cue.split()
    for n, word in enumerate(words):
        slot = re.fullmatch(r"(.*)\{(\w+)\}\??", word)
        each = [slot[1] + one for one in sorted(parts[slot[2]], key=len, reverse=True)] if slot else [word]
        forms = "(?:" + "|".join(r"\s+".join(map(re.escape, one.split())) for one in each) + ")"
        if word.endswith("?"):
            found += rf"(?:{forms}\s+)?"
        else:
            found += forms + (r"\s+" if n + 1 < len(words) else "")
    return found


def find_open(ground: Ground, sentence: Sentence) -> list[Open]:
    """Return what a sentence says is open; nothing where it names no attribute or says nothing of its being open."""
    a = ground.annotated
    known = open_words(a.language)
    nouns = _attributes(ground, sentence, known)
    if not nouns:
        return []
    cue = _cue(ground, sentence, known)
    if cue is None:
        return _leading(ground, sentence, nouns, known) or _denied(ground, sentence, nouns, known)
    found: list[Open] = []
    seen: set[str] = set()
    nouns = [
        t for t in nouns
        if t.tag != "WRB" or 0 <= t.start - cue[1] < 12 or cue[0] <= t.start < cue[1] <= t.end + 1
        or t.i - sentence.first in {0, 2}  # "when and where they will meet remains unclear"
        or (a.tokens[t.head].dep in {"csubj", "csubjpass"} and a.tokens[t.head].head < a.token_range(cue)[1])
    ]  # fmt: skip
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


def awaits_new_date(ground: Ground, item: Open) -> bool:
    """Return whether what is open is a date to take the place of the one that fell: "gave no new date"."""
    a = ground.annotated
    anew = open_words(a.language).anew
    return item.attribute == "date" and any(a.tokens[c].lower in anew for c in a.children[item.at])


def is_of_fixing(ground: Ground, first: int) -> bool:
    """Return whether a time says when a day or place is to be fixed: "a date will be announced on Friday"."""
    a = ground.annotated
    over = next((s.token for s in grammar.way_up(a, first) if s.token.pos == "VERB"), None)
    return over is not None and fixes(ground, over.i)


def fixes(ground: Ground, verb: int) -> bool:
    """Return whether a verb tells that a day or place is yet to be fixed: "the dates will be named next week"."""
    a = ground.annotated
    known = open_words(a.language)
    if a.tokens[verb].lemma not in known.fixing:
        return False
    if grammar.verb(a, verb).mode not in {"future", "infinitive", "hedged"}:
        return False
    passive = any(a.tokens[c].dep == "auxpass" for c in a.children[verb])
    things = grammar.subjects(a, verb) if passive else grammar.objects(a, verb)
    return any(a.tokens[i].lemma in known.nouns for i in things)


def _leading(ground: Ground, sentence: Sentence, nouns: list[Token], known: OpenWords) -> list[Open]:
    """Attributes right behind words that leave them open: "declined to say when", "have yet to agree on a venue"."""
    a = ground.annotated
    text = a.document.text[sentence.start : sentence.end].lower()
    found: list[Open] = []
    for match in known.leading.finditer(text):
        cue = (sentence.start + match.start(), sentence.start + match.end())
        token = next((t for t in nouns if cue[1] <= t.start <= cue[1] + BEHIND), None)
        if token is None:
            continue
        told = [token, *(t for t in nouns if t.i > token.i and _joined(a, token, t))]
        for each in told:
            exact = len(known.nouns[each.lemma]) == 1
            found.extend(
                Open(attribute, (each.start, each.end), cue, sentence.i, each.i, exact)
                for attribute in known.nouns[each.lemma]
                if all(attribute != other.attribute for other in found)
            )
    return found


def _attributes(ground: Ground, sentence: Sentence, known: OpenWords) -> list[Token]:
    """The nouns of a sentence that name an attribute; a loose one only if asked for or joined: "no date or place"."""
    a = ground.annotated
    found: list[Token] = []
    for token in a.tokens[sentence.first : sentence.last]:
        if token.lemma not in known.nouns or token.i in ground.times:
            continue
        if token.pos not in {"NOUN", "PROPN"} and token.tag != "WRB":
            continue
        if token.tag != "WRB" and _is_given(ground, token.i):
            continue
        chosen = token.dep == "nsubjpass" and a.tokens[token.i - 1].lower in known.none  # "no day has been chosen"
        subject = (
            token.lemma in known.as_subject
            and token.dep in grammar.SUBJECTS
            and any(a.tokens[c].lower in vocabulary(a.language)["definite"] for c in a.children[token.i])
        )
        if (
            token.lemma not in known.loose
            or chosen
            or subject
            or _asked(ground, token.i)
            or (found and _joined(a, found[-1], token))
        ):
            found.append(token)
    return found


def _is_given(ground: Ground, i: int) -> bool:
    """Whether a date stands right behind its noun, and so is known: "keeps to the dates of 4 to 7 May"."""
    a = ground.annotated
    of = grammar.objects(a, i, vocabulary(a.language)["members"])
    return any(c in ground.times for c in (*of, *(c for c in a.children[i] if a.tokens[c].dep == "appos")))


def _joined(a: Annotated, one: Token, other: Token) -> bool:
    """Whether nothing but a conjunction and an article stands between two nouns: "neither a date nor a place"."""
    between = a.tokens[one.i + 1 : other.i]
    return any(t.pos == "CCONJ" for t in between) and all(t.pos in {"CCONJ", "DET"} for t in between)


def _denied(ground: Ground, sentence: Sentence, nouns: list[Token], known: OpenWords) -> list[Open]:
    """Attributes that a negation in front denies ("no date", "neither a date"), and those that are joined to them."""
    a = ground.annotated
    found: list[Open] = []
    for n, token in enumerate(nouns):
        if len(known.nouns[token.lemma]) > 1:
            continue
        at = token.i - 1
        between = vocabulary(a.language)["articles"] | known.anew
        while at > sentence.first and a.tokens[at].lower in between:
            at -= 1
        cue = None
        if at >= sentence.first and a.tokens[at].lower in known.none:
            cue = (a.tokens[at].start, a.tokens[at].end)
        elif found and found[-1].at == nouns[n - 1].i and _joined(a, nouns[n - 1], token):
            cue = found[-1].cue
        if cue is not None:
            attribute = known.nouns[token.lemma][0]
            found.append(Open(attribute, (token.start, token.end), cue, sentence.i, token.i, True))
    return found


def _asked(ground: Ground, i: int) -> bool:
    tokens = ground.annotated.tokens
    after = any(t.lower in vocabulary(ground.annotated.language)["members"] for t in tokens[i + 1 : i + 5])
    return after or (i > 0 and tokens[i - 1].lower in vocabulary(ground.annotated.language)["asking"])


def _cue(ground: Ground, sentence: Sentence, known: OpenWords) -> Span | None:
    """The words that say that something is open: a fixed phrase, or a negation with "ready to announce" or its like."""
    a = ground.annotated
    text = a.document.text[sentence.start : sentence.end].lower()
    match = known.anywhere.search(text)
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
