"""What outlets do to a wire story before they print it, done to any text: what copies are measured on.

Promise: the same seed makes the same edits; every sentence that is put in is ours, of invented places and outlets. A
wire is cut from its end, gets a headline and a first paragraph of the outlet's own, names other outlets where it names
any, and a paragraph of local news is put somewhere into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

LEAST_WORDS = 150
"""Words of a text that is long enough to be a wire."""

LEFT = (0.35, 1.0)
"""What share of a wire's words is left when it is cut, between these."""

LEAST_LEFT = 90
"""Words of the wire that are left at least."""

_OUTLETS = re.compile(
    r"\b(?:(?:The )?Associated Press|AP|Reuters|AFP|Agence France-Presse|UPI|Xinhua|Bloomberg|CNN|BBC|MSNBC|Politico|"
    r"(?:NBC|CBS|ABC|Fox|Breitbart)(?: News)?|(?:The )?(?:New York |Washington |Los Angeles )?(?:Times|Post)|"
    r"(?:The )?Wall Street Journal|(?:The )?Huffington Post|USA T(?:ODAY|oday))\b"
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?])[”\"']?\s+(?=[A-Z“\"])")

NAMES = (
    "Velmark News Agency", "VNA", "The Courier", "Karsenia Today", "the Meridian Post", "Radio Orvan", "Harbour FM",
)  # fmt: skip

PLACES = (
    "Kestron", "Ostrev", "Dravik", "Port Selm", "Tarnholm", "Mereth", "Brenn", "Sund", "Lower Orvan", "Halden Bay",
)  # fmt: skip

PEOPLE = (
    "Mirel Tasso", "Ida Ruhl", "Joren Vask", "Alma Pettersen", "Karel Ostby", "Nadia Fenn", "Tomas Ilvane",
)  # fmt: skip

NUMBERS = ("eleven", "some forty", "about two hundred", "four thousand", "nearly six hundred", "thirty-one", "eighty")

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

HEADLINES = (
    "What {place} knows so far",
    "{place}: officials face new questions",
    "A long {day} ends without an answer",
    "Why it matters to readers in {place}",
    "Talks, doubts and a deadline on {day}",
    "The story in brief, by {person}",
)

LEDES = (
    "Readers in {place} woke on {day} to news that had been expected for weeks and still took {number} of them by "
    "surprise.",
    "It is the sort of announcement that changes little at first and, as {person} of {place} likes to say, "
    "a great deal later on.",
    "Few people outside {place} had heard of the matter until {day}, when {number} of them talked of nothing else.",
    "Another chapter was added on {day} to a story that {place} has followed since its beginnings in the spring.",
    "What began as a quiet affair for {number} people has become one of the most talked about questions in {place}.",
    "There was no shortage of opinions on the subject in the cafés along the {place} waterfront on {day} evening.",
)

LOCAL = (
    "In {place}, where {number} families are affected, the district council will discuss what it means on {day}.",
    "“We shall have to see what comes of it,” said {person}, who has kept a bakery in {place} for {number} years.",
    "The mayor of {place}, {person}, said that the town had not been told beforehand and would ask for an explanation.",
    "Traffic in the harbour of {place} was not disturbed, and {number} ferries ran on time on {day}.",
    "A telephone line has been set up for residents of {place}, {person} of the county said, open until {day}.",
    "The {place} branch of the teachers' union, which has {number} members, did not wish to comment on {day}.",
    "Students of the technical college in {place} had gathered on {day} to hear {person} lecture on the same subject.",
    "Last year {place} received {number} million crowns for similar work, most of which, says {person}, is not spent.",
)

DOINGS = ("cut", "lede", "outlets", "local")
"""What can be done to a wire, in this order."""


class Edit(NamedTuple):
    """A wire as an outlet prints it, and what was done to it."""

    text: str
    done: tuple[str, ...]


def is_wire(text: str) -> bool:
    """Whether a text is long enough to be edited as a wire."""
    return len(text.split()) >= LEAST_WORDS


def edit(text: str, random: Random, doings: Sequence[str] = DOINGS) -> Edit:
    """Return a wire with some of `DOINGS` done to it."""
    parts = _parts(text)
    if "cut" in doings:
        parts = _cut(parts, random.uniform(*LEFT))
    if "lede" in doings:
        body = _without_lede(parts)
        parts = [_filled(random.choice(HEADLINES), random), _filled(random.choice(LEDES), random), *body]
    if "outlets" in doings:
        name = random.choice(NAMES)
        parts = [_OUTLETS.sub(name, part) for part in parts]
    if "local" in doings:
        put = " ".join(_filled(each, random) for each in random.sample(LOCAL, random.randint(1, 2)))
        parts.insert(random.randint(min(2, len(parts)), len(parts)), put)
    return Edit("\n\n".join(parts), tuple(doings))


def _filled(sentence: str, random: Random) -> str:
    """A sentence of ours with a place, a name, a number and a day of ours."""
    return sentence.format(
        place=random.choice(PLACES),
        person=random.choice(PEOPLE),
        number=random.choice(NUMBERS),
        day=random.choice(DAYS),
    )


def _parts(text: str) -> list[str]:
    """The paragraphs of a text; its sentences where it has hardly any paragraphs."""
    parts = [part.strip() for part in _PARAGRAPH.split(text) if part.strip()]
    if len(parts) < len(LEDES):
        parts = [each.strip() for part in parts for each in _SENTENCE.split(part) if each.strip()]
    return parts


def _cut(parts: list[str], share: float) -> list[str]:
    """The parts that begin before so much of the words is told."""
    total = sum(len(part.split()) for part in parts)
    wanted, told, left = max(share * total, LEAST_LEFT), 0, list[str]()
    for part in parts:
        if told >= wanted:
            break
        left.append(part)
        told += len(part.split())
    return left


def _without_lede(parts: list[str]) -> list[str]:
    """The parts after the first that is a sentence or more, and after what stands before that."""
    first = next((at for at, part in enumerate(parts) if len(part.split()) >= len(DOINGS) * 2), 0)
    return parts[first + 1 :]
