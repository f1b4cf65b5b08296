"""What goes with saying, told by rules alone: whether it was said at all, asked, denied or refused, and to whom."""

from __future__ import annotations

import pytest

from .reading import annotated, statements, words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Reyk said that the pass would open.", "speech"),
        ("Reyk believes that the pass will open.", "belief"),
        ("Reyk is confident that the pass will open.", "belief"),
        ("Reyk knew that the pass had opened.", "knowledge"),
        ("Reyk wants the pass to open.", "intention"),
        ("Reyk said she hopes that the pass will open.", "speech"),
        ("“We hope that it opens,” Reyk said.", "speech"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert [each.kind for each in statements(text) if each.inside is None] == [kind]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Reyk said that the pass would open.", "affirmed"),
        ("Reyk denied that the pass would open.", "denied"),
        ("Reyk declined to say whether the pass would open.", "refused"),
        ("Reyk asked whether the pass would open.", "asked"),
        ("Reyk did not say that the pass would open.", "denied"),
        ("Reyk does not believe that the pass will open.", "denied"),
        ("Reyk did not say whether the pass would open.", "refused"),
        ("Reyk would not say that the pass would open.", "refused"),
        ("The delegate wondered whether the pass would open.", "asked"),
        ("Reyk said that nobody knew whether it would open.", "affirmed"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert [each.polarity for each in statements(text) if each.inside is None] == [polarity]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Reyk told the delegates that the pass would open.", "the delegates"),
        ("Reyk assured the council that the pass would close.", "the council"),
        ("Reyk said that the pass would close.", None),
    ],
)
def test_addressee(text: str, addressee: str | None) -> None:
    [found] = [each for each in statements(text) if each.inside is None]
    assert (words(text, found.addressee.span) if found.addressee else [None]) == [addressee]


def test_who_is_spoken_to_is_told_only_before_a_clause() -> None:
    from onrecord.statements.circumstances import addressed_by

    def behind(text: str, verb: str) -> str | None:
        laid = annotated(text)
        [at] = [token.i for token in laid.tokens if token.text == verb]
        span = addressed_by(laid, at)
        return None if span is None else laid.text(span)

    assert behind("Reyk told the delegates that it would rain.", "told") == "the delegates"
    assert behind("Reyk urged the council to wait.", "urged") == "the council"
    assert behind("Reyk ordered a review of the pass.", "ordered") is None
