"""The few questions that events ask of a parsed sentence, answered from the dependency tree in one place.

Promise: the labels of the parser's scheme (English: ClearNLP) appear here and hardly anywhere else in the room. The odd
case that forced its shape: what carries an event is often several steps up ("agree to hold a new round of talks"), so
the way up is a list of `Step` and every question is asked along it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from onrecord.events.vocabulary import vocabulary
from onrecord.language.annotated import Annotated, Token
from onrecord.tables import table

Mode = Literal["future", "hedged", "past", "perfect", "progressive", "present", "infinitive", "participle"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "dative"})
LOOSE = frozenset({"conj", "appos", "dep", "parataxis"})
LONGEST_WAY = 9
"""Steps up the tree after which nothing governs the event any more."""


class Step(NamedTuple):
    """One step up: the governing token and how the one below stands to it.

    ``role``: ``subject``, ``passive``, ``object``, a preposition in lower case, ``clause`` or ``modifier``.
    """

    token: Token
    role: str
    below: int


class Verb(NamedTuple):
    """How a verb stands in time, the tokens that show it, and whether it is denied."""

    mode: Mode
    cue: tuple[int, ...]
    negated: bool


@cache
def auxiliaries(language: str) -> dict[str, frozenset[str]]:
    """The auxiliary words of a language by what they do."""
    return {key: frozenset(words) for key, words in table("events", language, "status")["aux"].items()}


def base(a: Annotated, token: Token) -> str:
    """Base form of a word, auxiliaries too (the parser's lemmatizer leaves "was" as it is)."""
    return _forms(a.language).get(token.lower, token.lemma) if token.pos == "AUX" else token.lemma


@cache
def _forms(language: str) -> dict[str, str]:
    raw = table("events", language, "status")["aux"]
    return {word: key for key in ("be", "have") for word in raw[key] if not word.startswith(("'", "’"))}


def way_up(a: Annotated, i: int) -> Iterator[Step]:
    """Yield the tokens that govern token ``i``, nearest first; prepositions and conjunctions are folded into roles."""
    tokens = a.tokens
    at = i
    role = ""
    for _ in range(LONGEST_WAY):
        token = tokens[at]
        head = tokens[token.head]
        if head.i == at:
            return
        dep = token.dep
        if dep in LOOSE and any(head.i < c < at and tokens[c].text == ";" for c in a.children[head.i]):
            return  # what follows a semicolon is a clause of its own, whatever the parser joins it to
        if dep == "conj" or dep == "appos":
            at = head.i
            continue
        if dep == "npadvmod" and head.dep == "pobj" and head.i < at and head.ner == "DATE" and token.ner != "DATE":
            above = tokens[tokens[head.head].head]  # "put off until 15 April a vote on the treaty"
            yield Step(above, "object", at)
            at = above.i
            continue
        if dep in {"pobj", "pcomp"}:
            role = head.lower
            above = tokens[head.head]
            if above.i == head.i:
                return
            if above.pos in {"ADV", "ADP", "SCONJ"} and above.i == head.i - 1:
                role = f"{above.lower} {role}"
                above = tokens[above.head]
            elif head.i and tokens[head.i - 1].head == head.i and tokens[head.i - 1].pos == "ADV":
                role = f"{tokens[head.i - 1].lower} {role}"
            while above.dep == "conj" and above.pos == "ADP":
                above = tokens[above.head]
            yield Step(above, role, at)
            at = above.i
            continue
        if dep == "agent":
            role = "agent"
        elif dep in SUBJECTS or (dep == "compound" and finite(head)):
            role = "passive" if dep == "nsubjpass" or _absolute(a, head.i) else "subject"
        elif dep in OBJECTS or (dep == "advmod" and token.tag in {"NN", "NNS"} and head.pos == "VERB"):
            role = "object"
        elif dep in {"xcomp", "ccomp", "advcl", "acl", "relcl", "prep", "dep", "parataxis"}:
            role = "clause"
        else:
            role = "modifier"
        yield Step(head, role, at)
        at = head.i


def finite(token: Token) -> bool:
    """Whether a token is a verb with a tense; what the parser makes a part of its name is its subject.

    So it does with "Wexcombe's jazz festival returns in May".
    """
    return token.pos == "VERB" and token.tag in {"VBZ", "VBP", "VBD"}


def top_of(a: Annotated, first: int, last: int) -> int:
    """The token among ``first`` up to ``last`` that none of the others governs."""
    for i in range(first, last):
        head = a.tokens[i].head
        if not first <= head < last:
            return i
    return last - 1


def trailing(a: Annotated, last: int) -> int | None:
    """The participle right after a noun phrase that ends before ``last``: "to be held", "scheduled", "due to be held".

    Asked by place and not by tree, for the parser often hangs such a clause on another noun before.
    """
    tokens = a.tokens
    known, helping = vocabulary(a.language), auxiliaries(a.language)
    at = last
    if at < len(tokens) and tokens[at].lower in vocabulary(a.language)["members"] and tokens[at].head == last - 1:
        end = a.subtree(at)[1]
        at = end if end - last < LONGEST_WAY else at
    words = [t.lower for t in tokens[at : at + 6]]
    if words[:1] == [","]:
        at += 1
        words = words[1:]
    set_for = False
    while words and words[0] in known["before_participle"]:
        set_for = True
        at += 1
        words = words[1:]
    if (
        set_for
        and len(words) > 1
        and words[0] in helping["to"]
        and tokens[at + 1].tag == "VB"
        and tokens[at + 1].pos == "VERB"
    ):
        return at + 1
    if len(words) > 2 and words[0] in helping["to"] and words[1] in helping["be"] and tokens[at + 2].tag == "VBN":
        return at + 2
    if at < len(tokens) and tokens[at].tag == "VBN" and tokens[at].dep in {"acl", "amod", "relcl"}:
        return at
    return None


def _absolute(a: Annotated, i: int) -> bool:
    """Whether a participle tells what was done to its subject: "with the votes counted", "with the summit put off"."""
    below = [a.tokens[c] for c in a.children[i]]
    opened = any(c.dep in {"mark", "prep"} and c.lower in vocabulary(a.language)["absolute"] for c in below)
    return opened and a.tokens[i].tag == "VBN" and not any(c.dep in {"aux", "auxpass"} for c in below)


def verbs_own_subject(a: Annotated, i: int) -> bool:
    """Whether the verb at ``i`` has a subject of its own."""
    return any(a.tokens[c].dep in SUBJECTS for c in a.children[i])


def acts(a: Annotated, token: Token) -> bool:
    """Whether a token is a verb, or a noun by its tag alone, with "to" before it ("offered to host talks")."""
    if token.pos in {"VERB", "AUX"}:
        return True
    return token.dep in {"xcomp", "advcl", "acl"} and any(
        a.tokens[c].dep == "aux" and a.tokens[c].lower in auxiliaries(a.language)["to"] for c in a.children[token.i]
    )


def joined(a: Annotated, i: int) -> list[Step]:
    """Verbs joined to the one at ``i`` that share its subject, with its role: "was put off and will now be held".

    The parser hangs such a verb on the infinitive before it too ("were to have met but were called off").
    """
    tokens = a.tokens
    found: list[Step] = []
    for over in (i, *(c for c in a.children[i] if tokens[c].dep == "xcomp")):
        for child in a.children[over]:
            if tokens[child].dep != "conj" or tokens[child].pos not in {"VERB", "AUX"} or verbs_own_subject(a, child):
                continue
            deps = {tokens[c].dep for c in a.children[child] if c < child}
            if over != i and not deps & {"aux", "auxpass"}:
                continue
            bare = not deps & {"aux", "auxpass"} and tokens[child].tag == tokens[i].tag == "VBN"
            passive = "auxpass" in deps or (bare and any(tokens[c].dep == "auxpass" for c in a.children[i]))
            found.append(Step(tokens[child], "passive" if passive else "subject", i))
    return found


def conjuncts(a: Annotated, i: int) -> list[int]:
    """Token ``i`` and all that is joined to it by "and", commas or "or", in text order."""
    found = [i]
    for at in found:
        found.extend(child for child in a.children[at] if a.tokens[child].dep == "conj")
    return sorted(set(found))


def verb(a: Annotated, i: int) -> Verb:
    """How the verb at ``i`` stands in time, by its form and its auxiliaries (a joined verb shares its first's)."""
    words = auxiliaries(a.language)
    tokens = a.tokens
    token = tokens[i]
    helpers = [c for c in a.children[i] if c < i and tokens[c].dep in {"aux", "auxpass"}]
    if not helpers and token.dep == "conj" and tokens[token.head].pos in {"VERB", "AUX"}:
        first = tokens[token.head]
        if token.tag == first.tag or token.tag == "VB":
            helpers = [c for c in a.children[first.i] if c < first.i and tokens[c].dep in {"aux", "auxpass"}]
    lowers = {tokens[c].lower for c in helpers}
    negated = any(
        (tokens[c].dep == "neg" or tokens[c].lower in words["not"])
        and not (c and tokens[c - 1].lower in vocabulary(a.language)["or_not"])
        for c in a.children[i]
    )
    cue = tuple(helpers) or (i,)
    mode: Mode
    if lowers & words["future"]:
        mode = "future"
    elif lowers & words["would"]:
        mode = "future" if in_past_report(a, i) else "hedged"
    elif lowers & words["hedged"]:
        mode = "hedged"
    elif lowers & words["to"]:
        mode = "infinitive"
    elif lowers & words["have"]:
        mode = "progressive" if token.tag == "VBG" else "perfect"
    elif token.tag == "VBG":
        got = any(tokens[c].tag in {"VBZ", "VBP"} and not lowers & words["be"] for c in helpers)
        mode = "progressive" if lowers & words["be"] else "present" if got else "participle"  # "gets going"
    elif token.tag == "VBN" and not lowers & words["be"]:
        mode = "participle"
    elif token.tag == "VBN":
        mode = "past" if lowers & words["been"] else "present"
    elif token.tag == "VBD":
        mode = "past"
    else:
        mode = "present"
    return Verb(mode, cue, negated)


def goes_to(a: Annotated, i: int) -> bool:
    """Whether a verb says that somebody goes to an event: "attend", "take part"."""
    known, token = vocabulary(a.language), a.tokens[i]
    if token.pos != "VERB" or token.lemma not in known["comes"]:
        return False
    with_what = {a.tokens[c].lower for c in objects(a, i)} & known["comes_with"]
    return bool(with_what) == (token.lemma in known["comes_so"])


def was_to_have(a: Annotated, i: int) -> bool:
    """Whether the verb is of a plan that did not come about: "was to have met", "were due to have taken place"."""
    words = auxiliaries(a.language)
    tokens = a.tokens
    lowers = {tokens[c].lower for c in a.children[i] if c < i and tokens[c].dep == "aux"}
    if tokens[i].dep != "xcomp" or not (lowers & words["to"] and lowers & words["have"]):
        return False
    above = tokens[tokens[i].head]
    if above.pos == "ADJ":
        above = tokens[above.head]
    return above.pos == "AUX" and above.lower in words["been"]


def in_past_report(a: Annotated, i: int) -> bool:
    """Whether the verb stands in a clause under a verb in the past ("said it would hold", "…, she said, and would")."""
    token = a.tokens[i]
    if token.dep == "conj":
        token = a.tokens[token.head]
        if token.tag == "VBD" and any(a.tokens[c].dep == "ccomp" and c < token.i for c in a.children[token.i]):
            return True
    above = a.tokens[token.head]
    if above.tag == "VBG" and token.dep == "ccomp":  # "denied it, saying that it would hold"
        above = a.tokens[above.head]
    return token.dep in {"ccomp", "relcl"} and above.i != token.i and above.tag in {"VBD", "VBN"}


def particle(a: Annotated, i: int) -> str:
    """The particle of a verb ("off" in "called it off"), or ``""``."""
    for child in a.children[i]:
        token = a.tokens[child]
        if token.dep == "prt" or (token.dep == "advmod" and token.lower in vocabulary(a.language)["particles"]):
            return token.lower
    return ""


def phrasal(a: Annotated, i: int) -> str:
    """The lemma of a verb with its particle: "call off"."""
    part = particle(a, i)
    return f"{a.tokens[i].lemma} {part}" if part else a.tokens[i].lemma


def subjects(a: Annotated, i: int) -> list[int]:
    """Heads of the subjects of the verb at ``i``: its own, or those of the verb that shares or controls them."""
    tokens = a.tokens
    at = i
    for _ in range(5):
        own = [c for c in a.children[at] if tokens[c].dep in {"nsubj", "nsubjpass"}]
        own = own or [c for c in a.children[at] if tokens[c].dep == "compound" and finite(tokens[at])][-1:]
        if own:
            if tokens[own[0]].tag in {"WDT", "WP"} and tokens[at].dep == "relcl":
                return [tokens[at].head]
            return own
        token = tokens[at]
        if token.dep == "pcomp" or (
            token.tag == "VBG" and token.dep == "pobj"
        ):  # "they talk about meeting": who talks is who will meet; who "bars them from voting" is not who votes
            at = tokens[token.head].head
            if tokens[token.head].lower in vocabulary(a.language)["origin"] and objects(a, at):
                return []
            continue
        if token.head == at or token.dep not in {"conj", "xcomp", "advcl", "ccomp", "acl"}:
            return []
        above = tokens[token.head]
        if token.dep == "acl" and above.pos not in {"VERB", "AUX"}:
            if above.dep not in {"dobj", "attr", "pobj"} and token.tag in {"VBG", "VBN"}:
                return [above.i]
            nearest = next((s for s in way_up(a, above.i) if s.token.pos in {"VERB", "AUX"}), None)
            if nearest is None:
                return [above.i]
            at = nearest.token.i
            continue
        if token.dep == "ccomp" and verb(a, i).mode != "infinitive":
            return []
        if above.pos == "ADJ":
            above = tokens[above.head]
        at = above.i
    return []


def objects(a: Annotated, i: int, prepositions: frozenset[str] = frozenset()) -> list[int]:
    """Heads of the objects of the token at ``i``: the direct ones, or those of the given prepositions."""
    tokens = a.tokens
    if not prepositions:
        return [c for c in a.children[i] if tokens[c].dep == "dobj" and not _after_comma(a, i, c)]
    found: list[int] = []
    for child in a.children[i]:
        if tokens[child].lower in prepositions and tokens[child].dep in {"prep", "agent", "dative"}:
            found.extend(c for c in a.children[child] if tokens[c].dep == "pobj")
    return found


def _after_comma(a: Annotated, i: int, c: int) -> bool:
    """Whether a comma parts verb and object: then the parser took the next clause's subject for an object."""
    first = min([c, *a.children[c]])
    return c > i and first - 1 > i and a.tokens[first - 1].text == ","


def phrase(a: Annotated, i: int) -> tuple[int, int]:
    """Tokens of the noun phrase under ``i`` without article, clauses and joined phrases, with its "of" phrase."""
    tokens = a.tokens
    first = i
    while first > 0 and tokens[first - 1].sentence == tokens[i].sentence:
        before = tokens[first - 1]
        if not _under(tokens, first - 1, i) or (
            before.pos in {"VERB", "SPACE"} and before.dep not in {"amod", "compound"}
        ):
            break
        if before.tag == "CC" or before.text in {",", "(", ";"} or before.dep in {"prep", "relcl"}:
            break
        first -= 1
    while first < i and (tokens[first].pos in {"DET", "PUNCT"} or tokens[first].dep in {"det", "predet"}):
        first += 1
    last = i + 1
    for child in a.children[i]:
        if child == last and tokens[child].dep == "prep" and tokens[child].lower in vocabulary(a.language)["members"]:
            below = [c for c in a.children[child] if tokens[c].dep == "pobj"]
            if below and below[0] - child < 6:
                last = max(last, *(phrase(a, each)[1] for each in conjuncts(a, below[0]) if each - child < 10))
    return first, last


def _under(tokens: tuple[Token, ...], i: int, top: int) -> bool:
    for _ in range(6):
        if i == top:
            return True
        if tokens[i].head == i:
            return False
        i = tokens[i].head
    return False
