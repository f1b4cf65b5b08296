"""The application as a whole: what every answer has, and what goes wrong."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from onrecord.web.app import HEADERS, application
from onrecord.web.desk import READERS
from tests.samples.sample_corpus import SAMPLES
from tests.web.serving import Client


def test_the_first_page_has_what_is_coming(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200 and "<h1>Today</h1>" in answer.text
    assert "/events/E" in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_day_is_kept_in_every_link(client: Client) -> None:
    answer = client.get("/?as_of=2031-05-10")
    assert 'href="/events?as_of=2031-05-10"' in answer.text


@pytest.mark.parametrize("day", ["yesterday", "2031-13-01", "2031"])
def test_what_is_no_day_is_told(client: Client, day: str) -> None:
    answer = client.get("/", params={"as_of": day})
    assert answer.status_code == 400 and day in answer.text and "write it as" in answer.text


def test_an_address_that_is_not_there(client: Client) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404 and "<h1>Not Found</h1>" in answer.text
    assert "there is nothing at this address" in answer.text
    assert "part: Expected `int` &gt;= 1" in client.get("/events?part=0").text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    (tmp_path / "a").write_bytes(b"no ledger at all" * 100)
    with TestClient(application(tmp_path / "a")) as client:
        yield client


def test_a_ledger_that_is_none(broken: TestClient[Litestar]) -> None:
    answer = broken.get("/")
    assert answer.status_code == 503 and "this is no ledger" in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/events", "/statements.jsonl", "/api/v1/events", "/static/desk.css", "/login", "/events/E0000000000"]
)
def test_what_is_answered_is_answered_without_its_body_too(client: Client, path: str) -> None:
    head, whole = client.head(path), client.get(path)
    assert head.status_code == whole.status_code and not head.content and whole.content
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    assert head.headers.get("ETag") == whole.headers.get("ETag") or path.startswith("/static/")


def test_nobody_keeps_a_page_for_others(client: Client) -> None:
    for path in ("/", "/events", "/login", "/nowhere", f"/documents/{quote('x')}"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "private, no-cache" and "Cookie" in answer.headers["Vary"], path
    assert "Cache-Control" not in client.get("/palette.css").headers


def test_the_folders_of_files_are_not_told_to_readers(
    client: Client, broken: TestClient[Litestar], tmp_path: Path
) -> None:
    whole = client.get("/api/v1/documents").json()["items"]
    assert {each["path"] for each in whole} <= {each.name for each in SAMPLES.rglob("*")}
    name = quote(whole[0]["name"], safe="")
    pages = (f"/documents/{name}?beside=about", "/documents", "/search?q=summit", "/problems.jsonl", "/documents.csv")
    for page in (*pages, f"/api/v1/reading?document={name}", "/api/v1/problems", "/readings.jsonl"):
        assert str(SAMPLES.parent.name) + "/" not in client.get(page).text, page
    assert str(tmp_path) not in broken.get("/").text


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, HEAD, OPTIONS"), ("/api/v1/events", "GET, HEAD, OPTIONS"), ("/login", "GET, HEAD, OPTIONS, POST"),
        ("/api/v1/comments", "GET, HEAD, OPTIONS, POST"), ("/api/v1/comments/1/replies", "OPTIONS, POST"),
        ("/api/v1/webhooks/one", "DELETE, GET, HEAD, OPTIONS"),
    ],
)  # fmt: skip
def test_which_methods_an_address_answers_is_told(client: Client, path: str, methods: str) -> None:
    answer = client.put(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, methods)
    assert client.options(path).headers["Allow"] == methods


def test_handlers_run_in_as_many_threads_as_there_are_connections(client: Client) -> None:
    with ThreadPoolExecutor(4 * READERS) as readers:
        assert {each.status_code for each in readers.map(lambda _: client.get("/events"), range(4 * READERS))} == {200}
    with client.portal() as portal:
        assert portal.call(_threads) <= READERS


async def _threads() -> int:
    executor: ThreadPoolExecutor = get_running_loop()._default_executor  # type: ignore[attr-defined]
    return len(executor._threads)
