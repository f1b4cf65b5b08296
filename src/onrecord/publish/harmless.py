"""Text of strangers, made safe to show.

Promise: no character that moves a terminal's cursor, changes colours, sets titles, ends a line where none ends or
turns the direction of writing around reaches the reader; each is shown as a visible sign instead, so that nobody is
fooled by its absence. Escaping for HTML is the template's, and comes on top. Sources: ECMA-48 (the C0 and C1 control
codes), Unicode UAX #9 (embeddings, overrides and isolates; the attack is known as Trojan Source) and chapters 23.4 and
23.9 (variation selectors and tags, in which a text can hide another one that programs read and people don't see). The
plain direction marks U+200E and U+200F stay: they reorder nothing and stand in many honest pages.
"""

from __future__ import annotations

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_C1 = range(0x80, 0xA0)
_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SURROGATES = range(0xD800, 0xE000)  # alone they can't be written as UTF-8
_NONE = (0xFFFE, 0xFFFF)  # no characters; XML has no place for them
_UNSEEN = (*range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0))  # tags and selectors: whole sentences that nobody sees
_SEPARATORS = (0x2028, 0x2029)  # end a line for some programs and not for others

_VISIBLE: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},  # Unicode's Control Pictures
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys((*_C1, *_BIDI, *_SURROGATES, *_NONE, *_UNSEEN), _UNKNOWN),
    **dict.fromkeys(_SEPARATORS, " "),
}


_FIRST_UNSEEN = chr(_UNSEEN[0])
"""From here on Python takes selectors for what can be printed; of all before them it tells none so."""


def harmless(text: str) -> str:
    """Return ``text`` of the same length with every control character replaced by a visible sign."""
    if text.isprintable() and (text.isascii() or max(text) < _FIRST_UNSEEN):  # nearly all; a hundredth of the time
        return text
    return text.translate(_VISIBLE)
