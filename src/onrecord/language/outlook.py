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

_TIMES = frozenset({"DATE", "TIME", "CARDINAL"})
"""The parser's labels of words of time: "1800 GMT" is a number to it."""

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
    reporting: frozenset[str]
    backward: frozenset[str]
    forward: frozenset[str]
    limit: frozenset[str]
    grants: frozenset[str]
    aim: frozenset[str]
    arranges: frozenset[str]
    onto: frozenset[str]
    moves: frozenset[str]
    causes: frozenset[str]
    hopes: frozenset[str]
    hoping: frozenset[str]
    affects: frozenset[str]
    bids: frozenset[str]
    courses: frozenset[str]
    infinitive: frozenset[str]
    perfect: frozenset[str]

    @classmethod
    def of(cls, words: dict[str, str], tokens: Sequence[Token]) -> Outlook:
        """Read the table ``words`` of a language's times."""
        names = (
            "planning", "ahead", "coming", "present", "timetable", "reporting", "backward", "forward", "limit",
            "grants", "aim", "arranges", "onto", "moves", "causes", "hopes", "hoping", "affects", "bids", "courses",
            "infinitive", "perfect",
        )  # fmt: skip
        return cls(tokens, *(frozenset(words[name].split()) for name in names))

    def direction(self, at: int) -> int:
        """1 under a verb or a noun that looks ahead, -1 under a verb that looks back, 0 where neither shows."""
        tokens = self.tokens
        i = at
        for _ in range(_CLIMB):
            if self._awaited(i):
                return 1
            told = self._of_noun(i) if tokens[i].pos in ("NOUN", "PROPN") and tokens[i].ner not in _TIMES else None
            if told is not None:
                return told
            if tokens[i].pos in ("VERB", "AUX") and tokens[i].dep not in ("aux", "auxpass"):
                break
            if tokens[i].head == i:
                return 0
            i = tokens[i].head
        before = tokens[at - 1].lower if at else ""
        if (
            before in self.forward
            or (before in self.limit and tokens[i].lemma in self.grants)
            or (before in self.aim and tokens[i].lemma in self.arranges and self._is_day(at))
            or (before in self.onto and tokens[i].lemma in self.moves)
        ):
            return 1  # "come Thursday", "given until Thursday", "called a strike for Thursday", "moved to Thursday"
        verb, helpers = tokens[i], self._helpers(i)
        if self._considered(verb):
            return 1
        if not helpers and verb.dep == "conj" and tokens[verb.head].pos in ("VERB", "AUX"):
            helpers = self._helpers(verb.head)  # "will meet and sign", "to close plants and lay off workers"
        if helpers & self.ahead and not helpers & self.perfect:
            return 1
        if verb.tag in ("VB", "VBN") and helpers & self.infinitive and not helpers & self.perfect:
            return self._under(verb)
        if verb.i == at and verb.tag in ("VBN", "VBG", "VBZ", "VBP") and not self._has_time(at):
            return -1 if verb.tag == "VBN" and not helpers & self.present else 0  # "is planning", "launches": now
        if verb.lemma in self.planning and verb.tag == "VBN" and helpers & self.present:
            return 1
        if verb.tag == "VBG" and helpers & self.present:
            return 1
        if verb.tag in ("VBZ", "VBP") and not helpers and self._timetable(verb, at):
            return 1
        if verb.tag in ("VBD", "VBN"):
            return -1
        return 0

    def _of_noun(self, i: int) -> int | None:
        """What a noun's place tells: what is hoped for or offered lies ahead, a cause or what is cut does not.

        None where the verb above decides: "the launch", but "after the launch", "prospects of a launch".
        """
        token = self.tokens[i]
        over = self.tokens[token.head]
        if token.dep == "pobj":
            if over.lower in self.backward or over.lower in self.causes:
                return 0
            hoped = self.tokens[over.head].lemma in self.hopes and over.lower in self.hoping
            return 1 if hoped else None
        if token.dep == "dobj" and over.lemma in self.affects:
            return 0
        return 1 if token.dep in ("dobj", "nsubjpass") and over.lemma in self.bids else None

    def _considered(self, verb: Token) -> bool:
        """Whether a gerund is what somebody plans: "is considering selling", "plans on reviving"."""
        if verb.tag != "VBG" or verb.dep not in ("xcomp", "pcomp"):
            return False
        over = self.tokens[verb.head]
        return bool({over.lemma, self.tokens[over.head].lemma} & (self.planning | self.bids))

    def _under(self, verb: Token) -> int:
        """An infinitive lies ahead unless it is of what goes on or failed: "began to sell", "failed to pass"."""
        over = self.tokens[verb.head]
        if verb.dep != "xcomp" or over.lemma not in self.courses or self.direction(over.i) > 0:
            return 1
        return -1 if over.tag in ("VBD", "VBN") else 0

    def _has_time(self, i: int) -> bool:
        """Whether a time hangs on a verb: "is meeting on Friday" lies ahead, "is meeting" does not."""
        near = self.tokens[max(0, i - _BEFORE) : i + 2 * _BEFORE]
        return any(
            t.ner in _TIMES and (t.head == i or (self.tokens[t.head].pos == "ADP" and self.tokens[t.head].head == i))
            for t in near
        )

    def _is_day(self, at: int) -> bool:
        """Whether a time is a day or a month by name or number, and no "quarter" that profits are announced for."""
        return any(token.tag == "NNP" or token.text[0].isdigit() for token in self.tokens[at : at + 2])

    def _timetable(self, verb: Token, at: int) -> bool:
        """Whether a verb in the present tells what is to come: "the trial begins"; at a time all but those of saying.

        English has no other use for a present at one time: "the band plays on Friday", but "police say on Friday",
        "is the largest since June".
        """
        token = self.tokens[at]
        while token.ner in _TIMES and token.head != token.i and self.tokens[token.head].ner in _TIMES:
            token = self.tokens[token.head]
        over = self.tokens[token.head]
        if token.ner in _TIMES and verb.i in (over.i, over.head) and (over.i == verb.i or over.pos == "ADP"):
            return verb.lemma not in self.reporting and over.lower not in self.backward
        return verb.lemma in self.timetable

    def is_arranged(self, verb: Token) -> bool:
        """Whether a verb in the present can tell what is arranged: "defends her crown", not "says"."""
        return verb.tag in ("VBZ", "VBP") and not self._helpers(verb.i) and verb.lemma not in self.reporting

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
