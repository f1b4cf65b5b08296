"""Text that was decoded wrongly before it was saved: UTF-8 read as windows-1252 (``â€™`` for ``’``).

Promise: only sequences that can hardly be meant are named, with what they stand for. The odd case that forced the
shape: single letters such as ``Ã`` or ``É…`` are right in Portuguese or French, so two-letter sequences count only
where the text has further evidence.
"""

from __future__ import annotations

import re

_CONTINUATION = "".join(
    bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in range(0x80, 0xC0)
)
_BYTE = {c: b for b, c in zip(range(0x80, 0xC0), _CONTINUATION, strict=True)} | {chr(b): b for b in range(0xA0, 0x100)}
_C = "[" + re.escape(_CONTINUATION) + "]"
_FIRST_LETTERS = "âðïÐÑÂÃ"
_FIRST = re.compile(f"[{_FIRST_LETTERS}]")
_BROKEN = re.compile(
    rf"(?P<sign>â[€‚„†ˆ‰–—˜™]{_C})"  # punctuation, currency, letter-like signs, arrows, shapes
    rf"|(?P<wide>ð\u0178{_C}{_C}|ï¼{_C}|ï»¿)"  # emoji, full-width forms, a byte order mark
    rf"|(?P<cut>â€(?!{_C}))"  # a closing quotation mark whose last sign, a control character, got lost
    rf"|(?P<pairs>(?:[ÐÑ]{_C}){{3,}})"  # Cyrillic
    rf"|(?P<pair>(?<![A-ZÀ-Þ])[ÂÃ]{_C})"  # Latin letters and signs
)


def broken(text: str) -> list[tuple[int, int, str]]:
    """Return ``(start, end, meant)`` for each sequence of ``text`` that is UTF-8 once decoded as windows-1252.

    The closing quotation mark ends in a sign that many programs throw away; what is left of it counts after an opening
    one that nothing has closed.
    """
    if not any(letter in text for letter in _FIRST_LETTERS):  # nearly every page, and ten times as fast as the pattern
        return []
    found: list[tuple[int, int, str]] = []
    pairs = strong = 0
    end = 0
    opened = False
    for first in _FIRST.finditer(text):
        match = _BROKEN.match(text, first.start()) if first.start() >= end else None
        if match is None:
            continue
        if match.lastgroup == "cut":
            if not opened:
                continue
            end, opened = match.end(), False
            found.append((match.start(), end, "”"))
            continue
        end = match.end()
        try:
            meant = bytes(_BYTE[c] for c in match.group()).decode("utf-8")
        except UnicodeDecodeError:
            continue
        opened = meant == "“" or (opened and meant != "”")
        pairs += match.lastgroup == "pair"
        strong += match.lastgroup != "pair"
        found.append((match.start(), match.end(), meant))
    return found if strong or pairs >= 2 else []
