"""What finding copies costs a document, in a ledger of a hundred documents and of ten thousand: run as ``make bench``.

The texts are made up: words as often as words of a language are (Zipf), a third of the texts edited as wires are.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from evaluation.copies import fill, keep
from evaluation.wire import edit
from onrecord.ledger import open_ledger

LETTERS = "abcdefghijklmnopqrst"
WORDS = 20_000
PIECE = 100


def made_up(count: int, random: Random) -> list[str]:
    """Return so many texts of 150 to 900 words."""
    words = ["".join(random.choices(LETTERS, k=random.randint(2, 9))) for _ in range(WORDS)]
    often = [1 / (rank + 1) for rank in range(WORDS)]
    texts: list[str] = []
    while len(texts) < count:
        drawn = random.choices(words, often, k=random.randint(150, 900))
        text = "\n\n".join(" ".join(drawn[at : at + 60]) + "." for at in range(0, len(drawn), 60))
        texts += [text, edit(text, random).text] if random.random() < 0.5 else [text]
    return texts[:count]


@pytest.mark.parametrize("held", [100, 10_000])
def test_copies_of_a_hundred_documents(benchmark: Any, tmp_path: Path, held: int) -> None:
    """Find the copies of a hundred documents more, in a ledger that holds so many; nothing of it is kept."""
    texts = made_up(held + PIECE, Random(3))
    with open_ledger(tmp_path / "a.ledger", create=True) as ledger:
        fill(ledger, texts[:held])

        def more() -> None:
            connection = ledger.connection
            connection.execute("BEGIN")
            keep(connection, texts[held:], held + 1)
            connection.execute("ROLLBACK")

        benchmark.pedantic(more, rounds=3, warmup_rounds=1)
    print(f"\n{held} documents: {10 * benchmark.stats.stats.median:.2f} ms a document")
