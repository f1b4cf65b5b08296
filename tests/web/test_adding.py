"""Documents by POST: read by the models in a process of their own, kept once, told about later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from onrecord.acquire.bounded import LIMIT
from onrecord.web import adding
from onrecord.web.app import application
from tests.web.api.test_api import is_problem
from tests.web.entering import bearer, with_users

Client = TestClient[Litestar]

ADDRESS = "/api/v1/documents"
STORY = (
    "<html><head><title>Ferry talks on Monday</title></head><body><article><h1>Ferry talks on Monday</h1>"
    "<p>Talks on the ferry will be held in Ostrev on Monday, the minister, Ana Dalgard, said.</p>"
    "<p>“We will not close the line,” she said.</p></article></body></html>"
)


@pytest.fixture(scope="module")
def ledger(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_users(sample_ledger, tmp_path_factory.mktemp("adding"))


@pytest.fixture(scope="module")
def client(ledger: Path) -> Iterator[Client]:
    with TestClient(application(ledger)) as client:
        client.headers.update(bearer(ledger, "Ben"))
        yield client


def test_a_document_is_read_kept_once_and_told_about(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    html = {"Content-Type": "text/html; charset=utf-8"}
    monkeypatch.setattr(adding, "PATIENCE", 0.0)
    sent = client.post(f"{ADDRESS}?id=a/b%20c&outlet=The+Courier&published=2031-06-08", content=STORY, headers=html)
    assert sent.status_code == 202 and sent.json()["outcome"] == "waiting"
    monkeypatch.setattr(adding, "PATIENCE", 120.0)
    again = client.post(f"{ADDRESS}?id=a/b%20c&outlet=The+Courier&published=2031-06-08", content=STORY, headers=html)
    assert again.status_code == 201 and again.json()["document"] == "a/b c"
    told = client.get(sent.headers["Location"]).json()
    assert (told["outcome"], told["document"]) == ("added", "a/b c")
    reading = client.get(again.headers["Location"]).json()
    assert reading["document"]["outlet"] == "The Courier" and reading["statements"]
    known = client.post(f"{ADDRESS}?id=a/b%20c&outlet=The+Courier&published=2031-06-08", content=STORY, headers=html)
    assert known.status_code == 200 and known.json()["outcome"] == "known"
    record = {"text": "Ana Dalgard said the line would stay open.", "id": "d2", "published": "2031-06-09"}
    assert client.post(ADDRESS, json=record).json()["document"] == "d2"
    broken = client.post(ADDRESS, content=b"%PDF-1.7 " + b"x" * 50, headers=html)
    assert "PDF" in is_problem(broken, 422)["detail"]
    (problem,) = client.get("/api/v1/problems").json()["items"]
    assert problem["place"].startswith(adding.PLACE)


def test_what_is_no_document_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    is_problem(client.post(ADDRESS, content=b"x", headers={"Content-Type": "application/pdf"}), 415)
    is_problem(client.post(ADDRESS, json={"html": 1}), 400)
    is_problem(client.post(ADDRESS, json={"words": "x"}), 400)
    assert "neither" in is_problem(client.post(ADDRESS, json={"id": "x"}), 422)["detail"]
    is_problem(client.post(ADDRESS, content=b"x" * (LIMIT + 1), headers={"Content-Type": "text/plain"}), 413)
    is_problem(client.get(f"/api/v1/additions/{'0' * 64}"), 404)
    is_problem(client.get("/api/v1/additions/none"), 400)
    monkeypatch.setattr(adding, "WAITING", 0)
    full = client.post(ADDRESS, json={"text": "Another one."})
    assert is_problem(full, 503) and full.headers["Retry-After"]


def test_a_process_that_ends_is_started_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    state = client.app.state.adding
    client.post(ADDRESS, json={"text": "Ana Dalgard said so.", "id": "d3"})
    for process in list(state._pool._processes.values()):
        process.terminate()
        process.join()
    monkeypatch.setattr(adding, "PATIENCE", 120.0)
    assert client.post(ADDRESS, json={"text": "Ana Dalgard said more.", "id": "d5"}).status_code == 201
