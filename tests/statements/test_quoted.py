"""Quotations and the cues beside them."""

from __future__ import annotations

import pytest

from onrecord.statements.signed import signature_below
from tests.statements.reading import annotated, statements, told, words


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        ("“We are ready,” said Mara Lindqvist.", "Mara Lindqvist", "said", "“We are ready,”"),
        ("“We are ready,” Lindqvist told reporters.", "Lindqvist", "told", "“We are ready,”"),
        ("“We are ready”, –  said a ministry spokeswoman.", "a ministry spokeswoman", "said", "“We are ready”"),
        ('Lindqvist said on Monday, "We are ready."', "Lindqvist", "said", '"We are ready."'),
        ("Lindqvist added: “We are ready for the talks.”", "Lindqvist", "added", "“We are ready for the talks.”"),
        ("“We are ready,” she later added.", "she", "later added", "“We are ready,”"),
        ("“We are ready,” according to Oskar Brandt.", "Oskar Brandt", "according to", "“We are ready,”"),
        ("“The wall must go.” — Tomas Reyk.", "Tomas Reyk", "—", "“The wall must go.”"),
        (
            "“We are ready,” said the minister, Tomas Reyk, on Monday.",
            "the minister, Tomas Reyk", "said", "“We are ready,”",
        ),
    ],
)  # fmt: skip
def test_a_quotation_and_its_cue(text: str, speaker: str, cue: str, content: str) -> None:
    assert told(text) == [([speaker], [cue], [content])]


def test_pieces_around_a_cue_are_one_statement() -> None:
    text = "“We are ready,” Lindqvist said, “but they are not.”"
    assert told(text) == [(["Lindqvist"], ["said"], ["“We are ready,”", "“but they are not.”"])]


def test_the_sentences_that_follow_go_with_it() -> None:
    text = "“We are ready,” Lindqvist said. “The others are not. We shall wait.”"
    ((_, _, content),) = told(text)
    assert content == ["“We are ready,”", "“The others are not. We shall wait.”"]


def test_several_sentences_in_one_pair_of_marks_are_one_content() -> None:
    text = "“We are ready. The house is swept. Nobody will be turned away,” said Irena Dalgard."
    (only,) = statements(text)
    assert words(text, only.content) == ["“We are ready. The house is swept. Nobody will be turned away,”"]
    assert only.form == "direct"


def test_a_short_quotation_before_a_relative_clause_has_no_cue_there() -> None:
    text = "The ministry opened a “public archive”, which would allow anybody to read the files."
    assert not [each for each in statements(text) if each.by_rule.startswith("quotation.cue-after")]


def test_a_paragraph_of_quotation_is_continued_by_the_speaker_before() -> None:
    text = "Mara Lindqvist said the talks would go on.\n“Nobody has asked us to stop them.”"
    first, second = statements(text)
    assert second.speaker.how == "continued" and second.speaker.span == ()
    assert second.speaker.entity == first.speaker.entity is not None
    assert second.cue == ()


def test_a_quotation_with_nobody_before_it_has_an_unknown_speaker() -> None:
    (only,) = statements("“Nobody has asked us to stop them.”\nThe harbour was quiet.")
    assert (only.speaker.how, only.speaker.entity, only.speaker.span) == ("unknown", None, ())


def test_a_quotation_that_runs_on_over_paragraphs_is_one_statement() -> None:
    text = "“The first thing is the pass,” Reyk said. “It must be opened.\n“The second thing is the posts.”"
    (only,) = statements(text)
    assert words(text, only.content) == [
        "“The first thing is the pass,”", "“It must be opened.\n“The second thing is the posts.”",
    ]  # fmt: skip


def test_a_colon_at_the_end_of_the_paragraph_before() -> None:
    text = "Reyk wrote to the members of the council:\n“The pass must be opened this year.”"
    assert told(text) == [(["Reyk"], ["wrote"], ["“The pass must be opened this year.”"])]


def test_words_before_a_quoted_end_make_it_mixed() -> None:
    text = "Nothing about the talks was “cheap or easy,” said Oskar Brandt."
    (only,) = statements(text)
    assert words(text, only.content) == ["Nothing about the talks was “cheap or easy,”"]
    assert only.form == "mixed"


def test_a_cue_between_the_plain_and_the_quoted_half() -> None:
    text = "A meeting without a withdrawal, wrote Halla Norvik, who leads the party, “would be a photograph, no more”."
    assert told(text) == [
        (["Halla Norvik"], ["wrote"], ["A meeting without a withdrawal", "“would be a photograph, no more”"])
    ]


def test_a_cue_inside_the_words_that_lead_to_the_quotation() -> None:
    text = "The agenda, she added, would not be touched: “The pass, the prisoners, the fish – in that order.”"
    (only,) = statements(text)
    assert words(text, only.cue) == ["added"] and only.form == "mixed"


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Reyk: The pass will open this year", "Reyk", "The pass will open this year"),
        ("Poll: Two thirds of Velmark want the talks", "Poll", "Two thirds of Velmark want the talks"),
        ("Dalgard to the harbour towns: Help is on its way", "Dalgard", "Help is on its way"),
    ],
)
def test_headlines_with_a_colon(text: str, speaker: str, content: str) -> None:
    assert told(text + "\nThe talks go on.") == [([speaker], [":"], [content])]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Pass to open in May, says presidency", "presidency", "Pass to open in May"),
        ("Velik ready to meet Dalgard, Karsenian minister says", "Karsenian minister", "Velik ready to meet Dalgard"),
        ("Summit ‘not in doubt’, says Hale", "Hale", "Summit ‘not in doubt’"),
    ],
)
def test_headlines_with_the_speaker_at_the_end(text: str, speaker: str, content: str) -> None:
    (only,) = statements(text + "\nThe talks go on.")
    assert (words(text, only.speaker.span), words(text, only.content)) == ([speaker], [content])


def test_words_quoted_are_not_said_by_two() -> None:
    text = "“We cannot pay for it,” Velik said, adding later, “The pass costs us a fortune, and yes, we do pay for it.”"
    assert [cue for _, cue, _ in told(text)] == [["said"]]


def test_a_participle_before_the_speaker_is_no_cue() -> None:
    text = "Dalgard “is the only one who has the patience for the talks,” retired Velmark general Pavel Ostrow said."
    assert [(who, cue) for who, cue, _ in told(text)] == [(["retired Velmark general Pavel Ostrow"], ["said"])]


@pytest.mark.parametrize(
    "text", ["Breaking: The pass is open again", "The latest: Talks in Mereth go on", "DRAVIK: The talks go on."]
)
def test_lines_that_only_announce(text: str) -> None:
    assert told(text + "\nThe talks go on.") == []


def test_titles_are_no_statements() -> None:
    assert statements("The film “The Long Road to Mereth” was shown in Ostrev.") == ()


def test_one_lost_mark_does_not_lose_the_document() -> None:
    text = "“We are ready, Lindqvist said.\nReyk said the pass would open.\n“It will,” Brandt said."
    assert (["Reyk"], ["said"], ["the pass would open"]) in told(text)
    assert (["Brandt"], ["said"], ["“It will,”"]) in told(text)


def test_a_place_before_a_colon_is_not_the_speaker() -> None:
    text = "Lena Sorel, at the eastern entrance: “The smoke has gone from black to grey. Buses are turning round.”"
    assert [who for who, _, _ in told(text)] == [["Lena Sorel"]]


@pytest.mark.parametrize(
    "text",
    [
        "The ship, built as the “Harl Maiden”, had been sent away for repairs in spring.",
        "The motion, known as “the goat”, was called again in spring.",
    ],
)
def test_a_passive_after_words_in_marks_is_no_cue(text: str) -> None:
    assert not [each for each in statements(text) if each.by_rule.startswith("quotation")]


def test_a_quotation_with_a_sentence_and_cue_of_its_own_is_not_more_of_the_one_before() -> None:
    text = "“They promised us the pass,” Ida Brenn said. She was asked again and replied: “Ask me on Friday.”"
    first, second = (each for each in statements(text) if each.inside is None)
    assert words(text, first.content) == ["“They promised us the pass,”"]
    assert words(text, second.content) == ["“Ask me on Friday.”"]
    assert words(text, second.speaker.span) == ["She"]


def test_a_speaker_behind_the_phrase_that_says_where_it_was_written() -> None:
    text = "In a letter read out by the clerk, the deputy, Rika Thorn, wrote: “He gave me the keys of the house.”"
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["the deputy, Rika Thorn"]


def test_a_name_below_a_quotation_is_its_speaker() -> None:
    text = "“We are ready,” Mara Lindqvist said.\n“The pass must be opened before the winter.”\n- Anton Velik."
    assert told(text)[-1] == (["Anton Velik"], ["-"], ["“The pass must be opened before the winter.”"])


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("“", "”"), ("«", "»")])
def test_a_name_before_the_closing_mark_in_a_line_of_its_own_is_the_speaker(opening: str, closing: str) -> None:
    quoted = f"{opening}The pass must be opened before the winter."
    text = f"The road is shut.\n{quoted}\nAnton Velik, Institute of Roads.{closing}\nNobody knows when."
    assert told(text) == [(["Anton Velik, Institute of Roads"], [closing], [quoted])]


def test_a_sentence_before_the_closing_mark_names_nobody() -> None:
    text = "The road is shut.\n“The pass must be opened before the winter.\nThe valley needs bread.”\nIt snows."
    page = annotated(text)
    assert signature_below(page, 1) is None
    assert signature_below(annotated(text.replace("The valley needs bread.", "Orla Pekk.")), 1) is not None


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", " “{}”"])
@pytest.mark.parametrize("name", ["Anton Velik", "Sen. Anton Velik (L-Mereth)", "Former minister Anton Velik"])
def test_a_name_with_a_colon_is_the_speaker_also_where_no_blank_follows(name: str, marks: str) -> None:
    quoted = marks.format("We have learned that from the department. We tried to help.")
    text = f"The council sat on Monday and asked about the letters.\n{name}:{quoted}\nIt rose at noon."
    assert told(text)[-1] == ([name], [":"], [quoted.strip()])


def test_a_heading_in_single_marks_is_nobodys() -> None:
    text = "“We are ready,” Mara Lindqvist said.\n‘The pass is ours.’\nIn the valley nobody was so sure of it."
    assert len(told(text)) == 1


@pytest.mark.parametrize("marks", ["“{}”", "‘{}’"])
def test_a_paragraph_in_the_marks_of_the_text_is_carried_on(marks: str) -> None:
    text = f"{marks.format('We are ready,')} Mara Lindqvist said.\n{marks.format('The pass is ours.')}"
    assert [each.speaker.how for each in statements(text)] == ["name", "continued"]


def test_a_town_that_the_parser_takes_for_a_day_stays_in_the_speakers_phrase() -> None:
    text = "“The lake is ours and it will stay ours,” said the mayor of Mereth, Jost Hagen."
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["the mayor of Mereth, Jost Hagen"]


def test_a_sentence_after_a_quotation_in_two_pieces_is_no_cue() -> None:
    text = "“What matters,” said Brandt, “is that the ships sail.” He paused. “And they will.”"
    assert told(text) == [
        (["Brandt"], ["said"], ["“What matters,”", "“is that the ships sail.”", "“And they will.”"]),
    ]


def test_an_age_between_name_and_cue_leaves_the_closing_mark_to_the_quotation() -> None:
    text = '"I would not rule that out," Dalgard, 54, told reporters on the steps of the parliament.'
    assert told(text) == [(["Dalgard, 54"], ["told"], ['"I would not rule that out,"'])]


def test_one_of_several_is_unnamed() -> None:
    assert [
        each.speaker.how for each in statements("One of them said the talks were over. Two said they would leave.")
    ] == [
        "unnamed",
        "unnamed",
    ]


FORMS = [
    "‘We waited for nine days,’ said Pekk. ‘Nobody came.’",
    "«We waited for nine days», said Pekk.",
    "« We waited for nine days », said Pekk.",
    "»We waited for nine days«, said Pekk.",
    "„We waited for nine days“, said Pekk.",
    "“My father told me, ‘Never sell the boat,’ and I never did,” Pekk said.",
    "“We waited for nine days.” (Orla Pekk, dock worker)",
    "“We waited for nine days” (Pekk).",
    "“We waited for nine days”: Orla Pekk at the quay.",
    "‘We waited nine days’: dockers tell court of delay",
    "“We waited for nine days”\nThe court heard of the delay.",
    "The quay was dark. “We are waiting for the boats.” A bell rang.",
    "Pekk was in no mood for talks. “We waited for nine days.\n“Nobody came. Nobody wrote.\n“We are still waiting.”",
    "“We waited for nine days,” Pekk said. “Nobody came.\n“Nobody wrote. We are still waiting.”",
    "“No bread today,” read a note on the door.",
    "“We waited for nine days and nobody came,” the letter read.",
    "Orla Pekk at the quay on Friday: “We waited for nine days.”",
]


@pytest.mark.parametrize("text", FORMS)
def test_no_quotation_is_lost(text: str) -> None:
    page = annotated(text)
    held = [span for each in statements(text) if each.inside is None for span in each.content]
    outer = [each for each in page.quotations if each.parent is None]
    assert outer
    assert all(any(low <= each.inner[0] and each.inner[1] <= high for low, high in held) for each in outer)


def test_the_name_of_a_programme_is_nobodys_words() -> None:
    assert statements("Pekk will be heard on “Harbour News.”") == ()


def test_a_quotation_that_its_next_paragraph_opens_with_another_mark_does_not_run_on() -> None:
    text = '"The band played," said Orla Pekk. "It was late.\n“Nobody danced,” said the clerk.'
    assert [words(text, each.speaker.span) for each in statements(text)] == [["Orla Pekk"], ["the clerk"]]


def test_words_between_commas_name_what_acts_behind_them() -> None:
    assert statements("A second letter, “To the dockers of Selm,” links the strike to the ferry.") == ()
    assert told("A second letter came, “To the dockers of Selm,” said the clerk.")[0][0] == ["the clerk"]


def test_words_that_no_mark_closes_are_nobodys_unless_somebody_is_named() -> None:
    text = "Mara Reyk said it snowed.\n“The clerk shut the door.\nThe pass stayed open."
    assert [words(text, each.content) for each in statements(text)] == [["it snowed"]]
    named = text.replace("The clerk shut the door.", "The door is shut,” said the clerk. “It will stay so.")
    assert (["the clerk"], ["said"], ["“The door is shut,”", "“It will stay so."]) in told(named)


def test_a_new_sentence_with_a_cue_is_not_the_one_that_a_quotation_breaks_off() -> None:
    text = "“The pass is shut,” said Reyk. If it snows, she said, “it may stay shut until May.”"
    assert [speaker for speaker, _, _ in told(text)] == [["Reyk"], ["she"]]
