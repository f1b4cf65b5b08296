"""Hostile articles on every page that can show them: what they contain is text, and nothing of it part of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from litestar.testing import TestClient
from lxml import html
from msgspec.structs import replace

import onrecord.page.part
from onrecord.ledger import add, documents, entities, open_ledger, problems
from onrecord.ledger.kept import kept
from onrecord.nouns import Source
from onrecord.page.limits import LIMITS
from onrecord.web.app import application
from onrecord.web.pages import part
from tests.hostile import CASES, folded, ledger_of, parts
from tests.strategies import TEXT, sample_reading
from tests.web.serving import Client

HARMLESS = ("Prisoners", "https://courier.example/harmless")


class Held(NamedTuple):
    """A served ledger, and where its documents, people and events are."""

    client: Client
    documents: dict[str, list[str]]
    """The pages of each document, by its id."""


def served(path: Path, most: int = 1) -> Iterator[Held]:
    """Serve a ledger. ``most``: how many of each document's people and events are looked at."""
    with open_ledger(path) as ledger:
        found: dict[str, list[str]] = {}
        for each in documents(ledger):
            one = kept(ledger, each.name)
            assert one is not None
            name = part(each.name)
            found[each.name] = [
                *(
                    f"/documents/{name}{query}"
                    for query in ("?fact=s2", "?beside=quotes", "?beside=about", "?beside=comments")
                ),
                f"/documents/{name}?passage=0-{len(one.reading.document.text)}",
                f"/copies/{name}",
                f"/statements/s2/{name}",
                f"/quotes/s2/{name}",
                *(f"/entities/{id}" for id in sorted(set(one.entities.values()))[:most]),
                *(f"/entities/{id}?of=it" for id in sorted(set(one.entities.values()))[:most]),
                *(f"/events/{id}{at}" for id in sorted(set(one.events.values()))[:most] for at in ("", "?part=2")),
            ]
    with pytest.MonkeyPatch.context() as patch, TestClient(application(path)) as client:
        patch.setattr("onrecord.web.event.TOLD", 1)  # so that there is a second part of what is told
        yield Held(client, found)


AT_ONCE = 4
"""Cases in one ledger: they are copies of one text, which are compared two by two."""


@pytest.fixture(scope="module", params=range(0, len(CASES), AT_ONCE))
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    cases = [*CASES.items()][request.param : request.param + AT_ONCE]
    yield from served(ledger_of(tmp_path_factory.mktemp("hostile") / "a", cases))


@pytest.fixture(scope="module")
def allowed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[tuple[str, str]]]:
    """The elements and attributes that pages of harmless articles have."""
    cases = [(f"harmless{n}", words) for n, words in enumerate(HARMLESS)]
    found: set[tuple[str, str]] = set()
    for held in served(ledger_of(tmp_path_factory.mktemp("harmless") / "a", cases), most=9):
        for path in [*COMMON, *asking(HARMLESS[0]), *(path for paths in held.documents.values() for path in paths)]:
            found |= parts(held.client.get(path).content)
    yield found


COMMON = (
    "/", "/events?as_of=2031-03-11", "/documents", "/entities", "/sources", "/decisions", "/alerts", "/comments",
    "/search?what=events&q=meeting", "/search?what=documents&q=prisoners",
)  # fmt: skip


def asking(words: str) -> list[str]:
    """Addresses in which somebody asks for words, rightly and wrongly."""
    asked = part(words[:1_500])
    return [
        f"/search?q={asked}", f"/search?q={asked}&what=documents",
        f"/search?q={asked}&what=events", f"/search?q={asked}&what={asked}",
        *(f"/search?q={asked}&by={asked}&what={each}" for each in ("comments", "decisions")),
        *(f"/search?q={asked}&{each}={asked}" for each in ("status", "kind", "type")),
        f"/search?by={asked}&about={asked}&outlet={asked}&what=documents", f"/search?form={asked}",
        f"/entities?q={asked}&as_of={asked}", f"/documents/{asked}", f"/{asked}",
    ]  # fmt: skip


def check(held: Held, paths: Iterable[str], allowed: set[tuple[str, str]]) -> None:
    for path in paths:
        answer = held.client.get(path)
        assert answer.status_code < 500, (path[:300], answer.text[-300:])
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", answer.text), path[
            :300
        ]
        assert not (more := parts(answer.content) - allowed), (path[:300], sorted(more))


def test_there_are_enough() -> None:
    assert len(CASES) >= 60 and len(set(CASES.values())) == len(CASES)


def test_a_hostile_article_is_text_on_every_page(hostile: Held, allowed: set[tuple[str, str]]) -> None:
    check(hostile, COMMON, allowed)
    for name, pages in hostile.documents.items():
        words = CASES[name.partition(" ")[0]]
        check(hostile, pages, allowed)
        check(hostile, asking(words), allowed)
        answer = hostile.client.get(pages[0])
        shown = " ".join(html.document_fromstring(answer.text).text_content().split())
        assert answer.status_code == 200 and folded(words)[:20_000] in shown, name


def test_every_name_leads_back_to_its_document(hostile: Held) -> None:
    links: set[str] = set()
    address = "/documents"
    while address:
        page = html.document_fromstring(hostile.client.get(address).text)
        links.update(page.xpath("//main//ol//a/@href"))
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert links == {f"/documents/{part(name)}" for name in hostile.documents}
    assert all(hostile.client.get(link).status_code == 200 for link in sorted(links))


def test_a_paragraph_of_five_megabytes_has_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onrecord.page.part, "LIMITS", replace(LIMITS, read=2_000))  # else it is read for a minute
    long = Source(
        raw=f"{TEXT}\n\n{'<p>Why is it so? ' * 320_000}".encode(), id="long", media="text", published="2031-03-11"
    )
    with open_ledger(tmp_path / "a", create=True) as ledger:
        (added,) = add(ledger, [long], sample_reading().reader, lambda: datetime(2031, 6, 1, tzinfo=UTC), 1)
        assert added.outcome == "added"
    with TestClient(application(tmp_path / "a")) as client:
        answer = client.get("/documents/long?fact=s2")
        assert answer.status_code == 200 and answer.text.count("&lt;p&gt;Why is it so?") == 320_000
        assert "This is too long to be read in one go" in answer.text
        assert client.get("/statements/s2/long").status_code == 200


def test_what_is_too_long_to_read_is_told(tmp_path: Path) -> None:
    long = Source(raw=b"x " * LIMITS.text, id="<script>", path="<script>.txt", media="text")
    with open_ledger(tmp_path / "a", create=True) as ledger:
        (added,) = add(ledger, [long], sample_reading().reader, lambda: datetime(2031, 6, 1, tzinfo=UTC), 1)
        assert added.outcome == "problem" and len(problems(ledger)) == 1 and not entities(ledger)
    with TestClient(application(tmp_path / "a")) as client:
        assert client.get("/documents").status_code == 200
