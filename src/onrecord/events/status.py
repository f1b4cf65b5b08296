"""A mention to the evidence of where its event is in its life, each with the words that show it.

Promise: every piece of evidence has a cue in the text; no evidence is an empty tuple, not a default. The odd case that
forced its shape: one mention can carry two ("a planned meeting scheduled for Tuesday has been cancelled"), and a
cancellation that is only asked for ("petitions to postpone the vote") leaves the plan standing, so the evidence is kept
in full and weighed only when all mentions of an event are together.
"""

from __future__ import annotations

from onrecord.events import grammar
from onrecord.events.beside import is_place, is_somebody
from onrecord.events.denial import none_held
from onrecord.events.grammar import Step
from onrecord.events.ground import Ground
from onrecord.events.hosting import host_signs
from onrecord.events.mentions import EventMention
from onrecord.events.merge import VISIT
from onrecord.events.refusals import as_planned, is_agreed, is_dropped, is_given_up, not_going, refused_words
from onrecord.events.reports import PRESENT, reported
from onrecord.events.signs import DECIDED, NOT_GOING, OWN_DAY, SAID, TIMETABLE, Evidence, Words, spans, words
from onrecord.events.timed import not_then
from onrecord.events.verbs import held, itself, object_status, of_verb, under_verb
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated


def evidence(ground: Ground, mention: EventMention) -> tuple[Evidence, ...]:
    """Return the signs of status around one mention, its own modifiers first, then what governs it."""
    a = ground.annotated
    known = words(a.language)
    found: list[Evidence] = []
    if mention.verbal:
        denied = _not_going(ground, mention, mention.head) if mention.entry.group == VISIT else ()
        return denied or _not_then(ground, mention) or tuple(of_verb(ground, mention.head, known))
    if none := none_held(ground, mention):
        return (Evidence("cancelled", 3, spans(ground, none), NOT_GOING),)
    heads = [mention.head] if mention.inner is None else [mention.head, mention.inner]
    for head in heads:
        found.extend(_modifiers(ground, mention, head, known))
        found.extend(_clauses(ground, head, mention.last, known))
    found.extend(_governed(ground, mention, known))
    found.extend(_before(ground, mention, known))
    found.extend(host_signs(ground, mention))
    told = reported(ground, mention)
    if told and told[0].rule == TIMETABLE:
        found = [*(sign for sign in found if sign.rule not in {PRESENT, TIMETABLE}), *told]
    elif told:  # "the summit, which was put off twice, opens": what was before is over
        found = list(told)
    weak = all(sign.weight < 2 for sign in found)
    return (*found, *(_dated_ahead(ground, mention) if weak else ()))


def _not_going(ground: Ground, mention: EventMention, verb: int) -> tuple[Evidence, ...]:
    """The sign that a journey told by a verb will not be made."""
    cue, was_planned = not_going(ground.annotated, verb, known_of=not mention.verbal and mention.definite)
    if not cue:
        return ()
    rule, weight = ("will not", 3) if was_planned else (NOT_GOING, 1)
    return (Evidence("cancelled", weight, spans(ground, cue), rule),)


def _not_then(ground: Ground, mention: EventMention) -> tuple[Evidence, ...]:
    """The sign that what a verb tells will not be on a day that the text gives: "Velmark will not vote on 10 April".

    By itself it says of nothing that it was planned, so it counts only for who knows that from elsewhere.
    """
    a = ground.annotated
    state = grammar.verb(a, mention.head)
    if not (state.negated and state.mode == "future" and not_then(ground, mention.head)):
        return ()
    if as_planned(a, mention.head, words(a.language)):
        return ()
    return (Evidence("postponed", 1, spans(ground, [*state.cue, mention.head]), NOT_GOING),)


def _dated_ahead(ground: Ground, mention: EventMention) -> tuple[Evidence, ...]:
    """The sign of a date to come in the name, where nothing else tells: "the March trip", "the vote on 5 May"."""
    a = ground.annotated
    children, off = a.children[mention.head], vocabulary(a.language)["no_day"]
    below = [d for c in children if a.tokens[c].dep == "prep" and a.tokens[c].lower not in off for d in a.children[c]]
    at, over = mention.last, a.tokens[mention.head]
    if mention.origin == "table" and at + 1 < len(a.tokens) and a.tokens[at].lower in vocabulary(a.language)["dating"]:
        below.append(at + 1)  # "tickets for the recital on 12 June"
    if over.dep in {"appos", "dep"}:
        below.append(over.head)  # "12 June: auction in Selm"
    for i in (*range(mention.first, mention.last), *children, *below):
        time = ground.times.get(i)
        if time is not None and ground.lies_ahead(time):
            return (Evidence("planned", 2, (time.span,), OWN_DAY),)
    return ()


def _modifiers(ground: Ground, mention: EventMention, head: int, known: Words) -> list[Evidence]:
    a = ground.annotated
    found = []
    low = min([*a.children[head], mention.first])
    for i in range(max(low, head - 12), head):
        token = a.tokens[i]
        status = known.modifiers.get(token.lower)
        if status is None or (
            token.dep not in {"amod", "compound", "nmod", "conj", "advmod", "acl"} and token.head != head
        ):
            continue
        if not _leads_to(a, i, head):
            continue
        if token.lower in vocabulary(a.language)["of_time"] and i in ground.times:
            continue
        before = known.modifiers.get(a.tokens[i - 1].lower) if i else None
        hedged = "mooted" in {status, before}  # "a possible upcoming meeting"
        found.append(Evidence(status, 3, spans(ground, [i]), "modifier", hedged))
    return found


def _leads_to(a: Annotated, i: int, head: int) -> bool:
    for _ in range(4):
        if a.tokens[i].head == head:
            return True
        i = a.tokens[i].head
    return False


def _clauses(ground: Ground, head: int, last: int, known: Words) -> list[Evidence]:
    """Evidence of the clauses that hang on the noun: "to be held", "scheduled for", "that were to take place"."""
    a = ground.annotated
    found: list[Evidence] = []
    after = grammar.trailing(a, last)
    ahead = vocabulary(a.language)["due"]
    for child in (*a.children[head], *([after] if after is not None and after not in a.children[head] else [])):
        token = a.tokens[child]
        if token.pos == "ADJ" and token.dep in {"amod", "relcl", "acl"} and child > head and token.lower in ahead:
            found.append(Evidence("planned", 3, spans(ground, [child]), "clause"))
        stands = (
            known.said_of_it.get(f"{token.lower} {a.tokens[child + 1].lower}")
            if token.dep == "prep" and child + 1 < len(a.tokens)
            else None
        )
        bare = token.dep == "prep" and child > head and not a.children[child]
        said = known.said_of_it.get(token.lower) if bare else None
        if said == "planned" or said == "cancelled":  # "is the summit off?"
            found.append(Evidence(said, 2, spans(ground, [child]), SAID))
        if stands == "stands" and child > head:
            found.append(Evidence("planned", 2, spans(ground, [child, child + 1]), "said of it"))
        if (token.dep not in {"acl", "relcl"} and child != after) or token.pos not in {"VERB", "AUX"}:
            continue
        state = grammar.verb(a, child)
        if token.dep == "relcl" and (_relative_adjunct(a, child) or _of_people(a, child)):
            continue
        status = object_status(a, child, known)
        if token.lemma in vocabulary(a.language)["calls"] and any(a.tokens[c].dep == "oprd" for c in a.children[child]):
            continue  # "the exercise, called Northern Shield"
        if state.mode == "participle" and token.tag == "VBN":
            if status == "hold" or (status is None and grammar.base(a, token) in known.hold | known.past):
                status = "occurred"  # "with the votes counted"
            if status is not None:
                was = any(a.tokens[c].lower in known.old for c in a.children[child])
                weight = 1 if was else 2 if status == "occurred" else 3
                found.append(Evidence(status, weight, spans(ground, [child]), "clause"))
        elif state.mode == "infinitive":
            if status in {"cancelled", "postponed"}:
                found.append(Evidence("planned", 3, spans(ground, [*state.cue, child]), "only meant"))
            elif status in {"planned", "scheduled"} or itself(a, child, known):
                found.append(Evidence("planned", 2, spans(ground, [*state.cue, child]), "clause"))
            elif not grammar.verbs_own_subject(a, child):
                found.append(Evidence("planned", 1, spans(ground, [*state.cue, child]), "clause"))
        else:
            if (
                token.dep == "relcl"
                and status in {"planned", "scheduled", "cancelled", "postponed"}
                and _its_object(a, child)
            ):
                found.append(Evidence(status, 2, spans(ground, [child]), "clause"))
            found.extend(held(ground, child, known, state, passive=True))
            due = next((c for c in a.children[child] if a.tokens[c].dep == "xcomp"), None)
            if due is not None and grammar.verb(a, due).mode == "infinitive":
                status = known.governs.get(token.lemma, "planned")
                found.append(Evidence(status, 3, spans(ground, [child, due]), "clause"))
    return found


def _its_object(a: Annotated, i: int) -> bool:
    """Whether the noun of a relative clause is what its verb acts on: "a march that the groups planned"."""
    if grammar.verbs_own_subject(a, i) and not grammar.objects(a, i):
        return True
    return any(a.tokens[c].tag in {"WDT", "WP"} and a.tokens[c].dep in {"dobj", "nsubjpass"} for c in a.children[i])


def _of_people(a: Annotated, i: int) -> bool:
    """Whether a relative clause tells of people but was hung on the event: "familiar with the talks, who"."""
    who = vocabulary(a.language)["who"]
    return any(a.tokens[c].lower in who and a.tokens[c].dep in grammar.SUBJECTS for c in a.children[i])


def _relative_adjunct(a: Annotated, i: int) -> bool:
    """Whether the relative pronoun is neither subject nor object: "a summit for which they gave no date"."""
    return any(
        a.tokens[c].dep == "prep" and any(a.tokens[d].tag in {"WDT", "WP"} for d in a.children[c])
        for c in a.children[i]
    )


def _governed(ground: Ground, mention: EventMention, known: Words) -> list[Evidence]:
    """Evidence of what stands over the mention, step by step up the tree."""
    a = ground.annotated
    found: list[Evidence] = []
    called = mention.entry.group != "meeting"  # one calls an election, but calls talks useful
    for number, step in enumerate(grammar.way_up(a, mention.head)):
        token = step.token
        if token.pos in {"NOUN", "PROPN"} and not grammar.acts(a, token):
            if token.lemma in known.through:
                continue
            status = known.nouns.get(token.lemma)
            if status in {"mooted", "planned"} and (dropped := is_dropped(a, token.i)):
                return [*found, Evidence("cancelled", 3, spans(ground, [dropped, token.i]), "done to")]
            if status == "mooted" and is_agreed(a, token.i):
                return [*found, Evidence("planned", 2, spans(ground, [token.i]), DECIDED)]
            if status == "planned" and token.lemma in known.undecided and not _was_done(a, token.i, known):
                return [*found, Evidence("mooted", 2, spans(ground, [token.i]), "noun", hedged=True)]
            if status in {"cancelled", "postponed"} and not _was_done(a, token.i, known):
                return [*found, Evidence("planned", 2, spans(ground, [token.i]), "only meant")]
            if status is not None and step.role in vocabulary(a.language)["onto"] and number < 3:
                known_by_name = mention.definite and mention.proper  # "on the eve of the Selm Bowl"
                told = token.lemma in vocabulary(a.language)["has_a_date"]  # "the date of the recital"
                weight = 1 if status == "planned" and not known_by_name and not told else 2
                found.append(Evidence(status, weight, spans(ground, [token.i]), "noun", hedged=status == "mooted"))
            return found
        if token.pos == "ADJ":
            status = known.governs.get(grammar.base(a, token))
            if known.phrases.get(f"{token.lemma} {step.role}") == "mooted":  # "would be open to a meeting"
                return [*found, Evidence("mooted", 2, spans(ground, [token.i]), "adjective", hedged=True)]
            if status is not None and step.role == "clause":
                found.append(Evidence(status, 2, spans(ground, [token.i]), "adjective", hedged=status == "mooted"))
            continue
        if not grammar.acts(a, token):
            continue
        held = grammar.objects(a, token.i) if step.role in vocabulary(a.language)["toward"] else []
        # "withdrew his invitation to a visit"
        if dropped := next(filter(None, (is_dropped(a, c) for c in held)), None):
            return [*found, Evidence("cancelled", 3, spans(ground, [dropped, *held]), "done to")]
        if mention.entry.group == VISIT and is_given_up(a, step):
            return [*found, Evidence("cancelled", 3, spans(ground, [token.i]), "done to")]
        made = mention.entry.group == VISIT and token.lemma in refused_words(a.language).makes
        if made and number == 0 and (denied := _not_going(ground, mention, token.i)):
            return [*found, *denied]
        if mention.entry.group == VISIT and number == 0 and _is_there(ground, step):
            return [*found, Evidence("underway", 2, spans(ground, [token.i]), "going on")]
        found.extend(under_verb(ground, step, known, called, mention.definite))
        past = grammar.verb(a, token.i).mode in {"past", "perfect"}
        if step.role == "subject" and past and grammar.base(a, token) == "have":  # "had to be postponed"
            for child in (c for c in a.children[token.i] if a.tokens[c].dep == "xcomp"):
                if any(a.tokens[c].dep == "auxpass" for c in a.children[child]):
                    under = Step(a.tokens[child], "passive", mention.head)
                    found.extend(under_verb(ground, under, known, called, mention.definite))
        if step.role in {"subject", "passive"}:
            for also in grammar.joined(a, token.i):
                found.extend(under_verb(ground, also, known, called, mention.definite))
        if step.role == "object":
            for child in a.children[token.i]:
                if child > mention.last and _bare_passive(a, child):
                    found.extend(
                        under_verb(
                            ground, Step(a.tokens[child], "passive", mention.head), known, called, mention.definite
                        )
                    )
        return found
    return found


def _is_there(ground: Ground, step: Step) -> bool:
    """Whether somebody is in a place for a journey: "is in Selm for a two-day visit"."""
    a = ground.annotated
    i = step.token.i
    if step.role not in vocabulary(a.language)["for_plan"] or grammar.base(a, step.token) != "be":
        return False
    if grammar.verb(a, i).mode != "present" or grammar.verb(a, i).negated:
        return False
    there = grammar.objects(a, i, vocabulary(a.language)["inside"])
    return any(is_place(ground, g) for g in there) and any(is_somebody(ground, s) for s in grammar.subjects(a, i))


def _was_done(a: Annotated, i: int, known: Words) -> bool:
    """Whether a postponement told by a noun came about; not in "asked for a delay", "proposed a cancellation"."""
    step = next(grammar.way_up(a, i), None)
    if step is None or not grammar.acts(a, step.token):
        return True
    lemma = step.token.lemma
    wished = "mooted" in {
        known.object.get(lemma), known.governs.get(lemma), known.phrases.get(f"{lemma} {step.role}"),
        known.phrases.get(f"{lemma} {grammar.particle(a, step.token.i)}"),
    }  # fmt: skip
    state = grammar.verb(a, step.token.i)
    if grammar.base(a, step.token) in vocabulary(a.language)["copulas"]:
        said = {a.tokens[c].lower for c in a.children[step.token.i] if a.tokens[c].dep == "acomp"}
        if state.mode == "hedged" or any(known.said_of_it.get(word) in {"mooted", "provisional"} for word in said):
            return False  # "a postponement would be unlawful", "a delay is possible"
    if a.tokens[i].lemma in known.undecided:
        return state.mode in {"past", "perfect"} and not state.negated
    return not (wished or state.negated or state.mode in {"hedged", "infinitive"}) or lemma in known.moved_by


def _bare_passive(a: Annotated, i: int) -> bool:
    """A passive without subject after an object: how the parser reads "says the vote, due in May, is put off"."""
    token = a.tokens[i]
    return (
        token.dep in {"ccomp", "dep", "conj", "parataxis", "advcl", "oprd"}
        and any(a.tokens[c].dep == "auxpass" for c in a.children[i])
        and not grammar.verbs_own_subject(a, i)
        and grammar.verb(a, i).mode != "infinitive"
    )


def _ahead_of(a: Annotated, i: int) -> bool:
    """Whether the verb over a token lies ahead: what is "at" an event then does not tell that it is held."""
    over = next((s.token for s in grammar.way_up(a, i) if s.token.pos == "VERB"), None)
    return over is not None and grammar.verb(a, over.i).mode in {"future", "hedged", "infinitive"}


def _before(ground: Ground, mention: EventMention, known: Words) -> list[Evidence]:
    """Evidence of the preposition right before the mention: "ahead of", "after"."""
    a = ground.annotated
    i = mention.first - 1
    low = max(0, mention.first - 7)
    while i >= low and a.tokens[i].sentence == mention.sentence:
        token = a.tokens[i]
        if i in ground.times and token.lower not in known.before and not _leads_to(a, i, mention.head):
            return []  # "six days before the vote" is one time
        if token.pos in {"ADP", "SCONJ"} or token.lower in vocabulary(a.language)["participle_prepositions"]:
            for length in (3, 2, 1):
                text = " ".join(t.lower for t in a.tokens[max(0, i - length + 1) : i + 1])
                status = known.before.get(text)
                if status == "underway" and mention.entry.kind != "talks":
                    continue
                if status == "occurred" and text in known.at and _ahead_of(a, mention.head):
                    return []  # "plan to march in protest at the talks"
                if status is None:
                    continue
                who = i - length
                told = who >= 0 and a.tokens[who + 1].head == who
                if told and a.tokens[who].lemma in vocabulary(a.language)["knowing"]:
                    return []  # "a diplomat close to the talks"
                weight = 2 if status == "planned" else 1
                cue = (ground.span(max(0, i - length + 1), i + 1),)
                return [Evidence(status, weight, cue, "before")]
            return []
        if (token.pos in {"VERB", "AUX", "SPACE"} and token.dep != "amod") or token.text in {",", ";"}:
            return []
        i -= 1
    return []
