"""Knowledge apart from mechanism: word lists live in TOML files, one folder a language, beside the code that uses them.

``table("statements", "en", "cues")`` is ``src/onrecord/statements/en/cues.toml``; what is of no language lies in the
folder ``any``. Each file begins with its source.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(room: str, language: str, name: str) -> dict[str, Any]:
    """Return one parsed knowledge file, read once per process. Raises FileNotFoundError if there is none."""
    return tomllib.loads((files("onrecord") / room / language / f"{name}.toml").read_text(encoding="utf-8"))
