"""The page that the project began with, read as a careful person reads it. Its text is not ours, so offsets stand here.

Runs where ../shared exists; samples/scraped/progress.txt is the page of our own that is tested everywhere.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Document, Event, Reading, Statement, open_paths, read
from onrecord.nouns import Source

PAGE = Path(__file__).resolve().parents[2] / "shared" / "seed" / "article.txt"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the seed page lies in ../shared, which is not here")

# (content from, to, form, name of the speaker's entity, how)
STATEMENTS = [
    (132, 176, "mixed", "Jen Psaki", {"name"}),
    (303, 436, "indirect", "US administration", {"name", "collective"}),
    (438, 902, "direct", "Jen Psaki", {"role"}),
    (978, 1159, "indirect", "Jen Psaki", {"name"}),
    (1161, 1685, "direct", "Jen Psaki", {"name"}),
    (1712, 1765, "indirect", "Jen Psaki", {"pronoun"}),
    (1768, 1867, "direct", "Jen Psaki", {"continued"}),
    (1893, 1990, "indirect", "Jen Psaki", {"pronoun"}),
    (1993, 2319, "direct", "Jen Psaki", {"continued"}),
    (2336, 2433, "mixed", "Jen Psaki", {"pronoun"}),
    (2488, 2613, "direct", "Jen Psaki", {"role"}),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    (source,) = open_paths([str(PAGE)])
    assert isinstance(source, Source)
    return read(source)


def letters(document: Document, spans: tuple[tuple[int, int], ...]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end) if document.text[i].isalnum())


def found(reading: Reading) -> dict[int, Statement]:
    """For each number of `STATEMENTS` the statement whose words overlap by at least 80 %."""
    matches = {}
    for number, (start, end, *_) in enumerate(STATEMENTS, 1):
        gold = letters(reading.document, ((start, end),))
        for statement in reading.statements:
            words = letters(reading.document, statement.content)
            if len(gold & words) >= 0.8 * len(gold | words):
                matches[number] = statement
    return matches


def test_page(reading: Reading) -> None:
    document = reading.document
    assert [document.text[slice(*b.span)] for b in document.blocks if b.kind == "headline"] == [document.text[0:73]]
    assert [d.kind for d in document.dropped] == ["repeated", "boilerplate"]
    assert document.published is None and document.outlet is None
    assert any(warning.kind == "no-date" for warning in reading.warnings)
    assert not [t for t in reading.times if t.interval and t.anchor == "published"]


def test_all_statements_found(reading: Reading) -> None:
    assert set(found(reading)) == set(range(1, 12))


def test_forms_and_speakers(reading: Reading) -> None:
    names = {entity.id: entity.name for entity in reading.entities}
    right = [
        number
        for number, statement in found(reading).items()
        if statement.form == STATEMENTS[number - 1][2]
        and STATEMENTS[number - 1][3] in names.get(statement.speaker.entity or "", "")
        and statement.speaker.how in STATEMENTS[number - 1][4]
    ]
    assert len(right) >= 9


def test_chain(reading: Reading) -> None:
    statements = found(reading)
    names = {entity.id: entity.name for entity in reading.entities}
    assert [(names[v.entity or ""], v.carried) for v in statements[2].via] == [("TASS", False)]
    assert [(names[v.entity or ""], v.carried) for v in statements[3].via] == [("TASS", True)]
    assert not any(statement.via for number, statement in statements.items() if number not in (2, 3))


def test_marks(reading: Reading) -> None:
    marks = [mark for statement in reading.statements if not statement.inside for mark in statement.marks]
    kinds = [mark.kind for mark in marks]
    assert kinds.count("insertion") == 9 and kinds.count("elision") == 1 and kinds.count("gloss") == 1


def test_statement_inside(reading: Reading) -> None:
    assert any(statement.inside == found(reading)[3].id for statement in reading.statements)


def test_people(reading: Reading) -> None:
    psaki = [entity for entity in reading.entities if "Psaki" in entity.name]
    assert len(psaki) == 1 and len(psaki[0].roles) >= 3


def claims(event: Event, attribute: str) -> list[tuple[str | None, str]]:
    return [(claim.value, claim.settled) for claim in event.claims if claim.attribute == attribute]


def test_summit(reading: Reading) -> None:
    planned = [event for event in reading.events if event.status in ("planned", "mooted", "scheduled")]
    summit = max(planned, key=lambda event: len(event.mentions))
    assert summit.kind == "meeting" and summit.status == "planned"
    assert {"Vladimir Putin", "Joe Biden"} <= {value for value, _ in claims(summit, "participant")}
    assert (None, "open") in claims(summit, "date") and (None, "open") in claims(summit, "venue")
    assert not [value for value, _ in claims(summit, "venue") if value]
    said = {statement.id for statement in reading.statements}
    assert all(claim.statement in said for claim in summit.claims if claim.settled == "open")
    assert {settled for _, settled in claims(summit, "agenda")} == {"provisional"}
    assert [value for value, _ in claims(summit, "format")] == ["face-to-face"]
    assert any("predictable" in (value or "") for value, _ in claims(summit, "goal"))


def test_meeting_that_prepares_it(reading: Reading) -> None:
    (meeting,) = [event for event in reading.events if ("Geneva", "settled") in claims(event, "venue")]
    assert meeting.status == "occurred"
    assert {value for value, _ in claims(meeting, "participant")} == {"Nikolai Patrushev", "Jake Sullivan"}
    assert "prepares" in {relation.kind for relation in meeting.relations}


def test_other_events(reading: Reading) -> None:
    roots = {event.code.plover for event in reading.events if event.code and event.code.mode == "occurred"}
    assert {"SANCTION", "AGREE", "REQUEST"} <= roots
