"""Whether a path still is the file that a program opened, as a backup that is put in its place makes it another one.

Promise: nobody is answered from a file that is no longer there, or from two mixed, where a file was put there under
its own number (renamed, as ``mv`` does); what is written over it (``cp``) has the same number and is not noticed. The
odd case that forced the shape: SQLite keeps what was written last in files beside (``-wal``, ``-shm``), finds them by
name alone, and would take those of the earlier file for the new one's; so that one is not opened before they are gone.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from onrecord.ledger.store import LedgerError

_BESIDE = ("-wal", "-shm")

Node = tuple[int, int]
"""What tells files apart, whatever they are called: device and number."""


class _Files(NamedTuple):
    own: Node | None
    beside: frozenset[Node]


class SameFile:
    """A ledger's path as it was looked at last. Any thread may ask."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._seen = self._files()

    @property
    def node(self) -> Node | None:
        """The file that was there when it was looked at last; None where there was none."""
        return self._seen.own

    def look(self) -> bool:
        """Return whether the path is the file that it was; after False it is asked of the one that is there now.

        To be asked before the file is used and when that is done, so that the files beside it are known. Raises
        LedgerError where there is none, or where files of the earlier one lie beside another.
        """
        with self._lock:
            before, now = self._seen, self._files()
            if now.own is None:
                raise LedgerError(f"{self._path}: there is no such ledger any more")
            if before.own not in {None, now.own} and before.beside & now.beside:
                named = " and ".join(self._path.name + suffix for suffix in _BESIDE)
                raise LedgerError(
                    f"{self._path}: another file has taken its place while it was in use, and what was written last to "
                    f"the earlier one lies beside it; remove {named}, or put the earlier one back"
                )
            self._seen = now
            return before.own == now.own

    def _files(self) -> _Files:
        beside = (_node(Path(f"{self._path}{suffix}")) for suffix in _BESIDE)
        return _Files(_node(self._path), frozenset(each for each in beside if each is not None))


def _node(path: Path) -> Node | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None
