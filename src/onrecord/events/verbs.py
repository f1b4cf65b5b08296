"""What the verb over an event tells of its status: it carries it, decides on it, wishes for it, or is the event itself.

Promise: tense, mood, denial and what governs the verb are weighed together and each sign names the words it rests on.
The odd case that forced its shape: a verb in an infinitive says nothing by itself; "to hold talks" is planned under
"agree", mooted under "propose", and under a denial neither.
"""

from __future__ import annotations

from onrecord.events import grammar
from onrecord.events.datable import set_for
from onrecord.events.done import is_done, is_ranked
from onrecord.events.gerunds import gerund, was_before
from onrecord.events.grammar import Step
from onrecord.events.ground import Ground
from onrecord.events.kinds import kinds
from onrecord.events.moves import does, move_words
from onrecord.events.refusals import as_planned, decided, found_worthless, is_agreed, is_dropped, no_longer, subjunctive
from onrecord.events.said import goes_elsewhere, said_of_it, stays, to_a_time, to_later
from onrecord.events.signs import (
    BEFORE,
    DEADLINE,
    DECIDED,
    NOT_THEN,
    OWN_DAY,
    TIMETABLE,
    WHEN,
    Done,
    Evidence,
    Words,
    spans,
)
from onrecord.events.timed import deadline, not_then, own_times_ahead, times_ahead
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Token
from onrecord.nouns import Status


def itself(a: Annotated, i: int, known: Words) -> bool:
    """Whether an infinitive is of the event itself ("to be held", "to begin"), not its purpose ("to end the war")."""
    if grammar.base(a, a.tokens[i]) not in known.hold:
        return False
    thing = grammar.objects(a, i)
    return not thing or a.tokens[thing[0]].lower in known.needing.get(a.tokens[i].lemma, ())


def object_status(a: Annotated, i: int, known: Words, role: str = "") -> Done | None:
    """What the verb does to its object: by its phrase with a particle or with the preposition ``role``, else alone."""
    token = a.tokens[i]
    part = grammar.particle(a, i)
    for extra in (part, role.split(" ")[-1]):
        if extra and f"{token.lemma} {extra}" in known.phrases:
            return known.phrases[f"{token.lemma} {extra}"]
    if part:
        return None
    if role not in {"", "object", "passive"}:
        return None
    below = [*a.children[i], *(d for c in grammar.objects(a, i) for d in a.children[c])]
    for goal in (c for c in below if c > i and a.tokens[c].dep == "prep"):  # "put the talks on hold"
        for noun in (a.tokens[c] for c in a.children[goal] if a.tokens[c].dep == "pobj"):
            if done := known.phrases.get(f"{token.lemma} {a.tokens[goal].lower} {noun.lemma}"):
                return done
    return known.object.get(token.lemma)


def _is_holding(a: Annotated, step: Step, known: Words) -> bool:
    """Whether the verb carries the event; "take" does with "place", "go" with "ahead" or as "go on"."""
    lemma = grammar.base(a, step.token)
    needed = known.needing.get(lemma)
    if needed is None:
        return lemma in known.hold
    return step.role in {"object", "passive"} or any(a.tokens[c].lower in needed for c in a.children[step.token.i])


def under_verb(ground: Ground, step: Step, known: Words, called: bool, definite: bool) -> list[Evidence]:
    """Signs of the verb one step over the mention; ``called``: the event is of a kind that one calls (an election)."""
    a = ground.annotated
    i = step.token.i
    if step.token.lemma in vocabulary(a.language)["informed"] and step.role in vocabulary(a.language)["topic"]:
        return []
    state = grammar.verb(a, i)
    if step.role == "subject" and _headline_passive(a, step):
        step = step._replace(role="passive")
    status = object_status(a, i, known, step.role)
    carries = step.role in {"subject", "passive", "object"} or status == "hold"
    if status == "planned" and step.token.lemma in vocabulary(a.language)["calls"] and not called:
        return []
    if state.negated and step.role in {"object", "passive"} and grammar.phrasal(a, i) in known.allows:
        return [Evidence("mooted", 2, spans(ground, [*state.cue, i]), "not ruled out", hedged=True)]
    if status == "mooted" and definite and step.token.lemma in known.attitude:
        return [Evidence("planned", 1, spans(ground, [i]), "spoken of")]
    if status is not None and status != "hold":
        return _done_to(ground, i, state, status, known)
    if step.role == "subject" and step.token.lemma in known.slips and to_a_time(ground, i):
        return _done_to(ground, i, state, "postponed", known)
    if step.role in {"object", "passive"} and step.token.lemma in known.pushes and to_later(ground, i, known):
        return _done_to(ground, i, state, "postponed", known)
    if step.role == "subject" and step.token.lemma in known.stays and stays(a, i, state):
        return [Evidence("planned", 3, spans(ground, [i]), "stays")]
    if said := said_of_it(ground, step, state, known) or goes_elsewhere(ground, step, state):
        return said
    if carries and (status == "hold" or _is_holding(a, step, known)):
        return held(ground, i, known, state, passive=step.role == "passive")
    done = state.mode in {"past", "perfect"} or (state.mode == "present" and step.role == "passive")
    if step.role in {"object", "passive"} and done and not state.negated and (days := set_for(ground, i)):
        return [Evidence("scheduled", 2, spans(ground, [i, *days]), DECIDED)]
    on_its_day = carries or step.role in vocabulary(a.language)["for_plan"] | vocabulary(a.language)["background"]
    on_its_day = on_its_day and step.token.lemma not in kinds(a.language).verbs  # "bans sales from Monday": the ban
    if on_its_day and state.mode == "present" and not state.negated and (times := times_ahead(ground, i, known)):
        return [Evidence("planned", 2, spans(ground, [i, *times]), TIMETABLE)]
    if (
        (step.role in {"passive", "object"} or step.role in vocabulary(a.language)["inside"])
        and step.token.lemma in known.past
        and (state.mode in {"past", "perfect", "present"} or (state.mode == "participle" and step.role == "passive"))
    ):
        return [Evidence("occurred", 2, spans(ground, [i]), "past")]
    if _decided_there(ground, step, known):
        return [Evidence("occurred", 2, spans(ground, [i]), "outcome")]
    if step.role == "subject" and state.mode in {"past", "perfect"} and not state.negated:
        status = "planned" if step.token.lemma in known.nears else "occurred"
        return [Evidence(status, 1, spans(ground, [i]), "did something")]
    if state.mode == "future" and carries:
        times = own_times_ahead(ground, i)  # "will miss the qualifier on 4 February"
        return [Evidence("planned", 1 + bool(times), spans(ground, [*state.cue]), OWN_DAY if times else "future")]
    if step.role in vocabulary(a.language)["background"] and state.mode in {"past", "perfect"}:
        return [Evidence("occurred", 1, spans(ground, [i]), "background")]
    if step.role in vocabulary(a.language)["background_ahead"] and state.mode == "future":
        return [Evidence("planned", 2, spans(ground, [*state.cue]), "background")]
    return []


def _decided_there(ground: Ground, step: Step, known: Words) -> bool:
    """Whether a report tells what was decided in an event: "wins the vote", "beat Velmark to win the cup"."""
    a = ground.annotated
    token = step.token
    if token.lemma in known.outcome and step.role in vocabulary(a.language)["inside"]:
        return is_done(ground, token.i)
    won = token.lemma in known.prizes and step.role == "object" and grammar.verb(a, token.i).mode == "infinitive"
    return won and a.tokens[token.head].lemma in known.beats and is_done(ground, token.head)


def _headline_passive(a: Annotated, step: Step) -> bool:
    """Whether a headline leaves out the "is" of what is done to an event: "Talks set for 12 June"."""
    token = step.token
    bare = not any(a.tokens[c].dep in {"det", "poss"} for c in a.children[step.below])
    if token.tag not in {"VBD", "VBN"} or not bare or grammar.objects(a, token.i):
        return False
    if any(a.tokens[c].dep in {"aux", "auxpass", "xcomp", "ccomp"} for c in a.children[token.i]):
        return False
    return does(a, token) in {"planned", "scheduled", "postponed", "cancelled"}


def _done_to(ground: Ground, i: int, state: grammar.Verb, status: Status, known: Words) -> list[Evidence]:
    """Evidence of a verb that decides on the event: cancelled it, will postpone it, asks for it to be held."""
    a = ground.annotated
    being = next(
        (c for c in a.children[i] if a.tokens[c].dep == "xcomp" and grammar.base(a, a.tokens[c]) == "be"), None
    )
    if being is not None and a.tokens[being].pos == "AUX":
        return []
    cue = spans(ground, [i, *(c for c in state.cue if state.mode in {"future", "hedged"})])
    tense = state.mode
    only_meant = tense == "hedged" or state.negated
    if tense == "infinitive":
        above = next(grammar.way_up(a, i), None)
        if above is not None:
            over = known.governs.get(above.token.lemma)
            only_meant = above.token.lemma not in vocabulary(a.language)["decides"] and (
                over != "planned" or status in {"cancelled", "postponed"}
            )
    if tense == "participle" and a.tokens[i].tag == "VBG" and a.tokens[i].dep in {"pcomp", "xcomp"}:
        only_meant = not was_before(a, i, known)
    if status in {"cancelled", "postponed"}:
        if only_meant or (tense == "future" and a.tokens[i].dep == "advcl"):
            return [Evidence("planned", 2, cue, "only meant")]
        # what "had been put off" by the outlet's own account was so before what it tells now
        had = any(a.tokens[c].lower in known.had for c in state.cue) and ground.said_in(ground.span(i, i + 1)) is None
        had = had or a.tokens[i - 1].lower in known.old  # "was initially delayed"
        return [Evidence(status, 1 if had else 3, cue, BEFORE if was_before(a, i, known) else "done to")]
    if status == "mooted":
        return [Evidence("mooted", 2, cue, "asked for", hedged=True)]
    if status in {"planned", "scheduled"} and any(a.tokens[c].lower in known.had for c in state.cue):
        return [Evidence("planned", 1, cue, "had been decided")]
    if only_meant and status == "planned":
        return [Evidence("planned", 1, cue, DECIDED)]
    on_a_day = tense == "present" and times_ahead(ground, i, known)
    if a.tokens[i].lemma in move_words(a.language).verbs and tense in {"past", "perfect"} and not state.negated:
        return [Evidence(status, 3, cue, DECIDED)]  # nobody moves what was not to be
    return [Evidence(status, 2, cue, TIMETABLE if on_a_day else DECIDED)]


def _still_to_do(a: Annotated, i: int) -> bool:
    """Whether "was" only follows the tense of who said so: "agreed that it was an important trip for her to make"."""
    if grammar.base(a, a.tokens[i]) != "be" or not grammar.in_past_report(a, i):
        return False
    things = [c for c in a.children[i] if a.tokens[c].dep == "attr"]
    below = [d for c in (i, *things) for d in a.children[c] if d > i]
    return bool(things) and any(grammar.verb(a, d).mode == "infinitive" for d in below if a.tokens[d].pos == "VERB")


def held(ground: Ground, i: int, known: Words, state: grammar.Verb, passive: bool) -> list[Evidence]:
    """Evidence of the verb that carries the event, by its tense and by what governs it."""
    a = ground.annotated
    cue = spans(ground, [*state.cue, i])
    token = a.tokens[i]
    if state.mode == "present" and _opens_ahead(a, i, known):
        return [Evidence("planned", 2, cue, WHEN)]
    if state.mode == "present" and (asked := subjunctive(a, i, known)) is not None:
        return [Evidence("mooted", 2, spans(ground, [asked.token.i, i]), "wished", hedged=True)]
    expected = next((c for c in a.children[i] if a.tokens[c].dep in {"xcomp", "oprd"} and _is_to(a, c)), None)
    if any(a.tokens[c].dep == "mark" and a.tokens[c].lower in known.conditions for c in a.children[i]):
        return [Evidence("mooted", 2, cue, "if", hedged=True)]
    happens = passive or token.lemma in vocabulary(a.language)["happens"]
    if state.negated and state.mode == "future" and grammar.goes_to(a, i):
        return [Evidence("planned", 1, cue, "will not")]  # without him it will be all the same
    if (state.negated or (happens and no_longer(a, i))) and state.mode in {"future", "hedged"}:
        if state.mode == "future" and as_planned(a, i, known):
            return [Evidence("postponed", 3, cue, "not as planned")]
        if state.mode == "future" and not_then(ground, i):
            return [Evidence("postponed", 3, cue, NOT_THEN)]
        if any(a.tokens[c].dep == "prep" and a.tokens[c].lower in known.where for c in a.children[i] if c > i):
            return [Evidence("planned", 2, cue, "not there or then")]
        if passive or (
            (any(a.tokens[c].dep in grammar.SUBJECTS for c in a.children[i]) or token.dep == "conj")
            and token.lemma in vocabulary(a.language)["happens"]
        ):
            return [Evidence("cancelled", 3, cue, "will not")]
        return [Evidence("planned", 1, cue, "will not")]
    if state.mode == "future":
        return [Evidence("planned", 3, cue, "will")]
    if state.mode == "hedged" and _used_to(a, i, state):
        return []
    if state.mode == "hedged" and any(a.tokens[c].tag == "WRB" for c in a.children[i]):
        return []
    if state.mode == "hedged" and known.obliging & {a.tokens[c].lower for c in state.cue} and deadline(ground, i):
        return [Evidence("planned", 2, cue, DEADLINE)]
    if state.mode == "hedged":
        if grammar.base(a, token) == "be" and any(a.tokens[c].dep == "attr" for c in a.children[i]):
            return [Evidence("mooted", 1, cue, "may", hedged=True)]
        return [Evidence("mooted", 2, cue, "may", hedged=True)]
    if state.mode == "infinitive" and not state.negated and is_ranked(ground, i):
        return [Evidence("occurred", 2, cue, "past")]
    if state.mode == "infinitive" and state.negated and decided(a, i):
        if grammar.goes_to(a, i):
            return [Evidence("planned", 1, cue, "will not")]  # without him it will be all the same
        return [Evidence("cancelled", 3, cue, "decided not to")]
    if state.mode == "infinitive" and (worth := found_worthless(a, i, known)):
        return [Evidence("cancelled", 3, spans(ground, worth), "decided not to")] if decided(a, worth[0]) else []
    if state.mode == "infinitive" or (token.tag == "VBG" and token.dep in {"pcomp", "xcomp"}):
        return _wished(ground, i, known)
    if expected is not None and grammar.was_to_have(a, expected):
        return [Evidence("planned", 1, cue, "had been decided")]
    if expected is not None and grammar.base(a, token) in {"be", "have"}:
        return [Evidence("planned", 3, cue, "is to")]
    if state.mode in {"past", "perfect"} and not _still_to_do(a, i):
        return [] if state.negated else [Evidence("occurred", 2, cue, "past")]
    if state.mode in {"present", "progressive"} and not state.negated and token.lemma in known.going:
        return [Evidence("underway", 2, cue, "going on")]
    if state.mode in {"present", "progressive"} and not state.negated and (times := times_ahead(ground, i, known)):
        return [Evidence("planned", 2, spans(ground, [i, *times]), TIMETABLE)]
    if state.mode == "progressive" and not state.negated and token.lemma in vocabulary(a.language)["on_journey"]:
        return [Evidence("planned", 2, cue, "is going")]  # "is going on a trip"
    if state.mode == "progressive":
        return [Evidence("underway", 2, cue, "going on")]
    if state.mode == "present" and not state.negated and grammar.base(a, token) not in {"be", "have"}:
        return [Evidence("occurred", 1, cue, "present")]
    return []


def _used_to(a: Annotated, i: int, state: grammar.Verb) -> bool:
    """Whether "would" tells what was done again and again: "in the past they would hold a drill each autumn"."""
    would = any(a.tokens[c].lower in grammar.auxiliaries(a.language)["would"] for c in state.cue)
    low, high = a.subtree(i)
    return would and any(t.lower in vocabulary(a.language)["repeated"] for t in a.tokens[low:high])


def _opens_ahead(a: Annotated, i: int, known: Words) -> bool:
    """Whether what opens the clause of a verb in the present makes it look ahead: "after the summit ends, he will"."""
    opens = {a.tokens[c].lower for c in a.children[i] if c < i}
    if opens & known.ahead_when:
        return True
    over = a.tokens[i].head
    return bool(opens & known.ahead_after) and a.tokens[i].dep == "advcl" and grammar.verb(a, over).mode == "future"


def _is_to(a: Annotated, i: int) -> bool:
    return any(
        a.tokens[c].lower in grammar.auxiliaries(a.language)["to"] and a.tokens[c].dep == "aux" for c in a.children[i]
    )


def _wished(ground: Ground, i: int, known: Words) -> list[Evidence]:
    """Evidence for an infinitive ("to hold talks") by what governs it."""
    a = ground.annotated
    for hop, step in enumerate(grammar.way_up(a, i), 1):
        token: Token = step.token
        lemma = grammar.base(a, token)
        over = {"clause", "object", *vocabulary(a.language)["until"]}
        granted = lemma in vocabulary(a.language)["grants"] and step.role in over
        if granted and (deadline(ground, i) or deadline(ground, token.i)):
            return [Evidence("planned", 2, spans(ground, [token.i, i]), DEADLINE)]
        status = known.governs.get(lemma)
        if known.phrases.get(f"{token.lemma} {step.role}") == "mooted":  # "called for talks to be held"
            status = "mooted"
        state = grammar.verb(a, token.i) if token.pos in {"VERB", "AUX"} else None
        if token.pos == "NOUN" and status in {"planned", "mooted"} and (dropped := is_dropped(a, token.i)):
            return [Evidence("cancelled", 3, spans(ground, [dropped, token.i]), "done to")]
        if token.pos == "NOUN" and status == "mooted" and is_agreed(a, token.i):
            return [Evidence("planned", 2, spans(ground, [token.i, i]), DECIDED)]
        if token.pos == "ADJ" and a.tokens[token.head].pos == "AUX":  # "would be ready to meet"
            state = grammar.verb(a, token.head)
        if status is not None:
            if state is not None and state.negated:
                return [Evidence("mooted", 1, spans(ground, [token.i]), "wished", hedged=True)]
            under = any(
                a.tokens[c].dep == "mark" and a.tokens[c].lower in known.conditions for c in a.children[token.i]
            )
            if under or (state is not None and state.mode == "hedged"):
                status = "mooted"
            return [Evidence(status, 2, spans(ground, [token.i, i]), "wished", hedged=status == "mooted")]
        if state is not None and state.mode == "future":
            return [Evidence("planned", 2, spans(ground, [*state.cue]), "wished")]
        if hop > 2 or not (step.role in {"clause", "object"} or step.role in vocabulary(a.language)["toward"]):
            break
    if _headline(a, i):
        return [Evidence("planned", 2, spans(ground, [i]), "headline")]
    return [Evidence("planned", 1, spans(ground, [i]), "infinitive")]


def _headline(a: Annotated, i: int) -> bool:
    """Whether an infinitive is all the verb that a line has: "Museum of the Sea to reopen in May"."""
    sentence = a.sentences[a.tokens[i].sentence]
    told = any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in a.tokens[sentence.first : sentence.last])
    over = a.tokens[a.tokens[i].head]
    if over.i == i:
        return not told and grammar.verbs_own_subject(a, i)
    return not told and over.head == over.i and over.i < i and over.pos not in {"VERB", "AUX"}


def of_verb(ground: Ground, i: int, known: Words) -> list[Evidence]:
    """Evidence of a verb that names the event itself: "will meet", "agreed to visit", "met"."""
    a = ground.annotated
    state = grammar.verb(a, i)
    if state.mode == "present" and _opens_ahead(a, i, known):
        return [Evidence("planned", 2, spans(ground, [i]), WHEN)]
    if state.mode == "present" and subjunctive(a, i, known) is not None:
        return held(ground, i, known, state, passive=False)
    be = grammar.base(a, a.tokens[i]) in vocabulary(a.language)["states"]
    if state.mode == "present" and not state.negated and not be and (times := times_ahead(ground, i, known)):
        return [Evidence("planned", 2, spans(ground, [i, *times]), TIMETABLE)]
    signs = gerund(ground, i, known) if state.mode == "participle" else None
    if signs is not None:
        return signs
    if state.mode in {"present", "participle"}:
        return [] if state.negated else [Evidence("occurred", 1, spans(ground, [i]), "present")]
    return held(ground, i, known, state, passive=False)
