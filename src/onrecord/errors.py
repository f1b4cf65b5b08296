"""Errors are the user's sentence: what was read, where, what is wrong, what to do."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class OnrecordError(Exception):
    """The root of every error that onrecord raises on purpose; its text can be shown to a user as it is."""


class MissingExtra(OnrecordError):
    """A library is not installed that only one format needs; the text says how to install it."""


PARQUET = ("parquet", "Parquet is read and written by pyarrow")
"""The extra of Parquet, and what needs it, as `from_extra` takes them."""


def from_extra(module: str, extra: str, sentence: str) -> Any:
    """Return a module of a library that only an extra brings.

    ``sentence``: what needs which library, as an error begins. Raises MissingExtra where it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtra(
            f"{sentence}, which is not installed; install it with: pip install 'onrecord[{extra}]'"
        ) from None


class NotSent(OnrecordError):
    """A message that could not be sent; the text says why, and nothing of the address that lets one write there."""


class UnreadableInput(OnrecordError):
    """An input that can't be read: ``where`` names the file (and line, of a JSON Lines file), ``reason`` says why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnreadableInput], tuple[str, str]]:
        """Come out of another process with place and reason, which an exception by itself would lose."""
        return UnreadableInput, (self.where, self.reason)


class Defect(UnreadableInput):
    """An input that onrecord failed on by a mistake of ours: the run goes on, and the user is asked to tell us."""

    def __init__(self, where: str, error: Exception) -> None:
        super().__init__(where, f"onrecord failed here ({type(error).__name__}: {error}); please report this defect")
