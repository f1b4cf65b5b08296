"""The rules spell no word of a language: what they ask for by name stands in the tables, and each set there is used."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from onrecord import nouns
from onrecord.events import grammar, vocabulary
from onrecord.events.kinds import kinds

ROOM = Path(grammar.__file__).parent
CODES = {
    *(code for each in (nouns.Status, nouns.EventKind, nouns.Attribute, grammar.Mode) for code in get_args(each)),
    *(entry.group for entries in kinds("en").nouns.values() for entry in entries),
    *(f"{entry.needs}" for entry in kinds("en").verbs.values()),
    *("be", "have", "hold", "object", "modifier", "clause"),
}
"""What is spelled as a word and is none: the values of the format, the groups and needs of the table of kinds, the
modes of a verb, the keys of the auxiliaries, the roles of a step."""


def _compared(tree: ast.AST) -> Iterator[str]:
    """The strings that a file compares with something or looks for in something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                each = side.elts if isinstance(side, ast.Set | ast.Tuple | ast.List) else [side]
                yield from (c.value for c in each if isinstance(c, ast.Constant) and isinstance(c.value, str))


def test_no_rule_compares_with_a_word_of_the_tables() -> None:
    words = {word for each in vocabulary.vocabulary("en").values() for word in each if word.isalpha()}
    words |= {word for each in grammar.auxiliaries("en").values() for word in each if word.isalpha()}
    found = {
        f"{path.name}: {word}"
        for path in ROOM.glob("*.py")
        for word in _compared(ast.parse(path.read_text(encoding="utf-8")))
        if word in words - CODES
    }
    assert found == set()


def test_every_set_of_small_words_is_asked_for() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    assert [name for name in vocabulary.vocabulary("en") if f'"{name}"' not in code] == []


def _lists(value: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _lists(each, f"{name}.{key}")
    elif isinstance(value, list) and all(isinstance(each, str) for each in value):
        yield name, value


def test_no_list_names_a_word_twice_and_no_word_says_two_things() -> None:
    for path in ROOM.glob("en/*.toml"):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        assert [name for name, words in _lists(raw) if len(words) != len(set(words))] == [], path.name
    status = tomllib.loads((ROOM / "en" / "status.toml").read_text(encoding="utf-8"))
    for lists in (*(status[key] for key in ("modifiers", "object", "governs", "before")), status["nouns"]["says"]):
        words = [word for each in lists.values() for word in each]
        assert len(words) == len(set(words))
    assert not set(status["nouns"]["through"]) & {word for _, each in _lists(status["nouns"]["says"]) for word in each}
