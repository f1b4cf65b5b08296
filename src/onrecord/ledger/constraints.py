"""Which entities of documents must be one and which can't be: pairs of which people said so, and what follows.

Promise: a decision goes before any rule. The odd case that forced its shape: of three, the first and the third are said
to be one and the second and the third to be two, and then the first and the second are two as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Ref = tuple[int, str]
"""An entity of a document: what the ledger numbers the document with and the number in its reading."""


class Constraints:
    """Pairs of entities that are the same or not, made whole."""

    def __init__(self, pairs: Mapping[frozenset[Ref], bool]) -> None:
        """Take pairs of two entities each with whether they are the same; the mapping is not kept."""
        self._one: dict[Ref, Ref] = {}
        self.same = sorted((min(pair), max(pair)) for pair, same in pairs.items() if same)
        for one, other in self.same:
            roots = sorted((self.group(one), self.group(other)))
            self._one[roots[1]] = roots[0]
        self._apart: dict[Ref, set[Ref]] = {}
        for pair, same in pairs.items():
            if not same:
                one, other = self.group(min(pair)), self.group(max(pair))
                self._apart.setdefault(one, set()).add(other)
                self._apart.setdefault(other, set()).add(one)
        self.refs = frozenset(ref for pair in pairs for ref in pair)

    def group(self, ref: Ref) -> Ref:
        """Return the first of those that are decided to be one with an entity."""
        while self._one.get(ref, ref) != ref:
            ref = self._one[ref]
        return ref

    def apart(self, ref: Ref) -> frozenset[Ref]:
        """Return the groups that an entity is decided not to be of; its own never is one of them."""
        group = self.group(ref)
        return frozenset(self._apart.get(group, ())) - {group}


def joined(todo: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return the blocks that are to be compared, those together that a decision joins."""
    root = {block: block for block in todo} | {block: block for pair in pairs for block in pair}

    def top(block: str) -> str:
        while root[block] != block:
            block = root[block]
        return block

    for one, other in pairs:
        first, last = sorted((top(one), top(other)))
        root[last] = first
    found: dict[str, list[str]] = {}
    for block in sorted(root):
        found.setdefault(top(block), []).append(block)
    return [tuple(blocks) for _, blocks in sorted(found.items()) if not todo.keys().isdisjoint(blocks)]
