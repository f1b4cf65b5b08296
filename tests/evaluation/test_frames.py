"""The sentences by which frames of plans are measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.frames import Frame, frames


def test_every_sentence_has_a_reading() -> None:
    found = frames()
    assert len({frame.text for frame in found}) == len(found) > 200
    assert {bool(frame.words) for frame in found} == {True, False}


def test_a_reading_gives_names_status_date_and_place(tmp_path: Path) -> None:
    file = tmp_path / "frames.txt"
    file.write_text(
        "# move\nThe gala is moved. => gala/ball postponed/scheduled 2031-05-04 @Old Hall\nIt rains. => -\n"
    )
    assert frames(file) == [
        Frame("move", "The gala is moved.", ("gala", "ball"), ("postponed", "scheduled"), "2031-05-04", "Old Hall"),
        Frame("move", "It rains.", (), (), None, None),
    ]


def test_a_line_without_a_status_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "frames.txt"
    file.write_text("The gala is on. => gala soon\n")
    with pytest.raises(ValueError, match="no status"):
        frames(file)
