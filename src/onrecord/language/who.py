"""Who is who: names, roles and pronouns to entities, and the pronouns that stay undecided.

Promise: a mention gets an entity only where gender, number, role, place in the sentence and nearness leave one and
clearly one; else its entity is None. The odd case: "he" inside a quotation is not the one who speaks it, so pronouns
outside of quotations are settled first and tell who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.language.annotated import MentionRef, Quotation, Sentence, Token
from onrecord.language.figures import Figure, Place, group_others, group_people
from onrecord.language.holders import attach
from onrecord.language.lexicon import Lexicon, lexicon
from onrecord.language.names import find_names
from onrecord.language.offices import take_up
from onrecord.language.pronouns import Pronouns
from onrecord.language.roles import find_roles
from onrecord.language.turns import find_labels
from onrecord.nouns import Document, Entity, Mention, Role

NO_OFFICE = frozenset({"relative", "person"})
"""Classes by which people are called but that are no office: kept out of an entity's roles."""


def find_who(
    document: Document,
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    language: str = "en",
) -> tuple[tuple[Entity, ...], tuple[MentionRef, ...]]:
    """Return the entities of a document and all mentions, those of nobody that the text decides on included."""
    words = lexicon(language)
    names = find_names(tokens, words)
    roles = find_roles(tokens, names, words)
    held, used = attach(tokens, names, roles, words)
    people = group_people(tokens, names, held, words)
    others = group_others(tokens, names, words)
    places = [Place(p.first, p.start, p.end, p.head, "name", p.figure) for p in (*people, *others)]
    figures = {id(p.figure): p.figure for p in people}
    labels, speakers = find_labels(document, sentences, list(figures.values()), words)
    figures |= {id(label.figure): label.figure for label in labels}
    places += [Place(n.head, n.start, n.end, n.head, "name" if n.named else "role", n.figure) for n in labels]
    places += take_up(tokens, [r for r in roles if r.head not in used], figures.values(), people, names, words)
    places.sort(key=lambda place: (place.start, -place.end))
    places += Pronouns(tokens, sentences, quotations, places, speakers, words).settled()
    return _entities(places, words)


def _entities(places: Sequence[Place], words: Lexicon) -> tuple[tuple[Entity, ...], tuple[MentionRef, ...]]:
    """Figures as entities with ids in the order of their first mention, and all mentions in text order."""
    places = sorted(places, key=lambda place: (place.start, -place.end, place.head))
    ids: dict[int, str] = {}
    order: list[Figure] = []
    mentions: dict[int, dict[tuple[int, int], Mention]] = {}
    refs = []
    for place in places:
        figure = place.figure
        if figure is not None:
            if id(figure) not in ids:
                ids[id(figure)] = f"e{len(ids) + 1}"
                order.append(figure)
            span = (place.start, place.end)
            mentions.setdefault(id(figure), {})[span] = Mention(span=span, form=place.form)
        refs.append(MentionRef(place.start, place.end, ids[id(figure)] if figure else None, place.form, place.head))
    entities = []
    for figure in order:
        forms = _forms(figure, words)
        rule, confidence = _grounds(figure, words)
        entities.append(
            Entity(
                id=ids[id(figure)],
                type=figure.type,
                name=forms[0],
                aliases=tuple(forms[1:]),
                roles=_roles(figure),
                mentions=tuple(sorted(mentions[id(figure)].values(), key=lambda mention: mention.span)),
                by_rule=rule,
                confidence=confidence,
            )
        )
    return tuple(entities), tuple(refs)


def _grounds(figure: Figure, words: Lexicon) -> tuple[str, float]:
    """The rule that made an entity, and how far it is to be trusted.

    The figures are ours and rank the rules, no more: they have not been counted against marked text. A known given
    name or state stands above what only the model calls a name, and there more words above a single one.
    """
    if figure.key.startswith("#"):
        return ("names.government/1", 0.92) if figure.type == "organization" else ("names.label/1", 0.95)
    if figure.type == "place" and any(form.lower() in words.polities for form in figure.forms):
        return "names.state/1", 0.97
    if figure.given and words.gender_of_given(figure.given) is not None:
        return "names.given/1", 0.97
    if not figure.labels:
        return "names.label/1", 0.95
    if set(figure.labels) == {""}:
        return "names.known/1", 0.85
    if figure.type == "person":
        return "names.ner/1", 0.9 if figure.given or figure.held else 0.8
    return "names.ner/1", 0.85 if any(" " in form for form in figure.forms) else 0.78


def _roles(figure: Figure) -> tuple[Role, ...]:
    """The roles of a figure in text order, each title where it first stands."""
    first: dict[str, Role] = {}
    for each in sorted(figure.held, key=lambda held: held.role.start):
        if each.role.kind in NO_OFFICE:
            continue
        first.setdefault(each.title.lower(), Role(title=each.title, span=(each.role.start, each.role.end)))
    return tuple(first.values())


def _forms(figure: Figure, words: Lexicon) -> list[str]:
    """The name forms of a figure, the fullest first; a state's noun before its adjective, which alone names none."""
    if figure.type == "place" or figure.key.startswith("#"):
        forms = sorted(
            figure.forms,
            key=lambda form: (form.lower() in figure.lesser, form.isupper() and len(form) > 4, -figure.forms[form]),
        )
        known = words.polities.get(forms[0].lower())
        return [known[0], *forms] if known and known[1] == "adjective" else forms
    forms = sorted(figure.forms, key=lambda form: (-len(form.split()), -len(form), form.isupper(), form))
    return list({form.lower(): form for form in reversed(forms)}.values())[::-1]
