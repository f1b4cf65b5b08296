"""Each warning where it is due, and none on a sound page."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.language.annotated import Quotation
from onrecord.nouns import Repair, Warning
from onrecord.warn import find_warnings
from tests.strategies import TEXT, at, document, sample_reading


def kinds(warnings: tuple[Warning, ...]) -> list[str]:
    return [warning.kind for warning in warnings]


def test_sound_page_has_none() -> None:
    assert find_warnings(document(), (), ()) == ()


def test_gloss_is_shown_with_its_place() -> None:
    reading = sample_reading()
    (warning,) = find_warnings(reading.document, reading.statements, reading.events)
    assert warning.kind == "gloss-in-quote"
    assert warning.span == at("(a meeting in Mereth between Oskar Brandt and Pavel Ostrow)")


def test_no_date() -> None:
    reading = sample_reading()
    (warning,) = find_warnings(document(published=None), (), reading.events)
    assert warning.kind == "no-date" and "may be long past" in warning.message


def test_language() -> None:
    words = (
        "Die Gespräche sollen nach Angaben der Regierung im Frühjahr stattfinden, doch Tag und Ort sind noch offen. "
    )
    assert kinds(find_warnings(document(language="de-DE"), (), ())) == []  # the header is wrong, the words are English
    (warning,) = find_warnings(document(text=words * 3, language="de-DE"), (), ())
    assert warning.kind == "language" and "de-DE" in warning.message


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("The two sides met on Monday and agreed to meet again.", []),
        ("“The two sides met on Monday and agreed to meet again.”", []),
        ("The two sides met on Monday and agreed to meet", ["truncated"]),
        ("The two sides met on… [+2183 chars]", ["truncated"]),
        ("The two sides met…", ["truncated"]),
        ("Ostrev, Monday", []),
        ("Twelve of the delegates were seen on Monday at the gates of Tarnholm Castle", []),
        ("Reporting by the two agencies on Monday evening and all night: VNA", []),
    ],
)
def test_truncation(ending: str, expected: list[str]) -> None:
    text = f"Talks go on\n\nThe talks go on, Ostrev says.\n\n{ending}"
    warnings = find_warnings(document(text), (), ())
    assert kinds(warnings) == expected
    assert all(text[slice(*w.span)].strip() for w in warnings if w.span)


def test_repairs_of_a_kind_are_one_warning() -> None:
    repair = Repair(kind="mojibake", span=(3, 4), was="â€™", now="’")
    warnings = find_warnings(document(repairs=(repair, replace(repair, span=(9, 10)))), (), ())
    assert kinds(warnings) == ["mojibake"]
    assert warnings[0].message.startswith("2 places") and warnings[0].span == (3, 4)


def test_what_stays_garbled_is_not_called_put_right() -> None:
    left = Repair(kind="mojibake", span=(3, 4), was="â€œ", now="â€œ")
    (warning,) = find_warnings(document(repairs=(left,)), (), ())
    assert warning.message.startswith("One place is garbled") and "left as it is" in warning.message
    (warning,) = find_warnings(document(repairs=(left, replace(left, span=(9, 10)))), (), ())
    assert "put right" not in warning.message and "2 places are" in warning.message


def test_unknown_speakers_only_where_they_are_many() -> None:
    known = sample_reading().statements[1]
    known = replace(known, marks=())
    unknown = replace(known, speaker=replace(known.speaker, entity=None, span=(), how="unknown"))
    assert kinds(find_warnings(document(), [unknown, known], ())) == []
    assert kinds(find_warnings(document(), [unknown] * 2 + [known] * 8, ())) == []
    assert kinds(find_warnings(document(), [unknown] * 2 + [known] * 2, ())) == ["unknown-speakers"]


def test_open_quotation_unless_the_next_paragraph_takes_it_up() -> None:
    first = Quotation(0, (0, 10), (1, 10), 0, None, False, None, "speech")
    second = Quotation(1, (12, 20), (13, 19), 1, None, True, 0, "speech")
    assert kinds(find_warnings(document(), (), (), [first])) == ["unbalanced-quotation"]
    assert kinds(find_warnings(document(), (), (), [first, second])) == []


def test_spans_stand_in_the_text() -> None:
    reading = sample_reading()
    for warning in find_warnings(reading.document, reading.statements, reading.events):
        assert warning.span is None or 0 <= warning.span[0] < warning.span[1] <= len(TEXT)
