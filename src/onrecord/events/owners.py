"""Which event a time expression belongs to: by the tree where it can be trusted, else by the place of the words.

Promise: a time has one owner or none. The odd case that forced its shape: the parser hangs "on 4 March" in "votes in
the election on 4 March" on the verb, so what stands right before a time is asked too; and a verb that carries an event
("the fair returns in May") gives it its times, but for those of the deed ("announced on Friday").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from onrecord.events import grammar
from onrecord.events.datable import at_the_latest, is_least
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.moves import move_words
from onrecord.events.shifted import date_named, date_noun
from onrecord.events.signs import Words, words
from onrecord.events.timed import beside_clause
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Token
from onrecord.nouns import TimeExpression

_NEAR = 2
"""Sentences over which "the new date" is that of the event named last."""


class Owner(NamedTuple):
    """The mention that a time belongs to, by its place in the list, with the steps between them in the tree."""

    mention: int
    near: int
    told: bool = False
    """True where the text says that it is the date: "the new date is 19 October"."""


class Places:
    """Where the mentions of one document stand, ready for look-up by token."""

    def __init__(self, a: Annotated, mentions: list[EventMention], ahead: list[bool]) -> None:
        self.mentions = mentions
        self.ahead = ahead
        """Which mentions' words look ahead."""
        self.heads: dict[int, int] = {}
        self.within: dict[int, int] = {}
        self.in_sentence: dict[int, list[int]] = {}
        """For each sentence its mentions."""
        self.acting: dict[int, list[int]] = {}
        """For each token the mentions of which it is the verb or the head."""
        for n, mention in enumerate(mentions):
            self.in_sentence.setdefault(mention.sentence, []).append(n)
            for i in {mention.verb, mention.head}:
                self.acting.setdefault(i, []).append(n)
            self.heads[mention.head] = n
            if mention.inner is not None:
                self.heads[mention.inner] = n
            self.within.update(dict.fromkeys(range(mention.first, mention.last), n))
        self.to_come = {i: n for i, n in self.heads.items() if mentions[n].origin != "happened"}
        """The heads of what may lie ahead: "an inquest into the deaths of two men, which is listed for 20 October"."""
        self.carriers = _carriers(a, mentions)
        """For each verb that carries an event, the mention."""
        self.carrying: dict[int, list[int]] = {}
        """For each mention that verbs carry, the verbs."""
        for i, n in self.carriers.items():
            self.carrying.setdefault(n, []).append(i)
        self.lasts = {verb: n for n, m in enumerate(mentions) if (verb := grammar.trailing(a, m.last)) is not None}

    def over(self, first: int, last: int) -> list[int]:
        """The mentions of the sentences ``first`` to ``last``, by number."""
        return sorted(n for sentence in range(first, last + 1) for n in self.in_sentence.get(sentence, ()))


def owner(ground: Ground, time: TimeExpression, first: int, last: int, places: Places) -> Owner | None:
    """Return the owner of a time at tokens ``first`` up to ``last``; None where it dates no event that is named."""
    a = ground.annotated
    over = places.heads.get(a.tokens[grammar.top_of(a, first, last)].head)  # "condemned Saturday's attack"
    noun = places.mentions[over] if over is not None else None
    of_noun = noun is not None and noun.origin == "happened" and noun.head > first
    # "the March summit", "the election next month"
    inside = places.within.get(first, None if of_noun else places.within.get(first - 1))
    if inside is None:
        inside = _in_the_name(a, first, last, places.within)
    if inside is not None:
        return Owner(inside, 0)
    found = (
        _moved(ground, first, last, places)
        or _above(a, first, last, places, ground.lies_ahead(time))
        or _right_before(ground, first, places.within)
        or _beginning(ground, first, places)
        or _when(a, first, last, places.acting)
        or _at_that_time(a, first, last, places.acting)
    )
    if found is not None:
        return Owner(*found)
    told = _said_to_be(ground, first, last, places)
    return Owner(*told, told=True) if told is not None else None


def _in_the_name(a: Annotated, first: int, last: int, within: Mapping[int, int]) -> int | None:
    """The mention whose article a time follows, and whose words follow it: "the 4 June and 5 June river summit".

    Asked by place, for the parser takes the day for a thing of its own that the summit is only joined to.
    """
    if not first or a.tokens[first - 1].dep not in {"det", "poss"} or a.tokens[first - 1].pos == "NOUN":
        return None
    while last < len(a.tokens) and (a.tokens[last].dep == "cc" or a.tokens[last].text[:1].isdigit()):
        last += 1
    return within.get(last)


def _moved(ground: Ground, first: int, last: int, places: Places) -> tuple[int, int] | None:
    """The event that a verb moves from one day to another: "delayed the vote on the budget from Tuesday to 23 June".

    The parser hangs the days on the last noun, which may be an event to it as well.
    """
    a, moves = ground.annotated, move_words(ground.annotated.language)
    start = first
    if first > 1 and a.tokens[first - 1].lower in moves.new_before and first - 2 in ground.times:
        start, last = a.token_range(ground.times[first - 2].span)
    to = last + 1 < len(a.tokens) and a.tokens[last].lower in moves.new_before and last + 1 in ground.times
    if not (to and start and a.tokens[start - 1].lower in moves.old_before):
        return None
    verb = next((s.token for s in grammar.way_up(a, start - 1) if s.token.pos == "VERB"), None)
    if verb is None or verb.lemma not in moves.verbs or verb.i > start or verb.i not in places.carriers:
        return None
    return places.carriers[verb.i], 1


def _above(a: Annotated, first: int, last: int, places: Places, later: bool) -> tuple[int, int] | None:
    """The mention that a time expression belongs to, with the steps to it, or None.

    ``later``: it lies after the document's day, so that it is no part of "since the war", wherever the parser hung it.
    """
    known = words(a.language)
    heads, carriers, lasts = places.heads, places.carriers, places.lasts
    at = grammar.top_of(a, first, last)
    before = a.tokens[first - 2 if first > 1 and a.tokens[first - 1].pos == "ADP" else first - 1]
    if first and before.lemma in move_words(a.language).reporting and before.pos == "VERB":
        return None
    preposition = a.tokens[a.tokens[at].head].lower if a.tokens[at].dep == "pobj" else ""
    bound = at_the_latest(a, first) or is_least(a, first)
    if a.tokens[at].dep in {"poss", "nmod", "compound", "amod"} and a.tokens[at].head in heads:
        return heads[a.tokens[at].head], 0
    at = beside_clause(a, at) or at
    entry = next((c for c in a.children[at] if c in heads and a.tokens[c].dep in {"appos", "dep"}), None)
    if entry is not None and later:  # "12 June: auction in Selm"
        return heads[entry], 1
    for near, step in enumerate(grammar.way_up(a, at), 1):
        token = step.token
        if (
            near == 1
            and step.role in vocabulary(a.language)["members"]
            and token.lemma in vocabulary(a.language)["papers"]
        ):
            return None  # "by the decree of 20 March"
        if step.role in vocabulary(a.language)["not_when"] and (near == 1 or not later) and not bound:
            return None
        if token.i in heads:
            return heads[token.i], near
        if token.pos in {"VERB", "AUX"}:
            if token.dep in {"acl", "relcl"} or token.i in lasts:
                top = lasts.get(token.i)
                if top is None and (token.dep == "relcl" or token.tag != "VBN" or _plans(token, known)):
                    top = _noun_over(a, token.i, places.to_come if later else heads)
                if top is not None and _dates_object(a, token.i, preposition, known.object, known.phrases):
                    return top, near + 1
            if token.i in carriers and _dates_object(a, token.i, preposition, known.object, known.phrases):
                return carriers[token.i], near
            if token.dep != "xcomp" and not (token.i == first - 1 and token.lower in vocabulary(a.language)["come"]):
                return None
    return None


def _plans(token: Token, known: Words) -> bool:
    """Whether a participle is of what one does to an event: "planned for May", not "arrested on 2 May"."""
    return token.lemma in known.object or token.lemma in known.hold or token.lemma in known.governs


def _noun_over(a: Annotated, i: int, heads: dict[int, int]) -> int | None:
    """The event noun a clause hangs on, seen through nouns that the parser put between ("meeting over gas set for")."""
    for step in grammar.way_up(a, i):
        acts = step.token.pos in {"VERB", "AUX"}
        if step.token.i in heads and not (acts and step.role in {"subject", "passive"}):
            return heads[step.token.i]
        if acts:
            return None
    return None


def _dates_object(
    a: Annotated, i: int, preposition: str, decides: Mapping[str, str], phrases: Mapping[str, str]
) -> bool:
    """Whether a time under this verb dates the event, not the deed: "set for Friday", not "announced on Friday"."""
    token = a.tokens[i]
    part = grammar.particle(a, i)
    status = phrases.get(f"{token.lemma} {part}") if part else decides.get(token.lemma)
    if status in {"scheduled"} or token.lemma in vocabulary(a.language)["fixes"]:
        return True
    if status == "postponed" or token.lemma in vocabulary(a.language)["shifts"]:
        return preposition in vocabulary(a.language)["moving"]
    if status in {"cancelled", "mooted", "planned"}:
        return preposition in vocabulary(a.language)["for_plan"] or (
            grammar.verb(a, i).mode in {"infinitive"} and status == "planned"
        )
    return True


def _right_before(ground: Ground, first: int, within: dict[int, int]) -> tuple[int, int] | None:
    """The mention right before a time that the parser hung on a verb further off: "in the election on 4 March"."""
    a = ground.annotated
    if first < 2 or a.tokens[first - 1].lower not in vocabulary(a.language)["dating"]:
        return None
    n = within.get(first - 2)
    if n is None:
        return None
    verb = next((s.token for s in grammar.way_up(a, first) if s.token.pos == "VERB"), None)
    known = words(a.language)
    if verb is not None and (verb.lemma in known.object or verb.lemma in known.hold):
        return None
    return n, 2


def _beginning(ground: Ground, first: int, places: Places) -> tuple[int, int] | None:
    """The plan before "beginning on 3 May", of which that is the first day, whatever the parser hung it on."""
    tokens = ground.annotated.tokens
    mentions, ahead = places.mentions, places.ahead
    known = vocabulary(ground.annotated.language)
    at = first - 1 if first and tokens[first - 1].lower not in known["dating"] else first - 2
    if at < 1 or tokens[at].lower not in known["beginning"] or tokens[at].sentence != tokens[first].sentence:
        return None
    near = [n for n in places.in_sentence.get(tokens[at].sentence, ()) if ahead[n]]
    before = [n for n in near if mentions[n].head < at]
    if not before and near and at == ground.annotated.sentences[tokens[at].sentence].first:
        return near[0], 2  # "starting next month, pensioners will travel free"
    return (before[-1], 3) if before else None


def _when(a: Annotated, first: int, last: int, acting: Mapping[int, list[int]]) -> tuple[int, int] | None:
    """The event of a clause that tells what happens at a time: "until 3 May, when it will debate the bill"."""
    known = vocabulary(a.language)["when"]
    for i in range(first, last):
        for clause in (c for c in a.children[i] if a.tokens[c].dep in {"relcl", "advcl"}):
            if any(a.tokens[c].lower in known for c in a.children[clause]):
                return (acting[clause][0], 1) if clause in acting else None
    return None


def _at_that_time(a: Annotated, first: int, last: int, acting: Mapping[int, list[int]]) -> tuple[int, int] | None:
    """The event of a clause that tells when something was, as the time does: "said so in 2029 when he visited Selm"."""
    known = vocabulary(a.language)
    step = next((s for s in grammar.way_up(a, grammar.top_of(a, first, last)) if s.token.pos == "VERB"), None)
    if step is None or step.role not in known["dating"] or grammar.verb(a, step.token.i).mode != "past":
        return None
    for clause in (c for c in a.children[step.token.i] if a.tokens[c].dep == "advcl" and c >= last):
        if any(a.tokens[c].lower in known["when"] for c in a.children[clause]):
            return (acting[clause][0], 2) if clause in acting else None
    return None


def _said_to_be(ground: Ground, first: int, last: int, places: Places) -> tuple[int, int] | None:
    """The event before words that tell its date: "the vote was put off; the new date is 19 October"."""
    a, mentions = ground.annotated, places.mentions
    noun = date_noun(a, grammar.top_of(a, first, last))
    if noun is None:
        at = date_named(a, last)
        if at is None:
            return None
        here = places.in_sentence.get(a.tokens[at].sentence, ())
        return next(((n, 1) for n in here if _begins(a, at, mentions[n])), None)
    low, high = a.subtree(noun)
    below = places.over(a.tokens[low].sentence, a.tokens[high - 1].sentence)
    of_it = [n for n in below if any(step.token.i == noun for step in grammar.way_up(a, mentions[n].head))]
    if of_it:
        return of_it[0], 1
    before = places.over(a.tokens[noun].sentence - _NEAR + 1, a.tokens[first].sentence)
    near = [n for n in before if mentions[n].head < first]
    return (near[-1], 1) if near else None


def _begins(a: Annotated, i: int, m: EventMention) -> bool:
    """Whether a mention begins at token ``i``, or behind its article or owner."""
    return i <= m.first and all(a.tokens[j].pos in {"DET", "PRON", "ADJ"} for j in range(i, m.first))


def _carriers(a: Annotated, mentions: list[EventMention]) -> dict[int, int]:
    """For each verb that carries an event as its subject or object, the mention: the verb's times are the event's."""
    found: dict[int, int] = {}
    known = words(a.language)
    for n, mention in enumerate(mentions):
        if mention.verbal:
            for step in grammar.way_up(a, mention.head):
                if step.role not in {"clause", "object", *vocabulary(a.language)["until"]}:
                    break
                if grammar.base(a, step.token) in vocabulary(a.language)["obliges"]:
                    found.setdefault(step.token.i, n)
            continue
        for step in grammar.way_up(a, mention.head):
            if step.token.pos in {"VERB", "AUX"}:
                phrase = f"{step.token.lemma} {step.role}"
                carried = step.role in {"subject", "passive", "object"} or step.role in vocabulary(a.language)["inside"]
                carried = carried or known.phrases.get(phrase) in {
                    "hold",
                    "scheduled",
                }  # "fixed 14 June for the hearing"
                if carried or _is_goal(a, step, known):
                    found.setdefault(step.token.i, n)
                    if step.role in {"subject", "passive"}:
                        for also in grammar.joined(a, step.token.i):
                            found.setdefault(also.token.i, n)
                break
            if step.role not in vocabulary(a.language)["carrying"]:
                break
    return found


def _is_goal(a: Annotated, step: grammar.Step, known: Words) -> bool:
    """Whether somebody does something for the event, and so at its time: "they line up for the marathon on Sunday"."""
    said = f"{step.token.lemma} {step.role}" in known.phrases or step.token.lemma in known.object
    at = step.role in vocabulary(a.language)["for_plan"] and grammar.verb(a, step.token.i).mode == "present"
    return at and not said
