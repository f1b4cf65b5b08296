"""Names that mean one and the same: "Mara Lindqvist", "Lindqvist" and "Ms Lindqvist"; "FBI"; "the US government".

Promise: names are put together only where the document's own words or the tables show it; two people with one surname
stay two. The odd case: a bare surname shared by two people, which goes to whom title, gender or the nearest earlier
mention decide for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from onrecord.language.annotated import Token
from onrecord.language.holders import Held
from onrecord.language.lexicon import Lexicon
from onrecord.language.names import Name
from onrecord.nouns import EntityType, MentionForm

CROWD = 100
"""People of one surname, or of one class of offices, from which on a text is a list that does not tell them apart."""


@dataclass
class Figure:
    """Somebody or something in the making; becomes an `Entity` when the whole text has been read."""

    type: EntityType
    key: str
    given: str | None = None
    surname: str | None = None
    gender: str | None = None
    """``f``, ``m`` or None: not known."""
    suffix: str = ""
    """``jr`` and the like, where the text names another one by the same name without it: a father and his son."""
    forms: Counter[str] = field(default_factory=Counter)
    held: list[Held] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    labelled: list[Held] = field(default_factory=list)
    """Roles that only a transcript's label gives: they have no words in the text to point to."""
    lesser: set[str] = field(default_factory=set)
    """Forms, lower case, that are not to be the entity's name: adjectives of a state, seats of a government."""


class Placed(NamedTuple):
    """A stretch of the text and the figure that it names."""

    first: int
    last: int
    start: int
    end: int
    head: int
    figure: Figure


@dataclass
class Place:
    """A mention in the making; ``figure`` is None where the text does not decide whom it means."""

    first: int
    start: int
    end: int
    head: int
    form: MentionForm
    figure: Figure | None


def person_words(text: str, lexicon: Lexicon) -> list[str]:
    """The words of a person's name without nicknames in quotes, ``Jr.`` and the like."""
    return [
        word.strip(",")
        for word in text.split()
        if word.strip(",").lower() not in lexicon.name_suffixes and word[0] not in "\"“'‘("
    ]


def _suffix(text: str, lexicon: Lexicon) -> str:
    """The ``jr`` and the like in a person's name; empty where there is none."""
    words = [word.strip(",.").lower() for word in text.split()]
    return next((word for word in words[1:] if word in lexicon.name_suffixes), "")


def group_people(
    tokens: Sequence[Token], names: Sequence[Name], held: Sequence[Held], lexicon: Lexicon
) -> list[Placed]:
    """Return every name of a person with its figure, in text order; figures carry their gender and roles."""
    people = [name for name in names if name.type == "person"]
    by_surname: dict[str, list[Figure]] = {}
    by_given: dict[str, list[Figure]] = {}
    given: dict[int, Figure] = {}
    by_full: dict[tuple[str, str, str], Figure] = {}
    plain = {tuple(person_words(name.text, lexicon)) for name in people if not _suffix(name.text, lexicon)}
    tails: dict[tuple[str, ...], Figure] = {}
    for name in sorted(people, key=lambda each: -len(each.text.split())):
        words = person_words(name.text, lexicon)
        if len(words) < 2:
            continue
        surname = words[-1].lower()
        suffix = _suffix(name.text, lexicon) if tuple(words) in plain else ""
        tail = tails.get(tuple(word.lower() for word in words))
        if tail is not None and not suffix:
            given[name.first] = tail
            continue
        figure = by_full.get((surname, words[0], suffix))
        if figure is None:
            bearers = (f for f in islice(by_surname.get(surname, ()), CROWD) if f.suffix == suffix)
            figure = next((f for f in bearers if lexicon.same_given(f.given or "", words[0])), None)
        if figure is None:
            figure = Figure("person", name.text.lower(), words[0], surname, suffix=suffix)
            figure.gender = lexicon.gender_of_given(words[0]) or None
            by_surname.setdefault(surname, []).append(figure)
            by_given.setdefault(words[0].lower(), []).append(figure)
            for n in range(1, len(words) - 1):
                tails.setdefault(tuple(word.lower() for word in words[n:]), figure)
        by_full[surname, words[0], suffix] = given[name.first] = figure
    roles_of: dict[int, list[Held]] = {}
    for each in held:
        if each.name is not None:
            roles_of.setdefault(each.name.first, []).append(each)
    last_seen: dict[int, int] = {}
    placed = []
    for order, name in enumerate(people):
        found = given.get(name.first)
        title = _title(tokens, name.first, lexicon)
        gender = _gender(title, roles_of.get(name.first, ()), lexicon)
        if found is None:
            words = person_words(name.text, lexicon) or [name.text]
            found = _bare(words[0].lower(), gender, title is not None, by_surname, by_given, last_seen)
            if found is None:
                found = Figure("person", name.text.lower(), None, words[-1].lower())
                if title is None:
                    found.gender = lexicon.gender_of_given(words[0]) or None
                by_surname.setdefault(words[-1].lower(), []).append(found)
        found.gender = gender or found.gender
        found.forms[name.text] += 1
        found.labels[name.label] += 1
        found.held.extend(roles_of.get(name.first, ()))
        last_seen[id(found)] = order
        placed.append(Placed(name.first, name.last, name.start, name.end, name.head, found))
    return placed


def _bare(
    word: str,
    gender: str | None,
    titled: bool,
    by_surname: dict[str, list[Figure]],
    by_given: dict[str, list[Figure]],
    last_seen: dict[int, int],
) -> Figure | None:
    """Whom one bare name means: the only one of that surname, else whom gender and the last mention decide for."""
    found = [f for f in by_surname.get(word, ()) if gender is None or f.gender in (None, gender)]
    if not found and not titled:
        found = [f for f in by_given.get(word, ()) if gender is None or f.gender in (None, gender)]
        if len(found) > 1:
            return None
    if len(found) > 1 and gender is not None:
        found = [f for f in found if f.gender == gender] or found
    if len(found) > 1:
        seen = [f for f in found if id(f) in last_seen]
        if seen:
            return max(seen, key=lambda f: last_seen[id(f)])
    return found[0] if found else None


def _title(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> str | None:
    """The title word right before a name (``mr``, ``sen``), or None."""
    if first == 0:
        return None
    word = tokens[first - 1].lower.rstrip(".")
    return word if word in lexicon.titles else None


def _gender(title: str | None, held: Sequence[Held], lexicon: Lexicon) -> str | None:
    if title and lexicon.titles[title]:
        return lexicon.titles[title]
    return next((each.role.gender for each in held if each.role.gender), None)


def group_others(tokens: Sequence[Token], names: Sequence[Name], lexicon: Lexicon) -> list[Placed]:
    """Return every other name with its figure, in text order: states, governments, bodies, groups, works."""
    figures: dict[str, Figure] = {}
    stems: dict[str, str] = {}
    acronyms = _acronyms(tokens, names, lexicon)
    for name in names:
        if name.type == "place" and name.label != "NORP" and name.text.lower() not in lexicon.polities:
            stems.setdefault(lexicon.stem(name.text), name.text.lower())
    shorts = _shorts(names, lexicon)
    placed = []

    def figure(key: str, kind: EntityType) -> Figure:
        return figures.setdefault(key, Figure(kind, key))

    for name in names:
        if name.type == "person":
            continue
        low = name.text.lower()
        known = lexicon.polities.get(low)
        first, last, end, head = name.first, name.last, name.end, name.head
        behind = tokens[last] if last < len(tokens) else None
        placelike = name.type in ("place", "group")
        state = known[0].lower() if known else stems.get(lexicon.stem(low), low) if placelike else low
        if behind is not None and behind.lower in lexicon.government and (known or placelike):
            government = figure(f"#government {state}", "organization")
            if behind.i + 1 == len(tokens) or tokens[behind.i + 1].lower not in lexicon.role_class:
                government.forms[f"{name.text} {behind.text}"] += 1
                placed.append(Placed(first, last + 1, name.start, behind.end, behind.i, government))
                if known and known[1] == "seat":
                    continue
        if known and known[1] == "seat":
            body = low in lexicon.houses or (last - first > 1 and name.type == "organization")
            if body or _acts(tokens, head):
                found = figure(f"#government {state}", "organization")
            else:
                found = figure(low, "place")
        elif known:
            found = figure(state, "organization" if state == "european union" else "place")
        elif name.label == "NORP" and lexicon.stem(low) in stems:
            found = figure(stems[lexicon.stem(low)], "place")
        else:
            key = acronyms.get(name.text) or (shorts.get(low) if name.type == "organization" else None) or low
            found = figure(key, name.type)
        found.forms[name.text] += 1
        found.labels[name.label] += 1
        if name.label == "NORP" or (known and known[1] != "name"):
            found.lesser.add(low)
        placed.append(Placed(first, last, name.start, end, head, found))
    return sorted(placed, key=lambda each: (each.start, -each.end))


def _acts(tokens: Sequence[Token], head: int) -> bool:
    """Whether a capital stands for its government here: it does something ("Dravik said", "talks by Dravik")."""
    token = tokens[head]
    return (
        token.dep == "nsubj" and tokens[token.head].pos == "VERB" and not (token.text.isupper() and len(token.text) > 4)
    )


def _acronyms(tokens: Sequence[Token], names: Sequence[Name], lexicon: Lexicon) -> dict[str, str]:
    """Acronym to the full name's key: by "(FBI)" behind it, else by the initials of one name of the text."""
    full: dict[str, set[str]] = {}
    for name in names:
        words = name.text.replace("-", " ").split()
        if name.type != "person" and len(words) > 2:
            plain = "".join(w[0] for w in words if w.lower() not in lexicon.skip).upper()
            every = "".join(w[0] for w in words).upper()
            for letters in {plain, every}:
                full.setdefault(letters, set()).add(name.text.lower())
    return {letters: next(iter(keys)) for letters, keys in full.items() if len(keys) == 1 and len(letters) > 1}


def _shorts(names: Sequence[Name], lexicon: Lexicon) -> dict[str, str]:
    """Short form to the one longer name before it that it begins or whose kind of body it is."""
    longer: dict[str, set[str]] = {}
    first: dict[str, int] = {}
    otherwise = {name.text.lower() for name in names if name.type != "organization"}
    for name in names:
        if name.type == "organization":
            low = name.text.lower()
            first.setdefault(low, name.start)
            words = low.split()
            if words[-1] in lexicon.org_heads and len(words) > 1:
                longer.setdefault(words[-1], set()).add(low)
            for n in range(1, len(words)):
                longer.setdefault(" ".join(words[:n]), set()).add(low)
    found = {}
    for short, keys in longer.items():
        if len(keys) != 1 or short not in first or short in lexicon.polities or short in otherwise:
            continue
        full = next(iter(keys))
        if first[full] < first[short]:
            found[short] = full
    return found
