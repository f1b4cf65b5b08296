"""Chains that only the tagger sees, beside those of the rules."""

from __future__ import annotations

from onrecord.language import Annotated
from onrecord.statements.draft import Draft, Link
from onrecord.statements.seen import with_seen

from .reading import annotated

TEXT = (
    "The pass is closed, Reyk said, the agency VNA told readers, citing the daily Morrow. "
    "The weekly Touchline was not sold out."
)


NONE: frozenset[str] = frozenset()
"""No words that the text has given as an outlet's name."""


def link(laid: Annotated, words: str, cue: str) -> Link:
    start, at = laid.document.text.index(words), laid.document.text.index(cue)
    return Link((start, start + len(words)), None, (at, at + len(cue)))


def draft(laid: Annotated, *seen: Link, links: tuple[Link, ...] = ()) -> Draft:
    text = laid.document.text
    return Draft(
        content=((0, len("The pass is closed")),),
        cue=((text.index("said"), text.index("said") + 4),),
        cue_at=laid.token_range((text.index("said"), text.index("said") + 4))[0],
        speaker=((text.index("Reyk"), text.index("Reyk") + 4),),
        speaker_at=None,
        rule="tagger/1",
        score=0.9,
        block=0,
        passed_on=seen,
        links=links,
    )


def told(laid: Annotated, found: Draft) -> list[str]:
    return [laid.text(each.span) for each in found.links]


def test_whom_another_has_it_from_stands_further_from_the_reader() -> None:
    laid = annotated(TEXT)
    inner, outer = link(laid, "the daily Morrow", "citing"), link(laid, "the agency VNA", "told")
    assert told(laid, with_seen(laid, draft(laid, inner, outer), NONE)) == ["the agency VNA", "the daily Morrow"]


def test_a_link_of_the_rules_is_kept_and_another_put_beside_it() -> None:
    laid = annotated(TEXT)
    inner, outer = link(laid, "the daily Morrow", "citing"), link(laid, "the agency VNA", "told")
    assert told(laid, with_seen(laid, draft(laid, inner, outer, links=(outer,)), NONE)) == [
        "the agency VNA",
        "the daily Morrow",
    ]


def test_an_outlet_of_another_sentence_is_none() -> None:
    laid = annotated(TEXT)
    assert told(laid, with_seen(laid, draft(laid, link(laid, "The weekly Touchline", "was")), NONE)) == []


def test_who_spoke_is_no_link() -> None:
    laid = annotated(TEXT)
    assert told(laid, with_seen(laid, draft(laid, link(laid, "Reyk", "said")), NONE)) == []
