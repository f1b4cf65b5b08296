"""How tests log in: a ledger with users, and clients that have said who they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from onrecord.ledger import open_ledger
from onrecord.ledger.access import May, add_token, add_user
from onrecord.web.app import limits
from onrecord.web.limits import Limit

WORD = "correct horse battery"
SIGN = re.compile(r'name="sign" value="([0-9a-f]+)"')


def with_users(ledger: Path, folder: Path) -> Path:
    """Return a copy of a ledger in which Ada may moderate, Ben write and Cy read."""
    path = folder / "users.ledger"
    copy(ledger, path)
    people: tuple[tuple[str, May], ...] = (("Ada", "moderate"), ("Ben", "write"), ("Cy", "read"))
    with open_ledger(path) as opened:
        for name, may in people:
            add_user(opened, name, WORD, may, datetime.now(UTC))
    return path


def anew(client: TestClient[Litestar]) -> TestClient[Litestar]:
    """Return a client of a running application as it began: nobody is known, and nobody tried anything."""
    client.cookies.clear()
    client.app.state.update(limits())
    return client


def unhurried(served: Litestar) -> Litestar:
    """Return an application that lets everybody write as often as he likes."""
    served.state["writes"] = Limit(1 << 60, 1.0)
    return served


def bearer(ledger: Path, name: str, may: May = "moderate") -> dict[str, str]:
    """Return the header by which a program says whose it is."""
    with open_ledger(ledger) as opened:
        return {"Authorization": f"Bearer {add_token(opened, name, may, datetime.now(UTC), 1)}"}


def signed(client: TestClient[Litestar], page: str) -> str:
    """Return the sign of the forms of a page."""
    found = SIGN.search(client.get(page).text)
    assert found, page
    return found[1]


def enter(client: TestClient[Litestar], name: str, word: str = WORD, back: str = "/") -> Any:
    """Log somebody in and return the answer."""
    sign = SIGN.findall(client.get("/login").text)[-1]  # who is logged in has a form to log out before it
    form = {"name": name, "password": word, "next": back, "sign": sign}
    return client.post("/login", data=form, follow_redirects=False)
