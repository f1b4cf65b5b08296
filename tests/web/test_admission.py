"""Who asks and what he may do: logins, tokens, forms of other sites, names that are not ours, too much at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest
from litestar import Litestar
from litestar.exceptions import TooManyRequestsException
from litestar.handlers import HTTPRouteHandler
from litestar.testing import TestClient

from onrecord.ledger import open_ledger
from onrecord.ledger.access import change_password
from onrecord.web.admission import SESSION, Rules, inside
from onrecord.web.app import application
from onrecord.web.limits import Limit
from tests.web.api.test_api import is_problem
from tests.web.api.test_random import NOWHERE
from tests.web.entering import WORD, anew, bearer, enter, signed, with_users

Client = TestClient[Litestar]

NO_WRITES = {("POST", "/api/v1/check"), ("POST", "/login"), ("POST", "/seen")}
"""What is sent and yet keeps nothing here, or is how one says who one is."""

WRITES = sorted(
    {
        (method, route.path)
        for route in application(NOWHERE).routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler)
        for method in handler.http_methods - {"GET", "HEAD", "OPTIONS"}
    }
    - NO_WRITES
)


@pytest.fixture(scope="module")
def ledger(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_users(sample_ledger, tmp_path_factory.mktemp("users"))


@pytest.fixture(scope="module")
def served(ledger: Path) -> Iterator[Client]:
    with TestClient(application(ledger)) as client:
        yield client


@pytest.fixture(scope="module")
def served_to_users(ledger: Path) -> Iterator[Client]:
    rules = Rules(frozenset({"desk.example"}), "login")
    with TestClient(application(ledger, rules), base_url="http://desk.example") as client:
        yield client


@pytest.fixture
def client(served: Client) -> Client:
    return anew(served)


@pytest.fixture
def closed(served_to_users: Client) -> Client:
    return anew(served_to_users)


def filled(path: str) -> str:
    return path.replace("{name:str}", "E0000000000").replace("{number:int}", "1")


ANYTHING = {"text": "a"}


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_nothing_is_written_without_credentials(client: Client, ledger: Path, method: str, path: str) -> None:
    path = filled(path)
    if path.startswith("/api/"):
        told = client.request(method, path, json=ANYTHING)
        assert is_problem(told, 401) and told.headers["WWW-Authenticate"] == "Bearer"
        is_problem(client.request(method, path, json=ANYTHING, headers={"Authorization": "Bearer onrecord_x"}), 401)
        is_problem(client.request(method, path, json=ANYTHING, headers=bearer(ledger, "Cy")), 403)
        enter(client, "Ada")
        is_problem(client.request(method, path, json=ANYTHING), 401)  # a browser's cookie writes nothing by API
    elif path != "/logout":
        refused = client.request(method, path, data={}, follow_redirects=False)
        assert refused.status_code == 303 and refused.headers["Location"].startswith("/login")
        enter(client, "Cy")
        assert client.request(method, path, data={}, follow_redirects=False).status_code == 403


@pytest.mark.parametrize(("method", "path"), [each for each in WRITES if not each[1].startswith("/api/")])
def test_no_form_of_another_site_does_anything(client: Client, method: str, path: str) -> None:
    enter(client, "Ada")
    sign = signed(client, "/")
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ):
        answer = client.request(method, filled(path), data={"sign": sign}, headers=headers, follow_redirects=False)
        assert answer.status_code == 403 and "another site" in answer.text
    for fields in ({}, {"sign": ""}, {"sign": "0" * 64}):
        answer = client.request(method, filled(path), data=fields, follow_redirects=False)
        assert answer.status_code == 403 and "load the page again" in answer.text


def test_a_login_and_its_end(client: Client) -> None:
    assert 'href="/login' in client.get("/").text
    answer = enter(client, "ben", back="/events?as_of=2031-05-10")
    assert answer.status_code == 303 and answer.headers["Location"] == "/events?as_of=2031-05-10"
    cookie = next(each for each in answer.headers.get_list("Set-Cookie") if each.startswith(SESSION))
    assert "HttpOnly" in cookie and "samesite=lax" in cookie.lower() and "Secure" not in cookie
    page = client.get("/").text
    assert "Ben" in page and "Log out" in page
    assert client.post("/logout", data={"sign": signed(client, "/")}).status_code == 200
    assert "Log out" not in client.get("/").text


def test_who_has_the_cookie_of_a_login_that_no_longer_holds_can_log_in(client: Client, ledger: Path) -> None:
    for word in (WORD, "another word of hers"):
        enter(client, "Ada", word)
        old = client.cookies[SESSION]
        with open_ledger(ledger) as opened:
            change_password(opened, "Ada", "another word of hers" if word == WORD else WORD, datetime.now(UTC))
        assert "Log out" not in client.get("/").text
    sign = signed(client, "/login")
    assert SESSION not in client.cookies  # the form takes it back, and another window may bring it again
    client.cookies.set(SESSION, old, domain="testserver.local")
    form = {"name": "Ada", "password": WORD, "sign": sign}
    assert client.post("/login", data=form, follow_redirects=False).status_code == 303
    assert "Log out" in client.get("/").text


def test_over_tls_the_cookie_is_for_tls_alone(ledger: Path) -> None:
    with TestClient(application(ledger), base_url="https://desk.example") as client:
        assert all("Secure" in each for each in enter(client, "Ben").headers.get_list("Set-Cookie"))


def test_a_wrong_name_and_a_wrong_password_are_told_alike(client: Client) -> None:
    wrong, nobody = enter(client, "Ben", "not his password"), enter(client, "Bob", "not his password")
    assert wrong.status_code == nobody.status_code == 403
    assert wrong.text.replace("Ben", "Bob") == nobody.text and SESSION not in client.cookies


def test_a_copy_without_passwords_tells_a_user_as_nobody(ledger: Path, tmp_path: Path) -> None:
    path = Path(copy(ledger, tmp_path / "copy.ledger"))
    with open_ledger(path) as opened, opened.writing() as connection:
        connection.execute("UPDATE users SET password = ''")
    with TestClient(application(path)) as client:
        user, nobody = enter(client, "Ben"), enter(client, "Bob")
    assert user.status_code == nobody.status_code == 403 and user.text.replace("Ben", "Bob") == nobody.text


def test_who_tries_passwords_has_to_wait(client: Client) -> None:
    answers = [enter(client, "Ben", f"guess number {number}") for number in range(11)]
    assert [each.status_code for each in answers] == [403] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_guesses_at_a_name_count_however_it_is_written(ledger: Path) -> None:
    app = application(ledger)
    app.state.attempts, app.state.guesses = Limit(100, 300), Limit(3, 300)
    with TestClient(app) as client:
        answers = [enter(client, name, "a wrong guess") for name in ("Ada", " ada ", "ADA\u2003", "\tAda")]
        assert [each.status_code for each in answers] == [403] * 3 + [429]
        assert enter(client, "Ben").status_code == 303


def test_a_login_of_ones_own_gives_no_more_guesses_at_others(client: Client) -> None:
    answers = [enter(client, "Ada", f"guess number {number}") for number in range(9)]
    answers += [enter(client, "Cy"), enter(client, "Ada", "guess number 9"), enter(client, "Ada", "guess number 10")]
    assert [each.status_code for each in answers] == [403] * 9 + [303, 403, 429]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("/a?b=c", "/a?b=c"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"),
     ("/a\r\nSet-Cookie: x", "/"), ("", "/"), ("javascript:alert(1)", "/"), ("/a\tb", "/")],
)  # fmt: skip
def test_one_goes_back_to_our_own_pages_alone(given: str, kept: str) -> None:
    assert inside(given) == kept


def test_where_reading_needs_a_login(closed: Client, ledger: Path) -> None:
    refused = closed.get("/?as_of=2031-05-10", follow_redirects=False)
    assert refused.status_code == 303 and refused.headers["Location"] == "/login?next=%2F%3Fas_of%3D2031-05-10"
    is_problem(closed.get("/api/v1/events"), 401)
    assert closed.get("/api/v1/events", headers=bearer(ledger, "Cy")).status_code == 200
    assert closed.get("/palette.css").status_code == 200 and closed.get("/static/desk.css").status_code == 200
    enter(closed, "Cy")
    assert closed.get("/").status_code == 200 and closed.get("/api/v1/events").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "desk.example.evil.example", "", "[", "desk.example@evil.example"])
def test_a_name_that_is_not_ours(closed: Client, host: str) -> None:
    answer = closed.get("/login", headers={"Host": host})
    assert answer.status_code == 400 and "--allow-host" in answer.text


@pytest.mark.parametrize(
    "host", ["desk.example", "DESK.example:8000", "localhost:8000", "127.0.0.1", "[::1]:80", "10.0.0.7"]
)
def test_names_that_are_ours(closed: Client, host: str) -> None:
    assert closed.get("/login", headers={"Host": host}).status_code == 200


def test_what_somebody_does_too_often() -> None:
    now = [0.0]
    limit = Limit(2, 10, lambda: now[0])
    limit.take("a")
    limit.take("a")
    limit.take("b")
    with pytest.raises(TooManyRequestsException) as told:
        limit.take("a")
    assert told.value.headers == {"Retry-After": "10"}
    now[0] = 10
    limit.take("a")


def test_the_words_of_a_login_are_as_they_were_given(client: Client) -> None:
    assert enter(client, "Ben", WORD + " ").status_code == 403
