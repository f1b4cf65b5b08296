"""What a question is answered with where there may be many: a sequence that shows itself, or becomes a frame.

Promise: the columns of a frame and their types are known from the kind of answer alone, so that no answers make an
empty frame with all its columns, and numbers of which some are not known stay whole (pandas left to itself makes floats
of both). The odd case that forced the shape: pandas and polars are each loved by half of those who ask, so neither is
required and the one that is there is taken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from types import NoneType, UnionType
from typing import Any, Generic, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints, overload

import msgspec

from onrecord.errors import OnrecordError

T = TypeVar("T")

Library = Literal["pandas", "polars", "pyarrow"]

Cell = Literal["text", "whole", "number", "truth", "texts"]
"""What stands in a column: text, whole numbers, other numbers, yes or no, lists of text."""


class Column(NamedTuple):
    """A column of a frame and where its cells come from."""

    name: str
    fields: tuple[str, ...]
    """The way from an answer to the cell."""
    cell: Cell
    at: int | None = None
    """Of a span the start or the stop."""

    def of(self, answer: Any) -> Any:
        """Return the cell of an answer; None where it is not known."""
        for field in self.fields:
            if answer is None:
                return None
            answer = getattr(answer, field)
        if answer is None or answer is msgspec.UNSET:
            return None
        if self.at is not None:
            return answer[self.at]
        return list(answer) if isinstance(answer, tuple) else answer


Cells = dict[str, list[Any]]
Kinds = dict[str, Cell]


def _pandas(pandas: Any, cells: Cells, kinds: Kinds) -> Any:
    types = {"text": "string", "whole": "Int64", "number": "Float64", "truth": "boolean", "texts": "object"}
    return pandas.DataFrame({name: pandas.Series(each, dtype=types[kinds[name]]) for name, each in cells.items()})


def _polars(polars: Any, cells: Cells, kinds: Kinds) -> Any:
    types = {
        "text": polars.String, "whole": polars.Int64, "number": polars.Float64, "truth": polars.Boolean,
        "texts": polars.List(polars.String),
    }  # fmt: skip
    return polars.DataFrame(cells, schema={name: types[kind] for name, kind in kinds.items()})


def _pyarrow(pyarrow: Any, cells: Cells, kinds: Kinds) -> Any:
    types = {
        "text": pyarrow.string(), "whole": pyarrow.int64(), "number": pyarrow.float64(), "truth": pyarrow.bool_(),
        "texts": pyarrow.list_(pyarrow.string()),
    }  # fmt: skip
    return pyarrow.table(cells, pyarrow.schema([(name, types[kind]) for name, kind in kinds.items()]))


LIBRARIES: dict[Library, Callable[[Any, Cells, Kinds], Any]] = {
    "pandas": _pandas, "polars": _polars, "pyarrow": _pyarrow,
}  # fmt: skip
"""What makes a frame of columns and of what stands in them; one that the user has imported goes first."""


class NoFrames(OnrecordError, ImportError):
    """None of the libraries that make frames is installed."""


class Answers(Sequence[T], Generic[T]):
    """Answers of one kind, in the order of the question; as many times read as one likes."""

    def __init__(self, kind: type[T], found: Iterable[T]) -> None:
        self.kind = kind
        self._found = tuple(found)

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Answers[T]: ...
    def __getitem__(self, at: int | slice) -> T | Answers[T]:
        return Answers(self.kind, self._found[at]) if isinstance(at, slice) else self._found[at]

    def __eq__(self, other: object) -> bool:
        return self._found == other._found if isinstance(other, Answers) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._found)

    def __repr__(self) -> str:
        shown = "\n".join(f"  {each!r}"[:SHORT] for each in islice(self._found, FEW))
        more = f"\n  … {len(self) - FEW} more" if len(self) > FEW else ""
        return f"<{len(self)} × {self.kind.__name__}>" + (f"\n{shown}{more}" if shown else "")

    def _repr_html_(self) -> str:
        from onrecord.publish.notebook import table_html

        return table_html(self.kind, self._found)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the frame."""
        return tuple(column.name for column in columns_of(self.kind))

    def to_columns(self) -> dict[str, list[Any]]:
        """Return the answers as columns of text, numbers and lists of text.

        A field of a field has both names (``date_value``), a span is ``span_start`` and ``span_stop``; lists of objects
        (passages, edits) are no columns, but fields of the answers themselves.
        """
        return {column.name: [column.of(each) for each in self._found] for column in columns_of(self.kind)}

    def to_frame(self, library: Library | None = None) -> Any:
        """Return the answers as a frame of pandas, of polars or a table of pyarrow.

        ``library``: which of them; None: the one that is imported already, else the first that is installed. Raises
        NoFrames where there is none.
        """
        known = [library] if library else sorted(LIBRARIES, key=lambda name: name not in sys.modules)
        for name in known:
            if name in sys.modules or find_spec(name) is not None:
                kinds = {column.name: column.cell for column in columns_of(self.kind)}
                return LIBRARIES[name](import_module(name), self.to_columns(), kinds)
        raise NoFrames(f"frames are made by {' or '.join(known)}; install one: pip install {known[0]}")


FEW = 5
"""Answers that a line each is shown of."""

SHORT = 160
"""Characters of such a line."""


def columns_of(kind: type, before: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns of a kind of answer: fields of text and numbers, those of objects in it, lists of text."""
    found: list[Column] = []
    for field, hint in get_type_hints(kind).items():
        fields = (*before, field)
        name = "_".join(fields)
        held = _held(hint)
        if get_origin(held) is tuple:
            inner = get_args(held)
            if inner == (int, int):
                found += [Column(f"{name}_start", fields, "whole", 0), Column(f"{name}_stop", fields, "whole", 1)]
            elif inner == (str, ...):
                found.append(Column(name, fields, "texts"))
        elif _is_object(held):
            found += columns_of(held, fields)
        elif get_origin(held) not in (list, dict):
            found.append(Column(name, fields, _PLAIN.get(held, "text")))
    return tuple(found)


_PLAIN: dict[Any, Cell] = {int: "whole", float: "number", bool: "truth"}


def _held(hint: Any) -> Any:
    """What a field holds where it is known."""
    if get_origin(hint) in (Union, UnionType):
        known = [each for each in get_args(hint) if each not in (NoneType, msgspec.UnsetType)]
        return known[0] if len(known) == 1 else hint
    return hint


def _is_object(held: Any) -> bool:
    return isinstance(held, type) and (issubclass(held, msgspec.Struct) or hasattr(held, "_fields"))
