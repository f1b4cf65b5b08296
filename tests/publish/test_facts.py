"""What every view tells, in the order and the words in which it tells it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.nouns import Claim, Reading, Sourced, Speaker, Statement
from onrecord.publish import facts
from tests.strategies import TEXT, at, document, sample_reading


def speaking(text: str, words: str, entity: str | None = "e3") -> facts.Voice:
    """Whom the views name where the text calls the speaker ``words``."""
    sample = sample_reading()
    span = at(words, text=text)
    statement = replace(sample.statements[0], speaker=Speaker(entity=entity, span=(span,), how="name"))
    return facts.voice(facts.indexed(replace(sample, document=document(text))), statement)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Mara Lindqvist", facts.Voice("Mara Lindqvist")),
        ("Lindqvist", facts.Voice("Mara Lindqvist")),
        ("press secretary Mara Lindqvist", facts.Voice("Mara Lindqvist", before="press secretary ")),
        ("Mara Lindqvist, who was there", facts.Voice("Mara Lindqvist", after=", who was there")),
        ("the spokeswoman", facts.Voice("Mara Lindqvist", words="the spokeswoman")),
        ("Tamara Lindqvists", facts.Voice("Mara Lindqvist", words="Tamara Lindqvists")),
        ("MS. MARA LINDQVIST", facts.Voice("Mara Lindqvist", before="MS. ")),
        ("Mara Lindqvists friend Mara Lindqvist", facts.Voice("Mara Lindqvist", before="Mara Lindqvists friend ")),
    ],
)
def test_words_of_the_text_and_the_name_are_one(words: str, expected: facts.Voice) -> None:
    assert speaking(f"Said {words} yesterday.", words) == expected


def test_without_an_entity_the_words_are_the_speaker() -> None:
    assert speaking("Said an official.", "an official", entity=None) == facts.Voice("an official")


def test_pieces_joined_are_the_content() -> None:
    sample = sample_reading()
    for statement in sample.statements:
        whole = " ".join(TEXT[start:end] for start, end in statement.content)
        assert "".join(piece.text for piece in facts.pieces(sample, statement)) == whole
    marked = {piece.text: piece.mark for piece in facts.pieces(sample, sample.statements[1]) if piece.mark}
    assert marked["[last week]"] == "insertion" and marked["<…>"] == "elision"


def _chained(*inside: str | None) -> Reading:
    sample = sample_reading()

    def statement(n: int, outer: str | None) -> Statement:
        return replace(sample.statements[0], id=f"s{n}", inside=outer)

    return replace(sample, statements=tuple(statement(n, outer) for n, outer in enumerate(inside, 1)))


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ((None, "s1", None, "s2"), [(0, "s1"), (1, "s2"), (2, "s4"), (0, "s3")]),
        (("gone", None), [(0, "s1"), (0, "s2")]),
        (("s2", "s1", None), [(0, "s1"), (0, "s2"), (0, "s3")]),
        (("s1",), [(0, "s1")]),
    ],
)
def test_threads_show_every_statement_once_even_if_ids_run_in_circles(
    inside: tuple[str | None, ...], expected: list[tuple[int, str]]
) -> None:
    assert [(depth, each.id) for depth, each in facts.threads(_chained(*inside))] == expected


def test_claims_are_told_once_and_in_order() -> None:
    sample = sample_reading()
    event = sample.events[0]
    again = Claim(attribute="participant", value="anton velik", settled="settled", span=())
    known = Claim(attribute="status", value="planned", settled="settled", span=())
    doubt = Claim(attribute="status", value="planned", settled="provisional", span=())
    rows = facts.rows(facts.indexed(sample), replace(event, claims=(*event.claims, again, known, doubt)))
    assert [row.attribute for row in rows] == [
        "status", "date", "venue", "participant", "participant", "agenda", "format",
    ]  # fmt: skip
    assert rows[0].settled == "provisional"


@pytest.mark.parametrize("number", [0, 1])
def test_claim_says_by_way_of_whom_it_came(number: int) -> None:
    sample = sample_reading()
    index, said = facts.indexed(sample), next(s for s in sample.statements if len(s.via) == number)
    claim = replace(sample.events[0].claims[0], attribute="venue", value="Mereth", entity=None, statement=said.id)
    (row,) = facts.rows(index, replace(sample.events[0], claims=(claim,)))
    name, chain = facts.voice(index, said).name, facts.chain(index, said)
    assert facts.attribution(row) == (f"{name}, via {chain[0]}" if number else name)
    (own,) = facts.rows(index, replace(sample.events[0], claims=(replace(claim, statement=None),)))
    assert facts.attribution(own) == ""


def test_named_entity_goes_before_the_words_of_the_claim() -> None:
    sample = sample_reading()
    claim = Claim(attribute="host", value="the press secretary", entity="e3", settled="settled", span=())
    (row,) = facts.rows(facts.indexed(sample), replace(sample.events[0], claims=(claim,)))
    assert row.value == "Mara Lindqvist"


def test_provenance_says_what_is_not_known() -> None:
    sample = sample_reading()
    nothing = replace(sample, document=document(outlet=None, published=None, url=None, path=None))
    assert facts.provenance(nothing) == ["outlet not known", "no date"]
    assert facts.address(nothing) == ""


@pytest.mark.parametrize(
    ("modified", "told"),
    [
        (
            "2031-03-12T09:30:00+01:00",
            ["11 March 2031, 17:00 UTC+01:00 (metadata)", "changed 12 March 2031, 09:30 UTC+01:00"],
        ),
        ("2031-03-11T16:00:00+00:00", ["11 March 2031, 17:00 UTC+01:00 (metadata)"]),
        (None, ["11 March 2031, 17:00 UTC+01:00 (metadata)"]),
    ],
)
def test_change_after_publication_is_told(modified: str | None, told: list[str]) -> None:
    published = Sourced(value="2031-03-11T17:00:00+01:00", source="metadata", confidence=1.0)
    changed = Sourced(value=modified, source="metadata", confidence=1.0) if modified else None
    sample = replace(sample_reading(), document=document(published=published, modified=changed, authors=()))
    assert facts.provenance(sample) == ["The Ostrev Courier", *told]


def test_what_has_no_title_is_called_by_its_path_once() -> None:
    untitled = replace(sample_reading(), document=document(title=None, blocks=(), url=None, path="briefing.txt"))
    assert (facts.headline(untitled), facts.address(untitled)) == ("briefing.txt", "")
    addressed = replace(untitled, document=document(title=None, blocks=(), url="https://x.example", path="b.txt"))
    assert facts.address(addressed) == "https://x.example"


def test_headline_is_the_articles_own_before_the_pages_title() -> None:
    sample = sample_reading()
    titled = replace(sample, document=document(title="Another"))
    bare = replace(sample, document=document(title="Another", blocks=()))
    assert facts.headline(titled).startswith("Velik and Dalgard may meet")
    assert facts.headline(bare) == "Another"
