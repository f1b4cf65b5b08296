"""What a predicate takes as its complement: for every word that could be a cue, what could be its content.

Promise: only grammar is used here, no list of cue words; every piece comes with the *kind* of complement it is, and
which kinds of which words attribute something is a table's business (`statements/en/predicates.toml`, counted on
annotated news). The odd case that forced the shape: ``accused Reyk of lying`` has for content the object and the phrase
together, ``told reporters that …`` the clause without the object, and only counting tells the two apart. So both are
offered.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from onrecord.language import Annotated, Token

_WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "acl", "advcl", "relcl"})
_PHRASES = frozenset({"prep", "agent", "dative"})
_AFTER_OBJECT = frozenset({"prep", "oprd", "xcomp", "ccomp", "acl", "dative", "advcl", "pobj"})
_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_COPULAS = frozenset({"be", "seem", "become", "feel", "remain", "appear", "sound", "look"})


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

    Nouns and adjectives only if their key is ``listed``: there are many, and few of them are cues.
    """
    tokens, children = annotated.tokens, annotated.children
    for i in range(first, last):
        token = tokens[i]
        if not children[i]:
            continue
        if token.pos == "VERB":
            found = _of_verb(annotated, token)
        elif token.pos == "NOUN":
            if f"{token.lemma}/n" not in listed:
                continue
            found = _of_noun(annotated, token)
        elif token.pos == "ADJ":
            if f"{token.lemma}/a" not in listed:
                continue
            found = _of_adjective(annotated, token)
        elif token.pos == "AUX" and token.lemma == "be":
            found = _of_copula(annotated, token)
        else:
            continue
        if found is not None and found.pieces:
            yield found


def _of_verb(annotated: Annotated, verb: Token) -> Predicate | None:
    tokens = annotated.tokens
    kids = annotated.children[verb.i]
    key = verb.lemma
    passive = False
    goal: Token | None = None
    pieces: list[Piece] = []
    subject: int | None = None
    theme: int | None = None
    for c in kids:
        child = tokens[c]
        dep = child.dep
        if dep == "prt":
            key = f"{verb.lemma} {child.lower}"
        elif dep == "auxpass":
            passive = True
        elif dep in _SUBJECTS and child.tag != "EX":
            subject = c
        elif dep in _PASSIVE_SUBJECTS:
            theme = c
            passive = True
        elif dep == "dobj" and c > verb.i:
            goal = child
    voice = "passive " if passive else ""
    end = _phrase_end(annotated, verb, kids)
    for c in kids:
        child = tokens[c]
        dep = child.dep
        if c < verb.i:
            if dep == "ccomp":
                pieces += _before(annotated, verb, child, voice)
            elif dep == "dobj":
                pieces.append(Piece("obj before", (annotated.subtree(c),)))
            elif dep in _PASSIVE_SUBJECTS:
                pieces.append(Piece("passive subj", (annotated.subtree(c),)))
            continue
        span = annotated.subtree(c)
        if dep in ("ccomp", "xcomp"):
            kind = clause_kind(annotated, child)
            pieces.append(Piece(f"{voice}{kind}", (span,)))
            if passive and theme is not None:
                pieces.append(Piece(f"passive subj+{kind}", (annotated.subtree(theme), span)))
            elif subject is not None and kind in ("to", "pred"):
                pieces.append(Piece(f"subj+{kind}", (annotated.subtree(subject), span)))
        elif dep == "dobj":
            pieces.append(Piece("obj", (span,)))
            if end > span[1]:
                pieces.append(Piece(f"obj+{_next(annotated, kids, c)}", ((span[0], end),)))
        elif dep == "oprd":
            pieces.append(Piece(f"{voice}pred", (span,)))
            if goal is not None:
                pieces.append(Piece("obj+pred", ((annotated.subtree(goal.i)[0], span[1]),)))
        elif dep in _PHRASES:
            inner = next((k for k in annotated.children[c] if tokens[k].dep in ("pobj", "pcomp") and k > c), None)
            if inner is None:
                continue
            low, high = annotated.subtree(inner)
            pieces.append(Piece(f"{voice}{child.lower}", ((low, high),)))
            if end > high:
                pieces.append(Piece(f"{voice}{child.lower}+{_next(annotated, kids, c)}", ((low, end),)))
        elif dep == "advcl" and not any(tokens[k].dep == "mark" for k in annotated.children[c]):
            pieces.append(Piece(f"{voice}adv {clause_kind(annotated, child)}", (span,)))
    return Predicate(verb.i, key, subject if subject is not None else None, tuple(pieces))


def _of_noun(annotated: Annotated, noun: Token) -> Predicate | None:
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
            kind = clause_kind(annotated, child)
            if kind in ("that", "to", "wh"):
                pieces.append(Piece(kind, (annotated.subtree(c),)))
        elif child.dep == "prep":
            inner = next((k for k in annotated.children[c] if tokens[k].dep in ("pobj", "pcomp") and k > c), None)
            if inner is not None:
                pieces.append(Piece(child.lower, (annotated.subtree(inner),)))
    if holder is None:
        pieces = [Piece(f"bare {each.kind}", each.ranges) for each in pieces]
    return Predicate(noun.i, f"{noun.lemma}/n", holder, tuple(pieces))


def _of_adjective(annotated: Annotated, adjective: Token) -> Predicate | None:
    tokens = annotated.tokens
    head = tokens[adjective.head]
    if adjective.dep not in ("acomp", "oprd", "ccomp", "ROOT", "conj", "advcl", "amod"):
        return None
    subject = None
    if head.lemma in _COPULAS:
        subject = next((k for k in annotated.children[head.i] if tokens[k].dep in _SUBJECTS), None)
    pieces = []
    for place in (adjective.i, head.i) if head.lemma in _COPULAS else (adjective.i,):
        for c in annotated.children[place]:
            child = tokens[c]
            if c <= adjective.i:
                continue
            if child.dep in ("ccomp", "xcomp"):
                kind = clause_kind(annotated, child)
                pieces.append(Piece(kind, (annotated.subtree(c),)))
            elif child.dep == "prep":
                inner = next((k for k in annotated.children[c] if tokens[k].dep in ("pobj", "pcomp") and k > c), None)
                if inner is not None:
                    pieces.append(Piece(child.lower, (annotated.subtree(inner),)))
    return Predicate(adjective.i, f"{adjective.lemma}/a", subject, tuple(pieces))


def _of_copula(annotated: Annotated, be: Token) -> Predicate | None:
    """``the message is that …``: the subject is the cue's noun."""
    tokens = annotated.tokens
    kids = annotated.children[be.i]
    subject = next((k for k in kids if tokens[k].dep == "nsubj" and tokens[k].pos == "NOUN"), None)
    if subject is None:
        return None
    pieces = []
    for c in kids:
        if c > be.i and tokens[c].dep == "ccomp":
            pieces.append(Piece(f"is {clause_kind(annotated, tokens[c])}", (annotated.subtree(c),)))
    holder = next((k for k in annotated.children[subject] if tokens[k].dep == "poss"), None)
    return Predicate(be.i, f"{tokens[subject].lemma}/n", holder, tuple(pieces))


def clause_kind(annotated: Annotated, head: Token) -> str:
    """``that``, ``wh``, ``to``, ``to with subject``, ``ing``, ``pred`` or ``clause``: how a clause is introduced."""
    tokens = annotated.tokens
    low, _ = annotated.subtree(head.i)
    opening = tokens[low]
    infinitive = subject = False
    for c in annotated.children[head.i]:
        if c > head.i:
            break
        child = tokens[c]
        if child.dep == "mark" and child.lower in ("that", "whether", "if"):
            return "that" if child.lower == "that" else "wh"
        if child.tag == "TO":
            infinitive = True
        elif child.dep in _SUBJECTS or child.dep in _PASSIVE_SUBJECTS:
            subject = True
    if opening.tag in _WH or opening.lower in ("whether", "if"):
        return "wh"
    if infinitive:
        return "for-to" if subject else "to"
    if head.pos not in ("VERB", "AUX"):
        return "clause" if subject else "pred"
    if head.tag == "VBG" and not any(tokens[c].dep == "aux" for c in annotated.children[head.i]):
        return "for-ing" if subject else "ing"
    return "clause" if subject else "bare"


def _before(annotated: Annotated, verb: Token, clause: Token, voice: str) -> list[Piece]:
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
        if rest < last and tokens[rest].pos == "SCONJ" and tokens[rest].lower != "as":
            return [Piece(f"{voice}before", (first, (rest, last)))]
    return [Piece(f"{voice}before", (first,))]


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


def _next(annotated: Annotated, kids: tuple[int, ...], c: int) -> str:
    """The kind of the first phrase after child ``c``: its preposition or the kind of its clause."""
    for k in kids:
        if k > c and annotated.tokens[k].dep in _AFTER_OBJECT:
            child = annotated.tokens[k]
            return child.lower if child.dep in _PHRASES else clause_kind(annotated, child)
    return "rest"
