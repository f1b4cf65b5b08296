"""Chains: by way of whom the words came to this page.

Promise: a link is given only where the text names it; `onrecord.statements.carried` carries chains on. The odd case
that forced the shape: ``According to KarsTel, the presidency believes …`` names two sources in one sentence; the words
are the presidency's, and the agency is how we know.
"""

from __future__ import annotations

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.citing import cited, reporting
from onrecord.statements.credits import credited
from onrecord.statements.draft import Draft, Link
from onrecord.statements.framed import is_outlet, risen, unframed
from onrecord.statements.lexicon import Lexicon, lexicon
from onrecord.statements.naming import head_of
from onrecord.statements.outlets import ways
from onrecord.statements.routes import routed
from onrecord.statements.seen import with_seen
from onrecord.statements.spans import shared, tidy
from onrecord.statements.speakers import antecedent, naming_phrase, subject_of


def chained(annotated: Annotated, drafts: list[Draft], names: frozenset[str]) -> list[Draft]:
    """Return the drafts with their chains; a draft that is only the frame of another's is merged into it.

    ``names`` are the words known to name outlets in this text.
    """
    words = lexicon(annotated.language)
    told = [cited(annotated, draft, words, names) for draft in drafts]
    told = [risen(told, draft) for draft in told]
    reports = {draft.cue[0] for draft in told if draft.links and not draft.only_frames}
    told = [draft for draft in told if draft.links or not draft.cue or draft.cue[0] not in reports]
    told, through, frames = unframed(annotated, told, names)
    result: list[Draft] = []
    for n, draft in enumerate(told):
        if n in frames or draft.only_frames:
            continue
        if draft.by_way_of is not None:
            result.append(draft._replace(links=(Link(*draft.by_way_of),)))
            continue
        own = draft.links or _named_beside(annotated, draft, words)
        if not own and n not in through:
            own = reporting(annotated, draft, words)
        links = tuple({link.span: link for link in (*through.get(n, ()), *own)}.values())
        result.append(_not_its_own(annotated, draft, links))
    result = [draft._replace(links=_apart(annotated, draft.links)) for draft in result]
    result = routed(annotated, _without_ways(annotated, result, words), names)
    result = [with_seen(annotated, draft, names) for draft in result]
    result = credited(annotated, _without_ways(annotated, result, words), names)
    result = [draft._replace(links=_without_papers(annotated, draft.links)) for draft in result]
    linked = [draft for draft in result if draft.links]
    return [draft for draft in result if draft.links or not any(_only_names(draft, other) for other in linked)]


def _apart(annotated: Annotated, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links, two of them where the words of one name both: ``the Courier, via the agency VNA``."""
    result: list[Link] = []
    text, between = annotated.document.text, ways(annotated.language).via
    for link in links:
        first, last = annotated.token_range(link.span)
        via = next((token for token in annotated.tokens[first + 1 : last - 1] if token.lower in between), None)
        if via is None:
            result.append(link)
            continue
        result.append(link._replace(span=tidy(text, link.span[0], via.start)))
        inner = tidy(text, via.end, link.span[1])
        result.append(Link(inner, head_of(annotated, via.i + 1, last), (via.start, via.end)))
    return tuple(result)


def _without_papers(annotated: Annotated, links: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links without a paper of which another tells who brought it: ``a transcript released by the court``."""
    if len(links) < 2:
        return links
    brought = {annotated.tokens[annotated.token_range(link.cue)[0]].head for link in links}
    words = ways(annotated.language)
    return tuple(
        link
        for link in links
        if link.at is None
        or link.at not in brought
        or annotated.tokens[link.at].lemma not in words.taken_up | words.voices
    )


def _named_beside(annotated: Annotated, draft: Draft, words: Lexicon) -> tuple[Link, ...]:
    """The links that the cue's own clause names: ``was quoted by VNA``, ``in a statement carried by``."""
    at = draft.cue_at
    if at is None:
        return ()
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
                return (quoting,)
        above = tokens[above].head
    for i in dict.fromkeys(below):
        token = tokens[i]
        inside = any(start <= token.start < end for start, end in draft.content)
        obtained = token.lemma in words.obtains
        if inside or token.tag != "VBN" or not (obtained or token.lemma in words.passes_on):
            continue
        if _of_another(annotated, draft, i):
            continue
        by = next((c for c in children[i] if tokens[c].lower in words.by and tokens[c].dep in ("agent", "prep")), None)
        source = next((c for c in children[by] if tokens[c].dep == "pobj"), None) if by is not None else None
        if by is not None and source is not None and (not obtained or is_outlet(annotated, source, words)):
            found.append(Link(naming_phrase(annotated, source), source, (token.start, tokens[by].end)))
    return tuple(found)


def _of_another(annotated: Annotated, draft: Draft, passive: int) -> bool:
    """Whether a passive below a cue tells of somebody else: ``…, and a delegate was cited by Radio Morn``."""
    tokens = annotated.tokens
    theme = next((c for c in annotated.children[passive] if tokens[c].dep == "nsubjpass"), None)
    if theme is None or passive == draft.cue_at or tokens[theme].tag in ("WDT", "WP"):
        return False
    named = any(low <= tokens[theme].start < high for low, high in draft.speaker)
    return not named and tokens[theme].pos != "PRON" and tokens[theme].lemma not in ways(annotated.language).taken_up


def _not_its_own(annotated: Annotated, draft: Draft, through: tuple[Link, ...]) -> Draft:
    """The draft with its chain, and the one quoted as its speaker: ``Reyk was quoted by VNA as saying``."""
    own = {link.span for link in through for start, end in draft.speaker if link.span[0] < end and start < link.span[1]}
    if not own or draft.cue_at is None:
        return draft._replace(links=through)
    speaker = subject_of(annotated, draft.cue_at)
    if speaker is None or any(start <= annotated.tokens[speaker].start < end for start, end in own):
        return draft._replace(links=tuple(link for link in through if link.span not in own))
    return draft._replace(links=through, speaker=(naming_phrase(annotated, speaker),), speaker_at=speaker)


def _quoting(annotated: Annotated, draft: Draft, verb: int, words: Lexicon) -> Link | None:
    """The link of ``VNA quoted Reyk as saying that``: the subject of a verb whose object is the speaker."""
    tokens, children = annotated.tokens, annotated.children
    if tokens[verb].lemma not in words.cites or draft.speaker_at not in children[verb]:
        return None
    subject = next((c for c in children[verb] if tokens[c].dep == "nsubj" and c != draft.speaker_at), None)
    if subject is None or draft.speaker_at is None or tokens[draft.speaker_at].dep != "dobj":
        return None
    subject = antecedent(annotated, subject)
    return Link(naming_phrase(annotated, subject), subject, (tokens[verb].start, tokens[verb].end))


def _without_ways(annotated: Annotated, drafts: list[Draft], words: Lexicon) -> list[Draft]:
    """The drafts without those that only name another's link."""
    named = [link.cue for draft in drafts for link in draft.links or draft.passed_on]
    return [draft for draft in drafts if draft.links or not _is_way(annotated, draft, named, words)]


def _is_way(annotated: Annotated, draft: Draft, named: list[Span], words: Lexicon) -> bool:
    """Whether a draft's cue only passes on what another draft holds: ``was quoted by VNA`` of ``… as saying``."""
    if draft.cue_at is None or annotated.tokens[draft.cue_at].lemma not in words.passes_on:
        return False
    low, high = draft.cue[0]
    return any(start < high and low < end for start, end in named)


def _only_names(draft: Draft, other: Draft) -> bool:
    """Whether a draft only names a link of another: ``According to the Argus,`` of what she ``has confided``."""
    if not any(shared(draft.speaker, (link.span,)) for link in other.links):
        return False
    return shared(draft.content, (*other.speaker, *other.cue, *other.content)) > 0
