"""What stands beside a verb that could name an event: a place one goes to, a party one meets, a person one receives.

Promise: each question is answered from one token. The odd case that forced its shape: a town may have no label of the
parser's, or that of a body, and is a place all the same where somebody travels to it.
"""

from __future__ import annotations

from functools import cache

from onrecord.events.ground import PLACE_LABELS, Ground
from onrecord.events.vocabulary import vocabulary
from onrecord.tables import table


def is_place(ground: Ground, i: int) -> bool:
    """Whether a goal is a place: by its name's label, or as a proper noun that names nobody known."""
    name = ground.names.get(i)
    if name is None:
        return ground.annotated.tokens[i].pos == "PROPN" and i not in ground.times
    return name.label in PLACE_LABELS or (name.label in {"ORG", ""} and name.last - name.first == 1)


def is_party(ground: Ground, i: int) -> bool:
    """Whether a token is somebody whom one meets: a name, a description of people or a personal pronoun."""
    token = ground.annotated.tokens[i]
    return (
        i in ground.names
        or token.lemma in _people(ground.annotated.language)
        or (token.tag == "PRP" and token.lower not in vocabulary(ground.annotated.language)["things"])
    )


def is_person(ground: Ground, i: int) -> bool:
    """Whether a token is called by a person's name, or by an office that one person holds ("the president")."""
    token = ground.annotated.tokens[i]
    if i in ground.names:
        return ground.names[i].label == "PERSON"
    return token.pos == "NOUN" and token.lemma in _people(ground.annotated.language) and token.tag == "NN"


@cache
def _people(language: str) -> frozenset[str]:
    return frozenset(table("events", language, "parts")["people"]["words"])
