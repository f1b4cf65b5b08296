"""Role phrases: "White House press secretary", "a spokeswoman for the Dravik government".

Promise: a phrase runs from its first word (article apart) to the end of its institution, and never takes in a relative
clause or the holder's name. The odd case: a noun that is a role here and a thing there ("chair", "head"), which needs a
capital or an institution beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.language.annotated import Token
from onrecord.language.lexicon import Lexicon
from onrecord.language.names import Name

_LEFT = frozenset({"NN", "NNP", "NNPS", "JJ", "HYPH", "POS", "NNS", "VBN", "AFX"})
_RIGHT = frozenset({"DT", "NN", "NNP", "NNPS", "NNS", "JJ", "POS", "HYPH", "PRP$", "CC", "CD", "AFX"})
_NOUN = frozenset({"NN", "NNP", "NNPS", "NNS"})
_INSIDE = frozenset({"POS", "HYPH", "VBN", "AFX"})
"""Tags that a phrase may have inside and not at its beginning."""
_TIMES = frozenset({"DATE", "TIME"})
_FAR = 10
"""Most tokens that a phrase reaches to either side of its noun: longer ones are parsing mistakes."""


class RolePhrase(NamedTuple):
    """A role in words: tokens ``first`` to ``last`` (code points ``start`` to ``end``), the article left out."""

    first: int
    last: int
    outer: int
    """First token with the article or possessive in front."""
    head: int
    start: int
    end: int
    kind: str
    """The role class."""
    gender: str | None
    plural: bool
    article: Literal["definite", "indefinite", "possessive", "none"]
    polities: frozenset[str]
    bodies: frozenset[str]
    """Institutions other than states, lower case; ``#government`` for the government of a state."""
    bare: bool = True
    """Whether nothing but an article and a state's name goes with the noun: "the Karsenian minister"."""


def find_roles(tokens: Sequence[Token], names: Sequence[Name], lexicon: Lexicon) -> list[RolePhrase]:
    """Return the role phrases among ``tokens`` in text order; role nouns inside names are none."""
    people: dict[int, Name] = {}
    others: dict[int, Name] = {}
    for name in names:
        for i in range(name.first, name.last):
            (people if name.type == "person" else others)[i] = name
    classes = lexicon.role_class
    found: list[RolePhrase] = []
    for token in tokens:
        if token.lower not in classes or token.tag not in _NOUN or token.i in people or token.i in others:
            continue
        phrase = _phrase(tokens, token.i, people, others, lexicon)
        if phrase is not None and (not found or phrase.head >= found[-1].last):
            found.append(phrase)
    return found


def _phrase(
    tokens: Sequence[Token], head: int, people: dict[int, Name], others: dict[int, Name], lexicon: Lexicon
) -> RolePhrase | None:
    """The phrase around the role noun ``head``, or None where the noun heads no phrase of its own."""
    size = len(tokens)
    small = lexicon.role_words
    sentence = tokens[head].sentence
    first = _left(tokens, head, people, others, lexicon)
    last = head + 1
    while last < size and tokens[last].lower in lexicon.role_class and tokens[last].tag in _NOUN and last not in people:
        if last in others:
            break
        head, last = last, last + 1
    if (
        last < size
        and tokens[last].tag == "HYPH"
        and last + 1 < size
        and tokens[last + 1].lower in small["behind_hyphen"]
    ):
        last += 2
    follower = tokens[last] if last < size else None
    if follower and follower.tag in _NOUN and last not in people and follower.sentence == sentence:
        if follower.lower in lexicon.modifiers:
            last += 1
        elif tokens[head].dep == "compound" or last in others:
            return None
    if follower and follower.tag in ("HYPH", "POS") and tokens[head].dep == "compound":
        return None
    kind = lexicon.class_of(tuple(t.lower for t in tokens[first : head + 1])) or lexicon.role_class[tokens[head].lower]
    last = _right(tokens, last, kind, people, lexicon)
    words = tuple(t.lower for t in tokens[first:last])
    kind = lexicon.compound_of(words) or kind
    outer, article = _article(tokens, first, head, lexicon)
    polities, bodies = institutions(tokens, first, last, head, others, lexicon)
    bodies |= {tokens[people[i].last - 1].lower for i in range(first, last) if i in people}
    if tokens[head].lower in lexicon.doubtful_roles and not polities | bodies and not tokens[head].text[0].isupper():
        return None
    return RolePhrase(
        first, last, outer, head, tokens[first].start, tokens[last - 1].end,
        kind,
        lexicon.role_gender.get(tokens[head].lower), tokens[head].lower in lexicon.plural_roles,
        article, polities, bodies,
    )  # fmt: skip


def _left(
    tokens: Sequence[Token], head: int, people: dict[int, Name], others: dict[int, Name], lexicon: Lexicon
) -> int:
    """The first token of the phrase around the role noun ``head``, the article left out."""
    small = lexicon.role_words
    sentence = tokens[head].sentence
    first = head
    while first > 0 and head - first < _FAR and tokens[first - 1].sentence == sentence:
        before = tokens[first - 1]
        if tokens[first].lower in lexicon.starters and before.tag not in ("POS", "HYPH"):
            break
        holder = people.get(first - 1)
        if holder is not None and first == holder.last and _modifies(tokens, holder, first, head):
            first = holder.first
        elif before.tag in _LEFT and holder is None and before.ner not in _TIMES and before.lower not in small["never"]:
            first -= 1
        elif (
            before.tag == "CC"
            and tokens[head].lower in lexicon.plural_roles
            and first >= 2
            and tokens[first - 2].tag in _LEFT
            and (tokens[first - 2].lower in lexicon.polities or first - 2 in others)
        ):
            first -= 2
        else:
            break
    while first < head and tokens[first].tag in _INSIDE and tokens[first].lower not in small["participles"]:
        first += 1
    return first


def _article(
    tokens: Sequence[Token], first: int, head: int, lexicon: Lexicon
) -> tuple[int, Literal["definite", "indefinite", "possessive", "none"]]:
    """The first token with the article in front of a phrase, and what kind of article that is."""
    before = tokens[first - 1] if first > 0 and tokens[first - 1].sentence == tokens[head].sentence else None
    if before is not None and before.tag == "DT":
        return first - 1, "indefinite" if before.lower in lexicon.role_words["indefinite"] else "definite"
    if before is not None and before.tag == "PRP$":
        return first - 1, "possessive"
    return first, "possessive" if "POS" in {t.tag for t in tokens[first:head]} else "none"


def _modifies(tokens: Sequence[Token], name: Name, first: int, head: int) -> bool:
    """Whether a person's name belongs to the phrase behind it: "Dalgard spokesman", "Dalgard's spokesman"."""
    return tokens[name.head].dep in ("compound", "poss", "nmod", "amod") and first <= tokens[name.head].head <= head


def _right(tokens: Sequence[Token], last: int, kind: str, people: dict[int, Name], lexicon: Lexicon) -> int:
    """The end of "of the Security Council" behind a role noun; ``last`` where nothing of the kind follows."""
    size = len(tokens)
    end = last
    while end + 1 < size and kind in lexicon.links.get(tokens[end].lower, ()) and end - last < _FAR:
        if tokens[end].sentence != tokens[last - 1].sentence:
            break
        at = end + 1
        noun = None
        while at < size and at - end <= _FAR and tokens[at].sentence == tokens[end].sentence:
            token = tokens[at]
            if token.tag not in _RIGHT:
                break
            if token.tag == "CC" and (noun != at - 1 or at + 1 >= size or tokens[at + 1].tag not in ("NNP", "NN")):
                break
            if token.tag in _NOUN:
                if at in people and noun is not None and at == people[at].first:
                    inner = tokens[noun].lower
                    titled = inner in lexicon.role_class or inner.rstrip(".") in lexicon.titles
                    return people[at].last if titled else noun + 1
                noun = at
            at += 1
        if noun is None:
            break
        if tokens[end].lower in lexicon.role_words["proper_links"] and tokens[noun].tag not in ("NNP", "NNPS"):
            break
        end = noun + 1
    return end


def institutions(
    tokens: Sequence[Token], first: int, last: int, head: int, others: dict[int, Name], lexicon: Lexicon
) -> tuple[frozenset[str], frozenset[str]]:
    """The states and the bodies that a role phrase names."""
    polities: set[str] = set()
    bodies: set[str] = set()
    for i in range(first, last):
        token = tokens[i]
        name = others.get(i)
        text = name.text.lower() if name else token.lower
        known = lexicon.polities.get(text)
        if known:
            polities.add(known[0])
            if known[1] == "seat":
                bodies.add("#government")
        elif name and i == name.first:
            lead = lexicon.polities.get(token.lower)
            if lead:
                polities.add(lead[0])
                bodies.add(text[len(token.text) :].strip())
            elif name.type in ("place", "group"):
                polities.add(lexicon.stem(text))
            else:
                bodies.add(text)
        elif (
            token.tag in ("JJ", "NNP")
            and token.text[:1].isupper()
            and i != head
            and token.lower not in lexicon.modifiers
            and token.lower not in lexicon.role_class
        ):
            polities.add(lexicon.stem(token.text))
        if token.lower in lexicon.government and i != head:
            bodies.add("#government")
    return frozenset(polities), frozenset(bodies)


def compatible(one: RolePhrase, other: RolePhrase) -> bool:
    """Whether two role phrases can be of one office: nothing contradicts, and where both have a body, one agrees."""
    if one.polities and other.polities and not one.polities & other.polities:
        return False
    bodies = any(a == b or a in b or b in a for a in one.bodies for b in other.bodies)
    if one.bodies and other.bodies and not bodies:
        return False
    bare = not (one.polities or one.bodies) or not (other.polities or other.bodies)
    return bare or bodies or bool(one.polities & other.polities)


def title_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words of a run of tokens, with a blank where the text has white space."""
    parts = []
    for i in range(first, last):
        if i > first and tokens[i].start > tokens[i - 1].end:
            parts.append(" ")
        parts.append(tokens[i].text.strip())
    return "".join(parts)
