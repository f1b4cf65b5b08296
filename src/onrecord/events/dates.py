"""Which time expression dates which event, as ISO 8601 or EDTF: the date it has or the one that it was moved from.

Promise: a value is only what the time expression says, resolved by the language room; what can't be resolved is None,
never today. The odd case that forced its shape: the day on which a plan is announced or called off is not the day of
the event ("cancelled on Monday the talks due on Friday").
"""

from __future__ import annotations

from collections.abc import Container

from onrecord.events import grammar
from onrecord.events.datable import at_the_latest, could_date, is_granted, is_least, of_the_deed
from onrecord.events.dated import Dated
from onrecord.events.ground import Ground
from onrecord.events.happened import scene_days
from onrecord.events.hedges import hedges, hedging
from onrecord.events.mentions import EventMention
from onrecord.events.moves import does, move_words, wisher_of
from onrecord.events.owners import Places, owner
from onrecord.events.shifted import instead, lapsed, shifted
from onrecord.events.signs import words
from onrecord.events.timed import held_to_do, told_when
from onrecord.events.values import value_of
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Token
from onrecord.nouns import Span, TimeExpression

FAR = 5
"""The distance of a date that only its clause ties to an event."""

OPENING = 40
"""Code points of a sentence in which stands whether it goes on with the day of the one before."""

GOES_ON = 2
"""Sentences over which it does."""


def dates(ground: Ground, mentions: list[EventMention], ahead: list[bool]) -> dict[int, list[Dated]]:
    """Return for each mention, by its place in the list, its dates; ``ahead``: which mentions' words look ahead."""
    a = ground.annotated
    places = Places(a, mentions, ahead)
    found: dict[int, list[Dated]] = {}
    done: set[Span] = set()
    for time in ground.times.values():
        if time.span in done:
            continue
        done.add(time.span)
        first, last = a.token_range(time.span)
        if first >= last:
            continue
        whose = owner(ground, time, first, last, places)
        if whose is None:
            continue
        mention = mentions[whose.mention]
        opening = {t.lower for t in a.tokens[max(0, first - 1) : first + 1]}
        inside = next((step.token.i for step in grammar.way_up(a, mention.head)), -1) in places.heads
        if (inside or ahead[whose.mention]) and opening & vocabulary(a.language)["gone"]:
            continue  # "a briefing on the trip earlier today"
        if could_date(ground, time, first, mention) and not of_the_deed(ground, time, first, mention):
            dated = _dated(ground, time, first, last, whose.near, mention, ahead[whose.mention])
            found.setdefault(whose.mention, []).append(dated._replace(moved=True) if whose.told else dated)
    _share(a, mentions, places, found)
    owned = {dated.span: n for n, each in found.items() for dated in each}
    for time in {time.span: time for time in ground.times.values() if time.span not in owned}.values():
        undated = _in_the_clause(ground, time, places, found)
        if undated is not None:
            first, last = a.token_range(time.span)
            found[undated] = [_dated(ground, time, first, last, FAR, mentions[undated], True)]
    for n, time in _of_the_scene(ground, mentions, ahead, found, owned):
        found[n] = [_dated(ground, time, *a.token_range(time.span), FAR, mentions[n], False)]
    owned |= {dated.span: n for n, each in found.items() for dated in each}
    for n, time in _alone_in_sentence(ground, places, found, owned):
        found[n] = [_dated(ground, time, *a.token_range(time.span), FAR, mentions[n], True)]
    for n, mention in enumerate(mentions):
        if n in found or mention.plan is None or mention.plan.date is None or _waits(a, mention):
            continue
        for i in range(*a.token_range(mention.plan.date)):
            given = ground.times.get(i)
            if given is None or _is_over(ground, given) or not could_date(ground, given, i, mention):
                continue
            named = mention.origin == "table" and not mention.verbal
            if named and any(t.text == ";" for t in a.tokens[mention.head : i]):
                continue  # "the march is on; the board will meet tomorrow"
            if named and ground.published and given.type == "DATE" and not ground.lies_ahead(given):
                continue  # "on Thursday" beside a named event is seldom today, "tonight" is
            other = owned.get(given.span)
            if other is not None and mention.origin == "table" and not mentions[other].verbal:
                continue  # "a visit and elections set for May"; acts share a day: "will close schools and ban visits"
            first, last = a.token_range(given.span)
            found[n] = [_dated(ground, given, first, last, FAR, mention, ahead[n])]
            break
    _of_that_day(a, mentions, ahead, found)
    for n, each in found.items():
        found[n] = shifted(ground, mentions[n].head, places.carrying.get(n, []), each)
        found[n] = lapsed(ground, instead(ground, found[n]))
    for verb, n in places.carriers.items():
        found.setdefault(n, []).extend(_vague(ground, verb))
    return {n: [d for d in each if _tells(ground, d)] for n, each in found.items()}


def _share(a: Annotated, mentions: list[EventMention], places: Places, found: dict[int, list[Dated]]) -> None:
    """Give what is done on an occasion the occasion's day, and what somebody travels for the day of the journey.

    "They vote on it at a meeting on 2 November", "a meeting is held on 2 November to vote on it"; "flies to Kesh on
    3 June for a summit", "flies to Kesh for the 3 June summit". A clause that tells what happens "when" has the day
    that it hangs on, whatever else has it.
    """
    known, heads = vocabulary(a.language), places.heads
    days = {i: dated for each in found.values() for dated in each for i in range(*a.token_range(dated.span))}
    for n in (n for n, mention in enumerate(mentions) if mention.verbal and n not in found):
        over = told_when(a, mentions[n].head)
        if over in days:
            found[n] = [days[over]._replace(near=1)]
    for n in (n for n, mention in enumerate(mentions) if mention.verbal and n not in found):
        for occasion in grammar.objects(a, mentions[n].head, known["background"]):
            own = found.get(heads.get(occasion, -1), [])
            if mentions[n].head < occasion and own:
                found[n] = [dated._replace(near=dated.near + 1) for dated in own]
    for n in (n for n, mention in enumerate(mentions) if mention.verbal and n not in found):
        own = found.get(places.carriers.get(held_to_do(a, mentions[n].head), -1), [])
        if own:
            found[n] = [dated._replace(near=dated.near + 1) for dated in own]
    for n in [n for n, each in enumerate(mentions) if each.verbal and each.entry.group == "visit"]:
        goals = grammar.objects(a, mentions[n].head, known["for_plan"])
        for goal in (heads[i] for each in goals for i in grammar.conjuncts(a, each) if i in heads):
            for one, other in ((n, goal), (goal, n)):
                if one in found and other not in found:
                    found[other] = [dated._replace(near=dated.near + 1) for dated in found[one]]


def _of_that_day(a: Annotated, mentions: list[EventMention], ahead: list[bool], found: dict[int, list[Dated]]) -> None:
    """Give plans of a sentence that goes on with the day before it that day: "On Friday she … In the evening she …"."""
    for n in [n for n, mention in enumerate(mentions) if n not in found and ahead[n]]:
        sentence = a.sentences[mentions[n].sentence]
        opening = a.document.text[sentence.start : sentence.start + OPENING].lower().removeprefix("and ")
        if not opening.startswith(tuple(vocabulary(a.language)["that_day"])):
            continue
        before = (
            dated
            for k in range(n - 1, -1, -1)
            if 0 < sentence.i - mentions[k].sentence <= GOES_ON
            and a.sentences[mentions[k].sentence].block == sentence.block
            for dated in found.get(k, ())
            if ahead[k] and dated.which == "date" and dated.first and dated.first == dated.ends
        )
        if (day := next(before, None)) is not None:
            found[n] = [day._replace(near=FAR)]


def _waits(a: Annotated, mention: EventMention) -> bool:
    """Whether an event is told only as what something comes before: "ahead of the summit, they meet on 3 April"."""
    step = next(grammar.way_up(a, mention.head), None)
    return step is not None and words(a.language).before.get(step.role) == "planned"


def _is_over(ground: Ground, time: TimeExpression) -> bool:
    return ground.published is not None and time.interval is not None and time.interval[1] < str(ground.published)


def _in_the_clause(ground: Ground, time: TimeExpression, places: Places, found: dict[int, list[Dated]]) -> int | None:
    """The plan without a date of its own whose clause a time ahead stands in: "arrives tomorrow on a visit"."""
    a, mentions = ground.annotated, places.mentions
    first, last = a.token_range(time.span)
    if first >= last or not ground.lies_ahead(time):
        return None
    step = next((s for s in grammar.way_up(a, grammar.top_of(a, first, last)) if s.token.pos in {"VERB", "AUX"}), None)
    if step is None or step.role in vocabulary(a.language)["not_when"]:
        return None
    near = [
        n
        for n in places.acting.get(step.token.i, ())
        if n not in found and places.ahead[n] and could_date(ground, time, first, mentions[n])
    ]
    return min(near, key=lambda n: abs(mentions[n].head - first), default=None)


def _alone_in_sentence(
    ground: Ground, places: Places, found: dict[int, list[Dated]], owned: Container[Span]
) -> list[tuple[int, TimeExpression]]:
    """The plans whose sentence has one day ahead, before them, that is of nothing else, each with it.

    Parsers lose such a day: "I will tell you, because you asked, that on 15 May she will travel to Selm".
    """
    a, mentions = ground.annotated, places.mentions
    times: dict[int, list[TimeExpression]] = {}
    for time in {time.span: time for time in ground.times.values()}.values():
        times.setdefault(a.tokens[a.token_range(time.span)[0]].sentence, []).append(time)
    told = []
    for n, mention in enumerate(mentions):
        here = times.get(mention.sentence, [])
        if not places.ahead[n] or n in found or mention.stands_for >= 0 or len(here) != 1 or here[0].span in owned:
            continue
        [time] = here
        first, _ = a.token_range(time.span)
        fine = time.type == "DATE" and time.interval is not None and time.interval[0] == time.interval[1]
        others = any(first < mentions[k].head < mention.head for k in places.in_sentence[mention.sentence])
        lies_before = fine and ground.lies_ahead(time) and first < mention.head and not others
        if lies_before and could_date(ground, time, first, mention):
            told.append((n, time))
    return told


def _of_the_scene(
    ground: Ground,
    mentions: list[EventMention],
    ahead: list[bool],
    found: dict[int, list[Dated]],
    owned: Container[Span],
) -> list[tuple[int, TimeExpression]]:
    """The events at which something was done on a past day, each with that day: "yesterday at the fair she said"."""
    return [
        (n, time)
        for n, mention in enumerate(mentions)
        if n not in found and not mention.verbal and not ahead[n]
        for time in (ground.times[i] for i in scene_days(ground, mention.head))
        if time.span not in owned and _is_over(ground, time)
    ]


def _tells(ground: Ground, dated: Dated) -> bool:
    """Whether a date is worth a claim: one without a value only where the text, not the reader, leaves it open."""
    return bool(dated.value or dated.provisional or dated.undecided or not ground.published)


def _after_delay(a: Annotated, last: int, over: list[Token]) -> bool:
    """Whether what has a time, which ends before token ``last``, was put off before: "opens on 6 May after a delay"."""
    known = words(a.language)
    behind = next((t for t in a.tokens[last : last + 2] if t.pos != "PUNCT"), None)  # wherever the parser hangs it
    late = [c for verb in over for c in grammar.objects(a, verb.i, known.ahead_after)]
    if behind is not None and behind.lower in known.ahead_after:
        late += [c for c in a.children[behind.i] if a.tokens[c].dep == "pobj"]
    return any(a.tokens[c].lemma in known.moves for c in late)


def _vague(ground: Ground, verb: int) -> list[Dated]:
    """Dates under a verb that are no day: "soon", or "indefinitely", by which the text says that there is none.

    What is put off "until further notice" has none either, wherever that stands; what begins then and goes on so has.
    """
    a = ground.annotated
    moves = move_words(a.language)
    found = [
        Dated("date", None, ground.span(c, c + 1), False, None, None, (c,) if soon else (), not soon, False, 1)
        for c in a.children[verb]
        if a.tokens[c].pos == "ADV"
        and ((soon := a.tokens[c].lower in moves.soon) or a.tokens[c].lower in moves.undecided)
    ]
    if found or does(a, a.tokens[verb]) != "postponed":
        return found
    end = a.sentences[a.tokens[verb].sentence].end
    rest = a.document.text[a.tokens[verb].end : end].lower()
    for phrase in (phrase for phrase in moves.undecided if " " in phrase and f" {phrase}" in rest):
        at = a.tokens[verb].end + rest.index(f" {phrase}") + 1
        found.append(Dated("date", None, (at, at + len(phrase)), False, None, None, (), True, False, 1))
    return found[:1]


def _dated(
    ground: Ground, time: TimeExpression, first: int, last: int, near: int, mention: EventMention, ahead: bool
) -> Dated:
    a = ground.annotated
    moves = move_words(a.language)
    at = grammar.top_of(a, first, last)
    token = a.tokens[at]
    preposition = a.tokens[token.head].lower if token.dep == "pobj" else (a.tokens[first - 1].lower if first else "")
    if is_least(a, first):
        preposition = ""
    if at_the_latest(a, first, last) or (time.type == "DURATION" and is_granted(ground, first)):
        preposition = min(vocabulary(a.language)["bound"])
    over = [s.token for s in grammar.way_up(a, at) if s.token.pos in {"VERB", "AUX", "ADJ"}][:3]
    old = stays = False
    moved = preposition in moves.new_before and any(verb.lemma in moves.verbs for verb in over[:2])
    if over and over[0].lemma in moves.fixes_anew and preposition in vocabulary(a.language)["for_plan"]:
        moved = True
    if over and over[0].dep == "conj" and does(a, a.tokens[over[0].head]) == "postponed":
        moved = grammar.verb(a, over[0].i).mode != "hedged"  # "was put off and has been set for 6 May"
    wisher = wisher_of(a, over, moves) if preposition in moves.new_before else None
    moved = moved and wisher is None
    for verb in over[:2]:
        around = {a.tokens[c].lower for c in a.children[verb.i]}
        known = words(a.language)
        planned = does(a, verb) in {"planned", "scheduled"}
        if around & moves.old or (planned and around & known.had) or grammar.was_to_have(a, verb.i):
            old = True
        if around & moves.anew and not old and (verb is over[0] or over[0].dep == "xcomp"):
            moved = True  # "will now be held on 6 May"
        if verb.lemma in moves.verbs and preposition in moves.old_before and "/" not in (time.value or ""):
            stays = grammar.verb(a, verb.i).mode == "hedged"  # "could slip from May": so far it is in May
            old = old or not stays
    moved = moved or (not old and _after_delay(a, last, over[:2]))
    at_day = first - (1 if first and a.tokens[first - 1].lower in vocabulary(a.language)["dating"] else 0)
    if {" ".join(t.lower for t in a.tokens[max(0, end - 2) : end]) for end in (first, at_day)} & moves.rather:
        old, moved = True, False  # "on 19 May instead of 28 April"
    value, start, end, fine = value_of(ground, time, preposition, ahead, old)
    doubts = hedges(ground, mention, at, first, last)
    if value is None and a.text(time.span).lower() in hedging(a.language):
        doubts = (*doubts, first)
    if stays:
        doubts = ()
    if wisher is not None:
        doubts = tuple(sorted({*doubts, wisher}))
    return Dated(
        "previous_date" if old else "date",
        value,
        time.span,
        fine and wisher is None,
        start,
        end,
        doubts,
        False,
        moved,
        near,
        wisher is not None,
    )
