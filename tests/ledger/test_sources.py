"""The outlets of a ledger and the texts that several documents have, as of a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ledger import copies, sources
from onrecord.ledger.questions import Between
from onrecord.ledger.sources import Copied, HeldSource
from tests.ledger.keeping import filled, source
from tests.ledger.test_copies import DOCUMENTS, OTHER, ROUND_UP, WIRE


@pytest.mark.usefixtures("read_by_hand")
def test_outlets_with_whose_texts_they_print(tmp_path: Path) -> None:
    ledger, _ = filled(
        tmp_path / "a", *DOCUMENTS, source("again", WIRE, "2031-04-09", "VNA"), source("nobody", outlet=None)
    )
    found = {each.outlet: each for each in sources(ledger)}
    assert list(found)[:2] == ["The Courier", "VNA"] and list(found)[-1] is None
    courier, agency = found["The Courier"], found["VNA"]
    assert courier == HeldSource("The Courier", 2, 2, 1, (Copied("VNA", 1),), "2031-04-02", "2031-04-03")
    assert (agency.documents, agency.copies, agency.copied) == (2, 0, ())  # its own text again
    assert [each.outlet for each in sources(ledger, Between(last="2031-04-02"))] == ["The Courier", "VNA"]
    assert sources(ledger, Between("2031-04-05", "2031-04-05"))[0].copied == (Copied("VNA", 1),)


@pytest.mark.usefixtures("read_by_hand")
def test_texts_that_several_documents_have(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *DOCUMENTS, source("more", OTHER + " And so on.", "2031-04-20", "The Post"))
    wire, other = copies(ledger)
    assert (wire.document, wire.title, wire.outlet, wire.published) == ("wire", None, "VNA", "2031-04-02")
    assert [each.document for each in wire.copies] == ["a", "b", "round-up", "undated"]
    assert wire.copies[-1].share == 1.0 and wire.copies[-1].differs == ()
    assert [each.kind for each in other.copies[0].differs] == ["added"] and other.document == "other"
    text = DOCUMENTS[2].raw.decode()
    assert all(text[slice(*each.now_span)] == each.now for each in wire.copies[1].differs)
    until = list(copies(ledger, as_of="2031-04-02"))
    assert [[each.document for each in group.copies] for group in until] == [["a"]]


@pytest.mark.usefixtures("read_by_hand")
def test_the_text_of_one_document(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *DOCUMENTS, source("more", f"{OTHER} {ROUND_UP[:40]}", "2031-04-20", "The Post"))
    assert [each.document for each in copies(ledger, "b")] == ["wire"]
    assert [each.document for each in copies(ledger, "more")] == ["other"]
    assert list(copies(ledger, "b", "2031-04-01")) == list(copies(ledger, "nobody")) == []
