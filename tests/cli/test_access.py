"""``onrecord user``, ``token``, and when ``onrecord serve`` refuses to start."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.ledger import open_ledger
from onrecord.web.admission import Rules


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "l"
    open_ledger(path, create=True).close()
    return path


def run(ledger: Path, *words: str, given: str = "") -> Result:
    group = 2 if words[0] in ("user", "token") else 1
    return CliRunner().invoke(main, [*words[:group], "--ledger", str(ledger), *words[group:]], input=given)


def test_users_and_their_tokens(ledger: Path) -> None:
    assert run(ledger, "user", "add", "Ida Ruhl", "--may", "moderate", given="correct horse battery\n").exit_code == 0
    assert run(ledger, "user", "add", "Ida Ruhl", given="correct horse battery\n").exit_code == 5
    assert run(ledger, "user", "add", "Per", given="short\n").exit_code == 5
    assert "Ida Ruhl  moderate" in run(ledger, "user", "list").stdout
    ledger.chmod(0o644)
    told = run(ledger, "user", "list").stderr
    assert ("everybody on this machine can read it" in told and f"chmod o-rwx {ledger}" in told) == (os.name == "posix")
    ledger.chmod(0o600)
    made = run(ledger, "token", "add", "Ida Ruhl", "--may", "read", "--days", "7")
    token = made.stdout.strip()
    assert made.exit_code == 0 and token.startswith("onrecord_") and "shown once" in made.stderr
    listed = run(ledger, "token", "list").stdout
    assert token[:15] in listed and token not in listed and token not in run(ledger, "token", "list", "--json").stdout
    assert run(ledger, "token", "revoke", token[:15]).exit_code == 0
    assert "revoked" in run(ledger, "token", "list").stdout
    key = run(ledger, "token", "add", "Ida Ruhl", "--may", "subscribe").stdout.strip()
    assert f"{key[:15]}…  Ida Ruhl, subscribe" in run(ledger, "token", "list").stdout
    assert run(ledger, "token", "revoke", key[:15]).exit_code == 0
    assert run(ledger, "token", "revoke", key[:15]).exit_code == 5
    assert run(ledger, "user", "add", "Per", "--may", "subscribe", given="correct horse battery\n").exit_code == 2
    assert run(ledger, "user", "password", "Ida Ruhl", given="another horse battery\n").exit_code == 0
    assert run(ledger, "user", "remove", "Ida Ruhl").exit_code == 0
    assert "removed" in run(ledger, "user", "list").stdout
    assert run(ledger, "user", "remove", "Ida Ruhl").exit_code == 5


def test_a_desk_may_begin_empty(tmp_path: Path) -> None:
    ledger = tmp_path / "new.ledger"
    assert run(ledger, "user", "list").exit_code == 5 and not ledger.exists()
    assert run(ledger, "user", "add", "Ida Ruhl", given="correct horse battery\n").exit_code == 0
    assert "Ida Ruhl  write" in run(ledger, "user", "list").stdout


@pytest.mark.parametrize(
    ("options", "reading"),
    [
        ([], "open"), (["--host", "::1"], "open"), (["--reading", "login"], None), (["--host", "0.0.0.0"], None),  # noqa: S104
        (["--allow-host", "desk.example"], None), (["--host", "10.0.0.7", "--reading", "open"], "open"),
    ],
)  # fmt: skip
def test_others_are_served_only_where_somebody_can_log_in(
    ledger: Path, options: list[str], reading: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Rules] = []
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: None)
    monkeypatch.setattr("onrecord.web.app.application", lambda _, rules: served.append(rules))
    refused: Any = run(ledger, "serve", *options)
    if reading is None:
        assert refused.exit_code == 2 and "onrecord user add" in refused.stderr and not served
        run(ledger, "user", "add", "Ida", given="correct horse battery\n")
        assert run(ledger, "serve", *options).exit_code == 0
    assert [each.reading for each in served] == [reading or "login"]
