"""Headlines that are a statement: ``Reyk: The pass will open this year``; ``Pass to open in May, says presidency``.

Promise: at most one draft a headline, and none where the words before the colon only announce (``Breaking:``,
``The latest:``). The odd case that forced the shape: parsers see no sentence in a headline, so only the colon, the
words before it and a short list of announcing words are looked at; and behind the last comma, a form of a reporting
verb with the name beside it.
"""

from __future__ import annotations

from onrecord.language import Annotated
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.signed import FINITE
from onrecord.statements.spans import balanced, tidy

_LONGEST = 6
"""Words of a speaker, before the colon or behind the last comma; more are a sentence of their own."""

_NOMINAL = frozenset({"PROPN", "NOUN", "ADJ", "DET", "ADP", "PART", "NUM"})
"""Parts of speech of a speaker's words."""


def headline_draft(annotated: Annotated, block: int, first: int, last: int) -> Draft | None:
    """Return the draft of a headline, its tokens being ``first`` to ``last - 1``, or None where it is none."""
    return _before_colon(annotated, block, first, last) or _behind_comma(annotated, block, first, last)


def _behind_comma(annotated: Annotated, block: int, first: int, last: int) -> Draft | None:
    """``Pass to open in May, says presidency``; ``…, Karsenian minister says``: the last words name the speaker."""
    tokens, text = annotated.tokens, annotated.document.text
    comma = next((i for i in range(last - 1, first, -1) if tokens[i].text == ","), None)
    if comma is None or comma - first < 3 or not 2 <= last - comma - 1 <= _LONGEST:
        return None
    reporting = lexicon(annotated.language).reporting
    if tokens[comma + 1].lower in reporting:
        cue, named = tokens[comma + 1], tokens[comma + 2 : last]
    elif tokens[last - 1].lower in reporting:
        cue, named = tokens[last - 1], tokens[comma + 1 : last - 1]
    else:
        return None
    if any(token.pos not in _NOMINAL for token in named):
        return None
    return Draft(
        content=(tidy(text, tokens[first].start, tokens[comma].start),),
        cue=((cue.start, cue.end),),
        cue_at=cue.i,
        speaker=(tidy(text, named[0].start, named[-1].end),),
        speaker_at=next((token.i for token in reversed(named) if token.pos in ("PROPN", "NOUN")), named[-1].i),
        rule="headline.comma/1",
        score=0.8,
        block=block,
    )


def _before_colon(annotated: Annotated, block: int, first: int, last: int) -> Draft | None:
    """``Reyk: The pass will open this year``: what stands before the colon is the speaker."""
    tokens, text = annotated.tokens, annotated.document.text
    colon = next((i for i in range(first, min(last, first + _LONGEST + 1)) if tokens[i].text == ":"), None)
    if colon is None or colon == first or colon + 2 >= last:
        return None
    before = tokens[first:colon]
    words = lexicon(annotated.language)
    if any(token.tag in FINITE or token.lower in words.announces or token.tag == "CD" for token in before):
        return None
    addressed = next(
        (token.i for token in before if token.lower in words.address_in_headlines and token.i > first), colon
    )
    named = [token for token in tokens[first:addressed] if token.text[0].isupper() and token.pos != "DET"]
    if not named or named[0].pos == "VERB":
        return None
    if all(token.text.isupper() for token in named) and annotated.document.blocks[block].kind != "headline":
        return None  # a dateline: "OSTREV: The ministry …"
    end = tokens[last - 1].end
    content = tidy(text, tokens[colon].end, end)
    while content[1] > content[0] and text[content[1] - 1] == ".":
        content = content[0], content[1] - 1
    if len(text[content[0] : content[1]].split()) < 3:
        return None
    head = next((token.i for token in reversed(tokens[first:addressed]) if token.pos in ("PROPN", "NOUN")), named[-1].i)
    return Draft(
        content=(content,),
        cue=((tokens[colon].start, tokens[colon].end),),
        cue_at=None,
        speaker=(balanced(text, tokens[first].start, tokens[addressed - 1].end),),
        speaker_at=head,
        rule="headline.colon/1",
        score=0.8,
        block=block,
    )
