"""`onrecord copies` and `onrecord sources`, as a user and a script meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from tests.ledger.conftest import read_by_hand as read_by_hand
from tests.ledger.keeping import filled, source
from tests.ledger.test_copies import WIRE

OPENED = "The bridge was opened by the mayor of Sund."


@pytest.fixture
def ledger(tmp_path: Path, read_by_hand: None) -> Path:
    edited = f"{WIRE}\n\n{OPENED}"
    path = tmp_path / "a.ledger"
    filled(
        path,
        source("wire", WIRE, "2031-04-01", "VNA"),
        source("taken", edited, "2031-04-02", "The \x1b[31mCourier"),
        source("own", "Dalgard said nothing.", "2031-04-03", None),
    )[0].close()
    return path


def run(ledger: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--ledger", str(ledger)], catch_exceptions=False)


def test_copies_for_people_and_for_programs(ledger: Path) -> None:
    told = run(ledger, "copies").stdout
    assert told.startswith("2031-04-01  VNA  [wire]\n  2031-04-02  The ") and "100% in common" in told
    assert f"      + {OPENED}\n" in told and "\x1b" not in told
    [line] = run(ledger, "copies", "taken", "--json").stdout.splitlines()
    [copy] = json.loads(line)["copies"]
    assert (copy["document"], copy["share"], copy["differs"][0]["now"]) == ("taken", 1.0, OPENED)
    assert f"{WIRE}\n\n{OPENED}"[slice(*copy["differs"][0]["now_span"])] == OPENED


def test_what_shares_its_text_with_none(ledger: Path) -> None:
    alone = run(ledger, "copies", "own")
    assert alone.exit_code == 1 and "no other document of the ledger has the text of own" in alone.stderr
    early = run(ledger, "copies", "--as-of", "2031-04-01")
    assert early.exit_code == 0 and early.stdout == ""


def test_sources_for_people_and_for_programs(ledger: Path) -> None:
    lines = run(ledger, "sources").stdout.splitlines()
    assert "VNA: 1 document, 1 statement, 2031-04-01 to 2031-04-01" in lines
    assert any("1 document, 1 of them copies (1 of VNA), 1 statement" in line for line in lines)
    assert lines[-1].startswith("outlet not known: 1 document, ")
    found = [json.loads(line) for line in run(ledger, "sources", "--to", "2031-04-02", "--json").stdout.splitlines()]
    assert [each["copied"] for each in found if each["copies"]] == [[{"outlet": "VNA", "documents": 1}]]
    assert run(ledger, "sources", "--as-of", "2031-03-01").stdout == ""
