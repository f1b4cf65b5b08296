"""Whom a role phrase that stands by itself means: "the spokeswoman", "the Velmark president", "a Kremlin spokesman".

Promise: a phrase gets a person only where one person of the text fits class, gender and institution, or where one of
several was the only one spoken of of late. The odd case: "President Velik" names no state, so "the Karsenian president"
would fit him too; a state that the holder's own role does not give counts only if the text is mostly about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.language.annotated import Token
from onrecord.language.figures import CROWD, Figure, Place, Placed
from onrecord.language.holders import Held
from onrecord.language.lexicon import Lexicon
from onrecord.language.names import Name
from onrecord.language.roles import RolePhrase, compatible, title_of

RECENT = 6
"""Sentences within which one of several holders must be the only one named."""


def take_up(
    tokens: Sequence[Token],
    roles: Sequence[RolePhrase],
    figures: Iterable[Figure],
    people: Sequence[Placed],
    names: Sequence[Name],
    lexicon: Lexicon,
) -> list[Place]:
    """Return the free role phrases ``roles`` as places, with the person meant or None, in text order.

    A phrase with an institution that gets its person becomes one of the person's roles.
    """
    home = _home(names, lexicon)
    figures = list(figures)
    offices = _offices(figures, lexicon)
    officers = _officers(figures)
    seen: dict[int, int] = {}
    named = sorted((each.first, id(each.figure)) for each in people)
    at = 0
    found = []
    for role in roles:
        while at < len(named) and named[at][0] < role.first:
            seen[named[at][1]] = tokens[named[at][0]].sentence
            at += 1
        if role.plural or not _refers(tokens, role, lexicon):
            continue
        unclear = role.kind == "relative" or (role.article == "indefinite" and not (role.polities | role.bodies))
        holders = () if unclear else offices.get(role.kind, ())
        fits = _fits(role, holders, home, officers) if len(holders) <= CROWD else []
        figure = _chosen(role, fits, seen, tokens[role.head].sentence)
        if figure is not None:
            seen[id(figure)] = tokens[role.head].sentence
            if role.polities | role.bodies and figure.held:
                figure.held.append(Held(role, None, title_of(tokens, role.first, role.last)))
        found.append(Place(role.first, tokens[role.outer].start, role.end, role.head, "role", figure))
    return found


def _home(names: Sequence[Name], lexicon: Lexicon) -> str | None:
    """The state that the text names most."""
    counts: Counter[str] = Counter()
    for name in names:
        if name.type != "person":
            known = lexicon.polities.get(name.text.lower())
            counts[known[0] if known else lexicon.stem(name.text)] += 1
    return counts.most_common(1)[0][0] if counts else None


def _offices(figures: Iterable[Figure], lexicon: Lexicon) -> dict[str, list[tuple[Figure, RolePhrase]]]:
    """For each class the people who hold a role of it or of a narrower class, each kind of office once."""
    offices: dict[str, list[tuple[Figure, RolePhrase]]] = {}
    for figure in figures:
        known = set()
        states: dict[str, frozenset[str]] = {}
        for each in figure.held:
            states[each.role.kind] = states.get(each.role.kind, frozenset()) | each.role.polities
        for each in (*figure.held, *figure.labelled):
            role = each.role
            if not role.polities and not role.bodies:
                role = role._replace(polities=states.get(role.kind, frozenset()))
            office = (role.kind, role.polities, role.bodies)
            if office in known:
                continue
            known.add(office)
            for kind in {role.kind, *lexicon.broader.get(role.kind, ())}:
                offices.setdefault(kind, []).append((figure, role))
    return offices


def _officers(figures: Iterable[Figure]) -> dict[str, set[int]]:
    """For each state the ids of those who hold an office of it in so many words."""
    officers: dict[str, set[int]] = {}
    for figure in figures:
        for each in (*figure.held, *figure.labelled):
            for state in each.role.polities:
                officers.setdefault(state, set()).add(id(figure))
    return officers


def _fits(
    role: RolePhrase, holders: Sequence[tuple[Figure, RolePhrase]], home: str | None, officers: dict[str, set[int]]
) -> list[Figure]:
    """The holders that gender and institution allow."""
    found: dict[int, Figure] = {}
    alone: bool | None = None
    for figure, held in holders:
        if role.gender and figure.gender and role.gender != figure.gender:
            continue
        if not compatible(role, held) or (role.kind != held.kind and not role.bare):
            continue
        if role.article == "indefinite" and not (role.polities & held.polities or role.bodies & held.bodies):
            if alone is None:
                alone = _alone(role, holders, home, officers)
            if not alone:
                continue
        wanted = role.polities | (role.bodies - {"#government"})
        if wanted and not held.polities and not held.bodies and home not in wanted:
            continue
        found[id(figure)] = figure
    return list(found.values())


def _alone(
    role: RolePhrase, holders: Sequence[tuple[Figure, RolePhrase]], home: str | None, officers: dict[str, set[int]]
) -> bool:
    """Whether "a spokeswoman for the Dravik government" must be the one press secretary, whose role names no state.

    It must where the text is mostly about that state, nobody else of the class and gender is named, and nobody is known
    to hold an office of that state or the one person an office of any.
    """
    if "#government" not in role.bodies or home not in role.polities:
        return False
    fitting = {
        id(figure): figure
        for figure, _ in holders
        if not (role.gender and figure.gender) or role.gender == figure.gender
    }
    if len(fitting) != 1:
        return False
    ((known, figure),) = fitting.items()
    if not figure.surname or any(known in ids for ids in officers.values()):
        return False
    return not any(officers.get(state) for state in role.polities)


def _chosen(role: RolePhrase, fits: Sequence[Figure], seen: dict[int, int], sentence: int) -> Figure | None:
    """The one that is meant, or None."""
    if len(fits) == 1:
        return fits[0]
    if role.article != "definite":
        return None
    recent = [figure for figure in fits if sentence - seen.get(id(figure), -RECENT - 1) <= RECENT]
    return recent[0] if len(recent) == 1 else None


def _refers(tokens: Sequence[Token], role: RolePhrase, lexicon: Lexicon) -> bool:
    """Whether a role phrase speaks of somebody: not of an office ("as president", "became president")."""
    head = tokens[role.head]
    if role.article == "none" and not (role.polities | role.bodies):
        return head.dep == "nsubj" and head.text[:1].isupper()
    if head.dep in ("attr", "oprd", "compound", "amod", "nmod"):
        return False
    return not (head.dep == "pobj" and tokens[head.head].lower in lexicon.role_words["as"])
