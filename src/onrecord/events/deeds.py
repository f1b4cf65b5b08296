"""What somebody did and has a PLOVER root: "Osmere severed ties with Tirrano", "a raid by tax inspectors".

Promise: a deed is told as done or under way and somebody is named who does it; what is only planned is found elsewhere.
The odd case that forced its shape: "accused" and "praised" are in every second sentence of news, so what is done with
words counts only where both sides are named.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.events import grammar, status
from onrecord.events.acts import ON_A_DAY
from onrecord.events.beside import THINGS
from onrecord.events.codes import is_somebody, parties
from onrecord.events.ground import Ground
from onrecord.events.kinds import Entry, Kinds, kinds
from onrecord.events.mentions import EventMention, by_noun, by_verb
from onrecord.events.roots import named_by, phrase_of, root_of, roots
from onrecord.language.annotated import Token
from onrecord.nouns import Actor

DONE = frozenset({"occurred", "underway"})


def with_deeds(ground: Ground, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions with the deeds of the document, in text order."""
    a = ground.annotated
    known, tabled = roots(a.language), kinds(a.language)
    taken = {i for each in mentions if each.entry.needs not in ON_A_DAY for i in range(each.first, each.last)}
    named = {
        each.head for each in mentions
        if each.origin == "table" and a.tokens[each.head].dep != "compound" and each.entry.needs not in THINGS
    }  # fmt: skip
    happened = {each.head for each in mentions if each.origin == "happened" and not each.verbal}
    found = {mention.head: _done(ground, mention) for mention in mentions}
    for token in a.tokens:
        verbal = token.pos == "VERB"
        if token.i in taken or token.pos not in {"VERB", "NOUN"}:
            continue
        if named_by(a, token.i) not in (known.verbs if verbal else known.nouns):
            continue
        if verbal and any(a.tokens[c].dep == "xcomp" for c in a.children[token.i]):
            continue  # "declined to comment"
        if verbal and any(i in named for i in range(token.i + 1, a.subtree(token.i)[1])):
            continue  # "agreed to hold talks", "ruled out a summit": that is told of the event
        if verbal and happened.intersection(grammar.subjects(a, token.i)):
            continue  # "the blast killed two": the blast is what happened
        if token.dep in {"amod", "compound"} or (verbal and grammar.verb(a, token.i).negated):
            continue
        rest, root = phrase_of(a, token.i)
        if not root or (not rest and _decided(tabled, token)):
            continue
        entry = Entry(known.kinds.get(root, "other"), root, f"deed {token.lemma}", False, False, False, "", "")
        if verbal:
            mention = by_verb(ground, token.i, token.i + 1, entry)
        else:
            mention = by_noun(ground, token.i, token.i, token.i + 1, entry)
        mention = replace(mention, origin="deed")
        source, target = parties(ground, mention, root)
        both = root in known.between
        nobody = not _named(ground, source) and not _happens(ground, mention, root)
        if nobody or (both and not _named(ground, target)):
            continue
        if any(sign.status in DONE and sign.weight > verbal for sign in status.evidence(ground, mention)):
            found[token.i] = mention
    twice = {
        head
        for head, each in found.items()
        if each.origin == "deed"
        and each.verbal
        and any(_same_deed(each, found.get(c)) for c in grammar.objects(a, head))
    }
    return [found[head] for head in sorted(found) if head not in twice]


def _same_deed(verb: EventMention, noun: EventMention | None) -> bool:
    """Whether the noun under a verb names the deed already: "filed a lawsuit", "gave its backing"."""
    return noun is not None and noun.origin == "deed" and noun.entry.plover == verb.entry.plover


def _happens(ground: Ground, mention: EventMention, root: str) -> bool:
    """Whether a noun of unrest or violence is said to come about by itself: "riots broke out"."""
    known = roots(ground.annotated.language)
    step = next(grammar.way_up(ground.annotated, mention.head), None)
    if mention.verbal or root not in known.by_itself or step is None:
        return False
    return step.role == "subject" and step.token.lemma in known.happens


def _decided(tabled: Kinds, token: Token) -> bool:
    """Whether the table of kinds has already said of a word by itself that here it names no event."""
    if token.pos == "VERB":
        return token.lemma in tabled.verbs and tabled.verbs[token.lemma].needs not in ON_A_DAY
    return token.lemma in tabled.nouns


def _done(ground: Ground, mention: EventMention) -> EventMention:
    """The mention, and a word too common to name an event by itself ("strike") as one where somebody named did it."""
    if mention.verbal or not mention.entry.weak:
        return mention
    root = root_of(ground.annotated, mention.head)
    if not root or not _named(ground, parties(ground, mention, root)[0]):
        return mention
    if any(sign.status in DONE for sign in status.evidence(ground, mention)):
        return replace(mention, entry=mention.entry._replace(weak=False))
    return mention


def _named(ground: Ground, actor: Actor | None) -> bool:
    """Whether an actor is a name or a description of people."""
    if actor is None:
        return False
    return any(is_somebody(ground, i) for i in range(*ground.annotated.token_range(actor.span)))
