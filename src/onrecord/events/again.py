"""Pronouns that stand for an event told before, as mentions of it: "It will now take place on 6 May".

Promise: a pronoun is a mention only under words that nobody but an event can be the subject of, or with a time that
the clause says it is at, and it never makes an event of its own. The odd case that forced its shape: "they will be
held" may be hostages as well as talks, so number and clause both have to fit what was named before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from onrecord.events import grammar
from onrecord.events.faint import HELD
from onrecord.events.ground import Ground
from onrecord.events.kinds import kinds
from onrecord.events.mentions import EventMention, by_verb
from onrecord.events.moves import does
from onrecord.events.signs import words
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated

PLURAL = frozenset({"NNS", "NNPS"})

VISIT = "visit"
"""The group of journeys."""

GATHERINGS = frozenset({"meeting", "talks", "conference"})
"""Kinds of events that one attends."""

MODES = frozenset({"future", "infinitive"})
"""How a verb stands that says who is to come."""

OCCASIONS = frozenset({"signing", "launch"})
"""Groups of events that are held as a ceremony."""


def with_pronouns(ground: Ground, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions, in text order, with those pronouns between them that stand for one of them."""
    a = ground.annotated
    again = vocabulary(a.language)["again"]
    by_sentence: dict[int, list[EventMention]] = {}
    for mention in mentions:
        if not mention.verbal:
            by_sentence.setdefault(mention.sentence, []).append(mention)
    journeys = {m.head: m for m in mentions if m.entry.group == VISIT and not m.verbal and not m.plural}
    found = [
        _as_part(ground, _as_ceremony(a, _as_journey(a, mention, journeys), mentions), by_sentence)
        for mention in mentions
    ]
    for number in sorted({n for told in by_sentence for n in (told, told + 1)}):
        if number >= len(a.sentences):
            continue
        sentence = a.sentences[number]
        for token in a.tokens[sentence.first : sentence.last]:
            if token.lower in again and token.dep in grammar.SUBJECTS and _only_of_events(ground, token.i):
                meant = _meant(a, token.i, by_sentence)
                if meant is not None:
                    found.append(_pronoun(ground, token.i, meant))
    known = {mention.head for mention in mentions if mention.stands_for >= 0}
    carrying = {a.tokens[each.head].head for each in found if each.stands_for >= 0 and each.head not in known}
    found = [each for each in found if not (each.verbal and each.origin != "table" and each.head in carrying)]
    come = _attended(ground, mentions)
    heads = {each.head for each in come}
    found = [each for each in found if each.head not in heads] + come
    return sorted(found, key=lambda mention: mention.head)


def _as_part(ground: Ground, mention: EventMention, by_sentence: dict[int, list[EventMention]]) -> EventMention:
    """A mention, as one of the event named before where it is no more than its beginning: "the opening is on 4 May"."""
    a = ground.annotated
    if mention.lemma not in kinds(a.language).when or mention.verbal or mention.inner is not None or mention.indefinite:
        return mention
    below = a.children[mention.head]
    timed = {c for c in below if any(d in ground.times for d in a.children[c])}  # "adjourned the opening to 30 May"
    if mention.proper or any(a.tokens[c].dep in {"compound", "amod", "prep", "poss"} and c not in timed for c in below):
        return mention
    for sentence in (mention.sentence, mention.sentence - 1):
        fits = [
            m for m in by_sentence.get(sentence, [])
            if m.head < mention.head and m.entry.group in HELD and m.lemma not in kinds(a.language).when
        ]  # fmt: skip
        if fits:
            whole = max(fits, key=lambda m: (_rank(a, m.head), not m.entry.weak, m.head))
            return replace(mention, stands_for=whole.head, entry=whole.entry, lemma=whole.lemma, types=whole.types)
    return mention


def _as_journey(a: Annotated, mention: EventMention, journeys: Mapping[int, EventMention]) -> EventMention:
    """A mention, as the journey of which it says where it leads: "a good trip for the president to go to Selm"."""
    whole = journeys.get(a.tokens[mention.head].head) if mention.verbal and mention.entry.group == VISIT else None
    if whole is None or grammar.verb(a, mention.head).mode != "infinitive" or whole.head >= mention.head:
        return mention
    return replace(mention, stands_for=whole.head)


def _attended(ground: Ground, mentions: list[EventMention]) -> list[EventMention]:
    """Verbs that say who comes to the one event of the sentence before, without its name: "Brandt is to attend"."""
    a = ground.annotated
    told: dict[int, list[EventMention]] = {}
    for mention in mentions:
        if mention.origin != "table" and mention.verbal and _comes(a, mention.head):
            continue  # "will take part" is no act of its own
        told.setdefault(mention.sentence, []).append(mention)
    found = []
    for number, before in sorted(told.items()):
        whole = before[0]
        alone = len(before) == 1 and not whole.verbal and whole.entry.kind in GATHERINGS
        after = a.sentences[number + 1] if number + 1 < len(a.sentences) else None
        if not alone or after is None or number + 1 in told or after.block < a.sentences[number].block:
            continue
        for token in a.tokens[after.first : after.last]:
            if not _comes(a, token.i):
                continue
            verb = by_verb(ground, token.i, token.i + 1, whole.entry)
            found.append(replace(verb, lemma=whole.lemma, types=whole.types, stands_for=whole.head, origin="attends"))
    return found


def _comes(a: Annotated, i: int) -> bool:
    """Whether a verb says that somebody will attend, and not what: "are expected to attend", "will take part"."""
    known, objects = vocabulary(a.language), {a.tokens[c].lower for c in grammar.objects(a, i)}
    if not grammar.goes_to(a, i) or grammar.verb(a, i).mode not in MODES or objects - known["comes_with"]:
        return False
    return not any(a.tokens[c].dep == "prep" and a.tokens[c].lower in known["comes_to"] for c in a.children[i])


def _as_ceremony(a: Annotated, mention: EventMention, mentions: list[EventMention]) -> EventMention:
    """A mention of "the ceremony" without a word more, as one of the signing or opening told in the sentence before."""
    if mention.lemma not in vocabulary(a.language)["held_for_another"] or mention.verbal or not mention.definite:
        return mention
    if mention.proper or any(a.tokens[c].dep not in {"det", "punct"} for c in a.children[mention.head]):
        return mention
    fits = [
        m for m in mentions
        if m.head < mention.head and m.entry.group in OCCASIONS and 0 <= mention.sentence - m.sentence <= 1
    ]  # fmt: skip
    if not fits or any(m.lemma == mention.lemma for m in mentions if m.head < mention.head):
        return mention
    whole = fits[-1]
    return replace(mention, stands_for=whole.head, entry=whole.entry, lemma=whole.lemma, types=whole.types)


def _only_of_events(ground: Ground, i: int) -> bool:
    """Whether the clause of a subject says what only an event does: takes place, is put off, is in April."""
    a = ground.annotated
    known = words(a.language)
    at = a.tokens[i].head
    passive = a.tokens[i].dep == "nsubjpass"
    below = next((c for c in a.children[at] if a.tokens[c].dep in {"xcomp", "acomp"}), None)
    if below is not None and a.tokens[below].pos == "ADJ":  # "is due to take place"
        below = next((c for c in a.children[below] if a.tokens[c].dep == "xcomp"), None)
    for verb in (at, below):
        if verb is None:
            continue
        lemma = grammar.base(a, a.tokens[verb])
        objects = {a.tokens[c].lower for c in grammar.objects(a, verb)}
        if lemma in vocabulary(a.language)["happens"] and objects & known.needing.get(lemma, frozenset()):
            return True
        if objects:
            continue
        done = does(a, a.tokens[verb])
        days = [d for c in a.children[verb] if a.tokens[c].dep == "prep" for d in a.children[c] if d in ground.times]
        timed, ahead = bool(days), any(ground.lies_ahead(ground.times[d]) for d in days)
        if (passive or any(a.tokens[c].dep == "auxpass" for c in a.children[verb])) and (
            done in {"cancelled", "postponed", "scheduled"} or (lemma in vocabulary(a.language)["staged"] and timed)
        ):
            return True
        mode = grammar.verb(a, verb).mode
        if lemma in vocabulary(a.language)["goes_on"] and timed and (mode == "future" or (mode == "present" and ahead)):
            return True
        if lemma in vocabulary(a.language)["copulas"] and timed and (mode in {"future", "hedged"} or ahead):
            return True
    return False


def _meant(a: Annotated, i: int, by_sentence: dict[int, list[EventMention]]) -> EventMention | None:
    """The event before a pronoun that it stands for: of its number, in its sentence or the last, a subject first."""
    token = a.tokens[i]
    plural = token.lower in vocabulary(a.language)["again_plural"]
    for sentence in (token.sentence, token.sentence - 1):
        fits = [
            m for m in by_sentence.get(sentence, [])
            if m.head < i and (a.tokens[m.head].tag in PLURAL) == plural and a.tokens[m.head].tag != "PRP"
        ]  # fmt: skip
        if fits:
            return max(fits, key=lambda m: (_rank(a, m.head), not m.entry.weak, m.head))
    return None


def _rank(a: Annotated, i: int) -> int:
    """How near to being what its clause is about: its subject, its object, or a noun further down."""
    dep = a.tokens[i].dep
    return 2 if dep in grammar.SUBJECTS else 1 if dep in grammar.OBJECTS else 0


def _pronoun(ground: Ground, i: int, meant: EventMention) -> EventMention:
    a = ground.annotated
    return EventMention(
        head=i, first=i, last=i + 1, span=ground.span(i, i + 1), lemma=meant.lemma, entry=meant.entry, verbal=False,
        definite=True, indefinite=False, types=meant.types, proper=frozenset(), sentence=a.tokens[i].sentence,
        above=a.tokens[i].head, verb=a.tokens[i].head, stands_for=meant.head, heading=meant.heading,
    )  # fmt: skip
