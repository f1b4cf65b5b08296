"""Events of a ledger made by hand, for the rooms that show and write them."""

from __future__ import annotations

from hypothesis import strategies as st

from onrecord.ledger.events import HeldEvent
from onrecord.ledger.origins import Origins, Support
from onrecord.ledger.state import state_of
from onrecord.ledger.tellings import Thread
from onrecord.ledger.told import Told
from onrecord.nouns import Attribute, Claim, EventKind, Settled, Status

Said = tuple[Attribute, str | None, Settled]


def told(
    day: str,
    status: Status,
    *said: Said,
    name: str = "Velik–Dalgard summit",
    text: str = "The Velik–Dalgard summit is to be held.",
    outlet: str | None = "The Ostrev Courier",
    document: str = "",
    kind: EventKind = "meeting",
    names: tuple[tuple[str, str], ...] = (("velik", "Anton Velik"), ("dalgard", "Irena Dalgard")),
) -> Told:
    """One telling of an event, with these claims."""
    claims = [("status", status, "settled"), *said]
    return Told(
        document=document or f"courier-{day}", day=day, number="v1", name=name, kind=kind, status=status,
        types=frozenset(), words=frozenset({"velik", "dalgard"}), sides=(), outlet=outlet, places=frozenset(),
        near=frozenset(), years=frozenset(), names=names, span=(4, 4 + len(name)), text=text,
        claims=tuple(
            Claim(attribute=attribute, value=value, settled=settled, span=(), by_rule="made")
            for attribute, value, settled in claims
        ),
    )  # fmt: skip


def held(*tellings: Told, overdue: bool = False, id: str = "E0123456789") -> HeldEvent:
    """The event that some tellings add up to, each an origin of its own."""
    thread = Thread()
    for each in tellings:
        thread.add(each)
    count = len(tellings)
    origins = Origins(of=tuple(range(1, count + 1)), documents=count, support=Support(count, 0, 0))
    return HeldEvent(id, state_of(list(tellings)), thread, overdue, origins)


MOOTED = told("2031-03-11", "mooted")
DATED = told("2031-04-15", "scheduled", ("date", "2031-05-22", "settled"), ("venue", "Port Selm", "settled"))
PUT_OFF = told("2031-05-16", "postponed", ("previous_date", "2031-05-22", "settled"))
DATED_AGAIN = told("2031-05-20", "scheduled", ("date", "2031-06-05", "settled"))
CALLED_OFF = told("2031-05-18", "cancelled")

HOSTILE = (
    "line\r\nEND:VEVENT\r\nBEGIN:VALARM", "\x00\x01\x1b[31m\x7f\x85\x9b", "\u202eunder way\u202c \u2066x\u2069",
    "\ud800\udfff x", "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "]]><script>alert(1)</script>",
    "<!-- --><b onclick=x>&amp;", "\ufffe\uffff", "a,b;c\\n\\N\"'", "\u2028\u2029", "x" * 5_000, "é" * 200,
    "\U0001f469\u200d\U0001f467" * 40, '"; DROP TABLE events', " ", "{{ 7 * 7 }} {% raw %}", "javascript:alert(1)",
    "[a](javascript:alert(1)) ![b](//host) `c` # d | e\n\n* f", "%0d%0a",
)  # fmt: skip
"""Texts that break out of formats that do not look."""

hostile = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec=None), min_size=1, max_size=120))
"""Any text, lone surrogates and control characters among it, and those that are known to do harm."""

keepable = st.one_of(
    st.sampled_from([text for text in HOSTILE if "\ud800" not in text]), st.text(st.characters(codec="utf-8"))
)
"""Of these the texts that a ledger can hold: UTF-8 has no lone surrogates."""
