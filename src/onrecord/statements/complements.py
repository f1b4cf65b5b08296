"""What a predicate takes as its complement: for every word that could be a cue, what could be its content.

Promise: only grammar is used here, no list of cue words (the words that introduce clauses are in `cues.toml`). Every
piece comes with the *kind* of complement it is, and which kinds of which words attribute something is a table's
business (`statements/en/predicates.toml`, counted on annotated news). The odd case that forced the shape: ``accused
Reyk of lying`` has for content the object and the phrase together, ``told reporters that …`` the clause without the
object, and only counting tells the two apart. So both are offered.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from onrecord.language import Annotated, Token
from onrecord.statements.lexicon import Lexicon, lexicon

_WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "acl", "advcl", "relcl"})
_PHRASES = frozenset({"prep", "agent", "dative"})
_AFTER_OBJECT = frozenset({"prep", "oprd", "xcomp", "ccomp", "acl", "dative", "advcl", "pobj"})
_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})


class Piece(NamedTuple):
    """One possible content: its kind and its token ranges ``(first, last + 1)`` in text order."""

    kind: str
    ranges: tuple[tuple[int, int], ...]


class Predicate(NamedTuple):
    """A word that could be a cue: its token, its key in the table, its subject's token, and its possible contents."""

    i: int
    key: str
    subject: int | None
    pieces: tuple[Piece, ...]


def predicates(annotated: Annotated, first: int, last: int, listed: Container[str]) -> Iterator[Predicate]:
    """Yield the predicates among tokens ``first`` to ``last - 1`` with a possible content.

    Nouns and adjectives only if their key is ``listed``: there are many, and few of them are cues. An adjective with a
    clause of its own is always one: those that take one tell of a state of mind (``adamant that``).
    """
    tokens, children = annotated.tokens, annotated.children
    words = lexicon(annotated.language)
    for i in range(first, last):
        token = tokens[i]
        if not children[i]:
            continue
        found: Predicate | None
        if token.pos == "VERB":
            found = _of_verb(annotated, token, words)
        elif token.pos == "NOUN":
            if f"{token.lemma}/n" not in listed:
                continue
            found = _of_noun(annotated, token, words)
        elif token.pos == "ADJ":
            if f"{token.lemma}/a" not in listed and not any(tokens[c].dep == "ccomp" for c in children[i]):
                continue
            found = _of_adjective(annotated, token, words)
        elif token.pos == "AUX" and token.lemma in words.copulas:
            found = _of_copula(annotated, token, words)
        else:
            continue
        if found is not None and found.pieces:
            yield found


class _Around(NamedTuple):
    """What stands around a verb: its particle, its subject, its object behind it and, of a passive, its theme."""

    particle: str
    passive: bool
    subject: int | None
    goal: int | None
    theme: int | None


def _around(annotated: Annotated, verb: Token) -> _Around:
    particle, passive = "", False
    subject = goal = theme = None
    for c in annotated.children[verb.i]:
        child = annotated.tokens[c]
        if child.dep == "prt":
            particle = f" {child.lower}"
        elif child.dep == "auxpass":
            passive = True
        elif child.dep in _SUBJECTS and child.tag != "EX":
            subject = c
        elif child.dep in _PASSIVE_SUBJECTS:
            theme, passive = c, True
        elif child.dep == "dobj" and c > verb.i:
            goal = c
    return _Around(particle, passive, subject, goal, theme)


def _of_verb(annotated: Annotated, verb: Token, words: Lexicon) -> Predicate:
    kids = annotated.children[verb.i]
    around = _around(annotated, verb)
    voice = "passive " if around.passive else ""
    end = _phrase_end(annotated, verb, kids)
    pieces: list[Piece] = []
    for c in kids:
        child = annotated.tokens[c]
        if c > verb.i:
            pieces += _behind(annotated, kids, child, around, end, words)
        elif child.dep == "ccomp":
            pieces += _before(annotated, verb, child, voice, words)
        elif child.dep == "dobj":
            pieces.append(Piece("obj before", (annotated.subtree(c),)))
        elif child.dep in _PASSIVE_SUBJECTS:
            pieces.append(Piece("passive subj", (annotated.subtree(c),)))
    if verb.dep == "conj" and around.subject is not None:
        pieces += _spliced(annotated, verb, around.subject, voice)
    return Predicate(verb.i, verb.lemma + around.particle, around.subject, tuple(pieces))


def _behind(
    annotated: Annotated, kids: tuple[int, ...], child: Token, around: _Around, end: int, words: Lexicon
) -> Iterator[Piece]:
    """What one child behind a verb offers: alone, and with what it may belong to; the verb's phrase ends at ``end``."""
    tokens = annotated.tokens
    voice = "passive " if around.passive else ""
    span = annotated.subtree(child.i)
    if child.dep in ("ccomp", "xcomp"):
        kind = clause_kind(annotated, child, words)
        yield Piece(f"{voice}{kind}", (span,))
        if around.passive and around.theme is not None:
            yield Piece(f"passive subj+{kind}", (annotated.subtree(around.theme), span))
        elif around.subject is not None and kind in ("to", "pred"):
            yield Piece(f"subj+{kind}", (annotated.subtree(around.subject), span))
    elif child.dep == "dobj":
        yield Piece("obj", (span,))
        if _names_quoted(annotated, child.i):
            yield Piece("obj+pred", (span,))
        if end > span[1]:
            yield Piece(f"obj+{_next(annotated, kids, child.i, words)}", ((span[0], end),))
    elif child.dep == "oprd":
        yield Piece(f"{voice}pred", (span,))
        if around.goal is not None:
            yield Piece("obj+pred", ((annotated.subtree(around.goal)[0], span[1]),))
    elif child.dep in _PHRASES:
        inner = _object_of(annotated, child.i)
        if inner is None or inner in annotated.in_times:
            return  # "said on Thursday that": no day is what somebody said
        low, high = annotated.subtree(inner)
        yield Piece(f"{voice}{child.lower}", ((low, high),))
        if end > high:
            yield Piece(f"{voice}{child.lower}+{_next(annotated, kids, child.i, words)}", ((low, end),))
    elif child.dep == "advcl" and not any(tokens[k].dep == "mark" for k in annotated.children[child.i]):
        yield Piece(f"{voice}adv {clause_kind(annotated, child, words)}", (span,))


def _names_quoted(annotated: Annotated, thing: int) -> bool:
    """Whether quoted words name an object, to the parser an apposition: ``called the delay “a farce.”``."""
    tokens = annotated.tokens
    for c in annotated.children[thing]:
        if tokens[c].dep == "appos":
            first = annotated.subtree(c)[0]
            return tokens[first].tag == "``" or (first > thing + 1 and tokens[first - 1].tag == "``")
    return False


def _object_of(annotated: Annotated, preposition: int) -> int | None:
    """The token that heads what stands behind a preposition, or None."""
    for c in annotated.children[preposition]:
        if annotated.tokens[c].dep in ("pobj", "pcomp") and c > preposition:
            return c
    return None


def _of_noun(annotated: Annotated, noun: Token, words: Lexicon) -> Predicate:
    tokens = annotated.tokens
    pieces = []
    holder: int | None = None
    for c in annotated.children[noun.i]:
        child = tokens[c]
        if child.dep == "poss":
            holder = c
        elif c < noun.i:
            continue
        elif child.dep in ("acl", "ccomp", "relcl") and child.pos in ("VERB", "AUX"):
            kind = clause_kind(annotated, child, words)
            if kind in ("that", "to", "wh"):
                pieces.append(Piece(kind, (annotated.subtree(c),)))
        elif child.dep == "prep":
            inner = _object_of(annotated, c)
            if inner is not None:
                pieces.append(Piece(child.lower, (annotated.subtree(inner),)))
    if holder is None:
        pieces = [Piece(f"bare {each.kind}", each.ranges) for each in pieces]
    return Predicate(noun.i, f"{noun.lemma}/n", holder, tuple(pieces))


def _of_adjective(annotated: Annotated, adjective: Token, words: Lexicon) -> Predicate | None:
    tokens = annotated.tokens
    head = tokens[adjective.head]
    if adjective.dep not in ("acomp", "oprd", "ccomp", "ROOT", "conj", "advcl", "amod"):
        return None
    subject = None
    if head.lemma in words.copulas:
        subject = next((k for k in annotated.children[head.i] if tokens[k].dep in _SUBJECTS), None)
    degree = any(tokens[c].lower in words.degree for c in annotated.children[adjective.i] if c < adjective.i)
    pieces = []
    for place in (adjective.i, head.i) if head.lemma in words.copulas else (adjective.i,):
        for c in annotated.children[place]:
            child = tokens[c]
            if c <= adjective.i:
                continue
            if child.dep in ("ccomp", "xcomp"):
                kind = clause_kind(annotated, child, words)
                pieces.append(Piece(f"so {kind}" if degree else kind, (annotated.subtree(c),)))
            elif child.dep == "prep":
                inner = _object_of(annotated, c)
                if inner is not None:
                    pieces.append(Piece(child.lower, (annotated.subtree(inner),)))
    return Predicate(adjective.i, f"{adjective.lemma}/a", subject, tuple(pieces))


def _of_copula(annotated: Annotated, be: Token, words: Lexicon) -> Predicate | None:
    """``the message is that …``: the subject is the cue's noun."""
    tokens = annotated.tokens
    kids = annotated.children[be.i]
    subject = next((k for k in kids if tokens[k].dep == "nsubj" and tokens[k].pos == "NOUN"), None)
    if subject is None:
        return None
    pieces = []
    for c in kids:
        if c > be.i and tokens[c].dep == "ccomp":
            pieces.append(Piece(f"is {clause_kind(annotated, tokens[c], words)}", (annotated.subtree(c),)))
    holder = next((k for k in annotated.children[subject] if tokens[k].dep == "poss"), None)
    return Predicate(be.i, f"{tokens[subject].lemma}/n", holder, tuple(pieces))


def clause_kind(annotated: Annotated, head: Token, words: Lexicon) -> str:
    """Return how a clause is introduced: ``that``, ``wh``, ``to``, ``for-to``, ``ing``, ``for-ing``; else by its form.

    Without any word before it, it is a ``clause`` (with a subject), ``bare`` (without) or ``pred`` (without a verb).
    """
    tokens = annotated.tokens
    low, _ = annotated.subtree(head.i)
    opening = tokens[low]
    infinitive = subject = False
    for c in annotated.children[head.i]:
        if c > head.i:
            break
        child = tokens[c]
        if child.dep == "mark" and child.lower in words.that:
            return "that"
        if child.dep == "mark" and child.lower in words.whether:
            return "wh"
        if child.tag == "TO":
            infinitive = True
        elif child.dep in _SUBJECTS or child.dep in _PASSIVE_SUBJECTS:
            subject = True
    if opening.tag in _WH or opening.lower in words.whether:
        return "wh"
    if infinitive:
        return "for-to" if subject else "to"
    if head.pos not in ("VERB", "AUX"):
        return "clause" if subject else "pred"
    if head.tag == "VBG" and not any(tokens[c].dep == "aux" for c in annotated.children[head.i]):
        return "for-ing" if subject else "ing"
    return "clause" if subject else "bare"


def _before(annotated: Annotated, verb: Token, clause: Token, voice: str, words: Lexicon) -> list[Piece]:
    """A clause before its verb, with what goes on after a comma (``…, Reyk said, while …``)."""
    tokens = annotated.tokens
    low, high = annotated.subtree(clause.i)
    first = low, min(high, verb.i)
    comma = verb.i + 1
    while comma < len(tokens) and comma <= verb.i + 4 and tokens[comma].dep in ("prt", "advmod", "npadvmod"):
        comma += 1
    if comma < len(tokens) and tokens[comma].text == "," and tokens[comma].sentence == verb.sentence:
        last = annotated.subtree(verb.i)[1]
        rest = comma + 1
        if rest < last and tokens[rest].pos == "SCONJ" and tokens[rest].lower not in words.as_it_were:
            return [Piece(f"{voice}before", (first, (rest, last)))]
    return [Piece(f"{voice}before", (first,))]


def _spliced(annotated: Annotated, verb: Token, subject: int, voice: str) -> list[Piece]:
    """A clause and, behind nothing but a comma, the verb of speech, which the parser takes for a second main clause."""
    tokens = annotated.tokens
    comma = annotated.subtree(subject)[0] - 1
    first = annotated.subtree(verb.head)[0]
    if not (verb.head < comma and tokens[comma].text == "," and subject < verb.i):
        return []
    if any(tokens[c].dep == "cc" and verb.head < c < verb.i for c in annotated.children[verb.head]):
        return []
    return [Piece(f"{voice}before", ((first, comma),))]


def _phrase_end(annotated: Annotated, verb: Token, kids: tuple[int, ...]) -> int:
    """Where the phrase of a verb ends: after its last complement or phrase, before what is only joined on."""
    end = verb.i + 1
    for c in kids:
        if c <= verb.i:
            continue
        if annotated.tokens[c].dep in ("cc", "conj", "punct") and end > verb.i + 1:
            break
        if annotated.tokens[c].dep in _AFTER_OBJECT or annotated.tokens[c].dep == "dobj":
            end = annotated.subtree(c)[1]
    return end


def _next(annotated: Annotated, kids: tuple[int, ...], c: int, words: Lexicon) -> str:
    """The kind of the first phrase after child ``c``: its preposition or the kind of its clause."""
    for k in kids:
        if k > c and annotated.tokens[k].dep in _AFTER_OBJECT:
            child = annotated.tokens[k]
            return child.lower if child.dep in _PHRASES else clause_kind(annotated, child, words)
    return "rest"
