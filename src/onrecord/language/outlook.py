"""Whether the words above a time expression look ahead or back: "will meet on Monday", "a vote planned for Friday".

Promise: it says 1 or -1 only where a verb, or a noun with its adjective, shows it. The odd case: "was scheduled for
Monday", said of what did not happen or of what is yet to come; the tense of the verb decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.language.annotated import Token

_CLIMB = 8
"""Most heads that are climbed from a time expression to the verb above it."""

_BEFORE = 8
"""Tokens before a word in which its helping verbs and adjectives are looked for."""


@dataclass(frozen=True)
class Outlook:
    """The words of a language that look ahead, and the tokens of one document."""

    tokens: Sequence[Token]
    planning: frozenset[str]
    ahead: frozenset[str]
    coming: frozenset[str]
    present: frozenset[str]
    timetable: frozenset[str]
    infinitive: frozenset[str]
    perfect: frozenset[str]

    @classmethod
    def of(cls, words: dict[str, str], tokens: Sequence[Token]) -> Outlook:
        """Read the table ``words`` of a language's times."""
        names = ("planning", "ahead", "coming", "present", "timetable", "infinitive", "perfect")
        return cls(tokens, *(frozenset(words[name].split()) for name in names))

    def direction(self, at: int) -> int:
        """1 under a verb or a noun that looks ahead, -1 under a verb that looks back, 0 where neither shows."""
        tokens = self.tokens
        i = at
        for _ in range(_CLIMB):
            if self._awaited(i):
                return 1
            if tokens[i].pos in ("VERB", "AUX") and tokens[i].dep not in ("aux", "auxpass"):
                break
            if tokens[i].head == i:
                return 0
            i = tokens[i].head
        verb, helpers = tokens[i], self._helpers(i)
        if not helpers and verb.dep == "conj" and tokens[verb.head].pos in ("VERB", "AUX"):
            helpers = self._helpers(verb.head)  # "will meet and sign", "to close plants and lay off workers"
        if helpers & self.ahead and not helpers & self.perfect:
            return 1
        if verb.tag in ("VB", "VBN") and helpers & self.infinitive and not helpers & self.perfect:
            return 1
        if verb.lemma in self.planning and verb.tag == "VBN" and helpers & self.present:
            return 1
        if verb.tag == "VBG" and helpers & self.present:
            return 1
        if verb.tag in ("VBZ", "VBP") and verb.lemma in self.timetable and not helpers:
            return 1
        if verb.tag in ("VBD", "VBN"):
            return -1
        return 0

    def _helpers(self, i: int) -> set[str]:
        return {t.lower for t in self._before(i) if t.dep in ("aux", "auxpass")}

    def _before(self, i: int) -> list[Token]:
        """The words near before token ``i`` that hang on it."""
        return [t for t in self.tokens[max(0, i - _BEFORE) : i] if t.head == i]

    def _awaited(self, i: int) -> bool:
        """Whether a token is, or has before it, what lies ahead: "a vote planned for", "due on", "a planned visit"."""
        token = self.tokens[i]
        if token.tag == "VBN" and token.lemma in self.planning and token.dep in ("acl", "amod", "advcl", "relcl"):
            return not any(t.dep in ("aux", "auxpass") for t in self._before(i))
        if token.lower in self.coming and token.pos in ("ADJ", "ADV"):
            return token.dep != "acomp" or self.tokens[token.head].lower in self.present
        if token.pos != "NOUN":
            return False
        return any(
            t.dep == "amod" and (t.lower in self.coming or (t.tag == "VBN" and t.lemma in self.planning))
            for t in self._before(i)
        )
