"""Who is who: names, roles, aliases and pronouns become entities, and the undecided stay undecided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language import Annotated, annotate
from onrecord.nouns import Block, Document, Entity


def document(text: str) -> Document:
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n\n"):
        blocks.append(Block(kind="paragraph", span=(at, at + len(line)), source=()))
        at += len(line) + 2
    return Document(id="own", text=text, blocks=tuple(blocks))


def reading(text: str) -> Annotated:
    return next(iter(annotate([document(text)])))


def named(annotated: Annotated, name: str) -> Entity:
    found = [entity for entity in annotated.entities if entity.name == name]
    assert len(found) == 1, [entity.name for entity in annotated.entities]
    return found[0]


def who(annotated: Annotated, words: str) -> Iterator[str | None]:
    """The entity names that the mentions with these words have."""
    for mention in annotated.mentions:
        if annotated.text((mention.start, mention.end)) == words:
            yield annotated.entity_by_id[mention.entity].name if mention.entity else None


def test_a_role_before_the_name_is_no_part_of_it() -> None:
    text = "Velmark presidential press secretary Mara Lindqvist said the talks would go on."
    mara = named(reading(text), "Mara Lindqvist")
    assert mara.type == "person"
    assert [role.title for role in mara.roles] == ["Velmark presidential press secretary"]
    assert [text[slice(*m.span)] for m in mara.mentions] == ["Mara Lindqvist"]


def test_a_son_of_the_same_name_is_another_and_who_is_always_called_junior_is_one() -> None:
    found = reading("Anton Velik wrote to his children: Anton Velik, Jr., 38, and Ida. Anton Velik Jr. was well.")
    assert list(who(found, "Anton Velik")) == ["Anton Velik"]
    assert list(who(found, "Anton Velik, Jr.")) == list(who(found, "Anton Velik Jr.")) == ["Anton Velik, Jr."]
    found = reading("Joseph R. Orre Jr. said no. Joe Orre smiled. Mr. Orre left.")
    assert {entity.name for entity in found.entities} == {"Joseph R. Orre Jr."}


def test_a_plural_role_is_dealt_out_in_order() -> None:
    found = reading("A meeting between British and Turkish presidents Anton Velik and Oskar Brandt is planned.")
    assert [r.title for r in named(found, "Anton Velik").roles] == ["British president"]
    assert [r.title for r in named(found, "Oskar Brandt").roles] == ["Turkish president"]


def test_roles_behind_a_comma() -> None:
    found = reading("Oskar Brandt, the national security adviser, met the Dravik spokesman, Pavel Ostrow, on Monday.")
    assert [r.title for r in named(found, "Oskar Brandt").roles] == ["national security adviser"]
    assert [r.title for r in named(found, "Pavel Ostrow").roles] == ["Dravik spokesman"]


def test_she_and_the_spokeswoman_are_the_press_secretary() -> None:
    text = (
        "White House press secretary Mara Lindqvist met reporters on Monday.\n\n"
        "She said Oskar Brandt had touched on the question.\n\n"
        "“We are not ready to announce the date,” said a spokeswoman for the Washington administration.\n\n"
        "“It will be on the agenda,” the White House spokesperson said."
    )
    found = reading(text)
    assert list(who(found, "She")) == ["Mara Lindqvist"]
    assert list(who(found, "a spokeswoman for the Washington administration")) == ["Mara Lindqvist"]
    assert list(who(found, "the White House spokesperson")) == ["Mara Lindqvist"]
    assert len([e for e in found.entities if e.type == "person"]) == 2


def test_a_spokeswoman_of_another_house_stays_unknown() -> None:
    text = (
        "White House press secretary Mara Lindqvist met reporters on Monday.\n\n"
        "“We have seen no papers,” said a spokeswoman for the Turkish government."
    )
    assert list(who(reading(text), "a spokeswoman for the Turkish government")) == [None]


PRESS_SECRETARY = "Presidential press secretary Mara Lindqvist met reporters in Ostrev. Ostrev waits, she said.\n\n"


def test_an_unnamed_spokeswoman_for_the_seat_that_the_text_is_about_is_its_one_press_secretary() -> None:
    found = reading(f"{PRESS_SECRETARY}“There is no day yet,” a spokeswoman for the Ostrev government said.")
    assert list(who(found, "a spokeswoman for the Ostrev government")) == ["Mara Lindqvist"]


@pytest.mark.parametrize(
    ("before", "phrase"),
    [
        ("", "a spokeswoman for the Karsenian government"),
        ("", "a spokesman for the Ostrev government"),
        ("", "a spokeswoman for the Ostrev Museum"),
        ("Ministry spokeswoman Hanna Orre left early. ", "a spokeswoman for the Ostrev government"),
        ("The Ostrev foreign minister Tomas Reyk left early. ", "a spokeswoman for the Ostrev government"),
        ("Lindqvist, the Velmark press secretary, left. ", "a spokeswoman for the Ostrev government"),
        (
            "The talks in Karsenia, the Karsenian lakes, Karsenia's towns, Karsenia's fish. ",
            "a spokeswoman for the Ostrev government",
        ),
    ],
)
def test_an_unnamed_spokeswoman_stays_unknown_where_she_may_be_somebody_else(before: str, phrase: str) -> None:
    assert list(who(reading(f"{PRESS_SECRETARY}{before}“No,” {phrase} said."), phrase)) == [None]


def test_two_people_with_one_surname_stay_two() -> None:
    text = "Karen Dalgard and her brother Peter Dalgard spoke. Mr. Dalgard left early. Ms. Dalgard stayed."
    found = reading(text)
    assert {e.name for e in found.entities if e.type == "person"} == {"Karen Dalgard", "Peter Dalgard"}
    assert list(who(found, "Dalgard")) == ["Peter Dalgard", "Karen Dalgard"]


def test_he_between_two_men_is_undecided() -> None:
    found = reading("Peter Brandt met Thomas Reyk and Paul Ostrow, and he was pleased.")
    assert list(who(found, "he")) in ([None], ["Peter Brandt"])


def test_we_and_they_are_left_open() -> None:
    found = reading("“We will see,” said Mara Lindqvist. They did not answer.")
    assert list(who(found, "We")) == [None]
    assert list(who(found, "They")) == [None]


def test_a_president_of_another_state_is_not_the_one_without_a_state() -> None:
    text = (
        "President Anton Velik spoke in Velmark. In Velmark, the president met ministers.\n\n"
        "He will see the president of Lunoria in May. Velmark has asked for it."
    )
    found = reading(text)
    assert list(who(found, "the president")) == ["Anton Velik"]
    assert list(who(found, "the president of Lunoria")) == [None]


def test_an_unlisted_country_and_its_adjective_are_one() -> None:
    found = reading("Talks in Karsenia ended. The Karsenian government said that Karsenia was content.")
    assert named(found, "Karsenia").type == "place"
    assert named(found, "Karsenian government").type == "organization"


def test_metonyms_of_a_government_are_one() -> None:
    text = "The US administration was silent. The White House declined to comment. Washington wants talks."
    found = reading(text)
    assert list(who(found, "White House")) == ["US administration"]
    assert list(who(found, "Washington")) == ["US administration"]


def test_a_capital_as_a_place_stays_a_place() -> None:
    found = reading("The US administration was silent. Protesters gathered in Washington.")
    assert list(who(found, "Washington")) == ["Washington"]


def test_an_acronym_is_the_body_that_it_shortens() -> None:
    found = reading("The Karsenian Central Bank Authority (KCBA) raised rates. The KCBA gave no reason.")
    body = [e for e in found.entities if "KCBA" in (e.name, *e.aliases)]
    assert len(body) == 1
    assert len(body[0].mentions) == 3


def test_he_in_a_quotation_is_not_the_one_who_speaks() -> None:
    text = "Anton Velik met Thomas Reyk in May.\n\n“He was well prepared,” Anton Velik said."
    assert list(who(reading(text), "He")) == ["Thomas Reyk"]


def test_labels_of_a_transcript_are_people_and_q_is_nobody() -> None:
    text = "MR. OSTROW: Good afternoon.\n\nQ Will he come?\n\nMR. OSTROW: Oskar Brandt will come. He said so."
    blocks = []
    for speaker, words in (("MR. OSTROW", "MR. OSTROW: Good"), ("Q", "Q Will"), ("MR. OSTROW", "MR. OSTROW: Oskar")):
        start = text.index(words)
        end = text.find("\n\n", start)
        span = (start, end if end > 0 else len(text))
        blocks.append(Block(kind="turn", span=span, source=(), speaker=speaker))
    found = next(iter(annotate([Document(id="own", text=text, blocks=tuple(blocks), kind="transcript")])))
    assert {e.name for e in found.entities if e.type == "person"} == {"Ostrow", "Oskar Brandt"}
    assert list(who(found, "OSTROW")) == ["Ostrow", "Ostrow"]
    assert list(who(found, "He")) == ["Oskar Brandt"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["President", "Mr.", "Mara", "Lindqvist", "the", "spokeswoman", "for", "of", "and", "Velmark", ",", "said",
             "she", "“", "”", "US", "-", "’s", "secretary", "general", "Q", "\n", "😀", "presidents", "(", "White"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_any_words_give_mentions_in_order_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    block = Block(kind="paragraph", span=(0, len(text)), source=())
    found = next(iter(annotate([Document(id="own", text=text, blocks=(block,))])))
    assert list(found.mentions) == sorted(found.mentions, key=lambda m: (m.start, -m.end))
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 <= mention.head < len(found.tokens)
    for entity in found.entities:
        assert entity.name
        assert entity.mentions
        assert all(0 <= role.span[0] < role.span[1] <= len(text) for role in entity.roles)
        assert [m.span for m in entity.mentions] == sorted(m.span for m in entity.mentions)


def test_a_bare_surname_is_found_where_only_a_given_name_shows_the_person() -> None:
    found = reading("Mehmet Arkun is a surgeon. Arkun took the train. For years, Arkun has been in Port Selm.")
    assert list(who(found, "Arkun")) == ["Mehmet Arkun", "Mehmet Arkun"]


def test_a_party_tells_candidates_apart() -> None:
    text = (
        "Liberal nominee Thomas Reyk met Labour nominee Peter Brandt. The Liberal nominee left. The Labour nominee ate."
    )
    found = reading(text)
    assert list(who(found, "The Liberal nominee")) == ["Thomas Reyk"]
    assert list(who(found, "The Labour nominee")) == ["Peter Brandt"]


def test_somebody_unnamed_can_be_meant() -> None:
    found = reading("Thomas Reyk wrote a book. My father died in May. He was a miner.")
    assert list(who(found, "He")) == [None]
