"""What an event is to be about, in which form, to what end and where, from words that name these.

Promise: each item of an agenda is a value of its own with the words that name it; the hedge ("likely to be on the
agenda") goes with the item and not with the event. The odd case that forced its shape: the items may stand before the
verb ("A and B are likely to be on the agenda for the meeting") or after the event ("a summit to discuss A and B").
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from onrecord.events import grammar
from onrecord.events.ground import PLACE_LABELS, Ground
from onrecord.events.mentions import EventMention
from onrecord.events.settings import is_topic
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Sentence
from onrecord.nouns import Span
from onrecord.tables import table


class About(NamedTuple):
    """One item of agenda, a format, a goal or what is called the venue, with its words and those that make it so."""

    attribute: Literal["agenda", "format", "goal", "venue"]
    value: str
    span: Span
    cue: tuple[Span, ...]
    provisional: bool


class AboutWords(NamedTuple):
    """The tables of agenda, format and goal."""

    agenda: frozenset[str]
    part_of: frozenset[str]
    of_event: frozenset[str]
    talking: frozenset[str]
    discuss: frozenset[str]
    topics: frozenset[str]
    goals: frozenset[str]
    venues: frozenset[str]
    offers: frozenset[str]
    chooses: frozenset[str]
    formats: tuple[str, ...]
    hedges: frozenset[str]


@cache
def about_words(language: str) -> AboutWords:
    """Return the words of agenda, format and goal of a language."""
    raw = table("events", language, "parts")
    return AboutWords(
        frozenset(raw["agenda"]["nouns"]), frozenset(raw["agenda"]["part_of"]),
        frozenset(raw["agenda"]["of_event"]), frozenset(raw["agenda"]["talking"]),
        frozenset(raw["agenda"]["discuss"]),
        frozenset(raw["prepositions"]["topics"]), frozenset(raw["goal"]["nouns"]), frozenset(raw["venue"]["nouns"]),
        frozenset(raw["venue"]["offers"]), frozenset(raw["venue"]["chooses"]),
        tuple(raw["format"]["words"]), frozenset(table("events", language, "status")["hedge"]["words"]),
    )  # fmt: skip


def about(ground: Ground, mention: EventMention) -> list[About]:
    """Return what the words hanging on one mention say of its subject and its form."""
    a = ground.annotated
    known = about_words(a.language)
    found = _format(ground, mention, known)
    if mention.entry.group not in {"meeting", "conference", "visit"}:
        return found
    for child in a.children[mention.head]:
        token = a.tokens[child]
        if child > mention.head and token.dep == "prep" and token.lower in known.topics and not mention.verbal:
            for topic in (c for c in a.children[child] if a.tokens[c].dep == "pobj" and is_topic(ground, child, c)):
                found.extend(_items(ground, topic, (ground.span(child, child + 1),), provisional=False))
    found.extend(_to_discuss(ground, mention.head, mention.head, frozenset({"acl", "advcl", "relcl", "xcomp"})))
    carrier = next((s.token.i for s in grammar.way_up(a, mention.head) if s.token.pos == "VERB"), None)
    if carrier is not None and not mention.verbal:
        found.extend(_to_discuss(ground, carrier, mention.head, frozenset({"advcl", "xcomp"})))
    return found


def _to_discuss(ground: Ground, over: int, after: int, deps: frozenset[str]) -> list[About]:
    """Items of an infinitive that hangs on token ``over`` by one of ``deps``: "will meet to discuss the border"."""
    a = ground.annotated
    known = about_words(a.language)
    found: list[About] = []
    for child in a.children[over]:
        token = a.tokens[child]
        if child <= after or token.lemma not in known.discuss or token.dep not in deps:
            continue
        if grammar.verb(a, child).mode == "infinitive":
            cue = (ground.span(*_with_to(a, child)),)
            for topic in grammar.objects(a, child):
                found.extend(_items(ground, topic, cue, provisional=False))
    return found


def agenda_of(ground: Ground, sentence: Sentence, under: frozenset[int]) -> list[tuple[int, About]]:
    """Return the agenda items, goals and venues that a sentence gives by name, each with the token to look from.

    ``under``: nouns that an event hangs on by "of" or "for" ("the subjects of the talks").
    """
    a = ground.annotated
    known = about_words(a.language)
    found: list[tuple[int, About]] = []
    for token in a.tokens[sentence.first : sentence.last]:
        listed = token.lemma in known.agenda or (token.lemma in known.of_event and token.i in under)
        if token.pos == "NOUN" and listed:
            found.extend((token.i, item) for item in _on_agenda(ground, token.i, known))
        elif token.lemma in known.goals and token.pos == "NOUN":
            found.extend((token.i, item) for item in _goal(ground, token.i, known))
        elif token.lemma in known.venues and token.pos == "NOUN":
            found.extend((token.i, item) for item in _venue(ground, token.i, known))
    return found


def _on_agenda(ground: Ground, i: int, known: AboutWords) -> list[About]:
    """Items that a clause puts on the agenda: its subject, with the hedges on the way."""
    a = ground.annotated
    verb = None
    for step in grammar.way_up(a, i):
        if step.token.pos in {"VERB", "AUX"}:
            verb = step
            break
        if step.token.pos in {"NOUN", "PROPN"} and step.token.lemma not in known.part_of:
            return []
    if verb is None:
        return []
    top = verb.token.i
    if grammar.base(a, verb.token) in vocabulary(a.language)["lists_agenda"]:
        heads = grammar.objects(a, top)
    elif grammar.base(a, verb.token) in vocabulary(a.language)["on_agenda"]:
        heads = grammar.subjects(a, top)
    else:
        return []
    low, high = a.subtree(_clause_top(a, top))
    near = [t for t in a.tokens[low:high] if abs(t.i - top) < 12 and t.i not in ground.times]
    hedges = [t.i for t in near if t.lower in known.hedges]
    would = [c for c in a.children[top] if a.tokens[c].lower in vocabulary(a.language)["perhaps"]]
    cue = tuple(ground.span(h, h + 1) for h in sorted({*hedges, *would})) or (ground.span(i, i + 1),)
    found = []
    for head in heads:
        if a.tokens[head].pos in {"PRON", "DET"} or a.tokens[head].tag in {"WDT", "EX"}:
            continue
        found.extend(_items(ground, head, cue, provisional=bool(hedges or would)))
    return found


def _clause_top(a: Annotated, i: int) -> int:
    token = a.tokens[i]
    while token.dep in {"xcomp", "acomp"} and token.head != token.i:
        token = a.tokens[token.head]
    return token.i


def _goal(ground: Ground, i: int, known: AboutWords) -> list[About]:
    """The goal of an event: what follows the copula ("the goal of such a meeting would be to …")."""
    a = ground.annotated
    if not any(a.tokens[c].lower in vocabulary(a.language)["members"] for c in a.children[i]):
        return []
    for step in grammar.way_up(a, i):
        if step.token.lemma != "be" or step.role != "subject":
            if step.role == "modifier" or step.token.pos == "NOUN":
                continue
            return []
        top = step.token.i
        for child in a.children[top]:
            token = a.tokens[child]
            if child > i and token.dep in {"xcomp", "ccomp", "attr", "advcl"} and token.pos in {"VERB", "NOUN", "AUX"}:
                low, high = _extent(a, child)
                low = max(low, top + 1)
                if low < high:
                    modal = [c for c in a.children[top] if a.tokens[c].dep == "aux"]
                    span = ground.span(low, high)
                    cue = tuple(ground.span(c, c + 1) for c in modal) or (ground.span(i, i + 1),)
                    return [About("goal", a.text(span), span, cue, provisional=bool(modal))]
        return []
    return []


def _venue(ground: Ground, i: int, known: AboutWords) -> list[About]:
    """The place that a clause gives as the venue, by a copula or by ``as``, and what makes it a likely one only.

    "The venue remains Mereth", "said that Mereth was the likely venue", "offered Mereth as the venue".
    """
    a = ground.annotated
    joined = grammar.SUBJECTS | grammar.OBJECTS
    over = a.tokens[a.tokens[i].head]
    as_venue = over.lower in vocabulary(a.language)["naming"]
    verb = a.tokens[over.head] if as_venue else over
    state = grammar.verb(a, verb.i)
    given = {"dobj", "nsubjpass"} if as_venue else joined
    doubts = [c for n in (i, verb.i) for c in a.children[n] if a.tokens[c].lower in known.hedges]
    if as_venue:
        doubts += [verb.i] if verb.lemma in known.offers else []
        told = bool(doubts) or verb.lemma in known.chooses
    else:
        told = grammar.base(a, verb) in vocabulary(a.language)["copulas"] and a.tokens[i].dep in joined
        # "said that it was": what is told of in the past is the venue of what was, unless it is only likely
        told = told and (state.mode in {"present", "future", "hedged"} or bool(doubts))
    if not told or state.negated:
        return []
    for other in a.children[verb.i]:
        name = ground.names.get(other)
        # whatever the parser takes it for: nothing but a place is called the venue, unless it is a person
        placed = name.label in PLACE_LABELS | {"ORG", ""} if name is not None else a.tokens[other].pos == "PROPN"
        if other != i and a.tokens[other].dep in given and placed:
            span = ground.span(*grammar.phrase(a, other))
            cue = tuple(ground.span(c, c + 1) for c in sorted(doubts)) or (ground.span(i, i + 1),)
            return [About("venue", a.text(span), span, cue, provisional=bool(doubts))]
    return []


def _extent(a: Annotated, i: int) -> tuple[int, int]:
    """Tokens of a clause up to its first trailing clause of time or reason, without full stop and closing quotes."""
    low, high = a.subtree(i)
    for j in range(i + 1, high):
        if a.tokens[j].lower in vocabulary(a.language)["trailing"] and a.tokens[j].dep in {"prep", "mark"}:
            high = j
            break
    while high > i + 1 and a.tokens[high - 1].pos in {"PUNCT", "SPACE"}:
        high -= 1
    return low, high


def _with_to(a: Annotated, i: int) -> tuple[int, int]:
    return (i - 1 if a.tokens[i - 1].lower in grammar.auxiliaries(a.language)["to"] else i), i + 1


def _items(ground: Ground, head: int, cue: tuple[Span, ...], provisional: bool) -> list[About]:
    """The items joined under ``head``, one claim each: "strategic stability and nuclear issues" are two."""
    a = ground.annotated
    found = []
    joined = grammar.conjuncts(a, head)
    if _says_nothing(a, joined[0]):
        # "discussion and cooperation on fishing" is one item: what the first word is about, the last one tells
        if len(joined) == 1 or _says_nothing(a, joined[-1]):
            return []
        low, high = joined[0], _item_end(ground, joined[-1], grammar.phrase(a, joined[-1])[1])
        span = ground.span(low, high)
        return [About("agenda", a.text(span), span, cue, provisional)]
    for each in joined:
        if each in ground.times or a.tokens[each].pos in {"PRON", "NUM"} or _says_nothing(a, each):
            continue
        low, last = grammar.phrase(a, each)
        if a.text(ground.span(low, last)).isupper() and last - low == 1 and len(a.tokens[low].text) > 4:
            continue  # the town of a dateline
        high = _item_end(ground, each, last)
        for start, end in _parted(a, each, low, high):
            span = ground.span(start, end)
            found.append(About("agenda", a.text(span), span, cue, provisional))
    return found


def _says_nothing(a: Annotated, i: int) -> bool:
    """Whether a word only says that something is talked about: a bare "discussion"."""
    plain = all(a.tokens[c].dep in {"det", "cc", "conj", "punct"} for c in a.children[i])
    return plain and a.tokens[i].lemma in about_words(a.language).talking


def _item_end(ground: Ground, i: int, last: int) -> int:
    """Where the item under token ``i``, whose phrase ends at ``last``, ends: behind "on fishing", "with Lunoria"."""
    a = ground.annotated
    for child in a.children[i]:
        if child == last and a.tokens[child].dep == "prep" and a.tokens[child].lower in vocabulary(a.language)["item"]:
            end = a.subtree(child)[1]
            if a.tokens[child].lower in vocabulary(a.language)["staging"] and end in ground.times:
                return last  # "the dispute in Port Selm next week" is where and when one meets about it
            if end - child < 8 and not any(t in ground.times for t in range(child, end)):
                return end
    return last


def _parted(a: Annotated, head: int, low: int, high: int) -> list[tuple[int, int]]:
    """One phrase, or the two that a plural verb shows it to be: "the opening of the pass and fishing rights were"."""
    end = a.subtree(head)[1]
    joint = next((i for i in range(head + 1, end) if a.tokens[i].tag == "CC"), None)
    above = a.tokens[a.tokens[head].head]
    number = [above.lower, *(a.tokens[c].lower for c in a.children[above.i] if a.tokens[c].dep in {"aux", "auxpass"})]
    plural = vocabulary(a.language)["plural_be"] & set(number)
    if joint is None or not plural or a.tokens[head].tag not in {"NN", "NNP"} or joint + 1 >= end:
        return [(low, high)]
    while end > joint + 2 and a.tokens[end - 1].pos in {"PUNCT", "SPACE"}:
        end -= 1
    return [(low, joint), (joint + 1, end)]


def _format(ground: Ground, mention: EventMention, known: AboutWords) -> list[About]:
    """The form in which an event is held, from the words right before and right after its name."""
    if mention.entry.group not in {"meeting", "conference"}:
        return []
    a = ground.annotated
    sentence = a.sentences[mention.sentence]
    low, high = max(mention.first - 6, sentence.first), min(mention.last + 6, sentence.last)
    if low >= high:
        return []
    start, end = a.tokens[low].start, a.tokens[high - 1].end
    window = a.document.text[start:end].lower()
    for word in known.formats:
        at = window.find(word)
        if at >= 0 and (at == 0 or not window[at - 1].isalnum()):
            span = (start + at, start + at + len(word))
            if _of_another(ground, mention, span):
                continue
            return [About("format", word, span, (), provisional=False)]
    return []


def _of_another(ground: Ground, mention: EventMention, span: Span) -> bool:
    """Whether words of form are those of another verb: "spoke by phone and agreed to meet"."""
    a = ground.annotated
    at = a.token_range(span)[0]
    if mention.first <= at < mention.last:
        return False
    over = [step.token for step in grammar.way_up(a, at)]
    verb = next((token.i for token in over if token.pos == "VERB"), mention.head)
    low, high = sorted((at, mention.head))
    between = {token.i for token in a.tokens[low:high] if token.pos == "VERB"} - {mention.head}
    return verb != mention.head and not between <= {token.i for token in over}
