"""Which role belongs to which name beside it: before it, behind a comma, or said of it.

Promise: a role phrase goes to one name, or, where it is plural, to each name of the list behind it. The odd case: one
phrase for two holders ("Velmark and Karsenian presidents Anton Velik and Hanna Orre"), dealt out in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.language.annotated import Token
from onrecord.language.lexicon import Lexicon
from onrecord.language.names import Name
from onrecord.language.roles import RolePhrase, institutions, title_of

_PRESENT = frozenset({"VBZ", "VBP"})
"""Tags of a verb that says what somebody is, not what somebody was or would be."""
_REACH = 12
"""Most tokens between a name and what is said to be its office."""


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
    by_head = {name.head: name for name in names if name.type == "person"}
    held: list[Held] = []
    used: set[int] = set()
    for role in roles:
        name = by_first.get(role.last) or by_first.get(role.head + 1)
        if name is not None and name.first == role.head + 1 < role.last:
            role = role._replace(last=role.head + 1, end=tokens[role.head].end)
        if name is None and role.last < len(tokens) and tokens[role.last].text == "[":
            name = by_first.get(role.last + 1)
        if name is not None and tokens[name.first].sentence == tokens[role.head].sentence:
            holders = [name, *_listed(tokens, name, by_first, lexicon)] if role.plural else [name]
            held.extend(_dealt(tokens, role, holders, others, lexicon))
            used.add(role.head)
            continue
        holder = (
            _before(tokens, role, by_last, lexicon) or _behind(tokens, role, by_first) or _copula(tokens, role, by_head)
        )
        if holder is not None and not role.plural:
            held.append(Held(role, holder, title_of(tokens, role.first, role.last)))
            used.add(role.head)
    return held, frozenset(used)


def _listed(tokens: Sequence[Token], name: Name, by_first: dict[int, Name], lexicon: Lexicon) -> list[Name]:
    """The further names of a list that begins with ``name``: ", Orre and Lindqvist"."""
    found = []
    joins = lexicon.role_words["joins"]
    at = name.last
    while at + 1 < len(tokens):
        step = at
        while step < len(tokens) and (
            tokens[step].text == "," or tokens[step].lower in joins or tokens[step].tag == "POS"
        ):
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
            polities, bodies = institutions(tokens, low, high, role.head, others, lexicon)
            share = role._replace(polities=polities, bodies=bodies, plural=False)
            dealt.append(Held(share, holder, f"{title_of(tokens, low, high)} {single}"))
        return dealt
    before = title_of(tokens, role.first, role.head)
    title = f"{before} {single}{title_of(tokens, role.head + 1, role.last)}".strip()
    return [Held(role._replace(plural=False), each, title) for each in holders]


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


def _copula(tokens: Sequence[Token], role: RolePhrase, by_head: dict[int, Name]) -> Name | None:
    """The name in "Lindqvist is the president's press secretary"."""
    verb = tokens[tokens[role.head].head]
    if (
        tokens[role.head].dep != "attr"
        or verb.lemma != "be"
        or verb.tag not in _PRESENT
        or role.article == "indefinite"
    ):
        return None
    for i in range(max(0, role.outer - _REACH), role.outer):
        if tokens[i].dep == "nsubj" and tokens[i].head == verb.i and i in by_head:
            return by_head[i]
    return None
