"""An event as a row of a list, the same on all pages.

Promise: what is contested is shown with all its values, and what has no name of its own with who takes part.
"""

from __future__ import annotations

from onrecord.ledger.events import HeldEvent
from onrecord.publish.objects import EventObject, event_object, still_open
from onrecord.publish.standing import called


class Listed(EventObject, frozen=True, kw_only=True):
    """An event of the ledger with what a list says of it."""

    called: str
    """What it is called on its own."""
    open: tuple[str, ...]
    """What of it is not settled, in words."""

    @property
    def contested(self) -> bool:
        """Whether its date or its venue is told otherwise by others."""
        return bool(self.date.against or self.venue.against)


def listed(held: HeldEvent) -> Listed:
    """Return an event as a row of a list."""
    known = event_object(held)
    fields = {name: getattr(known, name) for name in known.__struct_fields__}
    return Listed(**fields, called=called(held), open=tuple(still_open(held)))
