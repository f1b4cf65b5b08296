"""Who is who: names, roles, aliases and pronouns become entities, and the undecided stay undecided."""

from __future__ import annotations

from collections.abc import Iterator

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
