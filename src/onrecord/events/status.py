"""A mention to the evidence of where its event is in its life, each with the words that show it.

Promise: every piece of evidence has a cue in the text; no evidence is an empty tuple, not a default. The odd case that
forced its shape: one mention can carry two ("a planned meeting scheduled for Tuesday has been cancelled"), and a
cancellation that is only asked for ("petitions to postpone the vote") leaves the plan standing, so the evidence is kept
in full and weighed only when all mentions of an event are together.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from onrecord.events import grammar
from onrecord.events.grammar import Step
from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.language.annotated import Annotated, Token
from onrecord.nouns import Span, Status
from onrecord.tables import table

Done = Status | Literal["hold"]
"""What a verb does to the event that is its object; ``hold``: it only carries it."""


class Evidence(NamedTuple):
    """One sign of a status. ``weight``: 3 said outright, 2 implied by grammar, 1 by the surroundings alone."""

    status: Status
    weight: int
    cue: tuple[Span, ...]
    rule: str
    hedged: bool = False
    """True where the sign is only a possibility ("possible meeting")."""


class Words(NamedTuple):
    """The table of status words, turned round for look-up by word."""

    modifiers: dict[str, Status]
    object: dict[str, Status]
    phrases: dict[str, Done]
    hold: frozenset[str]
    past: frozenset[str]
    governs: dict[str, Status]
    nouns: dict[str, Status]
    through: frozenset[str]
    ahead_when: frozenset[str]
    where: frozenset[str]
    conditions: frozenset[str]
    nears: frozenset[str]
    needing: dict[str, frozenset[str]]
    old: frozenset[str]
    before: dict[str, Status]
    said_of_it: dict[str, Status | Literal["provisional"]]


@cache
def words(language: str) -> Words:
    """Return the status words of a language."""
    raw = table("events", language, "status")
    return Words(
        modifiers=_turned(raw["modifiers"]), object=_turned(raw["object"]), phrases=dict(raw["phrases"]),
        hold=frozenset(raw["hold"]["words"]), past=frozenset(raw["past"]["words"]), governs=_turned(raw["governs"]),
        nouns=_turned(raw["nouns"]["says"]), through=frozenset(raw["nouns"]["through"]),
        ahead_when=frozenset(raw["hold"]["ahead_when"]), where=frozenset(raw["hold"]["where"]),
        conditions=frozenset(raw["hold"]["conditions"]),
        nears=frozenset(raw["hold"]["nears"]), needing={k: frozenset(v) for k, v in raw["hold"]["needing"].items()},
        old=frozenset(raw["moved"]["old"]), before=_turned(raw["before"]),
        said_of_it={word: kind for kind, each in raw["said_of_it"].items() for word in each},
    )  # fmt: skip


def _turned(lists: dict[str, list[str]]) -> dict[str, Status]:
    return {word: status for status, entries in lists.items() for word in entries}  # type: ignore[misc]


def evidence(ground: Ground, mention: EventMention) -> tuple[Evidence, ...]:
    """Return the signs of status around one mention, its own modifiers first, then what governs it."""
    a = ground.annotated
    known = words(a.language)
    found: list[Evidence] = []
    if mention.verbal:
        found.extend(_of_verb(ground, mention.head, known))
        return tuple(found)
    heads = [mention.head] if mention.inner is None else [mention.head, mention.inner]
    for head in heads:
        found.extend(_modifiers(ground, mention, head, known))
        found.extend(_clauses(ground, head, mention.last, known))
    found.extend(_governed(ground, mention, known))
    found.extend(_before(ground, mention, known))
    return tuple(found)


def _spans(ground: Ground, tokens: tuple[int, ...] | list[int]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for i in sorted(set(tokens)):
        span = ground.span(i, i + 1)
        if (
            merged
            and ground.annotated.document.text[merged[-1][1] : span[0]].strip() == ""
            and span[0] - merged[-1][1] < 3
        ):
            merged[-1] = (merged[-1][0], span[1])
        else:
            merged.append(span)
    return tuple(merged)


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
        if token.lower in {"next", "last", "past", "coming"} and i in ground.times:
            continue
        before = a.tokens[i - 1].lower if i else ""
        found.append(
            Evidence(status, 3, _spans(ground, [i]), "modifier", hedged=status == "mooted" or before == "possible")
        )
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
    for child in (*a.children[head], *([after] if after is not None and after not in a.children[head] else [])):
        token = a.tokens[child]
        if token.pos == "ADJ" and token.dep in {"amod", "relcl", "acl"} and child > head and token.lower == "due":
            found.append(Evidence("planned", 3, _spans(ground, [child]), "clause"))
        if (token.dep not in {"acl", "relcl"} and child != after) or token.pos not in {"VERB", "AUX"}:
            continue
        state = grammar.verb(a, child)
        if token.dep == "relcl" and _relative_adjunct(a, child):
            continue
        status = _object_status(a, child, known)
        if state.mode == "participle" and token.tag == "VBN":
            if status == "hold" or (status is None and grammar.base(token) in known.hold):
                status = "occurred"
            if status is not None:
                was = any(a.tokens[c].lower in known.old for c in a.children[child])
                weight = 1 if was else 2 if status == "occurred" else 3
                found.append(Evidence(status, weight, _spans(ground, [child]), "clause"))
        elif state.mode == "infinitive":
            if status in {"cancelled", "postponed"}:
                found.append(Evidence("planned", 3, _spans(ground, [*state.cue, child]), "only meant"))
            elif status in {"planned", "scheduled"} or _itself(a, child, known):
                found.append(Evidence("planned", 2, _spans(ground, [*state.cue, child]), "clause"))
            elif not grammar.verbs_own_subject(a, child):
                found.append(Evidence("planned", 1, _spans(ground, [*state.cue, child]), "clause"))
        else:
            found.extend(_held(ground, child, known, state, passive=True))
            due = next((c for c in a.children[child] if a.tokens[c].dep == "xcomp"), None)
            if due is not None and grammar.verb(a, due).mode == "infinitive":
                status = known.governs.get(token.lemma, "planned")
                found.append(Evidence(status, 3, _spans(ground, [child, due]), "clause"))
    return found


def _itself(a: Annotated, i: int, known: Words) -> bool:
    """Whether an infinitive is of the event itself ("to be held", "to begin"), not its purpose ("to end the war")."""
    if grammar.base(a.tokens[i]) not in known.hold:
        return False
    thing = grammar.objects(a, i)
    return not thing or a.tokens[thing[0]].lower in known.needing.get(a.tokens[i].lemma, ())


def _relative_adjunct(a: Annotated, i: int) -> bool:
    """Whether the relative pronoun is neither subject nor object: "a summit for which they gave no date"."""
    return any(
        a.tokens[c].dep == "prep" and any(a.tokens[d].tag in {"WDT", "WP"} for d in a.children[c])
        for c in a.children[i]
    )


def _object_status(a: Annotated, i: int, known: Words, role: str = "") -> Done | None:
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
    return known.object.get(token.lemma)


def _governed(ground: Ground, mention: EventMention, known: Words) -> list[Evidence]:
    """Evidence of what stands over the mention, step by step up the tree."""
    a = ground.annotated
    found: list[Evidence] = []
    called = mention.entry.group != "meeting"  # one calls an election, but calls talks useful
    for number, step in enumerate(grammar.way_up(a, mention.head)):
        token = step.token
        if token.pos in {"NOUN", "PROPN"}:
            if token.lemma in known.through:
                continue
            status = known.nouns.get(token.lemma)
            if status is not None and step.role in _ONTO and number < 3:
                weight = 1 if status == "planned" else 2
                found.append(Evidence(status, weight, _spans(ground, [token.i]), "noun", hedged=status == "mooted"))
            return found
        if token.pos == "ADJ":
            status = known.governs.get(grammar.base(token))
            if status is not None and step.role == "clause":
                found.append(Evidence(status, 2, _spans(ground, [token.i]), "adjective", hedged=status == "mooted"))
            continue
        if token.pos not in {"VERB", "AUX"}:
            continue
        found.extend(_under_verb(ground, step, known, called))
        if step.role == "object":
            for child in a.children[token.i]:
                if child > mention.last and _bare_passive(a, child):
                    found.extend(_under_verb(ground, Step(a.tokens[child], "passive", mention.head), known, called))
        return found
    return found


def _bare_passive(a: Annotated, i: int) -> bool:
    """A passive without subject after an object: how the parser reads "says the vote, due in May, is put off"."""
    token = a.tokens[i]
    return (
        token.dep in {"ccomp", "dep", "conj", "parataxis", "advcl", "oprd"}
        and any(a.tokens[c].dep == "auxpass" for c in a.children[i])
        and not grammar.verbs_own_subject(a, i)
        and grammar.verb(a, i).mode != "infinitive"
    )


def _said_of_it(ground: Ground, step: Step, state: grammar.Verb, known: Words) -> list[Evidence]:
    """Evidence of an adjective said of the event: "the meeting has become likely", "is off"."""
    a = ground.annotated
    if step.role != "subject" or grammar.base(step.token) not in _COPULAS:
        return []
    for child in a.children[step.token.i]:
        token = a.tokens[child]
        kind = known.said_of_it.get(token.lower)
        if kind is None or token.dep not in {"acomp", "advmod", "prt", "oprd"} or child < step.token.i:
            continue
        if state.negated or any(a.tokens[c].dep == "xcomp" for c in a.children[child]):
            return []
        status: Status = "planned" if kind == "provisional" else kind
        hedged = kind in {"provisional", "mooted"}
        return [Evidence(status, 2, _spans(ground, [child]), "said of it", hedged)]
    return []


_COPULAS = frozenset({"be", "become", "seem", "appear", "look", "remain"})


def _is_holding(a: Annotated, step: Step, known: Words) -> bool:
    """Whether the verb carries the event; "take" does with "place", "go" with "ahead" or as "go on"."""
    lemma = grammar.base(step.token)
    needed = known.needing.get(lemma)
    if needed is None:
        return lemma in known.hold
    return step.role == "object" or any(a.tokens[c].lower in needed for c in a.children[step.token.i])


_ONTO = frozenset({"of", "for", "to", "on", "in", "at", "over", "about", "modifier", "clause"})
"""How an event stands to a noun over it that tells of its status."""


def _under_verb(ground: Ground, step: Step, known: Words, called: bool) -> list[Evidence]:
    a = ground.annotated
    i = step.token.i
    state = grammar.verb(a, i)
    status = _object_status(a, i, known, step.role)
    carries = step.role in {"subject", "passive", "object"} or status == "hold"
    if status == "planned" and step.token.lemma == "call" and not called:
        return []
    if status is not None and status != "hold":
        return _done_to(ground, i, state, status, known)
    said = _said_of_it(ground, step, state, known)
    if said:
        return said
    if carries and (status == "hold" or _is_holding(a, step, known)):
        return _held(ground, i, known, state, passive=step.role == "passive")
    if (
        step.role in {"passive", "object", "in"}
        and step.token.lemma in known.past
        and state.mode in {"past", "perfect", "present"}
    ):
        return [Evidence("occurred", 2, _spans(ground, [i]), "past")]
    if step.role == "subject" and state.mode in {"past", "perfect"} and not state.negated:
        status = "planned" if step.token.lemma in known.nears else "occurred"
        return [Evidence(status, 1, _spans(ground, [i]), "did something")]
    if state.mode == "future" and carries:
        return [Evidence("planned", 1, _spans(ground, [*state.cue]), "future", hedged=False)]
    if step.role in {"at", "in", "on", "during"} and state.mode in {"past", "perfect"}:
        return [Evidence("occurred", 1, _spans(ground, [i]), "background")]
    if step.role in {"at", "in"} and state.mode == "future":
        return [Evidence("planned", 2, _spans(ground, [*state.cue]), "background")]
    return []


def _done_to(ground: Ground, i: int, state: grammar.Verb, status: Status, known: Words) -> list[Evidence]:
    """Evidence of a verb that decides on the event: cancelled it, will postpone it, asks for it to be held."""
    a = ground.annotated
    being = next((c for c in a.children[i] if a.tokens[c].dep == "xcomp" and grammar.base(a.tokens[c]) == "be"), None)
    if being is not None and a.tokens[being].pos == "AUX":
        return []
    cue = _spans(ground, [i, *(c for c in state.cue if state.mode in {"future", "hedged"})])
    tense = state.mode
    only_meant = tense == "hedged" or state.negated
    if tense == "infinitive":
        above = next(grammar.way_up(a, i), None)
        if above is not None:
            over = known.governs.get(above.token.lemma)
            only_meant = above.token.lemma not in _DECIDES and (
                over != "planned" or status in {"cancelled", "postponed"}
            )
    if tense == "participle" and a.tokens[i].tag == "VBG" and a.tokens[i].dep in {"pcomp", "xcomp"}:
        only_meant = True
    if status in {"cancelled", "postponed"}:
        if only_meant or (tense == "future" and a.tokens[i].dep == "advcl"):
            return [Evidence("planned", 2, cue, "only meant")]
        return [Evidence(status, 3, cue, "done to")]
    if status == "mooted":
        return [Evidence("mooted", 2, cue, "asked for", hedged=True)]
    if only_meant and status == "planned":
        return [Evidence("planned", 1, cue, "decided")]
    return [Evidence(status, 2, cue, "decided")]


_DECIDES = frozenset({"decide", "agree", "vote", "have", "force", "announce", "choose"})


def _held(ground: Ground, i: int, known: Words, state: grammar.Verb, passive: bool) -> list[Evidence]:
    """Evidence of the verb that carries the event, by its tense and by what governs it."""
    a = ground.annotated
    cue = _spans(ground, [*state.cue, i])
    token = a.tokens[i]
    expected = next((c for c in a.children[i] if a.tokens[c].dep in {"xcomp", "oprd"} and _is_to(a, c)), None)
    if any(a.tokens[c].dep == "mark" and a.tokens[c].lower in known.conditions for c in a.children[i]):
        return [Evidence("mooted", 2, cue, "if", hedged=True)]
    if state.negated and state.mode in {"future", "hedged"}:
        if any(a.tokens[c].dep == "prep" and a.tokens[c].lower in known.where for c in a.children[i] if c > i):
            return [Evidence("planned", 2, cue, "not there or then")]
        if passive or (any(a.tokens[c].dep in grammar.SUBJECTS for c in a.children[i]) and token.lemma in _HAPPENS):
            return [Evidence("cancelled", 3, cue, "will not")]
        return [Evidence("planned", 1, cue, "will not")]
    if state.mode == "future":
        return [Evidence("planned", 3, cue, "will")]
    if state.mode == "hedged" and any(a.tokens[c].tag == "WRB" for c in a.children[i]):
        return []
    if state.mode == "hedged":
        if grammar.base(token) == "be" and any(a.tokens[c].dep == "attr" for c in a.children[i]):
            return [Evidence("mooted", 1, cue, "may", hedged=True)]
        return [Evidence("mooted", 2, cue, "may", hedged=True)]
    if state.mode == "infinitive" or (token.tag == "VBG" and token.dep in {"pcomp", "xcomp"}):
        return _wished(ground, i, known)
    if expected is not None and grammar.base(token) in {"be", "have"}:
        return [Evidence("planned", 3, cue, "is to")]
    if state.mode in {"past", "perfect"}:
        return [] if state.negated else [Evidence("occurred", 2, cue, "past")]
    if state.mode == "progressive":
        return [Evidence("underway", 2, cue, "going on")]
    if state.mode == "present" and not state.negated and grammar.base(token) not in {"be", "have"}:
        return [Evidence("occurred", 1, cue, "present")]
    return []


_HAPPENS = frozenset({"take", "happen", "go", "occur", "proceed", "hold"})


def _is_to(a: Annotated, i: int) -> bool:
    return any(a.tokens[c].lower == "to" and a.tokens[c].dep == "aux" for c in a.children[i])


def _wished(ground: Ground, i: int, known: Words) -> list[Evidence]:
    """Evidence for an infinitive ("to hold talks") by what governs it."""
    a = ground.annotated
    for hop, step in enumerate(grammar.way_up(a, i), 1):
        token: Token = step.token
        status = known.governs.get(grammar.base(token))
        if step.role == "for" and token.lemma == "call":
            status = "mooted"
        state = grammar.verb(a, token.i) if token.pos in {"VERB", "AUX"} else None
        if status is not None:
            if state is not None and state.negated:
                return [Evidence("mooted", 1, _spans(ground, [token.i]), "wished", hedged=True)]
            if state is not None and state.mode == "hedged":
                status = "mooted"
            return [Evidence(status, 2, _spans(ground, [token.i, i]), "wished", hedged=status == "mooted")]
        if state is not None and state.mode == "future":
            return [Evidence("planned", 2, _spans(ground, [*state.cue]), "wished")]
        if hop > 2 or step.role not in {"clause", "object", "for", "to"}:
            break
    return [Evidence("planned", 1, _spans(ground, [i]), "infinitive")]


def _of_verb(ground: Ground, i: int, known: Words) -> list[Evidence]:
    """Evidence of a verb that names the event itself: "will meet", "agreed to visit", "met"."""
    a = ground.annotated
    state = grammar.verb(a, i)
    if state.mode == "present" and any(a.tokens[c].lower in known.ahead_when for c in a.children[i] if c < i):
        return [Evidence("planned", 2, _spans(ground, [i]), "when it happens")]
    if state.mode in {"present", "participle"}:
        return [] if state.negated else [Evidence("occurred", 1, _spans(ground, [i]), "present")]
    return _held(ground, i, known, state, passive=False)


def _before(ground: Ground, mention: EventMention, known: Words) -> list[Evidence]:
    """Evidence of the preposition right before the mention: "ahead of", "after"."""
    a = ground.annotated
    i = mention.first - 1
    low = max(0, mention.first - 7)
    while i >= low and a.tokens[i].sentence == mention.sentence:
        token = a.tokens[i]
        if token.pos in {"ADP", "SCONJ"} or token.lower in {"following", "pending"}:
            for length in (3, 2, 1):
                text = " ".join(t.lower for t in a.tokens[max(0, i - length + 1) : i + 1])
                status = known.before.get(text)
                if status is not None:
                    weight = 2 if status == "planned" else 1
                    spans = (ground.span(max(0, i - length + 1), i + 1),)
                    return [Evidence(status, weight, spans, "before")]
            return []
        if (token.pos in {"VERB", "AUX", "SPACE"} and token.dep != "amod") or token.text in {",", ";"}:
            return []
        i -= 1
    return []
