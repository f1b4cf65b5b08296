"""Who said what as Atom and JSON Feed, as feed readers see it."""

from __future__ import annotations

import json
from typing import Any

import feedparser

from onrecord.ledger.questions import HeldStatement
from onrecord.publish.entries import LATEST
from onrecord.publish.said import atom, json_feed
from onrecord.publish.site import NOWHERE, Site

DESK = Site(title="Harbour", base="https://desk.example/", itself="https://desk.example/statements.atom?q=harbour")


def said(words: str, published: str | None, form: str = "direct", number: str = "s1", **more: Any) -> HeldStatement:
    told: dict[str, Any] = {
        "document": f"text-{words[:4]}",
        "title": None,
        "outlet": "Ostrev Courier",
        "speaker": "Mara Lindqvist",
    }
    told |= {"via": (), "kind": "speech", "polarity": "affirmed", "confidence": 0.9, "span": (10, 10 + len(words))}
    return HeldStatement(number=number, published=published, words=words, form=form, **(told | more))


NEWS = [
    said("The harbour stays open.", "2031-05-02T09:30:00+02:00"),
    said("the harbour would close", "2031-05-04", "indirect", speaker=None, via=("VNA",)),
    said("A harbour of no day.", None),
]


def parsed(statements: list[HeldStatement], site: Site = NOWHERE) -> Any:
    found = feedparser.parse(b"".join(atom(statements, site)))
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_the_newest_statement_comes_first_with_its_words_and_who_printed_them() -> None:
    found = parsed(NEWS, DESK)
    assert [each.title for each in found.entries] == [
        "somebody unknown: the harbour would close",
        "Mara Lindqvist: “The harbour stays open.”",
        "Mara Lindqvist: “A harbour of no day.”",
    ]
    assert [each.updated for each in found.entries] == [
        "2031-05-04T00:00:00Z", "2031-05-02T09:30:00+02:00", "1970-01-01T00:00:00Z",
    ]  # fmt: skip
    first = found.entries[0]
    assert first.link == "https://desk.example/statements/10-33/text-the%20"
    assert first.author == "Ostrev Courier" and [tag.term for tag in first.tags] == ["reported"]
    assert "by way of VNA" in first.content[0].value
    assert 'href="https://desk.example/documents/text-the%20?passage=10-33#p10-33"' in first.content[0].value


def test_an_id_is_of_the_words_and_not_of_the_number_that_a_reading_gave_them() -> None:
    before, again = parsed(NEWS), parsed([said("The harbour stays open.", "2031-05-02", number="s9")])
    assert again.entries[0].id == before.entries[1].id
    moved = parsed([said("The harbour stays open.", "2031-05-02", span=(80, 103))])
    assert moved.entries[0].id != again.entries[0].id


def test_what_several_texts_of_one_document_say_stands_once_as_the_last_has_it() -> None:
    words = "The harbour stays open."
    earlier = said(words, "2031-05-02", version="0a1b2c3d4e5f")
    for both in ([earlier, said(words, "2031-05-01")], [said(words, "2031-05-02"), earlier]):
        (entry,) = parsed(both, DESK).entries
        assert "version=" not in entry.link


def test_a_json_feed_says_the_same() -> None:
    feed = json.loads(b"".join(json_feed(NEWS, DESK)))
    assert feed["description"] == "Who said what; 3 statements"
    assert [each["title"] for each in feed["items"]] == [each.title for each in parsed(NEWS, DESK).entries]


def test_words_of_a_text_are_text() -> None:
    hostile = said("<script>alert(1)</script>\u202e & “so”", "2031-05-02", speaker="<b>Mara</b>")
    (entry,) = parsed([hostile]).entries
    assert "<script" not in entry.content[0].value and "\u202e" not in entry.title


def test_a_feed_ends_with_its_newest_two_hundred() -> None:
    many = [said(f"Word {number} of many.", f"2031-05-{1 + number % 28:02}") for number in range(LATEST + 50)]
    found = parsed(many)
    assert len(found.entries) == LATEST
    assert min(each.updated for each in found.entries) > "2031-05-01"
