"""Who is who: names, roles and pronouns to entities, and the pronouns that stay undecided.

Promise: a mention gets an entity only where gender, number, role, place in the sentence and nearness leave one and
clearly one; else its entity is None. The odd case: "he" inside a quotation is not the one who speaks it, so pronouns
outside of quotations are settled first and tell who speaks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.language.annotated import MentionRef, Quotation, Sentence, Token
from onrecord.language.figures import Figure, Place, group_others, group_people
from onrecord.language.holders import attach
from onrecord.language.lexicon import Lexicon, lexicon
from onrecord.language.names import find_names
from onrecord.language.offices import take_up
from onrecord.language.roles import find_roles
from onrecord.language.turns import find_labels
from onrecord.nouns import Document, Entity, Mention, Role

WINDOW = 4
"""How many sentences back a pronoun looks for whom it means."""

MARGIN = 0.75
"""By how much the best candidate of a pronoun must lead: below it the text does not decide (tuned on PolNeAR dev)."""


QUOTED = 0.3
"""What a sentence inside a quotation counts of one outside, when a pronoun looks back."""

LEAST = 2.5
"""The least score of a candidate: somebody of unknown gender must be near or a subject."""


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
    pronouns = _pronouns(tokens, words)
    settle = _Settling(tokens, sentences, quotations, places, speakers, words)
    places += settle.pronouns(pronouns)
    return _entities(places, words)


def _pronouns(tokens: Sequence[Token], words: Lexicon) -> list[Token]:
    third, other = words.third, words.undecided
    return [t for t in tokens if t.tag in ("PRP", "PRP$") and (t.lower in third or t.lower in other)]


class _Settling:
    """The mentions so far, ordered, and what a pronoun asks of them."""

    def __init__(
        self,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
        places: Sequence[Place],
        speakers: dict[int, Figure],
        words: Lexicon,
    ) -> None:
        self.turns = speakers
        self.tokens = tokens
        self.sentences = sentences
        self.words = words
        self.places = [p for p in places if p.figure is not None and p.figure.type == "person"]
        self.starts = [p.start for p in self.places]
        speech = [q for q in quotations if q.use == "speech" and q.parent is None]
        self.quote_starts = [q.span[0] for q in speech]
        self.quotes = speech
        self.steps = self._steps()

    def _steps(self) -> list[float]:
        """For each sentence how far on in the telling it is: a sentence inside a quotation hardly counts."""
        steps = [0.0]
        for sentence in self.sentences:
            quote = self.quote_at(sentence.start)
            steps.append(steps[-1] + (QUOTED if quote is not None and sentence.end <= quote.span[1] else 1.0))
        return steps[1:]

    def quote_at(self, offset: int) -> Quotation | None:
        """The outermost quotation that ``offset`` stands in."""
        i = bisect_left(self.quote_starts, offset + 1) - 1
        return self.quotes[i] if i >= 0 and offset < self.quotes[i].span[1] else None

    def pronouns(self, pronouns: Sequence[Token]) -> list[Place]:
        """Settle the pronouns: those outside of quotations first, because they tell who speaks."""
        inside, found = [], []
        for token in pronouns:
            if self.quote_at(token.start) is not None:
                inside.append(token)
            else:
                found.append(self.settle(token, None))
        for token in inside:
            found.append(self.settle(token, self.quote_at(token.start)))
        return found

    def settle(self, token: Token, quote: Quotation | None) -> Place:
        """One pronoun with the figure that it means, or with None."""
        gender = self.words.third.get(token.lower)
        figure = self.best(token, gender, quote) if gender else None
        place = Place(token.i, token.start, token.end, token.i, "pronoun", figure)
        if figure is not None:
            figure.gender = figure.gender or gender
            at = bisect_left(self.starts, token.start)
            self.places.insert(at, place)
            self.starts.insert(at, token.start)
        return place

    def speakers(self, quote: Quotation) -> set[int]:
        """Ids of the figures that are subjects of a verb of saying in the quotation's block, outside of quotations."""
        found: set[int] = set()
        tokens = self.tokens
        block = quote.block
        low = bisect_left(self.starts, quote.span[0] - 600)
        for place in self.places[low:]:
            if place.start > quote.span[1] + 400:
                break
            head = tokens[place.head]
            if head.dep in ("nsubj", "pobj") and self.sentences[head.sentence].block == block:
                verb = tokens[head.head]
                if (verb.lemma in self.words.reporting or verb.lower == "to") and self.quote_at(place.start) is None:
                    found.add(id(place.figure))
        return found

    def best(self, token: Token, gender: str, quote: Quotation | None) -> Figure | None:
        """The one figure that fits best by a clear margin, or None."""
        tokens = self.tokens
        scores: dict[int, float] = {}
        figures: dict[int, Figure] = {}
        again: dict[int, int] = {}
        barred = self.speakers(quote) if quote is not None else set()
        turn = self.turns.get(self.sentences[token.sentence].block) if self.turns else None
        if turn is not None:
            barred.add(id(turn))
        subject = token.dep in ("nsubj", "nsubjpass")
        says = subject and tokens[token.head].lemma in self.words.reporting
        at = bisect_left(self.starts, token.start)
        while at > 0:
            at -= 1
            place = self.places[at]
            head = tokens[place.head]
            gap = self.steps[token.sentence] - self.steps[head.sentence]
            if gap > WINDOW:
                break
            figure = place.figure
            if figure is None or id(figure) in barred or (figure.gender is not None and figure.gender != gender):
                continue
            score = 4.0 - gap
            score += 1.5 if figure.gender == gender else -0.5
            if head.dep in ("nsubj", "nsubjpass"):
                score += 1.0
                if says and tokens[head.head].lemma in self.words.reporting:
                    score += 0.75
            elif head.dep in ("poss", "compound", "nmod", "amod"):
                score -= 1.0
            if token.sentence == head.sentence and head.head == token.head and token.dep != "poss":
                continue
            if quote is not None:
                score += 1.0 if quote.span[0] <= place.start < quote.span[1] else -0.5
            elif self.quote_at(place.start) is not None:
                score -= 1.5
            if place.form == "pronoun":
                score += 0.25
            key = id(figure)
            figures[key] = figure
            scores[key] = max(scores.get(key, -9.0), score)
            again[key] = again.get(key, -1) + 1
        if not scores:
            return None
        ranked = sorted(((k, s + 0.2 * min(again[k], 2)) for k, s in scores.items()), key=lambda item: -item[1])
        if ranked[0][1] < LEAST:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
            return None
        return figures[ranked[0][0]]


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
                mentions=tuple(mentions[id(figure)].values()),
                by_rule=rule,
                confidence=confidence,
            )
        )
    return tuple(entities), tuple(refs)


def _grounds(figure: Figure, words: Lexicon) -> tuple[str, float]:
    """The rule that made an entity, and how often such entities are right.

    The figures are ours, from reading 300 entities of 20 PolNeAR dev articles: a known given name or state is nearly
    always right, a single word that only the model calls a name is wrong every fifth time.
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
        forms = sorted(figure.forms, key=lambda form: (form.lower() in figure.lesser, -figure.forms[form]))
        known = words.polities.get(forms[0].lower())
        return [known[0], *forms] if known and known[1] == "adjective" else forms
    return sorted(figure.forms, key=lambda form: (-len(form.split()), -len(form), form))
