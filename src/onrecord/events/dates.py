"""Which time expression dates which event, as ISO 8601 or EDTF: the date it has or the one that it was moved from.

Promise: a value is only what the time expression says, resolved by the language room; what can't be resolved is None,
never today. The odd case that forced its shape: the day on which a plan is announced or called off is not the day of
the event ("cancelled on Monday the talks due on Friday").
"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.events import grammar
from onrecord.events.datable import at_the_latest, could_date, is_granted, is_least, of_the_deed
from onrecord.events.dated import Dated
from onrecord.events.ground import Ground
from onrecord.events.hedges import hedges, hedging
from onrecord.events.mentions import EventMention
from onrecord.events.moves import does, move_words, wisher_of
from onrecord.events.shifted import date_named, date_noun, lapsed, shifted
from onrecord.events.signs import Words, words
from onrecord.events.values import value_of
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Token
from onrecord.nouns import Span, TimeExpression

_NEAR = 2
"""Sentences over which "the new date" is that of the event named last."""

FAR = 5
"""The distance of a date that only its clause ties to an event."""


def dates(ground: Ground, mentions: list[EventMention], ahead: list[bool]) -> dict[int, list[Dated]]:
    """Return for each mention, by its place in the list, its dates; ``ahead``: which mentions' words look ahead."""
    a = ground.annotated
    heads: dict[int, int] = {}
    within: dict[int, int] = {}
    for n, mention in enumerate(mentions):
        heads[mention.head] = n
        if mention.inner is not None:
            heads[mention.inner] = n
        within.update(dict.fromkeys(range(mention.first, mention.last), n))
    carriers = _carriers(a, mentions)
    lasts = {verb: n for n, m in enumerate(mentions) if (verb := grammar.trailing(a, m.last)) is not None}
    found: dict[int, list[Dated]] = {}
    done: set[Span] = set()
    for time in ground.times.values():
        if time.span in done:
            continue
        done.add(time.span)
        first, last = a.token_range(time.span)
        if first >= last:
            continue
        over = heads.get(a.tokens[grammar.top_of(a, first, last)].head)  # "condemned Saturday's attack"
        owned_by_noun = over is not None and mentions[over].origin == "happened" and mentions[over].head > first
        inside = within.get(first, None if owned_by_noun else within.get(first - 1))  # "the election next month"
        later = ground.lies_ahead(time)
        owner = (inside, 0) if inside is not None else _owner(a, first, last, heads, carriers, lasts, later)
        if owner is None:
            owner = _right_before(ground, first, within) or _beginning(ground, first, mentions, ahead)
        if owner is None:
            owner = _when(a, first, last, mentions)
        told = owner is None and (owner := _said_to_be(ground, first, last, mentions)) is not None
        if (
            owner is None
            or not could_date(ground, time, first, mentions[owner[0]])
            or of_the_deed(ground, time, first, mentions[owner[0]])
        ):
            continue
        n, near = owner
        dated = _dated(ground, time, first, last, near, mentions[n], ahead[n])
        found.setdefault(n, []).append(dated._replace(moved=True) if told else dated)
    owned = {dated.span: n for n, each in found.items() for dated in each}
    for time in {time.span: time for time in ground.times.values() if time.span not in owned}.values():
        undated = _in_the_clause(ground, time, mentions, ahead, found)
        if undated is not None:
            first, last = a.token_range(time.span)
            found[undated] = [_dated(ground, time, first, last, FAR, mentions[undated], True)]
    for n, mention in enumerate(mentions):
        if n in found or mention.plan is None or mention.plan.date is None:
            continue
        for i in range(*a.token_range(mention.plan.date)):
            given = ground.times.get(i)
            if given is None or _is_over(ground, given) or not could_date(ground, given, i, mention):
                continue
            named = mention.origin == "table" and not mention.verbal
            if named and ground.published and given.type == "DATE" and not ground.lies_ahead(given):
                continue  # "on Thursday" beside a named event is seldom today, "tonight" is
            other = owned.get(given.span)
            if other is not None and mention.origin == "table" and not mentions[other].verbal:
                continue  # "a visit and elections set for May"; acts share a day: "will close schools and ban visits"
            first, last = a.token_range(given.span)
            found[n] = [_dated(ground, given, first, last, FAR, mention, ahead[n])]
            break
    for n, each in found.items():
        found[n] = shifted(ground, mentions[n].head, [verb for verb, m in carriers.items() if m == n], each)
        found[n] = lapsed(ground, found[n])
    for verb, n in carriers.items():
        for child in a.children[verb]:
            vague = _vague(ground, child)
            if vague is not None:
                found.setdefault(n, []).append(vague)
    return {n: [d for d in each if _tells(ground, d)] for n, each in found.items()}


def _is_over(ground: Ground, time: TimeExpression) -> bool:
    return ground.published is not None and time.interval is not None and time.interval[1] < str(ground.published)


def _in_the_clause(
    ground: Ground, time: TimeExpression, mentions: list[EventMention], ahead: list[bool], found: dict[int, list[Dated]]
) -> int | None:
    """The plan without a date of its own whose clause a time ahead stands in: "arrives tomorrow on a visit"."""
    a = ground.annotated
    first, last = a.token_range(time.span)
    if first >= last or not ground.lies_ahead(time):
        return None
    step = next((s for s in grammar.way_up(a, grammar.top_of(a, first, last)) if s.token.pos in {"VERB", "AUX"}), None)
    if step is None or step.role in vocabulary(a.language)["not_when"]:
        return None
    near = [
        n for n, m in enumerate(mentions)
        if n not in found and ahead[n] and step.token.i in (m.verb, m.head) and could_date(ground, time, first, m)
    ]  # fmt: skip
    return min(near, key=lambda n: abs(mentions[n].head - first), default=None)


def _when(a: Annotated, first: int, last: int, mentions: list[EventMention]) -> tuple[int, int] | None:
    """The event of a clause that tells what happens at a time: "until 3 May, when it will debate the bill"."""
    known = vocabulary(a.language)["when"]
    for i in range(first, last):
        for clause in (c for c in a.children[i] if a.tokens[c].dep in {"relcl", "advcl"}):
            if any(a.tokens[c].lower in known for c in a.children[clause]):
                return next(((n, 1) for n, m in enumerate(mentions) if clause in (m.verb, m.head)), None)
    return None


def _said_to_be(ground: Ground, first: int, last: int, mentions: list[EventMention]) -> tuple[int, int] | None:
    """The event before words that tell its date: "the vote was put off; the new date is 19 October"."""
    a = ground.annotated
    noun = date_noun(a, grammar.top_of(a, first, last))
    if noun is None:
        at = date_named(a, last)
        return next(((n, 1) for n, m in enumerate(mentions) if at and _begins(a, at, m)), None)
    of_it = [n for n, m in enumerate(mentions) if any(step.token.i == noun for step in grammar.way_up(a, m.head))]
    if of_it:
        return of_it[0], 1
    near = [n for n, m in enumerate(mentions) if m.head < first and a.tokens[noun].sentence - m.sentence < _NEAR]
    return (near[-1], 1) if near else None


def _begins(a: Annotated, i: int, m: EventMention) -> bool:
    """Whether a mention begins at token ``i``, or behind its article or owner."""
    return i <= m.first and all(a.tokens[j].pos in {"DET", "PRON", "ADJ"} for j in range(i, m.first))


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


def _beginning(ground: Ground, first: int, mentions: list[EventMention], ahead: list[bool]) -> tuple[int, int] | None:
    """The plan before "beginning on 3 May", of which that is the first day, whatever the parser hung it on."""
    tokens = ground.annotated.tokens
    known = vocabulary(ground.annotated.language)
    at = first - 1 if first and tokens[first - 1].lower not in known["dating"] else first - 2
    if at < 1 or tokens[at].lower not in known["beginning"] or tokens[at].sentence != tokens[first].sentence:
        return None
    near = [n for n, m in enumerate(mentions) if ahead[n] and m.sentence == tokens[at].sentence]
    before = [n for n in near if mentions[n].head < at]
    if not before and near and at == ground.annotated.sentences[tokens[at].sentence].first:
        return near[0], 2  # "starting next month, pensioners will travel free"
    return (before[-1], 3) if before else None


def _tells(ground: Ground, dated: Dated) -> bool:
    """Whether a date is worth a claim: one without a value only where the text, not the reader, leaves it open."""
    return bool(dated.value or dated.provisional or dated.undecided or not ground.published)


def _vague(ground: Ground, i: int) -> Dated | None:
    """A date that is no day: "soon", or "indefinitely", by which the text says that there is none."""
    token = ground.annotated.tokens[i]
    moves = move_words(ground.annotated.language)
    if token.pos != "ADV" or token.lower not in moves.soon | moves.undecided:
        return None
    span = ground.span(i, i + 1)
    if token.lower in moves.soon:
        return Dated("date", None, span, False, None, None, (i,), False, False, 1)
    return Dated("date", None, span, False, None, None, (), True, False, 1)


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
                if carried or known.phrases.get(phrase) == "hold":
                    found.setdefault(step.token.i, n)
                    if step.role in {"subject", "passive"}:
                        for also in grammar.joined(a, step.token.i):
                            found.setdefault(also.token.i, n)
                break
            if step.role not in vocabulary(a.language)["carrying"]:
                break
    return found


def _owner(
    a: Annotated, first: int, last: int, heads: dict[int, int], carriers: dict[int, int], lasts: dict[int, int],
    later: bool,
) -> tuple[int, int] | None:  # fmt: skip
    """The mention that a time expression belongs to, with the steps to it, or None.

    ``later``: it lies after the document's day, so that it is no part of "since the war", wherever the parser hung it.
    """
    known = words(a.language)
    at = grammar.top_of(a, first, last)
    before = a.tokens[first - 2 if first > 1 and a.tokens[first - 1].pos == "ADP" else first - 1]
    if first and before.lemma in move_words(a.language).reporting and before.pos == "VERB":
        return None
    preposition = a.tokens[a.tokens[at].head].lower if a.tokens[at].dep == "pobj" else ""
    bound = at_the_latest(a, first) or is_least(a, first)
    if a.tokens[at].dep in {"poss", "nmod", "compound", "amod"} and a.tokens[at].head in heads:
        return heads[a.tokens[at].head], 0
    for near, step in enumerate(grammar.way_up(a, at), 1):
        token = step.token
        if step.role in vocabulary(a.language)["not_when"] and (near == 1 or not later) and not bound:
            return None
        if token.i in heads:
            return heads[token.i], near
        if token.pos in {"VERB", "AUX"}:
            if token.dep in {"acl", "relcl"} or token.i in lasts:
                top = lasts.get(token.i)
                if top is None and (token.dep == "relcl" or token.tag != "VBN" or _plans(token, known)):
                    top = _noun_over(a, token.i, heads)
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
        if step.token.i in heads:
            return heads[step.token.i]
        if step.token.pos in {"VERB", "AUX"}:
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
