"""Connections are bounded, and none is lost: to many who read at once, to readers who go away, to what fails."""

from __future__ import annotations

import gc
import os
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from queue import LifoQueue
from threading import Thread
from typing import Any

import anyio
import pytest
from litestar.exceptions import LitestarException, ServiceUnavailableException
from litestar.testing import TestClient

from onrecord.answers import Ledger
from onrecord.ledger import open_ledger, problems
from onrecord.ledger.store import LedgerError
from onrecord.web.app import application
from onrecord.web.desk import READERS, STREAMS, Desk
from tests.web.api.test_api import is_problem
from tests.web.serving import Client


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[Ledger]:
    """The ledgers that are closed while the test runs, in order."""
    noted: list[Ledger] = []
    close = Ledger.close

    def note(ledger: Ledger) -> None:
        noted.append(ledger)
        close(ledger)

    monkeypatch.setattr(Ledger, "close", note)
    return noted


def test_what_is_more_than_its_readers_is_closed_on_return(sample_ledger: Path, closed: list[Ledger]) -> None:
    desk = Desk(sample_ledger)
    with ExitStack() as lent:
        first = {id(lent.enter_context(desk.ledger())) for _ in range(READERS + 3)}
        assert len(first) == READERS + 3 and not closed
    assert len(closed) == 3
    with ExitStack() as lent:
        assert {id(lent.enter_context(desk.ledger())) for _ in range(READERS)} <= first
    desk.close()
    assert len(closed) == READERS + 3


def test_more_files_at_once_than_are_sent(client: Client) -> None:
    desk: Desk = client.app.state.desk
    with ExitStack() as lent:
        for _ in range(STREAMS):
            lent.enter_context(desk.streamed())
        page, told = client.get("/events.jsonl"), client.get("/api/v1/events.jsonl")
        assert page.status_code == 503 and "try again" in page.text and int(page.headers["Retry-After"]) > 0
        assert is_problem(told, 503) and int(told.headers["Retry-After"]) > 0
        assert client.get("/events").status_code == 200
    assert client.get("/events.jsonl").status_code == 200


replaced = pytest.mark.skipif(os.name != "posix", reason="a file that is open can't be replaced there")


def places(desk: Desk) -> list[str]:
    with desk.ledger() as lent:
        return [each.place for each in problems(lent)]


def unlinked(path: Path) -> None:
    """Remove what SQLite keeps beside a file."""
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink()


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two ledgers that tell their own name as a problem."""
    paths = tmp_path / "a.ledger", tmp_path / "b.ledger"
    for each in paths:
        with open_ledger(each, create=True) as made:
            made.connection.execute("INSERT INTO problems (place, reason, observed) VALUES (?, '', '')", (each.name,))
    return paths


@replaced
def test_another_file_in_the_place_of_the_ledger(tmp_path: Path, two: tuple[Path, Path]) -> None:
    (path, other), newer = two, tmp_path / "c.ledger"
    open_ledger(newer, create=True).close()
    with closing(sqlite3.connect(newer, isolation_level=None)) as raw:
        raw.execute("PRAGMA user_version = 999")
    desk = Desk(path)
    assert places(desk) == places(desk) == ["a.ledger"]
    other.replace(path)
    with pytest.raises(LedgerError, match=r"another file has taken its place.* remove a.ledger-wal and a.ledger-shm"):
        places(desk)
    unlinked(path)
    assert places(desk) == places(desk) == ["b.ledger"]
    with desk.ledger() as lent:
        kept = path.rename(tmp_path / "kept")
        newer.replace(path)
        unlinked(path)
        assert [each.place for each in problems(lent)] == ["b.ledger"], "who reads already reads on"
    with pytest.raises(LedgerError, match="install a newer onrecord"):
        places(desk)
    path.unlink()
    with pytest.raises(LedgerError, match="no such ledger any more"):
        places(desk)
    kept.rename(path)
    assert places(desk) == ["b.ledger"]
    desk.close()


@replaced
def test_no_thread_is_lent_the_earlier_file_while_another_looks(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = two
    desk, close = Desk(path), Desk.close
    assert places(desk) == ["a.ledger"]
    found: list[str] = []
    beside = Thread(target=lambda: found.extend(places(desk)))

    def slowly(closed: Desk) -> None:
        monkeypatch.setattr(Desk, "close", close)
        beside.start()
        beside.join(0.5)
        close(closed)

    monkeypatch.setattr(Desk, "close", slowly)
    other.replace(path)
    unlinked(path)
    assert places(desk) == ["b.ledger"]
    beside.join()
    assert found == ["b.ledger"]
    desk.close()


def test_what_is_given_back_while_the_desk_closes_is_closed(
    two: tuple[Path, Path], closed: list[Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(two[0])
    beside = Thread(target=desk.close)
    put = LifoQueue.put_nowait

    def late(idle: LifoQueue[Ledger], kept: Ledger) -> None:
        beside.start()
        beside.join(0.5)
        put(idle, kept)

    with monkeypatch.context() as patched, desk.ledger() as lent:
        patched.setattr(LifoQueue, "put_nowait", late)
    beside.join()
    assert closed == [lent]


@replaced
def test_another_file_that_counts_as_far_is_sent_to_who_has_the_earlier_one_s_answer(two: tuple[Path, Path]) -> None:
    path, other = two
    with TestClient(application(path)) as client:
        first = client.get("/api/v1/problems")
        has = {"If-None-Match": first.headers["ETag"]}
        assert client.get("/api/v1/problems", headers=has).status_code == 304
        other.replace(path)
        unlinked(path)
        now = client.get("/api/v1/problems", headers=has)
        assert now.status_code == 200 and now.text != first.text


@replaced
def test_processes_of_one_run_tag_an_answer_alike(two: tuple[Path, Path]) -> None:
    path, other = two

    def tags() -> list[str]:
        return [client.get("/api/v1/problems").headers["ETag"] for client in (first, second, elsewhere)]

    with (
        TestClient(application(path, run="one")) as first,
        TestClient(application(path, run="one")) as second,
        TestClient(application(path, run="another")) as elsewhere,
    ):
        before = tags()
        assert before[0] == before[1] != before[2]
        other.replace(path)
        unlinked(path)
        now = tags()
        assert now[0] == now[1] != now[2] and not set(now) & set(before)


@replaced
def test_what_is_remembered_of_a_file_is_remembered_for_all_its_connections(two: tuple[Path, Path]) -> None:
    path, other = two
    desk = Desk(path)
    with desk.ledger() as one, desk.ledger() as second:
        assert one is not second and one.of is second.of is not None
        before = one.of
    other.replace(path)
    with desk.ledger() as third:
        assert third.of is not before
    desk.close()


@pytest.mark.parametrize("ends", ["goes away", "fails"])
def test_a_reader_who_does_not_take_all_gives_the_ledger_back(sample_ledger: Path, ends: str) -> None:
    app = application(sample_ledger)
    desk: Desk = app.state.desk
    scope = {
        "type": "http", "method": "GET", "path": "/statements.jsonl", "raw_path": b"/statements.jsonl", "headers": [],
        "query_string": b"", "root_path": "", "scheme": "http", "http_version": "1.1", "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
    }  # fmt: skip

    async def read() -> None:
        begun = anyio.Event()

        async def send(message: Any) -> None:
            begun.set()
            if message["type"] == "http.response.body":
                with pytest.raises(anyio.WouldBlock):  # one file fewer can be sent
                    _all_of(desk)
                if ends == "fails":
                    raise OSError("the connection is gone")
                await anyio.sleep_forever()

        async def receive() -> Any:
            await begun.wait()
            await anyio.sleep(0.01)
            if ends == "fails":
                await anyio.sleep_forever()
            return {"type": "http.disconnect"}

        with anyio.fail_after(20):
            await app(dict(scope), receive, send)  # type: ignore[arg-type]

    gc.disable()
    try:
        for _ in range(STREAMS + 1):
            if ends == "fails":
                with pytest.raises(LitestarException, match="after response started"):
                    anyio.run(read)
            else:
                anyio.run(read)
        with TestClient(app) as client:
            _all_of(desk)
            assert client.get("/statements.jsonl").status_code == 200
    finally:
        gc.enable()


def _all_of(desk: Desk) -> None:
    """Have all files sent that can be at once; raises WouldBlock where somebody has one."""
    with ExitStack() as lent:
        for _ in range(STREAMS):
            try:
                lent.enter_context(desk.streamed())
            except ServiceUnavailableException:
                raise anyio.WouldBlock from None
