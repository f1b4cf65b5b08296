"""Rules and tagger together: which of the two's drafts stand, with which content, and how likely each is right.

Promise: every outermost statement carries the chance that its content and its speaker are right, measured on articles
that neither was made from; where tagger and rules differ on one cue, the likelier of the two stands. The odd case that
forced the shape: each sees what the other can't (the tagger a cue that no list has, the rules which quotation marks
belong together), so neither comes first and a few numbers about both decide.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from onrecord import odds
from onrecord.language import Annotated, Quotation
from onrecord.nouns import Span
from onrecord.statements.bounds import bounded
from onrecord.statements.confidence import confidence_of
from onrecord.statements.draft import Draft
from onrecord.statements.edges import cue_of_both
from onrecord.statements.framed import passes_on
from onrecord.statements.lexicon import lexicon
from onrecord.statements.outlets import is_outlet_phrase
from onrecord.statements.quoted import sentences
from onrecord.statements.spans import joined, meeting, shared, size
from onrecord.statements.tagger import FOLDER

LEAST = 0.38
"""A draft less likely right than this is left out: F1 is as high from 0.36 to 0.42, on articles of others and on texts
of ours; below it only precision falls.
"""


LEAST_THROUGH = 0.24
"""The same for a statement by way of an outlet, as the tagger sees it: all 8 in texts of ours looked at are right.

Chosen from 0.2, 0.24, 0.3 and 0.36 by our gold and the scores (not the texts) of its held half.
"""

_NAMING = frozenset({"NOUN", "PROPN"})
_TELLING = frozenset({"NOUN", "PROPN", "VERB"})

ALIKE = 0.8
"""Share of the words that two drafts with other cues must have in common to be one report."""


_SEVERAL = 3
"""Blanks in quoted words that are more than a title."""


class Candidate(NamedTuple):
    """One draft that may stand, with what rules and tagger say of it."""

    draft: Draft
    features: tuple[float, ...]
    group: int
    """Candidates of one group are readings of one cue: at most one stands."""


FEATURES = (
    "constant", "tagger alone", "rules alone", "cue", "content", "source", "sourceless", "rule", "rule's own",
    "rules' content", "agree", "rules' content where they differ",
    "same speaker", "quoted", "quoted by rules", "partly quoted", "cue in quotes", "long", "short", "no cue",
)  # fmt: skip


def weighed(
    annotated: Annotated,
    rules: list[Draft],
    learned: list[Draft],
    outer: tuple[Quotation, ...],
    names: frozenset[str],
) -> list[Draft]:
    """Return the drafts that stand, those within another's words and those that only name a chain among them.

    ``rules`` and ``learned`` are the drafts of the rules and of the tagger; ``outer`` the document's outermost
    quotations; ``names`` the words known to name outlets. What only the rules find inside another's content stays as
    they found it.
    """
    spoken = tuple(each for each in outer if each.use == "speech")
    found = candidates(annotated, [each for each in rules if not each.in_marks], learned, spoken)
    standing = [bounded(annotated, each) for each in judged(annotated, found, spoken)]
    cues, contents = Near(), Near()
    for each in standing:
        cues.add(each, each.cue)
        contents.add(each, each.content)
    beside = [each for each in rules if each.in_marks]
    for each in (*rules, *learned):
        known = each.in_marks or not each.cue or any(shared(each.cue, other.cue) for other in cues.to(each.cue))
        if not known and any(_holds(other, each) for other in contents.to(each.cue)):
            beside.append(each)
            cues.add(each, each.cue)
    frames = [
        each._replace(only_frames=True)
        for each in (*rules, *learned)
        if passes_on(annotated, each, names) and not any(shared(each.cue, other.cue) for other in cues.to(each.cue))
    ]
    return standing + beside + frames


class Near:
    """Drafts by where they stand, so that each is compared only with its neighbours and time stays linear."""

    CELL = 9
    """A cell holds two to this power code points."""

    def __init__(self) -> None:
        self._cells: defaultdict[int, list[tuple[int, Draft]]] = defaultdict(list)
        self._count = 0

    def add(self, draft: Draft, spans: tuple[Span, ...]) -> None:
        """Keep a draft under the cells that ``spans`` reach."""
        for cell in self._reached(spans):
            self._cells[cell].append((self._count, draft))
        self._count += 1

    def to(self, spans: tuple[Span, ...]) -> list[Draft]:
        """Return the drafts kept in cells that ``spans`` reach, in the order in which they came."""
        found = {n: draft for cell in self._reached(spans) for n, draft in self._cells.get(cell, ())}
        return [found[n] for n in sorted(found)]

    def _reached(self, spans: tuple[Span, ...]) -> set[int]:
        return {cell for low, high in spans for cell in range(low >> self.CELL, (high >> self.CELL) + 1)}


def _holds(outer: Draft, inner: Draft) -> bool:
    at = inner.cue[0]
    return any(start <= at[0] and at[1] <= end for start, end in outer.content)


def candidates(
    annotated: Annotated, rules: list[Draft], learned: list[Draft], spoken: tuple[Quotation, ...]
) -> list[Candidate]:
    """Return every draft of rules and tagger with its features, those of one cue in one group.

    ``spoken`` are the document's outermost quotations that may be speech.
    """
    partner = _partners(annotated, rules, learned)
    held = {i for draft in learned for i in draft.quotations}
    found = []
    for group, draft in enumerate(learned):
        rule = partner.get(group)
        if rule is None or not (shared(draft.content, rule.content) or _same_source(draft, rule)):
            # they see the cue and nothing else alike: each has only its own word for it
            found.append(Candidate(draft, _features(annotated, draft, draft, None, spoken), group))
            if rule is not None:
                found.append(Candidate(rule, _features(annotated, rule, None, rule, spoken), group))
            continue
        cue = cue_of_both(annotated, draft.cue, rule.cue)
        both = draft._replace(rule=f"tagger+{rule.rule}", cue=cue)
        more = set(rule.quotations) - set(draft.quotations)
        if rule.cue and more and more.isdisjoint(held) and _quotes_on(annotated, rule, more):
            both = _running_on(annotated, both, rule)
        if not both.speaker and rule.speaker and not rule.continued:
            both = both._replace(speaker=rule.speaker, speaker_at=rule.speaker_at)
        found.append(Candidate(both, _features(annotated, both, draft, rule, spoken), group))
        found.append(Candidate(_with_both(rule, draft, cue), _features(annotated, rule, draft, rule, spoken), group))
    taken = {id(rule) for rule in partner.values()}
    for group, rule in enumerate((each for each in rules if id(each) not in taken), len(learned)):
        found.append(Candidate(rule, _features(annotated, rule, None, rule, spoken), group))
    return found


def _partners(annotated: Annotated, rules: list[Draft], learned: list[Draft]) -> dict[int, Draft]:
    """For each draft of the tagger, by place, the rules' draft of the same cue, else of the same quotation."""
    result: dict[int, Draft] = {}
    used: set[int] = set()
    by_cue, by_content = Near(), Near()
    by_quotation: defaultdict[int, list[Draft]] = defaultdict(list)
    for rule in rules:
        by_cue.add(rule, rule.cue)
        by_content.add(rule, rule.content)
        if not rule.cue:
            for i in rule.quotations:
                by_quotation[i].append(rule)

    def pair(place: int, near: Iterable[Draft]) -> None:
        rule = next((each for each in near if id(each) not in used), None)
        if rule is not None:
            result[place] = rule
            used.add(id(rule))

    for place, draft in enumerate(learned):
        if _cites(annotated, draft):
            pair(place, (rule for rule in by_content.to(draft.content) if _one_report(rule, draft)))
    for place, draft in enumerate(learned):
        if place not in result:
            pair(place, (rule for rule in by_cue.to(draft.cue) if shared(rule.cue, draft.cue)))
    for place, draft in enumerate(learned):
        if place not in result:
            pair(place, (rule for i in draft.quotations for rule in by_quotation.get(i, ())))
    return result


def _quotes_on(annotated: Annotated, rule: Draft, more: set[int]) -> bool:
    """Whether the quotations ``more`` of a draft go on with its words: over paragraphs, or as sentences by its cue."""
    if rule.runs_to is not None:
        return True
    spoken = (annotated.text(annotated.quotations[i].inner).strip() for i in more)
    return rule.rule.startswith("quotation.") and all(map(sentences, spoken))


def _running_on(annotated: Annotated, draft: Draft, rule: Draft) -> Draft:
    """The tagger's draft with the paragraphs that its quotation runs on over, which it sees one by one."""
    return draft._replace(
        content=joined([*draft.content, *rule.content], annotated.document.text),
        quotations=tuple(sorted({*draft.quotations, *rule.quotations})),
        runs_to=rule.runs_to,
    )


def _cites(annotated: Annotated, draft: Draft) -> bool:
    """Whether a draft's cue is a phrase by which an outlet names its source: ``citing``."""
    named = tuple(token.lower for token in annotated.tokens[slice(*annotated.token_range(draft.cue[0]))])
    return lexicon(annotated.language).cites_by(named)


def _one_report(rule: Draft, draft: Draft) -> bool:
    """Whether the rules see who tells on what the tagger sees with whom is cited: ``VNA reported, citing a clerk``."""
    common = shared(rule.content, draft.content)
    return not shared(rule.cue, draft.cue) and common >= ALIKE * max(size(rule.content), size(draft.content))


def _with_both(rule: Draft, draft: Draft, cue: tuple[Span, ...]) -> Draft:
    """The rules' draft, with ``cue`` where that is of the same words, and the tagger's where the rules have none."""
    rule = rule._replace(rule=f"{rule.rule}+tagger", passed_on=draft.passed_on)
    if shared(rule.cue, cue):
        rule = rule._replace(cue=cue)
    if rule.cue and rule.speaker:
        return rule
    changed = rule if rule.cue else rule._replace(cue=draft.cue, cue_at=draft.cue_at)
    if rule.speaker or not draft.speaker:
        return changed
    return changed._replace(speaker=draft.speaker, speaker_at=draft.speaker_at, continued=False)


def _features(
    annotated: Annotated, variant: Draft, draft: Draft | None, rule: Draft | None, spoken: tuple[Quotation, ...]
) -> tuple[float, ...]:
    """What is known of one reading of a cue: ``variant`` is the tagger's ``draft`` or the ``rule``'s own."""
    seen = draft.seen if draft is not None else None
    by_rules = variant is rule
    likeness = same = 0.0
    if draft is not None and rule is not None:
        common = shared(draft.content, rule.content)
        likeness = common / max(1, size(draft.content) + size(rule.content) - common)
        same = float(_same_source(draft, rule))
    both = float(draft is not None and rule is not None and by_rules)
    length = max(1, size(variant.content))
    quoted = sum(shared((each.span,), variant.content) for each in meeting(_reach(variant), spoken)) / length
    at = variant.cue[0][0] if variant.cue else -1
    in_quotes = any(each.inner[0] <= at < each.inner[1] for each in meeting((at, at + 1), spoken))
    rate = _logit(confidence_of(rule, annotated.language)) if rule is not None else 0.0
    return (
        1.0,
        float(rule is None),
        float(draft is None),
        _logit(seen.cue_score) if seen else 0.0,
        _logit(seen.content_score) if seen else 0.0,
        max(-4.0, min(8.0, seen.source_score)) / 4 if seen else 0.0,
        float(seen is not None and not variant.speaker),
        rate,
        rate if draft is None else 0.0,
        both,
        likeness,
        both * (1 - likeness),
        same,
        float(quoted > 0.9),
        float(quoted > 0.9 and by_rules),
        float(0.05 < quoted <= 0.9),
        float(in_quotes),
        max(0.0, math.log(length / 150)),
        max(0.0, math.log(30 / length)),
        float(not variant.cue),
    )


def _same_source(draft: Draft, rule: Draft) -> bool:
    """Whether the rules' speaker is the tagger's, or the one by way of whom the tagger has the words."""
    return shared(draft.speaker, rule.speaker) > 0 or any(
        shared((link.span,), rule.speaker) for link in draft.passed_on
    )


def _logit(chance: float) -> float:
    return odds.log_odds(min(0.995, max(0.005, chance)))


def _reach(draft: Draft) -> Span:
    return draft.content[0][0], draft.content[-1][1]


@cache
def _weights() -> tuple[float, ...]:
    told = json.loads((FOLDER / "judge.json").read_text(encoding="utf-8"))
    return tuple(told["weights"][name] for name in FEATURES)


def chance(features: tuple[float, ...]) -> float:
    """Return the chance, 0 to 1, that a candidate's content and speaker are right."""
    return odds.weighed(_weights(), features)


def judged(annotated: Annotated, found: list[Candidate], spoken: tuple[Quotation, ...]) -> list[Draft]:
    """Return the drafts that stand, likeliest first, with their chance as ``likelihood``; no two share their words.

    A quotation that reads as speech is never lost: the likeliest draft that holds it stands, with its rule's own rate.
    """
    order = sorted(((chance(each.features), n) for n, each in enumerate(found)), key=lambda pair: (-pair[0], pair[1]))
    groups: set[int] = set()
    standing: list[Draft] = []
    places = Near()

    def stand(each: Candidate, likely: float | None) -> None:
        content = each.draft.content
        if each.group not in groups and not any(_clash(each.draft, other) for other in places.to(content)):
            groups.add(each.group)
            standing.append(each.draft._replace(likelihood=likely))
            places.add(each.draft, content)

    for likely, n in order:
        if likely >= LEAST:
            stand(found[n], likely)
    for likely, n in order:
        if LEAST_THROUGH <= likely < LEAST and _is_passed_on(annotated, found[n].draft):
            stand(found[n], likely)
    kept = {i for each in standing for i in each.quotations}
    lost = {each.i for each in spoken if each.i not in kept and _is_speech(annotated, each)}
    for likely, n in order:
        if likely < LEAST and not lost.isdisjoint(found[n].draft.quotations):
            stand(found[n], likely if found[n].draft.seen else None)
    return standing


def _is_passed_on(annotated: Annotated, draft: Draft) -> bool:
    """Whether the tagger sees whose words an outlet passed on: a chain is seldom seen where there is no statement."""
    tokens = annotated.tokens
    for spans, kinds in ((draft.speaker, _NAMING), (draft.content, _TELLING)):
        if not any(tokens[i].pos in kinds for span in spans for i in range(*annotated.token_range(span))):
            return False
    outlets = [annotated.token_range(link.span) for link in draft.passed_on if not shared((link.span,), draft.speaker)]
    return any(low < high and is_outlet_phrase(annotated, low, high) for low, high in outlets)


def _is_speech(annotated: Annotated, quotation: Quotation) -> bool:
    """Whether quoted words are sentences, or several words that open their paragraph: ``‘We waited nine days’: …``."""
    inner = annotated.text(quotation.inner).strip()
    if sentences(inner):
        return True
    before = annotated.document.text[annotated.document.blocks[quotation.block].span[0] : quotation.span[0]]
    return not before.strip() and inner.count(" ") >= _SEVERAL and inner[:1].isupper()


def _clash(draft: Draft, other: Draft) -> bool:
    """Whether two drafts claim the same words as outermost statements."""
    return shared(draft.content, other.content) > 0.3 * min(size(draft.content), size(other.content))
