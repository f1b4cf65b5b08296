"""The archive in which everything is wrong is what it says it is, and nothing whole of it is lost."""

from __future__ import annotations

import pytest
from evaluation.archives import LISTED, found_in, made


@pytest.mark.parametrize("seed", [1, 2])
def test_everything_whole_is_read_and_everything_else_listed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.archives.FATES", dict.fromkeys(
        ("damaged", "too short", "too long", "picture", "not unpacked", "twice", "junk before"), 10_000
    ))  # fmt: skip
    archive = made(150, seed)
    assert len(archive.fates) == 9, "each fate comes to pass"
    read, problems = found_in(archive.raw)
    assert read == archive.whole
    listed = {each.where for each in problems} - {"made.warc.gz"}
    assert len(listed) == sum(archive.fates[fate] for fate in LISTED) + 1
    assert f"{archive.fates['picture']} image/png" in problems[-1].reason
