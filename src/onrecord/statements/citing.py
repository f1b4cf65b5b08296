"""Whose words an outlet reports, where it names the source beside its own verb: ``citing``, ``attributed to``.

Promise: the one cited becomes the speaker and the outlet a link; a person who cites somebody is no outlet. The odd case
that forced the shape: a report's source may stand in the speaker's own words (``The Packet, quoting a clerk,``), behind
the clause, or before the outlet, where the parser makes one name of ``Citing Reyk``.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.draft import Draft, Link
from onrecord.statements.framed import is_known_outlet, is_outlet
from onrecord.statements.lexicon import Lexicon, lexicon
from onrecord.statements.naming import entity_of, head_of
from onrecord.statements.outlets import chunk, ways
from onrecord.statements.spans import shared, size, tidy, without
from onrecord.statements.speakers import antecedent, naming_phrase

_WORDS = frozenset({"words"})
_LET = frozenset({"ccomp", "xcomp"})


HALF = 0.5
"""A content of which less than this is left when its citation is cut out was no content of words."""


def cited(annotated: Annotated, draft: Draft, words: Lexicon, names: frozenset[str]) -> Draft:
    """``KarsTel, citing the press secretary, said``: the words are the secretary's, by way of KarsTel.

    ``names`` are the words known to name outlets in this text.
    """
    if draft.speaker_at is None or draft.cue_at is None or not draft.speaker or draft.by_way_of:
        return draft
    within = (
        _cited_within(annotated, draft, words)
        or _ascribed(annotated, draft)
        or _in_words_of(annotated, draft)
        or _told_on(annotated, draft)
        or _heard_from(annotated, draft, names)
        or _let_speak(annotated, draft, names)
    )
    if within is not None:
        return within
    if not _may_cite(annotated, draft.speaker[0], draft.speaker_at, words):
        return _cited_by(annotated, draft, words)
    found = _cited_in(annotated, draft.cue_at, draft.content, words)
    if found is None:
        return draft
    cue, source, whom = found
    text = annotated.document.text
    if shared((whom,), draft.speaker):  # the tagger has made the one cited the speaker already
        return draft._replace(cue=(cue,), links=reporting(annotated, draft, words))
    content = tuple(piece for span in draft.content for piece in without(span, whom, text))
    content = tuple(piece for span in content for piece in without(span, cue, text))
    if not content or size(content) < HALF * size(draft.content):
        return draft
    if content != draft.content and _tells_of(annotated, content[0], source):
        return draft
    link = Link(draft.speaker[0], draft.speaker_at, draft.cue[0])
    if link.span[1] > cue[0] >= link.span[0]:
        own = annotated.tokens[draft.speaker_at]
        link = link._replace(span=tidy(text, link.span[0], max(own.end, cue[0])))
    if link.cue[1] > cue[0] >= link.cue[0]:
        verb = annotated.tokens[draft.cue_at]
        link = link._replace(cue=(verb.start, verb.end))
    return draft._replace(content=content, speaker=(whom,), speaker_at=source, cue=(cue,), links=(link,))


def _ascribed(annotated: Annotated, draft: Draft) -> Draft | None:
    """``VNA attributed to a judge the view that``: the words are the judge's, by way of VNA."""
    tokens, children = annotated.tokens, annotated.children
    verb = draft.cue_at
    for _ in range(3):
        if verb is None or tokens[verb].lemma in ways(annotated.language).ascribes:
            break
        verb = tokens[verb].head if tokens[verb].head != verb else None
    else:
        return None
    if verb is None or draft.speaker_at is None:
        return None
    subject = next((c for c in children[verb] if tokens[c].dep == "nsubj"), None)
    to = next((c for c in children[verb] if tokens[c].lower == "to" and tokens[c].dep in ("prep", "dative")), None)
    if to is None:
        to = _last_to(annotated, draft)
    whose = next((c for c in children[to] if tokens[c].dep == "pobj"), None) if to is not None else None
    if to is None or whose is None or subject is None or not is_outlet(annotated, subject, lexicon(annotated.language)):
        return None
    if not any(tokens[c].lemma in ways(annotated.language).taken_up for c in children[verb]):
        return None  # "attributed the shortfall to fuel"
    speaker = naming_phrase(annotated, whose)
    hole = tokens[to].start, speaker[1]
    content = tuple(piece for span in draft.content for piece in without(span, hole, annotated.document.text))
    if not content:
        return None
    link = Link(naming_phrase(annotated, subject), subject, (tokens[verb].start, tokens[verb].end))
    return draft._replace(content=content, speaker=(speaker,), speaker_at=whose, links=(link,))


def _last_to(annotated: Annotated, draft: Draft) -> int | None:
    """The ``to`` whose phrase ends a content: ``attributed the view that it would fall to a judge``."""
    first, last = annotated.token_range(draft.content[-1])
    for i in range(last - 1, first, -1):
        token = annotated.tokens[i]
        if token.lower == "to" and token.dep in ("prep", "dative"):
            return i if annotated.subtree(i)[1] >= last else None
    return None


def _in_words_of(annotated: Annotated, draft: Draft) -> Draft | None:
    """``VNA gives Reyk's words that``: the words are Reyk's, by way of VNA."""
    tokens, children = annotated.tokens, annotated.children
    verb = draft.cue_at
    if verb is None or tokens[verb].lemma not in ways(annotated.language).gives_words:
        return None
    noun = next((c for c in children[verb] if tokens[c].dep == "dobj" and tokens[c].lower in _WORDS), None)
    whose = next((c for c in children[noun] if tokens[c].dep == "poss"), None) if noun is not None else None
    if noun is None or whose is None or any(low <= tokens[noun].start < high for low, high in draft.content):
        return None
    speaker = naming_phrase(annotated, whose)
    speaker = speaker[0], tokens[whose].end
    subject = next((c for c in children[verb] if tokens[c].dep == "nsubj"), None)
    outlet = naming_phrase(annotated, subject) if subject is not None else None
    if outlet is None:  # "quotes his words the publication": the parser takes what stands behind for an apposition
        subject = next((c for c in children[noun] if c > noun and tokens[c].dep == "appos"), None)
        outlet = naming_phrase(annotated, subject) if subject is not None else None
    if outlet is None or subject is None or not is_outlet(annotated, subject, lexicon(annotated.language)):
        return None
    link = Link(outlet, subject, (tokens[verb].start, tokens[verb].end))
    return draft._replace(speaker=(speaker,), speaker_at=whose, links=(link,))


def _cited_within(annotated: Annotated, draft: Draft, words: Lexicon) -> Draft | None:
    """A draft whose speaker is outlet and source in one: ``The Packet, quoting a clerk of the yard,``."""
    text, tokens = annotated.document.text, annotated.tokens
    first, last = annotated.token_range(draft.speaker[0])
    found = next(_citations(annotated, first + 1, last, words), None)
    if found is None:
        return None
    begins, ends = found
    outlet = tidy(text, draft.speaker[0][0], tokens[begins].start)
    cited = tidy(text, tokens[ends].start, draft.speaker[0][1])
    head = head_of(annotated, first, begins)
    if ends - begins == 1 and not _may_cite(annotated, outlet, head, words):
        return None
    link = Link(outlet, head, draft.cue[0])
    cue = (tokens[begins].start, tokens[ends - 1].end)
    return draft._replace(speaker=(cited,), speaker_at=head_of(annotated, ends, last), cue=(cue,), links=(link,))


def _told_on(annotated: Annotated, draft: Draft) -> Draft | None:
    """A draft whose speaker has the outlet in it: ``said the minister, Ida Brenn, VNA reports.``."""
    tokens, text = annotated.tokens, annotated.document.text
    first, last = annotated.token_range(draft.speaker[0])
    if last + 1 >= len(tokens) or tokens[last].lower not in lexicon(annotated.language).reporting:
        return None
    tells = tokens[last].lemma.removesuffix("s") in lexicon(annotated.language).passes_on
    if tokens[last + 1].pos != "PUNCT" or not tells:
        return None  # people say and write, outlets report
    comma = next((i for i in range(last - 1, first, -1) if tokens[i].text == ","), None)
    if comma is None or chunk(annotated, comma + 1, last) != last or tokens[last - 1].pos not in ("PROPN", "NOUN"):
        return None
    outlet = tidy(text, tokens[comma + 1].start, tokens[last - 1].end)
    link = Link(outlet, head_of(annotated, comma + 1, last), (tokens[last].start, tokens[last].end))
    speaker = tidy(text, draft.speaker[0][0], tokens[comma].start)
    return draft._replace(speaker=(speaker,), speaker_at=head_of(annotated, first, comma), links=(link,))


def _heard_from(annotated: Annotated, draft: Draft, names: frozenset[str]) -> Draft | None:
    """``VNA hears from two deputies that``: the words are the deputies', by way of VNA."""
    tokens, children, words = annotated.tokens, annotated.children, ways(annotated.language)
    verb = draft.cue_at
    if verb is not None and tokens[verb].lower in words.from_:
        verb = tokens[verb].head
    if verb is None or tokens[verb].lemma not in words.hears_from:
        return None
    outlet = _outlet_that(annotated, verb, names)
    preposition = next((c for c in children[verb] if tokens[c].lower in words.from_), None)
    whom = (
        next((c for c in children[preposition] if tokens[c].dep == "pobj"), None) if preposition is not None else None
    )
    if outlet is None or preposition is None or whom is None:
        return None
    speaker = naming_phrase(annotated, whom)
    hole = tokens[preposition].start, speaker[1]
    content = tuple(piece for span in draft.content for piece in without(span, hole, annotated.document.text))
    if not content or size(content) < HALF * size(draft.content):
        return None
    cue = tokens[verb].start, tokens[verb].end
    link = Link(naming_phrase(annotated, outlet), outlet, cue)
    return draft._replace(content=content, speaker=(speaker,), speaker_at=whom, links=(link,))


def _let_speak(annotated: Annotated, draft: Draft, names: frozenset[str]) -> Draft | None:
    """``VNA has him admitting that``, ``lets two deputies complain that``: theirs, by way of VNA."""
    tokens, cue = annotated.tokens, draft.cue_at
    if cue is None:
        return None
    speaks = next((c for c in annotated.children[cue] if tokens[c].dep == "nsubj" and c < cue), None)
    if tokens[cue].dep == "acl" and tokens[tokens[cue].head].dep == "dobj":
        speaks = tokens[cue].head  # "has him admitting", parsed as if he were had
    elif tokens[cue].dep not in _LET:
        return None
    verb = tokens[speaks].head if speaks is not None and tokens[cue].dep == "acl" else tokens[cue].head
    if tokens[verb].lemma not in ways(annotated.language).lets_speak:
        return None
    outlet = _outlet_that(annotated, verb, names)
    if outlet is None or speaks is None or speaks < verb:
        return None
    link = Link(naming_phrase(annotated, outlet), outlet, (tokens[verb].start, tokens[verb].end))
    return draft._replace(speaker=(naming_phrase(annotated, speaks),), speaker_at=speaks, links=(link,))


def _outlet_that(annotated: Annotated, verb: int, names: frozenset[str]) -> int | None:
    """The subject of a verb, if that is an outlet."""
    subject = next((c for c in annotated.children[verb] if annotated.tokens[c].dep == "nsubj" and c < verb), None)
    if subject is None:
        return None
    known = is_known_outlet(annotated, subject, names)
    return subject if known or is_outlet(annotated, subject, lexicon(annotated.language)) else None


def _citations(annotated: Annotated, first: int, last: int, words: Lexicon) -> Iterator[tuple[int, int]]:
    """The phrases that cite somebody behind them, among the tokens ``first`` up to ``last``, as first and last + 1."""
    tokens = annotated.tokens
    for i in range(first, last):
        for phrase in words.citing.get(tokens[i].lower, ()):
            end = i + len(phrase)
            lacks = i > first and tokens[i - 1].lower in ways(annotated.language).lacking  # "without citing"
            if not lacks and end < last and all(tokens[i + k].lower == word for k, word in enumerate(phrase)):
                yield i, end


def reporting(annotated: Annotated, draft: Draft, words: Lexicon) -> tuple[Link, ...]:
    """The outlet that is the subject of the cue where another is the speaker: ``SRT, citing an official, reported``."""
    at = draft.cue_at
    if at is None or not draft.speaker or annotated.tokens[at].lemma not in words.passes_on:
        return ()
    subject = next((c for c in annotated.children[at] if annotated.tokens[c].dep == "nsubj"), None)
    subject = antecedent(annotated, subject) if subject is not None else None
    if subject is None or not is_outlet(annotated, subject, words):
        return ()
    start = annotated.tokens[subject].start
    if any(low <= start < high for low, high in (*draft.speaker, *draft.content)):
        return ()
    token = annotated.tokens[at]
    return (Link(naming_phrase(annotated, subject), subject, (token.start, token.end)),)


def _cited_by(annotated: Annotated, draft: Draft, words: Lexicon) -> Draft:
    """A draft whose cue is itself the citation, ``citing``, with the sentence's outlet as its way."""
    first, last = annotated.token_range(draft.cue[0])
    named = tuple(token.lower for token in annotated.tokens[first:last])
    if not words.cites_by(named) or draft.speaker[0][0] < draft.cue[0][1]:
        return draft
    sentence = annotated.sentences[annotated.tokens[first].sentence]
    for token in annotated.tokens[sentence.first : sentence.last]:
        inside = any(start <= token.start < end for start, end in (*draft.content, *draft.speaker))
        if token.dep != "nsubj" or inside:
            continue
        outlet = naming_phrase(annotated, token.i)
        if _may_cite(annotated, outlet, token.i, words):
            verb = annotated.tokens[token.head]
            return draft._replace(links=(Link(outlet, token.i, (verb.start, verb.end)),))
    return draft


def _tells_of(annotated: Annotated, span: Span, source: int) -> bool:
    """Whether words only go on to tell of the one cited: ``citing two people who were in the room``."""
    first = annotated.tokens[min(annotated.token_range(span)[0], len(annotated.tokens) - 1)]
    return first.i > source and first.tag in ("WP", "WDT", "WP$", "IN") and first.dep != "mark"


def _may_cite(annotated: Annotated, speaker: Span, at: int, words: Lexicon) -> bool:
    """Whether a speaker who cites somebody may be an outlet: all but people and those who speak of themselves."""
    first, last = annotated.token_range(speaker)
    if is_outlet(annotated, at, words) or any(token.lower in words.outlets for token in annotated.tokens[first:last]):
        return True
    entity = entity_of(annotated, speaker, at)
    if entity is not None:
        return annotated.entity_by_id[entity].type != "person"
    return annotated.tokens[at].pos == "PROPN" or annotated.tokens[at].lower in words.citing_pronouns


def _cited_in(
    annotated: Annotated, cue_at: int, content: tuple[Span, ...], words: Lexicon
) -> tuple[Span, int, Span] | None:
    """The phrase of the cue's sentence that cites somebody (``with reference to``), whom it cites: head and words."""
    tokens, children = annotated.tokens, annotated.children
    sentence = annotated.sentences[tokens[cue_at].sentence]
    for i, end in _citations(annotated, sentence.first, sentence.last, words):
        if any(span[0] < tokens[i].start < span[1] for span in content):
            continue
        below = (c for k in range(end - 1, i - 1, -1) for c in children[k] if c >= end)
        source = next((c for c in below if tokens[c].dep in ("dobj", "pobj")), None)
        if source is not None:
            return (tokens[i].start, tokens[end - 1].end), source, naming_phrase(annotated, source)
        last = chunk(annotated, end, sentence.last)
        if i == sentence.first and last > end:  # "Citing Reyk, VNA reported", of which the parser makes one name
            span = tidy(annotated.document.text, tokens[end].start, tokens[last - 1].end)
            return (tokens[i].start, tokens[end - 1].end), head_of(annotated, end, last), span
    return None
