"""What the API promises: pages, tags, one shape of problems on every address, and a document that tells all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from litestar import Litestar, Request
from litestar.testing import RequestFactory, TestClient

from onrecord.ledger import By, decide_claim, events, open_ledger
from onrecord.nouns import Kept, Source
from onrecord.web.api.paging import paged
from onrecord.web.app import HEADERS, application
from onrecord.web.problems import MEDIA
from tests.ledger.keeping import filled as kept
from tests.ledger.keeping import reading_of
from tests.web.api.test_random import NOWHERE, OPERATIONS
from tests.web.serving import Client

IDS = {"additions": "0" * 64, "events": "E0000000000", "entities": "P0000000000"}


WITHOUT = (".html", ".parquet")
"""Files of which there is no example: people can't read them as they are."""


def filled(path: str) -> str:
    """Return an address of nothing that is there, but might be."""
    named = re.sub(r"\{(id|name)\}", IDS.get(path.split("/")[3], "none"), path)
    return named.replace("{number}", "1")


@pytest.fixture(scope="module")
def document(served_story: Client) -> dict[str, Any]:
    answer = served_story.get("/api/v1/openapi.json")
    assert answer.headers["content-type"].startswith("application/vnd.oai.openapi+json")
    told: dict[str, Any] = answer.json()
    return told


def is_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    told: dict[str, Any] = answer.json()
    assert told["status"] == status and told["title"] and told["type"] == "about:blank"
    assert set(told) <= {"type", "title", "status", "detail", "errors"}
    assert not re.search(r"Traceback|\.py|onrecord\.|/tmp/|sqlite", answer.text)
    return told


def test_the_document_tells_all_of_every_operation(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1") and document["info"]["description"]
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(names) == len(set(names)) == len(OPERATIONS)
    for item in document["paths"].values():
        for operation in item.values():
            assert operation["tags"] and operation["summary"] and operation["description"]
            assert all(each.get("description") for each in operation.get("parameters", ()))
            assert {"400", "401", "404", "500", "503"} <= set(operation["responses"])
    assert all(
        schema.get("description") for name, schema in document["components"]["schemas"].items() if "Page" not in name
    )


def test_the_examples_are_as_the_document_describes(document: dict[str, Any]) -> None:
    seen = 0
    for item in (*document["paths"].values(), *document["webhooks"].values()):
        for operation in item.values():
            answered = operation["responses"].get("200", {}).get("content", {}).values()
            sent = operation.get("requestBody", {}).get("content", {}).get("application/json")
            for content in (*answered, *filter(None, [sent])):
                schema = {**content["schema"], "components": document["components"]}
                for example in content.get("examples", {}).values():
                    Draft202012Validator(schema).validate(example["value"])
                    seen += 1
    assert seen >= sum(not path.endswith(WITHOUT) for _, path in OPERATIONS)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("statements", 37), ("documents", 4), ("events?from=2031-01-01", 3), ("search/statements?q=the", 37),
        ("search/documents?q=the", 4), ("search/events?q=summit", 1), ("search/entities?q=assembly", 2),
    ],
)  # fmt: skip
def test_pages_hold_all_once_and_in_order(client: Client, path: str, most: int) -> None:
    mark = "&" if "?" in path else "?"
    whole = client.get(f"/api/v1/{path}{mark}most=200").json()
    found, address = [], f"/api/v1/{path}{mark}most={most}"
    while address:
        page = client.get(address).json()
        assert len(page["items"]) <= most
        found += page["items"]
        address = page["next"]
    while whole["next"]:
        more = client.get(whole["next"]).json()
        whole = {"items": whole["items"] + more["items"], "next": more["next"]}
    assert found == whole["items"] and len(found) > most


@pytest.mark.parametrize(
    ("path", "asks"),
    [
        ("statements", ("by", "form", "outlet", "about")), ("documents", ("by", "outlet", "about")),
        ("events", ("status", "kind")), ("entities", ("type",)),
    ],
)  # fmt: skip
def test_facets_count_what_is_answered(client: Client, path: str, asks: tuple[str, ...]) -> None:
    given = {"q": "velik" if path == "entities" else "summit", "as_of": "2031-06-07"}
    every = client.get(f"/api/v1/search/{path}", params=given).json()
    assert not every["capped"] and set(every["facets"]) - {"month"} == set(asks)
    for name in asks:
        for each in every["facets"][name]:
            narrowed = client.get(f"/api/v1/search/{path}", params=given | {name: each["value"]}).json()
            assert narrowed["total"] == each["count"], (name, each)
    assert client.get(f"/api/v1/search/{path}", params=given | {"as_of": "2030-01-01"}).json()["total"] == 0
    is_problem(client.get(f"/api/v1/search/{path}"), 400)


@pytest.mark.parametrize("what", ["documents", "statements"])
def test_a_search_goes_on_where_another_text_comes_under_the_id_of_the_last_answer(tmp_path: Path, what: str) -> None:
    def page(name: str, day: int, bridge: str = "bridge") -> Kept:
        text = f"Dalgard said the {bridge} would open."
        given = Source(raw=text.encode(), path=name, id=name, published=f"2031-05-{day:02}")
        return Kept(source=given, reading=reading_of(given))

    path = tmp_path / "a"
    kept(path, page("a", 4), page("b", 3), page("c", 2))[0].close()
    with TestClient(application(path)) as client:
        first = client.get(f"/api/v1/search/{what}?q=open&most=2").json()
        kept(path, page("b", 5, "harbour"))[0].close()
        second = client.get(first["next"]).json()
        whole = client.get(f"/api/v1/search/{what}?q=open").json()
    assert [*first["items"][:1], *second["items"]] == [whole["items"][at] for at in (1, 3)]
    assert len(whole["items"]) == 4 and second["next"] is None


def _request(query: str) -> Request[Any, Any, Any]:
    name, _, value = query.partition("=")
    return RequestFactory().get("/list", query_params={name: value})


def test_what_comes_in_between_moves_nothing() -> None:
    def page(held: list[str], cursor: str | None) -> tuple[tuple[Any, ...], str | None]:
        return paged(_request("most=2"), cursor, 2, lambda n: held[:n], str, str)

    def cursor(address: str | None) -> str:
        assert address is not None
        return address.partition("cursor=")[2]

    first, address = page(["d", "c", "b", "a"], None)
    second, last = page(["f", "e", "d", "c", "b", "a"], cursor(address))
    assert (first, second, last) == (("d", "c"), ("b", "a"), None)
    without, _ = page(["d", "b", "a"], cursor(address))
    assert without == ("a",), "where the last that was given has gone, the list goes on by its number"


@pytest.mark.parametrize("cursor", ["x", "WyJhIiwxLCIiXQ", "é", "W10"])
def test_a_cursor_that_is_none(client: Client, cursor: str) -> None:
    assert "next" in is_problem(client.get("/api/v1/events", params={"cursor": cursor}), 404)["detail"]


def test_a_cursor_of_another_list(client: Client) -> None:
    address = client.get("/api/v1/statements?most=5").json()["next"]
    is_problem(client.get(address.replace("/statements", "/documents")), 404)
    is_problem(client.get(address + "&q=summit"), 404)


def test_what_has_not_changed_is_not_sent_again(sample_ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "story.ledger"
    copy(sample_ledger, path)
    with TestClient(application(path)) as client:
        first = client.get("/api/v1/events?q=summit")
        tag = first.headers["ETag"]
        again = client.get("/api/v1/events?q=summit", headers={"If-None-Match": f'"other", {tag}'})
        assert again.status_code == 304 and not again.content and again.headers["ETag"] == tag
        assert client.get("/api/v1/events?q=pass", headers={"If-None-Match": tag}).status_code == 200
        with open_ledger(path) as ledger:
            event = events(ledger, "summit")[0].id
            decide_claim(ledger, event, "venue", "Ostrev", None, "settled", By("A", "seen", datetime.now(UTC)))
        changed = client.get("/api/v1/events?q=summit", headers={"If-None-Match": tag})
        assert changed.status_code == 200 and changed.json() != first.json()


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_address_tells_problems_in_one_shape(client: Client, method: str, path: str) -> None:
    address = filled(path)
    refused = client.request("PUT", address)
    is_problem(refused, 405)
    assert method in refused.headers["Allow"]
    if "{" in path and method == "GET":
        is_problem(client.get(address), 404)
        is_problem(client.get(f"{address}~"), 404 if "." in address else 400)
    if method == "POST" and path != "/api/v1/check":
        is_problem(client.post(address, json={}), 401)
    elif method == "POST":
        is_problem(client.post(address, content=b"{", headers={"Content-Type": "application/json"}), 400)
        is_problem(client.post(address, json=[]), 400)


@pytest.mark.parametrize(
    "query", ["most=0", "most=x", "most=201", "as_of=2031-13-01", "status=dead", "kind=picnic", "to=null"]
)
def test_a_wrong_parameter_is_named(client: Client, query: str) -> None:
    told = is_problem(client.get(f"/api/v1/events?{query}"), 400)
    assert told["errors"][0]["parameter"] == query.partition("=")[0]
    if query.startswith("status"):
        assert "there are mooted, planned" in told["detail"]
    if query.startswith("kind"):
        assert "“picnic” is no kind; there are ceremony, election" in told["detail"]


@pytest.mark.parametrize("query", ["from=2031-13-01", "to=soon"])
def test_a_wrong_day_is_named_as_it_stands_in_the_address(client: Client, query: str) -> None:
    told = is_problem(client.get(f"/api/v1/documents?{query}"), 400)
    name = query.partition("=")[0]
    assert told["detail"] == f"{name}: this is no day; write it as 2031-05-24"
    assert told["errors"] == [{"parameter": name, "detail": "this is no day; write it as 2031-05-24"}]


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1/none", "/api/v2/events", "/api/v1/events/E1/x", "/api/v1/%00"]
)
def test_an_address_that_is_not_there(client: Client, path: str) -> None:
    is_problem(client.get(path), 404)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    path = tmp_path_factory.mktemp("broken") / "a"
    path.write_bytes(b"no ledger at all" * 100)
    with TestClient(application(path)) as client:
        yield client


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_ledger_that_cannot_be_used(broken: TestClient[Litestar], method: str, path: str) -> None:
    query = "?q=a&of=a&document=a"
    body = {"quote": "We will go."}
    answer = broken.request(
        method,
        filled(path) + query,
        json=body if method == "POST" else None,
        headers={"Authorization": "Bearer onrecord_x"},
    )
    is_problem(answer, 503)
    assert answer.headers["Retry-After"]


def test_a_mistake_of_ours(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("onrecord.web.api.names.stats", fails)
    assert "secret" not in json.dumps(is_problem(client.get("/api/v1/stats"), 500))


def test_the_document_needs_no_ledger() -> None:
    assert application(NOWHERE).openapi_schema.paths


@pytest.mark.parametrize("name", ["events.ics", "changes.atom", "statements.csv", "statements.jsonl"])
def test_files_are_answered_to_programs_too(client: Client, name: str) -> None:
    page, program = client.get(f"/{name}"), client.get(f"/api/v1/{name}")
    assert page.status_code == program.status_code == 200
    assert program.headers["Content-Type"] == page.headers["Content-Type"] and program.headers["ETag"]
    assert program.content.replace(b"/api/v1", b"") == page.content
