"""Decisions as they come in by form or API: each kind with what it needs, checked and handed to the ledger.

Promise: whatever is decided has a name, a reason and a time. The odd case that forced the shape: a form's fields are
all there and often empty, so what is empty counts as not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from urllib.parse import parse_qsl

import msgspec
from litestar.exceptions import ValidationException

from onrecord.ledger import By, Ledger, decide_apart, decide_claim, decide_relation, decide_same, decide_speaker, undo
from onrecord.ledger.deciding import Correctable
from onrecord.ledger.relating import Standing
from onrecord.ledger.store import Refused
from onrecord.nouns import Settled

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000, pattern=r"\S")]


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all decisions have."""

    reason: Reason
    """Why; others see it."""


class SameGiven(Given, frozen=True, kw_only=True, tag="same"):
    """Two events, or two entities, are one."""

    one: Name
    other: Name
    """An id, or an entity of a document as `DOCUMENT#e3`."""


class ApartGiven(Given, frozen=True, kw_only=True, tag="apart"):
    """Two events, or two entities, are not one, or a document tells of another than the rest."""

    one: Name
    other: Name
    """An id, a document's id, or an entity of a document as `DOCUMENT#e3`."""
    version: Name | None = None
    """Which of the texts that came in under the document's id; null: the last of those that tell it."""


class ClaimGiven(Given, frozen=True, kw_only=True, tag="claim"):
    """What is true of an event."""

    event: Name
    attribute: Correctable
    value: Name | None = None
    """What is true; the same as `was`: that one is confirmed; null: what stands in `was` is not."""
    was: Name | None = None
    """The value that is wrong; null: all that stand of a status, a date or a venue; to others `value` is added."""
    settled: Settled = "settled"


class RelationGiven(Given, frozen=True, kw_only=True, tag="relation"):
    """How an event stands to another."""

    event: Name
    relation: Standing
    other: Name
    holds: bool = True
    """Whether it does; false: it does not, whoever says so."""


class SpeakerGiven(Given, frozen=True, kw_only=True, tag="speaker"):
    """Who said a statement."""

    document: Name
    statement: Name
    """Its id, or its place as `120-156`."""
    speaker: Name
    version: Name | None = None
    """Which of the texts that came in under the document's id; null: the last."""


class UndoGiven(Given, frozen=True, kw_only=True, tag="undo"):
    """An earlier decision does not hold."""

    number: Annotated[int, msgspec.Meta(ge=1, le=1 << 53)]


DecisionGiven = SameGiven | ApartGiven | ClaimGiven | RelationGiven | SpeakerGiven | UndoGiven


def decide(ledger: Ledger, given: DecisionGiven, person: str, now: datetime) -> int:
    """Keep a decision and return its number. Raises Refused where the ledger has no such thing."""
    by = By(person, " ".join(given.reason.split()), now)
    match given:
        case SameGiven():
            return decide_same(ledger, given.one, given.other, by)
        case ApartGiven():
            return decide_apart(ledger, given.one, given.other, by, given.version)
        case ClaimGiven():
            if given.value is None and given.was is None:
                raise Refused("say what is true, or what is not")
            return decide_claim(ledger, given.event, given.attribute, given.value, given.was, given.settled, by)
        case RelationGiven():
            return decide_relation(ledger, given.event, given.relation, given.other, given.holds, by)
        case SpeakerGiven():
            return decide_speaker(ledger, given.document, given.statement, given.speaker, by, given.version)
        case UndoGiven():
            return undo(ledger, given.number, by)


NOT_SAID = ("sign", "next", "chosen", "verdict")
"""Fields of a form that are not the decision's own."""


def of_form(posted: Mapping[str, str]) -> DecisionGiven:
    """Return the decision that a form sends. Raises ValidationException where it is none.

    ``chosen``: fields written as an address has them, where a choice says more than one, or one with every sign of it.
    ``verdict``: of the value that stands, ``accept`` or ``reject``, whatever the field for a better one has.
    """
    chosen = dict(parse_qsl(posted.get("chosen", "")))
    said = {name: value.strip() for name, value in posted.items() if name not in NOT_SAID and value.strip()} | chosen
    match posted.get("verdict"):
        case "accept":
            said["value"] = said.get("was", "")
        case "reject":
            said.pop("value", None)
    try:
        given: DecisionGiven = msgspec.convert(said, DecisionGiven, strict=False)
    except msgspec.ValidationError as problem:
        raise ValidationException(str(problem)) from None
    return given
