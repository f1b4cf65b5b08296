"""Who takes part in an event and where it is, from the words around one mention.

Promise: a party or place is one that the sentence ties to the event itself; the speaker who tells of it and the capital
he tells it from are not. The odd case that forced its shape: "Putin-Biden summit" and "Geneva meeting" look alike, and
only the kind of name before the noun tells parties from a place.
"""

from __future__ import annotations

from onrecord.events import grammar
from onrecord.events.beside import is_place
from onrecord.events.denial import denial_words
from onrecord.events.doers import doers
from onrecord.events.grammar import Step
from onrecord.events.ground import PLACE_LABELS, Ground
from onrecord.events.hosting import HOST, WITHDRAWN, host_parts
from onrecord.events.mentions import EventMention
from onrecord.events.parties import Part, PartWords, add, add_all, meant, part_words
from onrecord.events.reports import place_of
from onrecord.events.settings import is_topic, place_after_time, place_before_time
from onrecord.events.signs import words
from onrecord.events.slots import MODIFYING, add_pair, add_slots, opposed, with_companion
from onrecord.events.timed import held_to_do
from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated

OWN = frozenset({"meeting", "visit"})
"""Groups of events that none but those who take part call off; a court may cancel an election."""


def parts(ground: Ground, mention: EventMention) -> list[Part]:
    """Return the parties, hosts and places of one mention, in text order, each once."""
    a = ground.annotated
    known = part_words(a.language)
    found: list[Part] = []
    heads = [mention.head] if mention.inner is None else [mention.head, mention.inner]
    for head in heads:
        _before(ground, mention, head, found)
        _after(ground, mention, head, known, found)
    if mention.verbal:
        _meeting_verb(ground, mention, known, found)
    else:
        _through_verbs(ground, mention, known, found)
    told = host_parts(ground, mention)
    if told:
        gone = {part.value for part in told if part.rule == WITHDRAWN}
        found = [part for part in found if part.rule != HOST or (part.label in PLACE_LABELS and not gone)]
        found += told
    for place in (place_of(ground, mention), place_before_time(ground, mention), place_after_time(ground, mention)):
        if place is not None and not any(part.attribute == "venue" for part in found):
            _place(ground, mention, place, found)
    unique: dict[tuple[str, str], Part] = {}
    for part in found:
        unique.setdefault((part.attribute, part.entity or part.value.lower()), part)
    return sorted(unique.values(), key=lambda part: part.span)


def _before(ground: Ground, mention: EventMention, head: int, found: list[Part]) -> None:
    """Names inside the mention and possessors: "Putin-Biden summit", "Velmark's election", "Geneva meeting"."""
    a = ground.annotated
    names = []
    for i in range(mention.first, head):
        name = ground.names.get(i)
        if name is not None and name not in names and a.tokens[i].pos in {"PROPN", "ADJ", "NOUN"}:
            names.append(name)
    dashed = any(a.tokens[i].text in vocabulary(a.language)["dashes"] for i in range(mention.first, head))
    if mention.entry.group != "election" and not add_pair(ground, mention, head, found):
        for name in names:
            inside = min(max(name.first, mention.first), head - 1)
            body = name.label == "ORG" and _holds(mention) and name.last <= head == a.tokens[name.last - 1].head
            person = name.label == "PERSON" and mention.entry.group != "exercise"  # "Exercise Bold Lynx"
            if person or (dashed and len(names) > 1) or body:
                add(ground, mention, found, inside, "participant", "modifier")
            elif (
                name.label in {"GPE", "FAC", "LOC"}
                and len(names) == 1
                and not dashed
                and (mention.entry.group in {"meeting", "conference"} or mention.origin == "happened")
            ):
                add(ground, mention, found, inside, "venue", "modifier")
    for child in a.children[head]:
        if a.tokens[child].dep == "poss":
            for each in grammar.conjuncts(a, child):
                add(ground, mention, found, each, "participant", "possessor")


def _holds(mention: EventMention) -> bool:
    """Whether a body named before the noun holds the event: "a council meeting", "a Senate vote"."""
    return mention.entry.group in MODIFYING or mention.entry.kind == "vote"


def _after(ground: Ground, mention: EventMention, head: int, known: PartWords, found: list[Part]) -> None:
    """What follows the noun or verb: "between X and Y", "with X", "in Z", "of the leaders"."""
    a = ground.annotated
    tokens = a.tokens
    for child in a.children[head]:
        token = tokens[child]
        if token.dep not in {"prep", "agent"} or (child < head and not mention.verbal):
            continue
        goals = [c for c in a.children[child] if tokens[c].dep == "pobj"]
        for goal in goals:
            if (token.lower in known.parties and with_companion(ground, mention, goal)) or (
                token.lower in vocabulary(a.language)["target"] and mention.entry.group == "sanction"
            ):
                add_all(ground, mention, found, goal, "participant", _tie(a, token.lower))
            elif token.lower in vocabulary(a.language)["members"] and mention.entry.group in {"meeting", "conference"}:
                add_all(ground, mention, found, goal, "participant", "member")
            elif mention.origin == "happened" and token.lower in vocabulary(a.language)["done_to"]:
                _scene(ground, mention, goal, found)
            elif token.lower in vocabulary(a.language)["site"]:
                _place(ground, mention, goal, found, "site")
            elif not mention.verbal and is_topic(ground, child, goal):
                continue
            elif mention.entry.group == "visit" and token.lower in vocabulary(a.language)[_to_where(mention)]:
                _place(ground, mention, goal, found, "visited" if is_place(ground, goal) else "place")
            elif token.lower in known.places:
                _place(ground, mention, goal, found)
    add_slots(ground, mention, head, found)
    last = mention.last
    for i in range(last, min(last + 5, len(tokens))):
        if (
            tokens[i].lower in vocabulary(a.language)["among"]
            and tokens[i].head != head
            and tokens[i].sentence == mention.sentence
        ):
            for goal in (c for c in a.children[i] if tokens[c].dep == "pobj"):
                add_all(ground, mention, found, goal, "participant", "among")
    if last < len(tokens) and not any(p.attribute == "participant" for p in found):
        _bracketed(ground, mention, last, known, found)


def _tie(a: Annotated, preposition: str) -> str:
    """The name of the rule by which a preposition ties a party to an event."""
    rules = vocabulary(a.language)
    return next((rule for rule in ("companion", "among") if preposition in rules[rule]), "party")


def _bracketed(ground: Ground, mention: EventMention, at: int, known: PartWords, found: list[Part]) -> None:
    """An editor's insertion that names the parties: "such a meeting [between X and Y]"."""
    a = ground.annotated
    tokens = a.tokens
    if tokens[at].text not in vocabulary(a.language)["brackets_open"] or at + 2 >= len(tokens):
        return
    if tokens[at + 1].lower not in known.parties and tokens[at + 1].lower not in vocabulary(a.language)["members"]:
        return
    seen = None
    for i in range(at + 2, min(at + 16, len(tokens))):
        if tokens[i].text in vocabulary(a.language)["brackets_close"]:
            return
        name = ground.names.get(i)
        if name is not None and name != seen:
            seen = name
            add(ground, mention, found, i, "participant", "insertion")
        elif (
            name is None and tokens[i].lemma in known.people and not any(j in ground.names for j in range(i + 1, i + 3))
        ):
            add(ground, mention, found, i, "participant", "insertion")


def _to_where(mention: EventMention) -> str:
    """The prepositions before the place of a visit: one leaves "for" it too."""
    return "bound_for" if mention.verbal and mention.lemma != mention.entry.noun else "goal"


def _place(ground: Ground, mention: EventMention, goal: int, found: list[Part], rule: str = "place") -> None:
    if not add(ground, mention, found, goal, "venue", rule):
        a = ground.annotated
        # "bombings at Velmark embassies in Selm and Harl", "will meet at a hotel in Selm"
        if mention.origin == "happened" or _is_premises(ground, goal):
            within = grammar.objects(a, goal, vocabulary(a.language)["staging"])
            places = [each for i in within for each in grammar.conjuncts(a, i)]
            told = [add(ground, mention, found, each, "venue", "place") for each in places]
            if any(told):
                return
        for child in a.children[goal]:
            if a.tokens[child].dep in {"compound", "appos"} and add(ground, mention, found, child, "venue", "place"):
                return


def _is_premises(ground: Ground, i: int) -> bool:
    """Whether a token is a building or its like without a name, in which people come together."""
    token, known = ground.annotated.tokens[i], part_words(ground.annotated.language)
    return token.tag == "NN" and i not in ground.names and token.lemma in known.halls | known.premises


def _scene(ground: Ground, mention: EventMention, goal: int, found: list[Part]) -> None:
    """The place of what an attack or a disaster was done to: "the bombing of the embassy in Selm"."""
    a = ground.annotated
    for place in grammar.objects(a, goal, vocabulary(a.language)["staging"]):
        for each in grammar.conjuncts(a, place):
            _place(ground, mention, each, found)


def _meeting_verb(ground: Ground, mention: EventMention, known: PartWords, found: list[Part]) -> None:
    """Parties of an event named by its verb: subject, object, "with"; the place of a visit is its object or "to".

    What is done at something else is where that is: "will meet in Selm to sign the treaty".
    """
    a = ground.annotated
    for subject in doers(ground, mention.head):
        add_all(ground, mention, found, subject, "participant", "subject")
    for goal in grammar.objects(a, mention.head):
        if mention.entry.group == "visit" and mention.lemma in vocabulary(a.language)["sets_out"]:
            continue
        if mention.entry.group == "visit":
            for each in grammar.conjuncts(a, goal):
                _place(ground, mention, each, found, "visited" if is_place(ground, each) else "place")
        elif mention.entry.kind != "vote":
            if opposed(ground, mention, goal):
                add_all(ground, mention, found, goal, "participant", "object")
            for place in grammar.objects(a, goal, known.places):
                if not is_topic(ground, a.tokens[place].head, place):  # "signs a treaty on the Harl river"
                    _place(ground, mention, place, found)
                for inner in grammar.objects(a, place, known.places):
                    _place(ground, mention, inner, found)
    occasion = held_to_do(a, mention.head)
    placed = any(part.attribute == "venue" for part in found)
    if occasion >= 0 and not placed and a.tokens[occasion].lemma in known.held:
        _verb_places(ground, mention, occasion, known, found)


def _through_verbs(ground: Ground, mention: EventMention, known: PartWords, found: list[Part]) -> None:
    """Parties and places of the verbs that carry the event, and of the clauses that hang on it."""
    a = ground.annotated
    tokens = a.tokens
    for child in [c for h in {mention.head, mention.inner or mention.head} for c in a.children[h]]:
        token = tokens[child]
        if token.dep in {"acl", "relcl"} and token.pos in {"VERB", "AUX"}:
            for at in (child, *(c for c in a.children[child] if tokens[c].dep == "xcomp")):
                if token.dep == "relcl" and tokens[at].lemma in known.subject and _relative_object(a, at):
                    for subject in grammar.subjects(a, at):
                        add_all(ground, mention, found, subject, "participant", "subject")
                    _relative_subjects(ground, mention, at, found)
                if tokens[at].lemma in known.held:
                    _verb_places(ground, mention, at, known, found)
                    for agent in grammar.objects(a, at, vocabulary(a.language)["agents"]):
                        add_all(ground, mention, found, agent, "participant", "agent")
    first = True
    for step in grammar.way_up(a, mention.head):
        if step.token.pos in {"NOUN", "PROPN"} and not grammar.acts(a, step.token):
            if step.token.lemma in known.beside:
                return
            if step.token.lemma in known.runs:
                _runner(ground, mention, step, found)
            if step.role in vocabulary(a.language)["under"] or step.role == "modifier":
                continue
            return
        if not grammar.acts(a, step.token):
            continue
        _carried(ground, mention, step, known, found, first)
        if step.role in {"subject", "passive"}:
            for also in grammar.joined(a, step.token.i):
                _carried(ground, mention, also, known, found, first)
        if step.token.dep != "xcomp":
            return
        first = False


def _relative_subjects(ground: Ground, mention: EventMention, i: int, found: list[Part]) -> None:
    """Names between "which" and the verb take part, however the parser hung them: "which Brandt and Ostrow held"."""
    tokens = ground.annotated.tokens
    opening = next((j for j in range(i - 1, max(mention.head, i - 24), -1) if tokens[j].tag in {"WDT", "WP"}), None)
    if opening is None:
        return
    for j in range(opening + 1, i):
        name = ground.names.get(j)
        if name is not None and name.label == "PERSON" and name.last - 1 == j and tokens[j].dep != "poss":
            add(ground, mention, found, j, "participant", "subject")


def _relative_object(a: Annotated, i: int) -> bool:
    """Whether the object of the verb is a relative pronoun or left out: "the talks (that) they held"."""
    direct = grammar.objects(a, i)
    return not direct or a.tokens[direct[0]].tag in {"WDT", "WP"}


def _runner(ground: Ground, mention: EventMention, step: Step, found: list[Part]) -> None:
    """Who runs, and who puts him up: "Velik, a candidate in the vote", "the League names Velik as its candidate"."""
    a = ground.annotated
    token = a.tokens[step.token.i]
    around = [c for c in a.children[token.i] if a.tokens[c].dep in {"appos", "poss", "compound"}]
    top = token
    while top.dep == "conj":  # "a senator and the nominee in the election"
        top = a.tokens[top.head]
    if top.dep in {"appos", "attr"}:
        around += [top.head, *grammar.subjects(a, top.head)]
    barred, bodies = part_words(a.language).barred, set[int]()
    for over in grammar.way_up(a, token.i):
        if over.token.pos == "VERB":
            above = a.tokens[over.token.head]
            if over.token.lemma in barred or (over.token.dep in {"xcomp", "ccomp"} and above.lemma in barred):
                return
            if over.role in vocabulary(a.language)["naming"]:
                around += grammar.objects(a, over.token.i)
            if over.role == "object" or over.role in vocabulary(a.language)["naming"]:
                around += grammar.subjects(a, over.token.i)
                bodies.update(() if _suffers(a, over.token.i) else grammar.subjects(a, over.token.i))
            break
    for each in around:
        name = ground.names.get(meant(ground, each))
        if name is not None and (name.label == "PERSON" or (name.label == "ORG" and each in bodies)):
            add(ground, mention, found, each, "participant", "candidate", describe=False)


def _suffers(a: Annotated, i: int) -> bool:
    return any(a.tokens[c].dep == "auxpass" for c in a.children[i])


def _carried(
    ground: Ground, mention: EventMention, step: Step, known: PartWords, found: list[Part], first: bool
) -> None:
    a = ground.annotated
    i, lemma, role = step.token.i, step.token.lemma, step.role
    state = grammar.verb(a, i)
    if _left_out(a, i):
        return
    if lemma in vocabulary(a.language)["invites"] and role in vocabulary(a.language)["goal"]:
        for guest in (*doers(ground, i), *grammar.objects(a, i)):
            add_all(ground, mention, found, guest, "participant", "subject")
    if (role == "object" or role in vocabulary(a.language)["at_event"]) and not state.negated:
        own = any(a.tokens[c].tag == "PRP$" for c in a.children[mention.head])
        partner = any(p.rule == "companion" for p in found)
        joint = mention.entry.group == "meeting" and any(len(grammar.conjuncts(a, s)) > 1 for s in doers(ground, i))
        if lemma in known.host:
            for subject in doers(ground, i):
                add_all(ground, mention, found, subject, "host", "host")
                add_all(ground, mention, found, subject, "venue", "host")
        elif (
            role == "object"
            and (
                lemma in known.subject
                or (lemma in known.decider and (own or partner or joint))
                or (lemma in known.own and mention.entry.group in OWN and not _visitor(mention, found))
            )
        ) or (
            role in vocabulary(a.language)["part_in"]
            and (
                words(a.language).phrases.get(f"{lemma} {role}") == "hold"
                or lemma in vocabulary(a.language)["attends"]
                or any(a.tokens[c].lemma in known.runs for c in grammar.objects(a, i))
            )
        ):
            for subject in doers(ground, i):
                add_all(ground, mention, found, subject, "participant", "subject")
        elif role in vocabulary(a.language)["part_in"] and lemma in known.together:
            for side in (*doers(ground, i), *grammar.objects(a, i)):
                add_all(ground, mention, found, side, "participant", "subject")
        if role == "object" and lemma in known.subject:
            for partner_head in grammar.objects(a, i, vocabulary(a.language)["companion"]):
                add_all(ground, mention, found, partner_head, "participant", "companion")
    if role == "passive":
        for agent in grammar.objects(a, i, vocabulary(a.language)["agent"]):
            if lemma in known.subject or lemma in known.host:
                add_all(ground, mention, found, agent, "participant", "agent")
    if role in vocabulary(a.language)["for_plan"] and words(a.language).phrases.get(f"{lemma} {role}") == "hold":
        for goal in grammar.objects(a, i, vocabulary(a.language)["goal"] | vocabulary(a.language)["staging"]):
            if is_place(ground, goal):  # "will return to X for talks"
                _place(ground, mention, goal, found, "visited")
    if lemma in known.moved and role in {"passive", "object", "subject"}:
        for goal in grammar.objects(a, i, vocabulary(a.language)["moved_into"]):
            _place(ground, mention, goal, found, "moved")
    base = grammar.base(a, step.token)
    if first and base in known.held and role in {"subject", "passive", "object", "clause"} and not state.negated:
        _verb_places(ground, mention, i, known, found)
        said = [d for c in a.children[i] if a.tokens[c].dep == "acomp" for d in a.children[c]]
        for child in (*a.children[i], *said):
            if a.tokens[child].dep == "xcomp" and a.tokens[child].lemma in known.held:
                _verb_places(ground, mention, child, known, found)
                for goal in grammar.objects(a, child, vocabulary(a.language)["among"]):
                    add_all(ground, mention, found, goal, "participant", "among")
        for goal in grammar.objects(a, i, vocabulary(a.language)["among"]):
            add_all(ground, mention, found, goal, "participant", "among")


def _visitor(mention: EventMention, found: list[Part]) -> bool:
    """Whether who pays a visit is named with it: whoever else calls it off is not on it."""
    return mention.entry.group == "visit" and any(part.rule in {"slot", "possessor"} for part in found)


def _left_out(a: Annotated, i: int) -> bool:
    """Whether a verb says of nobody that he takes part: "whether she will attend", "will take no part in"."""
    conditions, none = words(a.language).conditions, denial_words(a.language).no
    if any(a.tokens[c].dep == "mark" and a.tokens[c].lower in conditions for c in a.children[i]):
        return True
    return any(a.tokens[d].lower in none for c in grammar.objects(a, i) for d in a.children[c] if d < c)


def _verb_places(ground: Ground, mention: EventMention, i: int, known: PartWords, found: list[Part]) -> None:
    a = ground.annotated
    site = vocabulary(a.language)["site"]
    # "opens on 8 June in the Customs Hall": the parser hangs the place on the day
    below = [*a.children[i], *(d for c in a.children[i] if a.tokens[c].dep == "prep" for d in a.children[c])]
    days = [c for c in below if c in ground.times and c > i]
    for goal in (goal for at in (i, *days) for goal in grammar.objects(a, at, known.places)):
        rule = "site" if ground.annotated.tokens[ground.annotated.tokens[goal].head].lower in site else "place"
        _place(ground, mention, goal, found, rule)
