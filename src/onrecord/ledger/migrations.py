"""The tables of a ledger and how an older file becomes a newer one.

Promise: a file is at one version, and each step to the next is one transaction. The odd case that forced the shape: the
full-text index stores no words of its own, since a statement's words lie in its reading already and would be there
twice.
"""

from __future__ import annotations

from onrecord.ledger.migrations_desk import DESK
from onrecord.ledger.migrations_found import FOUND
from onrecord.ledger.migrations_told import TOLD

MIGRATIONS = (*TOLD, *FOUND, *DESK)
"""The steps in order; a file that has had the first N of them is at version N."""

APPLICATION = 0x6F726563
"""What stands in the head of the file ("orec"), so that another program's database is never taken for a ledger."""
