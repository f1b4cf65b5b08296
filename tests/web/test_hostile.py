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

import onrecord.reading
from onrecord.errors import UnreadableInput
from onrecord.ledger import add, documents, entities, open_ledger, problems
from onrecord.ledger.kept import kept
from onrecord.nouns import Dropped, Event, Reading, Source, Sourced, Statement, Warning
from onrecord.page.limits import LIMITS
from onrecord.web.app import application
from onrecord.web.pages import part
from tests.strategies import TEXT, document, sample_reading
from tests.web.hostile import CASES, folded, parts
from tests.web.serving import Client

HARMLESS = ("Prisoners", "https://courier.example/harmless")


def poisoned(source: Source, words: str) -> Reading:
    """The sample reading with ``words`` wherever a stranger's text may come in."""
    sample = sample_reading()
    shown = words.replace("\n\n", "\n")
    text = TEXT.replace("Prisoners", shown) + f"\n\n{shown}"
    shift, border = len(shown) - len("Prisoners"), TEXT.index("Prisoners")

    def moved(statement: Statement) -> Statement:
        spans = tuple((s + shift * (s > border), e + shift * (e > border)) for s, e in statement.content)
        return replace(statement, content=spans, words=words)

    def renamed(event: Event) -> Event:
        return replace(event, claims=tuple(replace(claim, value=words) for claim in event.claims))

    made = document(
        text, id=source.id, title=words, outlet=words, url=words, path=words, language=words, authors=(words,),
        published=Sourced(value=source.published or "", source="given", confidence=1.0, detail=words),
        dropped=(Dropped(kind="boilerplate", text=words, source=()),),
    )  # fmt: skip
    return replace(
        sample,
        document=made,
        entities=tuple(
            replace(
                each,
                name=words,
                aliases=(words,),
                roles=tuple(replace(role, title=f"minister of {words}") for role in each.roles),
            )
            for each in sample.entities
        ),
        statements=tuple(moved(statement) for statement in sample.statements),
        events=tuple(renamed(event) for event in sample.events),
        warnings=(Warning(kind="x", message=words, span=(0, 3)),),
    )


def ledger_of(path: Path, cases: Iterable[tuple[str, str]]) -> Path:
    """Return a ledger with one document a case, whose id holds the case's words too."""
    named = {f"{name} {words[:200]}": words for name, words in cases}

    def read_many(sources: Iterable[Source | UnreadableInput]) -> Iterator[Reading | UnreadableInput]:
        for each in sources:
            yield each if isinstance(each, UnreadableInput) else poisoned(each, named[each.id or ""])

    sources = [Source(raw=words.encode(), id=name, published="2031-03-11") for name, words in named.items()]
    patch = pytest.MonkeyPatch()
    patch.setattr(onrecord.reading, "read_many", read_many)
    try:
        with open_ledger(path, create=True) as ledger:
            reader = sample_reading().reader
            for _ in add(ledger, sources, reader, lambda: datetime(2031, 6, 1, tzinfo=UTC), 1):
                pass
    finally:
        patch.undo()
    return path


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
        f"/search?q={asked}&what=events", *(f"/search?q={asked}&{each}={asked}" for each in ("status", "kind", "type")),
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
    made = replace(sample_reading(), document=document(f"{TEXT}\n\n{'<p>Why? ' * 700_000}"))
    monkeypatch.setattr(onrecord.reading, "read_many", lambda sources: [made for _ in sources])
    with open_ledger(tmp_path / "a", create=True) as ledger:
        for _ in add(ledger, [Source(raw=b"long")], made.reader, lambda: datetime(2031, 6, 1, tzinfo=UTC), 1):
            pass
    with TestClient(application(tmp_path / "a")) as client:
        answer = client.get(f"/documents/{made.document.id}?fact=s2")
        assert answer.status_code == 200 and answer.text.count("&lt;p&gt;Why? ") == 700_000
        assert client.get(f"/statements/s2/{made.document.id}").status_code == 200


def test_what_is_too_long_to_read_is_told(tmp_path: Path) -> None:
    long = Source(raw=b"x " * LIMITS.text, id="<script>", path="<script>.txt", media="text")
    with open_ledger(tmp_path / "a", create=True) as ledger:
        (added,) = add(ledger, [long], sample_reading().reader, lambda: datetime(2031, 6, 1, tzinfo=UTC), 1)
        assert added.outcome == "problem" and len(problems(ledger)) == 1 and not entities(ledger)
    with TestClient(application(tmp_path / "a")) as client:
        assert client.get("/documents").status_code == 200
