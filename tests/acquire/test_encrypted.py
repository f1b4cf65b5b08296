"""Fetching over TLS: HTTP/2 where the server speaks it, and nothing from a server that does not prove who it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from onrecord.acquire import open_paths
from onrecord.acquire.fetch import WebFetcher
from onrecord.acquire.files import Fetched
from onrecord.errors import UnreadableInput
from onrecord.nouns import Source
from tests.acquire.encrypted import ELSEWHERE, HERE, OVER, VALID, EncryptedServer, Papers, encrypted, papers
from tests.acquire.misbehaving import PAGE, PATIENT


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(tmp_path_factory.mktemp("papers"))


@pytest.fixture
def server(known: Papers, monkeypatch: pytest.MonkeyPatch) -> Iterator[EncryptedServer]:
    """A server whose certificate is trusted here."""
    monkeypatch.setenv("SSL_CERT_FILE", str(known.trusted))
    with encrypted(known.chain) as running:
        yield running


def test_http_2_is_spoken_over_one_connection(fetcher: WebFetcher, server: EncryptedServer) -> None:
    address = server.address + "/page"
    for _ in range(3):
        answer = fetcher.fetch(address)
        assert answer == Fetched(PAGE, address, "text/html", "utf-8", "2031-03-12T12:00:00+00:00")
    assert server.spoken == ["h2"], "one connection for all requests"
    assert server.paths == ["/robots.txt", "/page", "/page", "/page"]


def test_redirects_over_http_2_are_followed(fetcher: WebFetcher, server: EncryptedServer) -> None:
    (page,) = open_paths([server.address + "/moved"], fetcher=fetcher)
    assert isinstance(page, Source) and page.url == server.address + "/page" and page.raw == PAGE


def test_a_server_that_speaks_only_http_1_is_asked_so(
    fetcher: WebFetcher, known: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(known.trusted))
    with encrypted(known.chain, ("http/1.1",)) as old:
        answer = fetcher.fetch(old.address + "/page")
    assert isinstance(answer, Fetched) and answer.raw == PAGE
    assert old.spoken == ["http/1.1"] * 2 and old.paths == ["/robots.txt", "/page"]


@pytest.mark.parametrize("path", ["/reset", "/hangs-up"])
def test_answers_over_http_2_that_break_off(
    fetcher: WebFetcher, server: EncryptedServer, waits: list[float], path: str
) -> None:
    answer = fetcher.fetch(server.address + path)
    assert isinstance(answer, UnreadableInput) and "breaks off or is garbled" in answer.reason
    assert server.paths.count(path) == PATIENT.tries and len(waits) == PATIENT.tries - 1
    assert isinstance(fetcher.fetch(server.address + "/page"), Fetched), "the next page is there all the same"


def test_a_server_that_ends_the_connection_is_asked_over_another(fetcher: WebFetcher, server: EncryptedServer) -> None:
    assert isinstance(fetcher.fetch(server.address + "/last"), Fetched)
    assert isinstance(fetcher.fetch(server.address + "/page"), Fetched)
    assert server.spoken == ["h2", "h2"]


@pytest.mark.parametrize(
    ("names", "lasts", "trusted", "why"),
    [
        (HERE, VALID, False, "unable to get local issuer certificate"),
        (HERE, OVER, True, "certificate has expired"),
        (ELSEWHERE, VALID, True, "IP address mismatch, certificate is not valid for '127.0.0.1'"),
    ],
)
def test_a_server_that_does_not_prove_who_it_is(
    fetcher: WebFetcher, waits: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    names: x509.SubjectAlternativeName, lasts: timedelta, trusted: bool, why: str,
) -> None:  # fmt: skip
    made = papers(tmp_path, names, lasts)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(made.trusted))
    with encrypted(made.chain) as doubtful:
        address = doubtful.address + "/page"
        answer = fetcher.fetch(address)
    assert isinstance(answer, UnreadableInput)
    assert str(answer).startswith(f"{address}: the server's certificate is not accepted ({why}")
    assert not waits and not doubtful.paths, "it is asked once, and told nothing"
