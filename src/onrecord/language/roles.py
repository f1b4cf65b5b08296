"""Role phrases: "White House press secretary", "a spokeswoman for the Dravik government".

Promise: a phrase runs from its first word (article apart) to the end of its institution, and never takes in a relative
clause or the holder's name. The odd case: one phrase for two holders ("Velmark and Karsenian presidents Anton Velik and
Hanna Orre"), whose parts are dealt out in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.language.annotated import Token
from onrecord.language.lexicon import Lexicon, stem
from onrecord.language.names import Name

_LEFT = frozenset({"NN", "NNP", "NNPS", "JJ", "HYPH", "POS", "NNS", "VBN", "AFX"})
_RIGHT = frozenset({"DT", "NN", "NNP", "NNPS", "NNS", "JJ", "POS", "HYPH", "PRP$", "CC", "CD", "AFX"})
_NOUN = frozenset({"NN", "NNP", "NNPS", "NNS"})
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
    sentence = tokens[head].sentence
    first = head
    while first > 0 and head - first < _FAR and tokens[first - 1].sentence == sentence:
        before = tokens[first - 1]
        if before.tag in _LEFT and first - 1 not in people and before.lower != "such":
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
    while first < head and tokens[first].tag in ("POS", "HYPH", "VBN", "AFX") and tokens[first].lower != "elected":
        first += 1
    last = head + 1
    while last < size and tokens[last].lower in lexicon.role_class and tokens[last].tag in _NOUN and last not in people:
        if last in others:
            break
        head, last = last, last + 1
    if (
        last < size
        and tokens[last].tag == "HYPH"
        and last + 1 < size
        and tokens[last + 1].lower in ("elect", "designate")
    ):
        last += 2
    follower = tokens[last] if last < size else None
    if follower and follower.tag in _NOUN and last not in people and follower.sentence == sentence:
        if follower.lower == "general" or follower.lower in lexicon.modifiers:
            last += 1
        elif tokens[head].dep == "compound" or last in others:
            return None
    if follower and follower.tag in ("HYPH", "POS") and tokens[head].dep == "compound":
        return None
    last = _right(tokens, last, people, lexicon)
    words = tuple(t.lower for t in tokens[first:last])
    kind = lexicon.class_of(tuple(t.lower for t in tokens[first : head + 1])) or lexicon.role_class[tokens[head].lower]
    wide = lexicon.class_of(words)
    if (
        wide
        and wide != kind
        and any(words[: len(p)] == p or " ".join(p) in " ".join(words) for p, k in lexicon.compounds if k == wide)
    ):
        kind = wide
    outer, article = first, "none"
    if first > 0 and tokens[first - 1].sentence == sentence:
        before = tokens[first - 1]
        if before.tag == "DT":
            outer = first - 1
            article = "indefinite" if before.lower in ("a", "an", "another", "some", "any") else "definite"
        elif before.tag == "PRP$":
            outer, article = first - 1, "possessive"
    elif "POS" in {t.tag for t in tokens[first:head]}:
        article = "possessive"
    polities, bodies = _institutions(tokens, first, last, head, others, lexicon)
    return RolePhrase(
        first, last, outer, head, tokens[first].start, tokens[last - 1].end,
        kind,
        lexicon.role_gender.get(tokens[head].lower), tokens[head].lower in lexicon.plural_roles,
        article, polities, bodies,  # type: ignore[arg-type]
    )  # fmt: skip


def _right(tokens: Sequence[Token], last: int, people: dict[int, Name], lexicon: Lexicon) -> int:
    """The end of "of the Security Council" behind a role noun; ``last`` where nothing of the kind follows."""
    size = len(tokens)
    end = last
    while end + 1 < size and tokens[end].lower in ("of", "for", "at", "with", "to") and end - last < _FAR:
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
                if at in people and noun is not None and tokens[noun].tag in _NOUN and at == people[at].first:
                    return noun + 1
                noun = at
            at += 1
        if noun is None:
            break
        if tokens[end].lower in ("to", "with", "at") and tokens[noun].tag not in ("NNP", "NNPS"):
            break
        end = noun + 1
    return end


def _institutions(
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
                polities.add(stem(text))
            else:
                bodies.add(text)
        elif (
            token.tag in ("JJ", "NNP")
            and token.text[:1].isupper()
            and i != head
            and token.lower not in lexicon.modifiers
            and token.lower not in lexicon.role_class
        ):
            polities.add(stem(token.text))
        if token.lower in lexicon.government and i != head:
            bodies.add("#government")
    return frozenset(polities), frozenset(bodies)


def compatible(one: RolePhrase, other: RolePhrase) -> bool:
    """Whether two role phrases can be of one office: no state and no body of theirs contradicts."""
    if one.polities and other.polities and not one.polities & other.polities:
        return False
    if one.bodies and other.bodies:
        return any(a == b or a in b or b in a for a in one.bodies for b in other.bodies)
    return True


class Held(NamedTuple):
    """A role, the name beside it that holds it (None: it stands by itself), and its title in the singular."""

    role: RolePhrase
    name: Name | None
    title: str


def attach(
    tokens: Sequence[Token], names: Sequence[Name], roles: Sequence[RolePhrase], lexicon: Lexicon
) -> tuple[list[Held], frozenset[int]]:
    """Return the roles held by names beside them, and the heads of the role phrases that are used up so."""
    by_first = {name.first: name for name in names if name.type == "person"}
    by_last = {name.last: name for name in names if name.type == "person"}
    others = {i: name for name in names if name.type != "person" for i in range(name.first, name.last)}
    held: list[Held] = []
    used: set[int] = set()
    for role in roles:
        name = by_first.get(role.last) or by_first.get(role.head + 1)
        if name is not None and name.first == role.head + 1 < role.last:
            role = role._replace(last=role.head + 1, end=tokens[role.head].end)
        if name is None and role.last < len(tokens) and tokens[role.last].text == "[":
            name = by_first.get(role.last + 1)
        if name is not None and tokens[name.first].sentence == tokens[role.head].sentence:
            holders = [name, *_listed(tokens, name, by_first)] if role.plural else [name]
            held.extend(_dealt(tokens, role, holders, others, lexicon))
            used.add(role.head)
            continue
        holder = (
            _before(tokens, role, by_last, lexicon) or _behind(tokens, role, by_first) or _copula(tokens, role, names)
        )
        if holder is not None and not role.plural:
            held.append(Held(role, holder, title_of(tokens, role.first, role.last)))
            used.add(role.head)
    return held, frozenset(used)


def _listed(tokens: Sequence[Token], name: Name, by_first: dict[int, Name]) -> list[Name]:
    """The further names of a list that begins with ``name``: ", Orre and Lindqvist"."""
    found = []
    at = name.last
    while at + 1 < len(tokens):
        step = at
        while step < len(tokens) and (tokens[step].text in (",", "and", "&") or tokens[step].tag == "POS"):
            step += 1
        if step == at or step not in by_first:
            break
        found.append(by_first[step])
        at = by_first[step].last
    return found


def _dealt(
    tokens: Sequence[Token], role: RolePhrase, holders: Sequence[Name], others: dict[int, Name], lexicon: Lexicon
) -> list[Held]:
    """One role for each holder: "Velmark and Karsenian presidents A and B" gives A the first state and B the second."""
    if not role.plural:
        return [Held(role, each, title_of(tokens, role.first, role.last)) for each in holders]
    noun = tokens[role.head].text
    single = lexicon.singular.get(noun.lower(), noun.lower())
    single = single.capitalize() if noun[:1].isupper() else single
    joins = [i for i in range(role.first, role.head) if tokens[i].tag == "CC"]
    if joins and len(joins) + 1 == len(holders):
        bounds = [role.first, *(i + 1 for i in joins)]
        dealt = []
        for low, high, holder in zip(bounds, [*joins, role.head], holders, strict=True):
            polities, bodies = _institutions(tokens, low, high, role.head, others, lexicon)
            share = role._replace(polities=polities, bodies=bodies, plural=False)
            dealt.append(Held(share, holder, f"{title_of(tokens, low, high)} {single}"))
        return dealt
    before = title_of(tokens, role.first, role.head)
    title = f"{before} {single}{title_of(tokens, role.head + 1, role.last)}".strip()
    return [Held(role._replace(plural=False), each, title) for each in holders]


def title_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words of a run of tokens, with a blank where the text has white space."""
    parts = []
    for i in range(first, last):
        if i > first and tokens[i].start > tokens[i - 1].end:
            parts.append(" ")
        parts.append(tokens[i].text.strip())
    return "".join(parts)


def _before(tokens: Sequence[Token], role: RolePhrase, by_last: dict[int, Name], lexicon: Lexicon) -> Name | None:
    """The name in "Brandt, the national security adviser, …": right before the phrase, parted by a comma or a dash."""
    gap = role.outer - 1
    if gap < 1 or tokens[gap].text not in (",", "(", "–", "—", "-"):
        return None
    name = by_last.get(gap)
    if name is None and gap >= 2 and tokens[gap - 1].lower in lexicon.name_suffixes:
        name = by_last.get(gap - 1)
    if name is None or tokens[name.head].sentence != tokens[role.head].sentence:
        return None
    behind = tokens[role.last] if role.last < len(tokens) else None
    if behind is None or behind.tag in (",", ".", ":", "-RRB-", "WP", "IN", "''", "``") or behind.text == ")":
        return name
    if tokens[role.head].dep == "appos" and tokens[role.head].head in range(name.first, name.last):
        return name
    return None


def _behind(tokens: Sequence[Token], role: RolePhrase, by_first: dict[int, Name]) -> Name | None:
    """The name in "the Kremlin spokesman, Pavel Ostrow, …": right behind the phrase and closed by a mark."""
    gap = role.last
    if role.article == "indefinite" and not role.polities | role.bodies:
        return None
    if gap + 1 >= len(tokens) or tokens[gap].text not in (",", "–", "—", "(") or gap + 1 not in by_first:
        return None
    name = by_first[gap + 1]
    if tokens[name.first].sentence != tokens[role.head].sentence:
        return None
    behind = tokens[name.last] if name.last < len(tokens) else None
    near = tokens[name.head].dep == "appos" and tokens[name.head].head == role.head
    if behind is None or near or (behind.text in (",", ")", "–", "—", ".") and role.article != "none"):
        return name
    return None


def _copula(tokens: Sequence[Token], role: RolePhrase, names: Sequence[Name]) -> Name | None:
    """The name in "Lindqvist is the president's press secretary"."""
    head = tokens[role.head]
    if (
        head.dep != "attr"
        or tokens[head.head].lemma not in ("be", "become")
        or tokens[head.head].lower in ("was", "were")
    ):
        return None
    low = max(0, role.outer - 12)
    for name in reversed(names):
        if name.head >= role.outer or name.type != "person":
            continue
        if name.head < low:
            return None
        if tokens[name.head].dep == "nsubj" and tokens[name.head].head == head.head:
            return name
    return None
