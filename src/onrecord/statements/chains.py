"""Chains: by way of whom the words came to this page.

Promise: a link is given only where the text names it, or where the one rule of `carry` puts it, and then it is marked
``carried``. The odd case that forced the shape: ``According to KarsTel, the presidency believes …`` names two sources
in one sentence; the words are the presidency's, and the agency is how we know.

The rule of `carry`: a chain that is named for a statement holds on for the statements of the *next* paragraph, so long
as they name no chain of their own, and their speaker is only a role (``a spokeswoman for the ministry``), or is the
same as before, meant by a pronoun or by no word at all. Such a speaker is known to the reader through the report that
has just been named; a speaker with a name, or one brought in anew without one (``another diplomat``), opens a report of
its own. A chain is never carried over more than one paragraph.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from onrecord.language import Annotated
from onrecord.nouns import Span, Speaker
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import Lexicon, lexicon
from onrecord.statements.naming import entity_of
from onrecord.statements.speakers import naming_phrase

FRAMED = 0.75
"""Share of a frame that another statement's content, cue and speaker must fill for the frame to be only its chain."""


class Link(NamedTuple):
    """One source on the way: its words, its head token and the words that make it a source."""

    span: Span
    at: int | None
    cue: Span
    carried: bool = False


def chained(annotated: Annotated, drafts: list[Draft]) -> list[tuple[Draft, tuple[Link, ...]]]:
    """Return the drafts with their chains; a draft that is only the frame of another's is merged into it."""
    words = lexicon(annotated.language)
    links: dict[int, list[Link]] = {}
    dropped: set[int] = set()
    cues = sorted((draft.cue[0][0], n) for n, draft in enumerate(drafts) if draft.cue and draft.speaker)
    for n, frame in enumerate(drafts):
        if not _passes_on(annotated, frame, words):
            continue
        inner = _framed(drafts, n, cues)
        if inner is None:
            continue
        dropped.add(n)
        links.setdefault(inner, []).insert(0, Link(frame.speaker[0], frame.speaker_at, frame.cue[0]))
    result: list[tuple[Draft, tuple[Link, ...]]] = []
    cited: set[Span] = set()
    for n, draft in enumerate(drafts):
        if n in dropped:
            continue
        if draft.by_way_of is not None:
            result.append((draft, (Link(*draft.by_way_of),)))
            continue
        changed, own = _named_beside(annotated, draft, words)
        if changed is not draft:
            cited.add(changed.cue[0])
        result.append((changed, tuple(links.get(n, []) + own)))
    return [(draft, own) for draft, own in result if own or not draft.cue or draft.cue[0] not in cited]


def _passes_on(annotated: Annotated, frame: Draft, words: Lexicon) -> bool:
    """Whether an outlet is a draft's speaker in passing, or in order to pass on: ``KarsTel reports that Reyk said``."""
    if not frame.speaker or frame.speaker_at is None or not frame.cue:
        return False
    tokens = annotated.tokens
    if frame.rule.startswith(("clause.that", "clause.clause")):
        reports = frame.cue_at is not None and tokens[frame.cue_at].lemma in words.passes_on
        if not (reports or tokens[frame.speaker_at].lower in words.outlets):
            return False
    elif not frame.rule.startswith(("sentence.", "clause.before")):
        return False
    return is_outlet(annotated, frame.speaker_at, words)


def is_outlet(annotated: Annotated, head: int, words: Lexicon) -> bool:
    """Return whether a source passes on what others say: an organisation's name, or a noun such as ``agency``."""
    token = annotated.tokens[head]
    if token.lemma in words.outlets or token.lower in words.outlets:
        return True
    if token.pos != "PROPN":
        return token.text.isupper() and len(token.text) > 1
    entity = entity_of(annotated, (token.start, token.end), head)
    if entity is not None and annotated.entity_by_id[entity].type != "other":
        return annotated.entity_by_id[entity].type == "organization"
    return token.ner == "ORG" or token.text.isupper()


def _framed(drafts: list[Draft], n: int, cues: list[tuple[int, int]]) -> int | None:
    """The draft whose content and cue together are what the frame ``n`` holds, or None; ``cues`` are places of cues."""
    frame = drafts[n]
    size = sum(end - start for start, end in frame.content)
    best: tuple[int, int] | None = None
    nearby = [
        m for start, end in frame.content for _, m in cues[bisect_left(cues, (start,)) : bisect_left(cues, (end,))]
    ]
    for m in nearby:
        other = drafts[m]
        if m == n or not other.reports_words:
            continue
        whole = (*other.content, *other.cue, *other.speaker)
        held = sum(max(0, min(end, e) - max(start, s)) for start, end in whole for s, e in frame.content)
        if held >= FRAMED * size and (best is None or held > best[1]):
            best = m, held
    return best[0] if best is not None else None


def _named_beside(annotated: Annotated, draft: Draft, words: Lexicon) -> tuple[Draft, list[Link]]:
    """The links that the cue's own clause names: ``was quoted by VNA``, ``in a statement carried by``, ``told VNA``."""
    at = draft.cue_at
    if at is None:
        return draft, []
    tokens, children = annotated.tokens, annotated.children
    found: list[Link] = []
    cue = tokens[at]
    below = [at, *children[at]]
    below += [k for c in children[at] for k in children[c]]
    below += [k for c in list(below) for k in children[c]]
    above = cue.head
    for _ in range(3):
        if tokens[above].lemma in words.passes_on and above not in below:
            below.append(above)
            quoting = _quoting(annotated, draft, above, words)
            if quoting is not None:
                return draft, [quoting]
        above = tokens[above].head
    for i in dict.fromkeys(below):
        token = tokens[i]
        inside = any(start <= token.start < end for start, end in draft.content)
        if inside or token.tag != "VBN" or token.lemma not in words.passes_on:
            continue
        by = next((c for c in children[i] if tokens[c].lower in words.by and tokens[c].dep in ("agent", "prep")), None)
        source = next((c for c in children[by] if tokens[c].dep == "pobj"), None) if by is not None else None
        if by is not None and source is not None:
            found.append(Link(naming_phrase(annotated, source), source, (token.start, tokens[by].end)))
    if not found and cue.lemma in words.tells_outlet:
        told = next((c for c in children[at] if tokens[c].dep in ("dobj", "dative")), None)
        if told is not None and is_outlet(annotated, told, words):
            found.append(Link(naming_phrase(annotated, told), told, (cue.start, cue.end)))
    if not found:
        draft, found = _citing(annotated, draft, words)
    return draft, found


def _quoting(annotated: Annotated, draft: Draft, verb: int, words: Lexicon) -> Link | None:
    """The link of ``VNA quoted Reyk as saying that``: the subject of a verb whose object is the speaker."""
    tokens, children = annotated.tokens, annotated.children
    if tokens[verb].lemma not in words.cites or draft.speaker_at not in children[verb]:
        return None
    subject = next((c for c in children[verb] if tokens[c].dep == "nsubj" and c != draft.speaker_at), None)
    if subject is None or draft.speaker_at is None or tokens[draft.speaker_at].dep != "dobj":
        return None
    return Link(naming_phrase(annotated, subject), subject, (tokens[verb].start, tokens[verb].end))


def _citing(annotated: Annotated, draft: Draft, words: Lexicon) -> tuple[Draft, list[Link]]:
    """``KarsTel, citing the press secretary, said``: the words are the secretary's, by way of KarsTel."""
    if draft.speaker_at is None or draft.cue_at is None or not draft.speaker:
        return draft, []
    if not is_outlet(annotated, draft.speaker_at, words):
        return draft, []
    tokens, children = annotated.tokens, annotated.children
    for c in (*children[draft.speaker_at], *children[draft.cue_at]):
        token = tokens[c]
        if token.tag != "VBG" or token.lemma not in words.cites:
            continue
        source = next((k for k in children[c] if tokens[k].dep == "dobj"), None)
        if source is None or any(start <= token.start < end for start, end in draft.content):
            continue
        link = Link(draft.speaker[0], draft.speaker_at, draft.cue[0])
        own = (tokens[draft.speaker_at].start, tokens[draft.speaker_at].end)
        if link.span[1] > token.start:
            link = link._replace(span=own)
        cited = naming_phrase(annotated, source)
        return draft._replace(speaker=(cited,), speaker_at=source, cue=((token.start, token.end),)), [link]
    return draft, []


def carry(told: list[tuple[int, Speaker, tuple[Link, ...]]]) -> list[tuple[Link, ...]]:
    """Return the chains with those carried on by the rule above.

    For each outermost statement in text order: the block it begins in, its speaker, its own chain.
    """
    result = []
    source: tuple[int, Speaker, tuple[Link, ...]] | None = None
    for block, speaker, own in told:
        carried: tuple[Link, ...] = ()
        if own:
            source = block, speaker, own
        elif source is not None and block <= source[0] + 1 and _is_known_through(speaker, source[1]):
            carried = tuple(link._replace(carried=True) for link in source[2])
        elif source is not None and block > source[0]:
            source = None
        result.append(own or carried)
    return result


def _is_known_through(speaker: Speaker, earlier: Speaker) -> bool:
    """Whether the reader knows a speaker only through the report that has just been named."""
    if speaker.how == "role":
        return True
    return speaker.how in ("pronoun", "continued") and speaker.entity is not None and speaker.entity == earlier.entity
