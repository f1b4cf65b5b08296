"""What paths are, which files folders hold, and how many documents and bytes, before any is opened.

Promise: a path that can't be looked at is no reason to stop: opening it will say why. The odd case that forced the
shape: how many documents an archive holds only reading it tells, and then nobody knows how many there are in all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.acquire.kinds import MANY, named

STANDARD_INPUT = "-"


def is_address(path: str) -> bool:
    """Whether a path is an address of the web and no file."""
    return path.lower().startswith(("http://", "https://"))


def has_host(address: str) -> bool:
    """Whether an address of the web says whose it is."""
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # "https://[news/feed"
        return False


def count_documents(paths: Sequence[str]) -> int | None:
    """Return how many documents the paths hold, or None where only reading them would tell (pipes, archives, feeds).

    A path that can't be looked at counts as one: reading it gives one error.
    """
    total = 0
    for path in paths:
        if path == STANDARD_INPUT or is_address(path):
            return None
        if not path:
            total += 1
            continue
        try:
            for file in pages_below(Path(path)) if is_folder(path) else [Path(path)]:
                holding, named_gz = named(file)
                if holding in MANY or (named_gz and holding == "records") or (file.exists() and not file.is_file()):
                    return None
                total += _count_lines(file) if holding == "records" and file.is_file() else 1
        except OSError:
            total += 1
    return total


def count_bytes(paths: Sequence[str]) -> int | None:
    """Return how many bytes the files of the paths have; None where they are pipes or addresses."""
    total = 0
    for path in paths:
        if path == STANDARD_INPUT or is_address(path):
            return None
        try:
            files = pages_below(Path(path)) if is_folder(path) else [Path(path)]
            total += sum(file.stat().st_size for file in files if path and file.is_file())
        except (OSError, ValueError):
            continue
    return total


def _count_lines(file: Path) -> int:
    """How many lines of a file are not empty, whether or not the last one is ended."""
    total, empty = 0, True
    with file.open("rb") as lines:
        for piece in iter(lambda: lines.readline(1 << 20), b""):
            empty = empty and not piece.strip()
            if piece.endswith(b"\n"):
                total += not empty
                empty = True
    return total + (not empty)


def is_folder(path: str) -> bool:
    """Whether the path is a folder; what can't even be looked at is not, and opening it will say why."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def pages_below(folder: Path) -> Iterator[Path]:
    """Yield the files that hold pages by their names, sorted, folder by folder; hidden ones are somebody's own."""

    def refuse(problem: OSError) -> None:
        raise problem

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and named(Path(name))[0] is not None:
                yield Path(parent, name)
