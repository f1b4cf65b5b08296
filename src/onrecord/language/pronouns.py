"""Whom "he" and "she" mean: candidates weighed by gender, nearness and place in the sentence; None where it is close.

Promise: a pronoun gets a person only by a clear margin; somebody whom the text does not name ("my father") can win too,
and then it is nobody's. The odd case: "he" inside a quotation is not the one who speaks it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.language.annotated import Quotation, Sentence, Token
from onrecord.language.figures import Figure, Place
from onrecord.language.lexicon import Lexicon

WINDOW = 4
"""How many sentences back a pronoun looks for whom it means."""

MARGIN = 0.75
"""By how much the best candidate of a pronoun must lead: below it the text does not decide."""

PROTAGONIST = 4
"""Names of one person, and pronouns of one gender, from which on the pronouns of a text tell that person's gender."""

QUOTED = 0.3
"""What a sentence inside a quotation counts of one outside, when a pronoun looks back."""

LOOKED_AT = 100
"""Most mentions that one pronoun looks back at: a text of one endless sentence would take quadratic time."""

LEAST = 2.5
"""The least score of a candidate: somebody of unknown gender must be near or a subject."""

_SUBJECTS = ("nsubj", "nsubjpass")


class Pronouns:
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
        self.strangers: dict[int, Figure] = {}
        for place in places:
            if place.figure is None and place.form == "role":
                stranger = Figure("person", "", gender=words.role_gender.get(tokens[place.head].lower))
                self.strangers[id(stranger)] = stranger
                self.places.append(replace(place, figure=stranger))
        self.places.sort(key=lambda place: place.start)
        self._protagonist()
        self.starts = [p.start for p in self.places]
        speech = [q for q in quotations if q.use == "speech" and q.parent is None]
        self.quote_starts = [q.span[0] for q in speech]
        self.quotes = speech
        self.heard: dict[int, frozenset[int]] = {}
        self.steps = self._steps()

    def _protagonist(self) -> None:
        """Give the most named person the gender of the text's pronouns, where neither a list nor a title gives one."""
        named = Counter(id(place.figure) for place in self.places if place.form == "name")
        most = named.most_common(1)
        if not most or most[0][1] < PROTAGONIST:
            return
        figure = next(place.figure for place in self.places if id(place.figure) == most[0][0])
        genders = Counter(
            self.words.third[t.lower] for t in self.tokens if t.tag == "PRP" and t.lower in self.words.third
        )
        gender, count = genders.most_common(1)[0] if genders else ("", 0)
        if figure is not None and figure.gender is None and count >= PROTAGONIST and count > 0.9 * genders.total():
            figure.gender = gender

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

    def settled(self) -> list[Place]:
        """All personal pronouns: those outside of quotations are settled first, because they tell who speaks."""
        third, other = self.words.third, self.words.undecided
        inside, found = [], []
        for token in self.tokens:
            if token.tag not in ("PRP", "PRP$") or not (token.lower in third or token.lower in other):
                continue
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

    def speakers(self, quote: Quotation) -> frozenset[int]:
        """Ids of the figures that are subjects of a verb of saying in the quotation's block, outside of quotations.

        They are known once the pronouns outside of quotations are settled, and looked for once a quotation.
        """
        if quote.i in self.heard:
            return self.heard[quote.i]
        found: set[int] = set()
        tokens = self.tokens
        low, high = bisect_left(self.starts, quote.span[0] - 600), bisect_left(self.starts, quote.span[1] + 401)
        for place in self.places[low:high]:
            head = tokens[place.head]
            if head.dep in ("nsubj", "pobj") and self.sentences[head.sentence].block == quote.block:
                verb = tokens[head.head]
                if (verb.lemma in self.words.reporting or verb.lower == "to") and self.quote_at(place.start) is None:
                    found.add(id(place.figure))
        return self.heard.setdefault(quote.i, frozenset(found))

    def best(self, token: Token, gender: str, quote: Quotation | None) -> Figure | None:
        """The one figure that fits best by a clear margin, or None."""
        scores: dict[int, float] = {}
        figures: dict[int, Figure] = {}
        again: Counter[int] = Counter()
        barred = self.speakers(quote) if quote is not None else frozenset()
        turn = self.turns.get(self.sentences[token.sentence].block)
        at = bisect_left(self.starts, token.start)
        for place in reversed(self.places[max(0, at - LOOKED_AT) : at]):
            head = self.tokens[place.head]
            gap = self.steps[token.sentence] - self.steps[head.sentence]
            if gap > WINDOW:
                break
            figure = place.figure
            if figure is None or figure is turn or id(figure) in barred or figure.gender not in (None, gender):
                continue
            if token.sentence == head.sentence and head.head == token.head and token.dep != "poss":
                continue
            key = id(figure)
            figures[key] = figure
            scores[key] = max(scores.get(key, -9.0), 4.0 - gap + self._fitness(token, place, gender, quote))
            again[key] += 1
        ranked = sorted(((k, s + 0.2 * min(again[k] - 1, 2)) for k, s in scores.items()), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < LEAST:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
            return None
        return None if ranked[0][0] in self.strangers else figures[ranked[0][0]]

    def _fitness(self, token: Token, place: Place, gender: str, quote: Quotation | None) -> float:
        """What speaks for a mention beside its nearness: gender, its place in the sentence, and the same quotation."""
        head = self.tokens[place.head]
        above = self.tokens[head.head]
        score = 1.5 if place.figure is not None and place.figure.gender == gender else -0.5
        if head.dep in _SUBJECTS:
            score += 1.0
            verbs = (self.tokens[token.head].lemma, above.lemma)
            if token.dep in _SUBJECTS and all(verb in self.words.reporting for verb in verbs):
                score += 0.75
        elif head.dep in ("poss", "compound", "nmod", "amod"):
            score += 0.25 if above.dep in _SUBJECTS else -1.0
        if token.sentence == head.sentence and self._related(token, place.head):
            score += 1.0
        if quote is not None:
            score += 1.0 if quote.span[0] <= place.start < quote.span[1] else -0.5
        elif self.quote_at(place.start) is not None:
            score -= 1.5
        return score + 0.25 if place.form == "pronoun" else score

    def _related(self, token: Token, name: int) -> bool:
        """Whether a pronoun stands in a relative clause of a name: "Velik, who says he is honoured"."""
        i = token.head
        for _ in range(4):
            if self.tokens[i].dep == "relcl":
                return self.tokens[i].head == name
            if self.tokens[i].head == i:
                return False
            i = self.tokens[i].head
        return False
