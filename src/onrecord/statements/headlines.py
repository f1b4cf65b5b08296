"""Headlines that are a statement: ``Reyk: The pass will open this year``.

Promise: at most one draft a headline, and none where the words before the colon only announce (``Breaking:``,
``The latest:``). The odd case that forced the shape: parsers see no sentence in a headline, so only the colon, the
words before it and a short list of announcing words are looked at.
"""

from __future__ import annotations

from onrecord.language import Annotated
from onrecord.statements.draft import Draft
from onrecord.statements.lexicon import lexicon
from onrecord.statements.quoted import FINITE
from onrecord.statements.spans import balanced, tidy

_LONGEST = 6
"""Words before the colon; more are a sentence of their own."""


def headline_draft(annotated: Annotated, block: int, first: int, last: int) -> Draft | None:
    """Return the draft of a headline, its tokens being ``first`` to ``last - 1``, or None where it is none."""
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
