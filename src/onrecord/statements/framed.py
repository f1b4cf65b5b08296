"""What an outlet reports that somebody wants, orders or fears: the statement that a report is only the frame of.

Promise: a statement is made of a report's words only where they are a clause whose verb attributes something to its
subject, by the counted table or the lists of beliefs and wishes. The odd case that forced the shape: ``The general
staff has ordered patrols doubled, state television reported.`` The words are the staff's, though ``patrols doubled``
is no complement that any rule knows.
"""

from __future__ import annotations

from bisect import bisect_left

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.circumstances import circumstances
from onrecord.statements.cues import cue_span, source_after
from onrecord.statements.draft import Draft, Link
from onrecord.statements.lexicon import Lexicon, lexicon
from onrecord.statements.naming import entity_of, head_of
from onrecord.statements.occasions import addressed_by
from onrecord.statements.outlets import calls_itself_outlet, is_outlet_word, ways
from onrecord.statements.quoted import AFTER, BEFORE
from onrecord.statements.spans import meeting, shared, size, tidy
from onrecord.statements.speakers import naming_phrase

FRAMED = 0.75
"""Share of a frame that another statement's content, cue and speaker must fill for the frame to be only its chain."""

HALF = 0.5
"""The same where the frame's own clause begins with the other statement, whatever follows it."""

ATTRIBUTES = 0.5
"""How likely a verb must be, with one of its complements, to attribute what stands behind it."""

_VERBS = frozenset({"VERB", "AUX"})
_SUBJECT = frozenset({"nsubj"})
_PIECES = 2
"""A frame may cut its content once: ``The clerk, according to VNA, ruled out …``."""
_PRONOUNS = frozenset({"DT", "WDT", "WP"})
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_BESIDE = frozenset({AFTER, BEFORE, "before", "like"})
"""Kinds of complement that tell nothing of a verb with words of its own behind it."""
_SCORE = 0.6


def unframed(
    annotated: Annotated, told: list[Draft], names: frozenset[str]
) -> tuple[list[Draft], dict[int, list[Link]], set[int]]:
    """Return the drafts, those made of frames added; by place the links that frames give them; the places of frames.

    ``names`` are the words known to name outlets in this text.
    """
    told = list(told)
    through: dict[int, list[Link]] = {}
    frames: set[int] = set()
    cues = sorted((draft.cue[0][0], n) for n, draft in enumerate(told) if draft.cue and draft.speaker)
    for n, frame in enumerate(tuple(told)):
        if not _frames(annotated, frame, names):
            continue
        inner = _framed(told, n, cues)
        if inner is None:
            made = _told_in(annotated, told, n, names)
            if made is None:
                continue
            inner = len(told)
            told.append(made)
        frames.add(n)
        chain = [*frame.links, Link(frame.speaker[0], frame.speaker_at, frame.cue[0])]
        further = [link for link in frame.passed_on if is_from_whom(annotated, link)]
        for m in (inner, *_beside(told, n, inner, cues)):
            told[m] = told[m]._replace(passed_on=(*told[m].passed_on, *further))
            through.setdefault(m, [])[:0] = chain
    return told, through, frames


def is_from_whom(annotated: Annotated, link: Link) -> bool:
    """Return whether a link is whom another has the words from, by what governs it: ``from VNA``, ``citing VNA``."""
    return annotated.text(link.cue).lower().split()[-1] in ways(annotated.language).inward


def risen(told: list[Draft], draft: Draft) -> Draft:
    """Return a report that cites somebody as a statement of its own where nothing else holds its words."""
    if not draft.only_frames or not draft.links:
        return draft
    held = any(
        shared(draft.content, other.content) and not _reports(draft, other) for other in told if not other.only_frames
    )
    return draft if held else draft._replace(only_frames=False)


def _reports(frame: Draft, other: Draft) -> bool:
    """Whether what a report's source tells is that another said something: ``that a guard had testified that …``."""
    at = other.cue[0] if other.cue else other.content[0]
    return any(start <= at[0] and at[1] <= end for start, end in frame.content)


def _told_in(annotated: Annotated, told: list[Draft], n: int, names: frozenset[str]) -> Draft | None:
    """The statement that a frame's one clause is, where the frame adds nothing to it and nothing else holds its words.

    A frame adds nothing where its speaker is an outlet by its own words; behind "that", by a noun or a known name.
    """
    frame = told[n]
    if not frame.speaker or frame.speaker_at is None:
        return None
    if (
        not frame.links
        and not _in_which(annotated, frame)
        and not calls_itself_outlet(annotated, frame.speaker[0], names)
    ):
        return None
    if ".that" in frame.rule and not is_known_outlet(annotated, frame.speaker_at, names):
        return None
    made = told_of(annotated, frame)
    if (
        made is None
        or shared(made.speaker, frame.speaker)
        or any(shared(made.content, other.content) for m, other in enumerate(told) if m != n and not other.only_frames)
    ):
        return None
    return made


def _in_which(annotated: Annotated, frame: Draft) -> bool:
    """Whether a content is the clause in which a paper that an outlet carries has somebody speak.

    So ``VNA carried a statement in which the union demanded``.
    """
    first = annotated.tokens[min(annotated.token_range(frame.content[0])[0], len(annotated.tokens) - 1)]
    return first.tag == "WDT" and first.dep == "pobj" and frame.content[0][0] > frame.cue[0][1]


def _frames(annotated: Annotated, frame: Draft, names: frozenset[str]) -> bool:
    """Whether a draft's speaker only passes on: an outlet, or whom an outlet cites if that is an outlet too."""
    words = lexicon(annotated.language)
    if frame.links:
        at = frame.speaker_at
        if at is None:
            return False
        # "quoting an op-ed in the same newspaper": the paper speaks through it
        document = calls_itself_outlet(annotated, frame.speaker[0], names)
        return document or is_outlet(annotated, at, words) or is_known_outlet(annotated, at, names)
    return passes_on(annotated, frame, names)


def passes_on(annotated: Annotated, frame: Draft, names: frozenset[str]) -> bool:
    """Return whether an outlet is a draft's speaker only to pass on: ``KarsTel reports that Reyk said``.

    ``names`` are the words known to name outlets in this text.
    """
    if not frame.speaker or frame.speaker_at is None or not frame.cue or frame.cue_at is None:
        return False
    tokens, words = annotated.tokens, lexicon(annotated.language)
    rule = frame.rule.removeprefix("tagger+")
    cue = tokens[frame.cue_at]
    if cue.lemma in ways(annotated.language).tells_on and is_known_outlet(annotated, frame.speaker_at, names):
        return True
    if rule.startswith(("clause.that", "clause.clause")):
        if cue.lemma not in words.passes_on and tokens[frame.speaker_at].lower not in words.outlets:
            return False
    elif rule.startswith("tagger"):
        if cue.lemma not in words.passes_on and source_after(annotated, frame.cue_at) is None:
            return False
    elif not rule.startswith(("sentence.", "clause.before")):
        return False
    return is_outlet(annotated, frame.speaker_at, words)


def is_outlet(annotated: Annotated, head: int, words: Lexicon) -> bool:
    """Return whether a source passes on what others say: an organisation's name, or a noun such as ``agency``."""
    token = annotated.tokens[head]
    if is_outlet_word(token, words, annotated.language):
        return True
    if _is_named_as_outlet(annotated, head, words):
        return True  # "the weekly Touchline"
    if token.pos != "PROPN":
        return token.text.isupper() and len(token.text) > 1
    entity = entity_of(annotated, (token.start, token.end), head)
    if entity is not None and annotated.entity_by_id[entity].type != "other":
        return annotated.entity_by_id[entity].type == "organization"
    return token.ner == "ORG" or token.text.isupper()


def is_known_outlet(annotated: Annotated, head: int, names: frozenset[str]) -> bool:
    """Return whether a source is an outlet by a word of the list or a name that the text has given as an outlet's."""
    token = annotated.tokens[head]
    words = lexicon(annotated.language)
    if token.text in names:
        return True
    if token.ner == "PERSON":
        return False
    if is_outlet_word(token, words, annotated.language):
        return True
    return token.pos == "PROPN" and _is_named_as_outlet(annotated, head, words)


def _is_named_as_outlet(annotated: Annotated, head: int, words: Lexicon) -> bool:
    """Whether a noun for outlets stands before a name: ``the weekly Touchline``, not ``the weekly's editor``."""
    tokens = annotated.tokens
    return any(
        tokens[c].lower in words.outlets and tokens[c].dep != "poss" for c in annotated.children[head] if c < head
    )


def _framed(drafts: list[Draft], n: int, cues: list[tuple[int, int]]) -> int | None:
    """The draft whose content and cue together are what the frame ``n`` holds, or None; ``cues`` are places of cues."""
    frame = drafts[n]
    length = size(frame.content)
    best: tuple[int, int] | None = None
    nearby = [
        m for start, end in frame.content for _, m in cues[bisect_left(cues, (start,)) : bisect_left(cues, (end,))]
    ]
    for m in nearby:
        other = drafts[m]
        whole = (*other.content, *other.cue, *other.speaker)
        begins = min(whole)[0] - frame.content[0][0] in range(-2, 3)  # the frame's own clause, whatever follows it
        if m == n or other.only_frames or not (other.reports_words or other.seen or begins):
            continue
        held = shared(whole, frame.content)
        if held >= (HALF if begins else FRAMED) * length and (best is None or held > best[1]):
            best = m, held
    return best[0] if best is not None else None


def _beside(drafts: list[Draft], n: int, inner: int, cues: list[tuple[int, int]]) -> list[int]:
    """The further drafts of the one that a frame holds: ``According to VNA, she has called for a pause, warning …``."""
    low, high = drafts[n].content[0][0], drafts[n].content[-1][1]
    nearby = (m for _, m in cues[bisect_left(cues, (low,)) : bisect_left(cues, (high,))])
    return [m for m in nearby if m not in (n, inner) and drafts[m].speaker == drafts[inner].speaker]


def told_of(annotated: Annotated, frame: Draft) -> Draft | None:
    """Return the statement that is the one clause of a frame's content, or None where there is none."""
    if len(frame.content) > _PIECES or not frame.speaker:
        return None
    start, end = frame.content[0][0], frame.content[-1][1]
    first, last = annotated.token_range((start, end))
    verb = head_of(annotated, first, last)
    if not any(low <= annotated.tokens[verb].start < high for low, high in frame.content):
        return None
    tokens, children = annotated.tokens, annotated.children
    if tokens[verb].pos not in _VERBS:
        return None
    cue = verb
    if tokens[verb].lemma in lexicon(annotated.language).copulas:
        cue = next((c for c in children[verb] if tokens[c].dep == "acomp" or _is_stance(annotated, c)), verb)
        if cue == verb:
            return None
    subject = next((c for c in children[verb] if tokens[c].dep in _SUBJECT and first <= c < verb), None)
    if subject is None or tokens[subject].tag in _PRONOUNS:
        return None
    if tokens[subject].lower in lexicon(annotated.language).citing_pronouns:
        return None  # "the paper believes to know that it …": it speaks of itself
    if not _attributes(annotated, cue):
        return None
    speaker = naming_phrase(annotated, subject)
    span = cue_span(annotated, tokens[cue], "")
    addressed = addressed_by(annotated, cue)
    begins = addressed[1] if addressed is not None and span[1] <= addressed[0] and addressed[1] < end else span[1]
    content = tidy(annotated.document.text, begins, end)
    behind = annotated.tokens[slice(*annotated.token_range(content))]
    if (
        content[0] >= content[1]
        or not any(token.pos in _TELLING or token.tag == "NN" for token in behind)
        or speaker[1] > span[0]
    ):
        return None
    if _cuts(annotated, content):
        return None
    return frame._replace(
        content=(content,),
        cue=(span,),
        cue_at=cue,
        speaker=(speaker,),
        speaker_at=subject,
        rule="sentence.framed/1",
        score=_SCORE,
        likelihood=None,
        quotations=tuple(i for i in frame.quotations if content[0] <= annotated.quotations[i].span[0]),
        continued=False,
        passed_on=(),
        links=(),
        only_frames=False,
    )


def _is_stance(annotated: Annotated, at: int) -> bool:
    """Whether a word behind "is" tells how its subject stands to what follows: ``is against``."""
    token = annotated.tokens[at]
    return token.dep == "prep" and token.lower in ways(annotated.language).stances


def _attributes(annotated: Annotated, cue: int) -> bool:
    """Whether a word attributes what stands behind it to its subject."""
    words, lists = lexicon(annotated.language), circumstances(annotated.language)
    token = annotated.tokens[cue]
    ours = ways(annotated.language)
    if token.lemma in lists.belief | lists.intention | lists.knowledge | ours.framed or token.lower in ours.stances:
        return True
    key = f"{token.lemma}/a" if token.pos == "ADJ" else token.lemma
    kinds = words.words.get(key, {}).keys() - _BESIDE
    return max((words.chance(key, kind) for kind in kinds), default=0.0) >= ATTRIBUTES


def _cuts(annotated: Annotated, content: Span) -> bool:
    """Whether a content would cut a quotation."""
    outer = tuple(each for each in annotated.quotations if each.parent is None)
    return any(not (content[0] <= each.span[0] and each.span[1] <= content[1]) for each in meeting(content, outer))
