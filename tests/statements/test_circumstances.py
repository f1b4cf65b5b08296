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
        ("The ministry neither confirmed nor denied that the pass was closed.", "refused"),
        ("Reyk was unwilling to say whether the pass was closed.", "refused"),
        ("The police have yet to say whether the pass is closed.", "refused"),
        ("Reyk would neither confirm nor deny that the pass was closed.", "refused"),
        ("Reyk did not hesitate to say that the pass was closed.", "affirmed"),
        ("Reyk did not deny that the pass was closed.", "affirmed"),
        ("Reyk is not convinced that the pass is closed.", "denied"),
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
        ("Reyk told VNA on condition of anonymity that the pass would close.", "VNA"),
        ("In an email to parents, the teacher wrote that the school would close.", "parents"),
        ("Reyk was told by the council that the pass would close.", "Reyk"),
        ("Speaking to reporters, Reyk said that the pass would close.", "reporters"),
    ],
)
def test_addressee(text: str, addressee: str | None) -> None:
    [found] = [each for each in statements(text) if each.inside is None]
    assert (words(text, found.addressee.span) if found.addressee else [None]) == [addressee]


def test_who_is_spoken_to_is_told_only_before_a_clause() -> None:
    from onrecord.statements.occasions import addressed_by

    def behind(text: str, verb: str) -> str | None:
        laid = annotated(text)
        [at] = [token.i for token in laid.tokens if token.text == verb]
        span = addressed_by(laid, at)
        return None if span is None else laid.text(span)

    assert behind("Reyk told the delegates that it would rain.", "told") == "the delegates"
    assert behind("Reyk urged the council to wait.", "urged") == "the council"
    assert behind("Reyk ordered a review of the pass.", "ordered") is None


@pytest.mark.parametrize(
    ("text", "occasions"),
    [
        (
            "In a memo to staff, Reyk warned that it was closed and said that it would stay so.",
            ["In a memo to staff"] * 2,
        ),
        ("“We wait,” the minister said in remarks carried by VNA.", ["in remarks"]),
        ("Speaking to reporters, Reyk said that the pass would close.", ["Speaking to reporters"]),
        ("Reyk said outside the court that the pass would close.", ["outside the court"]),
        ("Reyk, at the end of the session, said that the pass would close.", ["at the end of the session"]),
        ("Reyk said that the pass had been closed at a briefing.", [None]),
        ("A clerk at the hearing said that the pass would close.", [None]),
    ],
)
def test_occasion(text: str, occasions: list[str | None]) -> None:
    found = [each for each in statements(text) if each.inside is None]
    assert [words(text, each.occasion.span)[0] if each.occasion else None for each in found] == occasions
