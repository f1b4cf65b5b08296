"""What a report of the day says of an event in the present: "The trial opens in Port Selm", "Talks end without a deal".

Promise: the event is the subject of the clause and a form of the table its verb, found by their places; what happens
every year, on a day ahead or only "when the talks open" is no report. The odd case that forced its shape: the parser
takes "opens" for a noun and hangs it on the charges, so that the tree of the shortest sentence of news is often wrong.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onrecord.events.ground import Ground
from onrecord.events.mentions import EventMention
from onrecord.events.signs import TIMETABLE, Evidence
from onrecord.events.vocabulary import vocabulary
from onrecord.nouns import Status
from onrecord.tables import table

REACH = 25
"""Tokens behind an event in which its verb is looked for."""

LONGEST = 4
"""Words of the longest form: "comes to an end"."""

PRESENT, OVER = "present", "over"
"""The rules of a report in the present: of what takes place on its day, and of what ends on it."""

ASIDE = frozenset({"WDT", "WP", "WP$", "VBN", "VBG", "WRB"})
"""Tags with which a clause between commas begins: "the trial, which was put off twice, opens"."""

FINITE = frozenset({"WDT", "WP", "VBZ", "VBP", "VBD", "MD", "TO"})
STOPS = frozenset({";", ":", "—"})
"""Tags and marks behind which a form is no longer the verb of the event before."""

STATUS: dict[str, Status] = {"begins": "underway", "held": "occurred", "ends": "occurred"}


class Report(NamedTuple):
    """The verb of a report: its tokens ``first`` up to ``last``, and whether it ``begins``, is ``held`` or ``ends``."""

    first: int
    last: int
    phase: str


class ReportWords(NamedTuple):
    """The table of forms; for each its phase, by whether one or many do it."""

    one: dict[str, str]
    many: dict[str, str]
    opens: frozenset[str]
    not_after: frozenset[str]
    adverbs: frozenset[str]
    turned: frozenset[str]
    often: frozenset[str]


@cache
def report_words(language: str) -> ReportWords:
    """Return the forms of a language. Raises FileNotFoundError where it has no table."""
    raw = table("events", language, "reports")
    one, many = ({form: phase for phase in STATUS for form in raw[phase][number]} for number in ("one", "many"))
    return ReportWords(one, many, **{name: frozenset(raw["words"][name]) for name in ReportWords._fields[2:]})


def report(ground: Ground, mention: EventMention) -> Report | None:
    """Return the verb by which a noun's event is reported in the present; None where there is none."""
    a = ground.annotated
    if mention.verbal or not _leads(ground, mention):
        return None
    known, tokens = report_words(a.language), a.tokens
    forms = known.many if tokens[mention.head].tag in {"NNS", "NNPS"} else known.one
    end = a.sentences[mention.sentence].last
    aside = False
    for at in range(mention.last, min(end, mention.last + REACH)):
        token = tokens[at]
        found = next((n for n in range(min(LONGEST, end - at), 0, -1) if _words(ground, at, n, end) in forms), 0)
        if found and not aside and _stands(ground, at, at + found, end):
            return Report(at, at + found, forms[_words(ground, at, found, end)])
        if token.text == ",":
            aside = not aside and at + 1 < end and tokens[at + 1].tag in ASIDE
        elif token.text in STOPS or (not aside and (token.pos == "AUX" or token.tag in FINITE)):
            return None
    return None


def _words(ground: Ground, first: int, count: int, end: int) -> str:
    return " ".join(t.lower for t in ground.annotated.tokens[first : min(first + count, end)])


def _leads(ground: Ground, mention: EventMention) -> bool:
    """Whether a mention can be the subject of its clause: it opens it, or only words without a verb stand before it."""
    a = ground.annotated
    tokens, known = a.tokens, report_words(a.language)
    first = a.sentences[mention.sentence].first
    low = mention.first
    while low > first and (
        tokens[low - 1].pos in {"DET", "ADJ", "NUM"}
        or tokens[low - 1].tag in {"PRP$", "POS"}
        or (low < mention.first and tokens[low - 1].pos in {"PROPN", "NOUN"} and tokens[low].tag in {"POS", "NNP"})
    ):  # back over "Velmark's", so that "campaigning in Velmark's referendum" is seen
        low -= 1
    if low > first and tokens[low - 1].pos == "ADP" and tokens[low - 1].lower not in known.opens:
        return False
    for i in range(low - 1, first - 1, -1):
        if tokens[i].lower in known.not_after:
            return False
        if tokens[i].lower in known.opens:
            return True
        if tokens[i].pos in {"VERB", "AUX"} and tokens[i].tag not in {"VBN", "VBG"}:
            return False
    return True


def _stands(ground: Ground, first: int, last: int, end: int) -> bool:
    """Whether a form is the verb: no article before it, no object behind it."""
    tokens, known = ground.annotated.tokens, report_words(ground.annotated.language)
    before = tokens[first - 1]
    if before.pos == "DET" or before.tag in {"POS", "PRP$", "TO", "MD"} or before.lower in known.turned:
        return False
    if last >= end:
        return True
    after = tokens[last]
    if after.lower in known.turned:
        return False
    return after.pos in {"ADP", "ADV", "PUNCT", "SCONJ", "CCONJ", "SPACE"} or after.lower in known.adverbs or (
        last in ground.times
    )  # fmt: skip


def reported(ground: Ground, mention: EventMention) -> tuple[Evidence, ...]:
    """Return the sign that a report in the present gives; none where it tells of what happens every year."""
    a = ground.annotated
    found = report(ground, mention)
    if found is None:
        return ()
    low, high = mention.first, a.sentences[mention.sentence].last
    if any(t.lower in report_words(a.language).often for t in a.tokens[low:high]):
        return ()
    cue = (ground.span(found.first, found.last),)
    off = vocabulary(a.language)["no_day"]  # "voting continues until Sunday"
    ahead = [i for i in range(found.last, high) if i in ground.times and ground.lies_ahead(ground.times[i])]
    if ahead and a.tokens[ahead[0] - 1].lower not in off:
        return (Evidence("planned", 2, cue, TIMETABLE),)
    return (Evidence(STATUS[found.phase], 2, cue, OVER if found.phase == "ends" else PRESENT),)


def place_of(ground: Ground, mention: EventMention) -> int | None:
    """Return the token of the place right behind a report's verb: "opens in Port Selm"; None where there is none."""
    found = report(ground, mention)
    tokens = ground.annotated.tokens
    at = found.last if found else len(tokens)
    if at + 1 >= len(tokens) or tokens[at].dep != "prep":
        return None
    return next((c for c in ground.annotated.children[at] if tokens[c].dep == "pobj" and c not in ground.times), None)
