"""Indirect and mixed statements, and sources named in passing."""

from __future__ import annotations

import pytest

from tests.statements.reading import statements, told, words


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("Reyk said that the pass would open.", ["Reyk"], ["said"], ["that the pass would open"]),
        ("Reyk believes the pass will open.", ["Reyk"], ["believes"], ["the pass will open"]),
        ("She also confirmed that talks had begun.", ["She"], ["also confirmed"], ["that talks had begun"]),
        ("The pass will open in May, Reyk said.", ["Reyk"], ["said"], ["The pass will open in May"]),
        ("According to Reyk, the pass will open.", ["Reyk"], ["According to"], ["the pass will open"]),
        ("The pass will open, according to Reyk.", ["Reyk"], ["according to"], ["The pass will open"]),
        ("As Reyk stated, the pass will open.", ["Reyk"], ["stated"], ["the pass will open"]),
        ("The pass, Reyk said, will open.", ["Reyk"], ["said"], ["The pass", "will open"]),
        ("The talks were cut short, KarsTel reports.", ["KarsTel"], ["reports"], ["The talks were cut short"]),
        ("Reyk accused Velmark of stalling.", ["Reyk"], ["accused"], ["Velmark of stalling"]),
        ("Dalgard called the delay “a farce.”", ["Dalgard"], ["called"], ["the delay “a farce.”"]),
        ("Dalgard called for a ban on the sale.", ["Dalgard"], ["called for"], ["a ban on the sale"]),
        ("Velik promised to open the pass.", ["Velik"], ["promised"], ["to open the pass"]),
    ],
)  # fmt: skip
def test_a_cue_and_its_clause(text: str, speaker: list[str], cue: list[str], content: list[str]) -> None:
    assert (speaker, cue, content) in told(text)


def test_who_is_asked_is_not_who_asks() -> None:
    text = "Asked whether the pass would open, Dalgard said that nobody knew."
    asked, said = statements(text)
    assert (words(text, asked.cue), asked.speaker.how) == (["Asked"], "unknown")
    assert (words(text, said.cue), words(text, said.speaker.span)) == (["said"], ["Dalgard"])


def test_a_tail_that_the_parser_takes_for_a_second_main_clause() -> None:
    text = (
        "Velmark and Lunoria will hold a new round of talks on the dam next week, "
        "two envoys with knowledge of the matter told VNA on Monday, though nothing has been signed."
    )
    (only,) = statements(text)
    assert words(text, only.content) == ["Velmark and Lunoria will hold a new round of talks on the dam next week"]
    assert words(text, only.speaker.span) == ["two envoys with knowledge of the matter"]


@pytest.mark.parametrize(
    "text",
    [
        "The work went according to plan.",
        "The members are paid according to rank.",
        "The ferry sails from Port Selm on Monday.",
        "It goes without a word.",
    ],
)
def test_no_statement(text: str) -> None:
    assert statements(text) == ()


def test_a_speaker_named_far_from_the_cue() -> None:
    text = "Reyk praised the visit, saying that it had cleared the air."
    assert (["Reyk"], ["saying"], ["that it had cleared the air"]) in told(text)


def test_who_is_the_speaker_and_means_the_noun_before() -> None:
    text = "Tomas Reyk came home. The talks were welcomed by Tomas Reyk, who said that the pass would open."
    (only,) = [each for each in statements(text) if words(text, each.cue) == ["said"]]
    assert words(text, only.speaker.span) == ["who"]
    assert only.speaker.how == "pronoun" and only.speaker.entity is not None


def test_an_apposition_after_the_quotation_is_the_writers() -> None:
    text = "As she noted, Lunoria is “a patient host”, a member of the northern union."
    (only,) = statements(text)
    assert words(text, only.content) == ["Lunoria is “a patient host”"]
    assert only.form == "mixed"


def test_nobody_says_what_was_announced() -> None:
    (only,) = statements("It was announced that the pass would open.")
    assert only.speaker.span == () and only.speaker.how == "unknown"


def test_how_something_seems_to_nobody_is_no_statement() -> None:
    assert statements("The minister seems to have left the country.") == ()


def test_went_on_to_say() -> None:
    text = "Reyk went on to say that the pass would open."
    assert [content for _, _, content in told(text)] == [["that the pass would open"]]


def test_addressee_and_occasion() -> None:
    text = "At a briefing Lindqvist told reporters that the talks would go on."
    (only,) = statements(text)
    assert only.addressee is not None and words(text, only.addressee.span) == ["reporters"]
    assert only.occasion is not None and words(text, only.occasion.span) == ["At a briefing"]


def test_an_occasion_in_the_content_is_not_the_statements() -> None:
    (only,) = statements("Lindqvist said that Reyk had shouted at a briefing.")
    assert only.occasion is None


@pytest.mark.parametrize(
    ("speaker", "how"),
    [
        ("Mara Lindqvist", "name"),
        ("The press secretary", "role"),
        ("A spokeswoman for the ministry", "role"),
        ("The Karsenian government", "name"),
        ("She", "pronoun"),
        ("Officials", "unnamed"),
        ("A source close to the talks", "unnamed"),
        ("Critics", "collective"),
        ("Both sides", "collective"),
    ],
)
def test_how_a_speaker_is_named(speaker: str, how: str) -> None:
    (only,) = statements(f"{speaker} said that the pass would open.")
    assert only.speaker.how == how


def test_a_statement_within_a_statement() -> None:
    text = "“We released a note saying that the talks had failed,” Lindqvist said."
    outer, inner = statements(text)
    assert inner.inside == outer.id and outer.inside is None
    assert words(text, inner.content) == ["that the talks had failed"]


def test_one_s_own_words_now_are_no_further_statement() -> None:
    assert len(statements("“I will say that the talks go on,” Lindqvist said.")) == 1


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        # a day is nothing that is said, though the parse may hang the clause on it
        (
            "MERETH, Lunoria — The security advisers said on Thursday that the way was clear.",
            ["The security advisers"],
            ["that the way was clear"],
        ),
        # of two subjects the nearer one speaks
        (
            "The tariffs, press secretary Mara Lindqvist said, “stay where they are until parliament says so”.",
            ["press secretary Mara Lindqvist"],
            ["The tariffs", "“stay where they are until parliament says so”"],
        ),
        # what is told of a source is neither its name nor its words
        (
            "According to two diplomats who were briefed on the talks, the summit is likely to take place in May.",
            ["two diplomats"],
            ["the summit is likely to take place in May"],
        ),
        (
            "Buses will leave from five, according to Piet Arden, the spokesman of the foreign ministry.",
            ["Piet Arden, the spokesman of the foreign ministry"],
            ["Buses will leave from five"],
        ),
        (
            "According to the note, which Tomas Reyk called “short enough to be kept”, the two sides agreed to go on.",
            ["the note"],
            ["the two sides agreed to go on"],
        ),
        # a source inside one of two clauses speaks for that one
        (
            "The hall was full; the two sides, the person said, had not so much as exchanged a list.",
            ["the person"],
            ["the two sides", "had not so much as exchanged a list"],
        ),
        # adjectives of a state of mind, seen in training or not
        ("Reyk is confident that the pass will open.", ["Reyk"], ["that the pass will open"]),
        ("The presidency is adamant that the pass will open.", ["The presidency"], ["that the pass will open"]),
    ],
)
def test_whose_words_and_which(text: str, speaker: list[str], content: list[str]) -> None:
    assert [(who, what) for who, _, what in told(text)] == [(speaker, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody in the chamber said that the pass would open.",
        "No minister believes that the pass will open.",
        "The queue was so long that it reached the harbour.",
        "Reyk did not deny it.",
    ],
)
def test_nobody_s_words(text: str) -> None:
    assert statements(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "“Let nobody in this chamber believe that the pass is safe,” said Velik.",
        "“The word is the one he says it is,” said Velik.",
        "“I would be running ahead if I [told] you now [in which town the leaders will sit down],” said Velik.",
    ],
)
def test_no_statement_within_a_statement(text: str) -> None:
    assert [words(text, each.speaker.span) for each in statements(text)] == [["Velik"]]


def test_a_statement_within_ends_with_the_quotation() -> None:
    text = "“They say, ‘Two weeks, Marta, only two weeks,’” she said. “I have been counting.”"
    (inner,) = [each for each in statements(text) if each.inside]
    assert words(text, inner.speaker.span) == ["They"] and "she said" not in inner.words


def test_two_who_speak_are_no_single_entity() -> None:
    (only,) = statements("Anton Velik and Irena Dalgard said that they would meet.")
    assert only.speaker.entity is None and only.speaker.how == "collective"
