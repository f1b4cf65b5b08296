"""Which times to come hang on a verb, so that it happens on them: "the bridge reopens on Friday", "has until May to".

Promise: a time of something else under the verb is none of its own. The odd case that forced its shape: the parser
hangs "on Sunday" on the name before it ("leads it through Selm on Sunday"), and a clause may stand under its time ("on
3 May, when it will vote").
"""

from __future__ import annotations

from onrecord.events import grammar
from onrecord.events.datable import at_the_latest
from onrecord.events.ground import Ground
from onrecord.events.kinds import kinds, pick
from onrecord.events.signs import Words
from onrecord.events.values import weekdays
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated
from onrecord.nouns import TimeExpression

LATE = ("TAF", "TEV", "TNI")
"""How the value of an afternoon, evening or night ends (TIMEX3)."""


def held_to_do(a: Annotated, i: int) -> int:
    """Return the verb of that at which the verb at ``i`` is to be done: "a meeting is held on 9 May to vote on it".

    -1 where it is done by itself.
    """
    while a.tokens[i].dep == "conj":
        i = a.tokens[i].head
    if a.tokens[i].dep not in {"advcl", "xcomp"} or grammar.verb(a, i).mode != "infinitive":
        return -1
    return a.tokens[i].head


def times_ahead(ground: Ground, i: int, known: Words) -> list[int]:
    """The tokens of times ahead in the clause of a verb in the present: "the bridge reopens on Friday".

    None under a verb that decides on something else, whose time it is: "announces the end in January".
    """
    a = ground.annotated
    lemma = a.tokens[i].lemma
    decides = (lemma in known.governs or lemma in known.object) and lemma not in known.hold
    if decides and any(a.tokens[c].dep in {"dobj", "xcomp", "ccomp"} for c in a.children[i]):
        return []
    if decides and grammar.objects(a, i, vocabulary(a.language)["naming"]):
        return []  # "sets 16 June as the date"
    if a.tokens[i].pos == "VERB" and not grammar.subjects(a, i) and lemma not in vocabulary(a.language)["come"]:
        return []
    if a.tokens[i].text[0].isupper() and i > a.sentences[a.tokens[i].sentence].first:
        return []  # a name, whatever the parser takes it for
    return own_times_ahead(ground, i)


def own_times_ahead(ground: Ground, i: int) -> list[int]:
    """The tokens of times ahead that hang on a verb itself, and at which it happens: not "until May"."""
    a = ground.annotated
    vocab = vocabulary(a.language)
    passive = any(a.tokens[c].dep == "auxpass" for c in a.children[i])
    off = vocab["no_day"] - (vocab["for_plan"] if passive else frozenset())
    over = [
        c for c in a.children[i]
        if (a.tokens[c].dep == "prep" and a.tokens[c].lower not in off) or a.tokens[c].lower in vocab["beginning"]
    ]  # fmt: skip
    over += [c for c in _strayed(ground, i) if a.tokens[c].lower not in off]
    nested = [d for c in over for d in a.children[c] if a.tokens[d].dep == "prep"]  # "as of 1 April"
    below = [*a.children[i], *(d for c in (*over, *nested) for d in a.children[c])]
    when = told_when(a, i)
    below += [*([] if when is None else [when]), *_of_the_occasion(ground, i)]
    below += _beside_its_clauses(ground, i)
    heads = [c for c in below if c in ground.times and _is_ahead(ground, ground.times[c])]
    return [j for c in heads for j in range(*a.token_range(ground.times[c].span))]


def not_then(ground: Ground, i: int) -> bool:
    """Whether a denied verb has a day ahead of its own, so that the day alone is denied: "won't begin on Monday".

    Not where it waits for a day ("not until Monday", "not before May") or for another thing than a day ("this year").
    """
    a = ground.annotated
    waits = vocabulary(a.language)["until"] | vocabulary(a.language)["ahead_of"]
    if any(a.tokens[c].lower in waits for c in a.children[i] if c > i):
        return False
    below = [c for c in a.children[i] if c > i]
    on = [c for c in below if a.tokens[c].dep == "prep" and a.tokens[c].lower in vocabulary(a.language)["day"]]
    return any(_is_day(ground, c) for c in (*below, *(d for c in on for d in a.children[c])))


def _is_day(ground: Ground, i: int) -> bool:
    """Whether a token heads the name of one day that is not over."""
    time = ground.times.get(i)
    if time is None or time.type != "DATE":
        return False
    if ground.annotated.tokens[i].lower in weekdays(ground.annotated.language):
        return True  # of what will not be, a bare name of a day is the next one
    one = time.interval is not None and time.interval[0] == time.interval[1]
    return one and ground.lies_ahead(time)


def _is_ahead(ground: Ground, time: TimeExpression) -> bool:
    """Whether a time lies ahead of when its document was written: a later day, "tonight", "later this week"."""
    if ground.lies_ahead(time):
        return True
    (first, last), today = time.interval or ("", ""), str(ground.published)
    return (first == today and time.mod == "AFTER") or (last == today and (time.value or "").endswith(LATE))


def beside_clause(a: Annotated, i: int) -> int | None:
    """The verb of the clause that a time is counted from, where it is the day of what governs the clause.

    "Two days before the polls open on 25 March, the rivals meet": the two days are those of the meeting.
    """
    token, words = a.tokens[i], vocabulary(a.language)["beside"]
    over = token if token.lower in words else a.tokens[token.head]
    counted = over.i == i or token.dep == "npadvmod"
    if not counted or over.dep not in {"mark", "prep"} or over.lower not in words or over.i not in {i, i + 1}:
        return None
    clause = a.tokens[over.head]
    return clause.i if clause.dep == "advcl" else None


def _beside_its_clauses(ground: Ground, i: int) -> list[int]:
    """The times that clauses under a verb are counted from; found from the verb, since a text may have many times."""
    a = ground.annotated
    clauses = [c for c in a.children[i] if a.tokens[c].dep == "advcl"]
    near = {(t, c) for c in clauses for over in a.children[c] for t in (over - 1, over)}
    return [t for t, c in sorted(near) if t in ground.times and beside_clause(a, t) == c]


def told_when(a: Annotated, i: int) -> int | None:
    """The token that a clause of what happens "when" hangs on: "on 8 July, when two ministers are to testify"."""
    over = a.tokens[i].head
    if a.tokens[i].dep == "xcomp":  # "when they are to testify"
        i, over = over, a.tokens[over].head
    asks = any(a.tokens[c].lower in vocabulary(a.language)["when"] for c in a.children[i])
    return over if a.tokens[i].dep == "relcl" and asks else None


def _of_the_occasion(ground: Ground, i: int) -> list[int]:
    """The times of the occasion on which something is done: "vote on the takeover at a meeting on 2 November"."""
    a = ground.annotated
    known = vocabulary(a.language)
    heads = [
        c
        for c in grammar.objects(a, i, known["background"])
        if c > i and pick(kinds(a.language), a.tokens[c].lemma, a.tokens[c].tag)
    ]
    return [t for c in heads for t in (*a.children[c], *grammar.objects(a, c, known["dating"]))]


def _strayed(ground: Ground, i: int) -> list[int]:
    """Prepositions that the parser hung on a name under a verb, which has no day: "leads it through Selm on Sunday".

    "From" it hangs on any noun so: "stop work from Monday".
    """
    a = ground.annotated
    known = vocabulary(a.language)
    below, found = list(a.children[i]), []
    for c in below:  # grows as it goes
        token = a.tokens[c]
        if c > i and token.dep in {"prep", "dobj", "pobj"} and c not in ground.times:
            below.extend(a.children[c])
        noun = a.tokens[token.head]
        named = noun.pos == "PROPN" and token.lower in known["day"]
        if token.dep == "prep" and noun.i != i and (named or (token.lower in known["origin"] and noun.dep == "dobj")):
            found.append(c)
    return found


def deadline(ground: Ground, i: int) -> bool:
    """Whether a verb has the last day for it beside it: "must leave by 1 May", "has until Friday to answer"."""
    a = ground.annotated
    known = vocabulary(a.language)
    over = [c for c in a.children[i] if a.tokens[c].lower in known["bound"] | known["until"]]
    times = [ground.times[d] for c in over for d in a.children[c] if d in ground.times]
    times += [ground.times[c] for c in grammar.objects(a, i) if c in ground.times]  # "has two weeks to answer"
    low, high = a.subtree(i)
    times += [ground.times[c] for c in range(max(low, i), high) if c in ground.times and at_the_latest(a, c)]
    return any(time.type == "DURATION" or ground.lies_ahead(time) for time in times)
