"""What a gerund tells of the event that it names, by what governs it: "before visiting", "set on visiting".

Promise: a gerund that nothing decides tells nothing here, and is read as any other participle. The odd case that forced
its shape: "will visit Selm, after cancelling a trip" tells of two journeys, and the second was called off before.
"""

from __future__ import annotations

from onrecord.events import grammar
from onrecord.events.ground import Ground
from onrecord.events.signs import TIMETABLE, Evidence, Words, spans
from onrecord.events.timed import own_times_ahead
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated


def gerund(ground: Ground, i: int, known: Words) -> list[Evidence] | None:
    """Evidence of a gerund by what governs it: "before visiting", "an interest in visiting", "is set on visiting".

    None where that tells nothing, as of any other participle.
    """
    a = ground.annotated
    if a.tokens[i].tag != "VBG" or a.tokens[i].dep not in {"pcomp", "xcomp"}:
        return None
    if a.tokens[i].dep == "xcomp":
        lemma = a.tokens[a.tokens[i].head].lemma
        begins = lemma in vocabulary(a.language)["begins"]
        if begins and grammar.verb(a, a.tokens[i].head).mode == "present" and (times := own_times_ahead(ground, i)):
            return [Evidence("planned", 2, spans(ground, [a.tokens[i].head, *times]), TIMETABLE)]
        status = known.governs.get(lemma, known.object.get(lemma))
        cue = spans(ground, [a.tokens[i].head, i])
        if status not in {"mooted", "planned"}:
            return None
        return [Evidence(status, 2, cue, "wished", hedged=status == "mooted")]
    preposition = a.tokens[a.tokens[i].head]
    over = a.tokens[preposition.head]
    cue = spans(ground, [preposition.i, i])
    if known.before.get(preposition.lower) == "planned":
        main = next((step.token for step in grammar.way_up(a, i) if step.token.pos in {"VERB", "AUX"}), None)
        mode = grammar.verb(a, main.i).mode if main is not None else None
        return [Evidence("planned", 2, cue, "before")] if mode in {"future", "hedged", "infinitive"} else None
    if preposition.lower in vocabulary(a.language)["by_way_of"]:
        main = next((step.token for step in grammar.way_up(a, i) if step.token.tag != "VBG"), None)
        done = main is not None and grammar.verb(a, main.i).mode in {"past", "perfect"}
        return None if done else []  # "is interested in marking it by visiting Selm"
    if over.pos == "NOUN":
        status = known.nouns.get(over.lemma, known.governs.get(over.lemma))
        if status is None:
            return []
        return [Evidence(status, 2, spans(ground, [over.i, i]), "noun", hedged=status == "mooted")]
    if over.pos == "ADV":  # "is looking forward to visiting"
        over = a.tokens[over.head]
    phrase = known.phrases.get(f"{over.lemma} {preposition.lower}") if over.pos == "VERB" else None
    if phrase is None or phrase == "hold":
        return None
    return [Evidence(phrase, 2, spans(ground, [over.i, preposition.i, i]), "wished", hedged=phrase == "mooted")]


def was_before(a: Annotated, i: int, known: Words) -> bool:
    """Whether a gerund tells what was done before what governs it: "will visit Selm, after cancelling a trip"."""
    over = a.tokens[a.tokens[i].head].lower
    gerund = a.tokens[i].tag == "VBG" and a.tokens[i].dep == "pcomp"
    return gerund and known.before.get(over) == "occurred" and over not in known.at
