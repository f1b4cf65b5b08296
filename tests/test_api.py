"""The public API: its names are there, load late, and read what a user would give them."""

from __future__ import annotations

import subprocess
import sys

import pytest

import onrecord
from onrecord.nouns import Source


def test_every_public_name_is_there() -> None:
    assert all(getattr(onrecord, name) is not None for name in onrecord.__all__)


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = onrecord.nonsense


def test_import_loads_no_library() -> None:
    code = "import sys, onrecord; print([m for m in ('spacy', 'lxml', 'trafilatura', 'msgspec') if m in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert printed.stdout.strip() == "[]"


def test_read_one_source() -> None:
    reading = onrecord.read(Source(raw=b"The talks have begun, Mara Lindqvist said.\n", media="text"))
    assert reading.format == "onrecord.reading/1"
    assert reading.document.text.startswith("The talks")
    assert reading.reader.version and reading.reader.models


def test_bad_source_keeps_its_place_and_stops_nothing() -> None:
    good = Source(raw=b"Talks have begun.\n", media="text", id="good")
    bad = Source(raw=b"", path="empty.txt", media="text")
    missing = onrecord.UnreadableInput("gone.txt", "there is no such file")
    results = list(onrecord.read_many([bad, good, missing, good, bad]))
    kinds = [r.document.id if isinstance(r, onrecord.Reading) else r.where for r in results]
    assert kinds == ["empty.txt", "good", "gone.txt", "good", "empty.txt"]


def test_read_raises_with_file_and_reason() -> None:
    with pytest.raises(onrecord.UnreadableInput, match=r"empty\.txt: .+"):
        onrecord.read(Source(raw=b"", path="empty.txt"))
