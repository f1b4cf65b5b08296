"""Who may write to a ledger: users with passwords, tokens for programs, and who is logged in.

Promise: no password, token or session can be got out of the file; a name that is not there takes as long to be refused
as a wrong password. The odd case that forced the shape: what somebody wrote outlives his leave, so users are never
deleted, they only may no longer do anything.
"""

from __future__ import annotations

import os
import secrets
import stat
import unicodedata
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from onrecord.ledger.store import Ledger, LedgerError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

May = Literal["read", "write", "moderate"]
"""What somebody may do; each may do what those before it may."""

Grant = Literal["subscribe", "read", "write", "moderate"]
"""What a token is for: what its user may do, or to stand as a key in the addresses of feeds and calendars."""

RANK: dict[May, int] = {may: rank for rank, may in enumerate(get_args(May))}

SESSION = timedelta(days=14)
"""How long a login holds."""

SHORTEST, LONGEST = 10, 1_000
"""Characters of a password: fewer are guessed, and more than that only keep the processor busy."""
LONGEST_NAME = 80

KEY_DAYS = 3650
"""How long a key holds that somebody made for himself: a calendar is subscribed to for years."""

TOKEN = "onrecord_"  # noqa: S105 - what tokens begin with, so that scanners of leaked secrets know them
PREFIX = len(TOKEN) + 6
"""Letters of a token that are shown."""


class Person(msgspec.Struct, frozen=True):
    """Somebody who has said who he is, and what he may do that way."""

    name: str
    may: May

    def can(self, may: May) -> bool:
        """Whether he may do this."""
        return RANK[self.may] >= RANK[may]


def is_exposed(ledger: Ledger) -> bool:
    """Tell whether a ledger's file holds logins or targets of alerts and everybody on the machine can read it.

    Where files have no such permissions (Windows) nobody can say, and it is not.
    """
    if os.name != "posix" or not ledger.path.exists() or not ledger.path.stat().st_mode & stat.S_IROTH:
        return False
    held = ledger.connection.execute("SELECT EXISTS (SELECT 1 FROM users) OR EXISTS (SELECT 1 FROM alert_targets)")
    return bool(held.fetchone()[0])


class HeldUser(msgspec.Struct, frozen=True):
    """A user of the ledger."""

    name: str
    may: May
    added: str
    removed: str | None


class HeldToken(msgspec.Struct, frozen=True):
    """A token, without what makes it one."""

    prefix: str
    user: str
    may: Grant
    added: str
    expires: str
    revoked: str | None


def add_user(ledger: Ledger, name: str, password: str, may: May, now: datetime) -> None:
    """Add a user, or let one in again who was removed. Raises LedgerError where the name or the password can't be."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 0 < len(name) <= LONGEST_NAME or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise LedgerError(f"a user's name has 1 to {LONGEST_NAME} characters, none of them control characters")
    hashed = _hashed(password)
    with ledger.writing() as connection:
        known = connection.execute("SELECT removed FROM users WHERE key = ?", (key_of(name),)).fetchone()
        if known is not None and known[0] is None:
            raise LedgerError(f"{name}: there is such a user already; `onrecord user password {name}` changes it")
        connection.execute(
            "INSERT INTO users (key, name, may, password, added) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE "
            "SET name = excluded.name, may = excluded.may, password = excluded.password, removed = NULL",
            (key_of(name), name, may, hashed, _moment(now)),
        )


def change_password(ledger: Ledger, name: str, password: str, now: datetime) -> None:
    """Give a user another password; his logins end, and so do his keys: who had the old one may have made some.

    Raises LedgerError where there is no such user.
    """
    hashed = _hashed(password)
    user = _user(ledger, name)
    with ledger.writing() as connection:
        connection.execute("UPDATE users SET password = ? WHERE id = ?", (hashed, user))
        connection.execute(
            "UPDATE tokens SET revoked = ? WHERE user = ? AND may = 'subscribe' AND revoked IS NULL",
            (_moment(now), user),
        )
        connection.execute("DELETE FROM sessions WHERE user = ?", (user,))


def remove_user(ledger: Ledger, name: str, now: datetime) -> None:
    """Let a user in no longer, by password or token. Raises LedgerError where there is no such user."""
    user = _user(ledger, name)
    with ledger.writing() as connection:
        connection.execute("UPDATE users SET removed = ? WHERE id = ?", (_moment(now), user))
        connection.execute("UPDATE tokens SET revoked = ? WHERE user = ? AND revoked IS NULL", (_moment(now), user))
        connection.execute("DELETE FROM sessions WHERE user = ?", (user,))


def users(ledger: Ledger) -> list[HeldUser]:
    """Return all users, those who were removed too, by name."""
    rows = ledger.connection.execute("SELECT name, may, added, removed FROM users ORDER BY key")
    return [HeldUser(*row) for row in rows]


def add_token(ledger: Ledger, name: str, may: Grant, now: datetime, days: int) -> str:
    """Return a new token of a user, which is kept nowhere; raises LedgerError where there is no such user."""
    user = _user(ledger, name)
    token = TOKEN + secrets.token_urlsafe(32)
    with ledger.writing() as connection:
        connection.execute(
            "INSERT INTO tokens (user, digest, prefix, may, added, expires) VALUES (?, ?, ?, ?, ?, ?)",
            (user, _digest(token), token[:PREFIX], may, _moment(now), _moment(now + timedelta(days=days))),
        )
    return token


def tokens(ledger: Ledger) -> list[HeldToken]:
    """Return all tokens, the oldest first."""
    rows = ledger.connection.execute(
        "SELECT t.prefix, u.name, t.may, t.added, t.expires, t.revoked FROM tokens t JOIN users u ON u.id = t.user "
        "ORDER BY t.id"
    )
    return [HeldToken(*row) for row in rows]


def holding(ledger: Ledger, now: datetime) -> list[HeldToken]:
    """Return the tokens that hold, the oldest first."""
    return [each for each in tokens(ledger) if each.revoked is None and each.expires > _moment(now)]


def keys(ledger: Ledger, name: str, now: datetime) -> list[HeldToken]:
    """Return the keys of a user that hold, the oldest first."""
    return [each for each in holding(ledger, now) if each.may == "subscribe" and key_of(each.user) == key_of(name)]


def revoke_token(ledger: Ledger, prefix: str, now: datetime) -> None:
    """Take a token back, named by the letters that are shown of it. Raises LedgerError where there is no such."""
    with ledger.writing() as connection:
        cursor = connection.execute(
            "UPDATE tokens SET revoked = ? WHERE prefix = ? AND revoked IS NULL", (_moment(now), prefix)
        )
        if not cursor.rowcount:
            raise LedgerError(f"{prefix}: there is no such token that holds; `onrecord token list` shows them")


def by_token(ledger: Ledger, token: str, now: datetime) -> Person | None:
    """Return whose token it is, if it holds and is no key: he may do what both he and the token may."""
    row = _holder(ledger, token, now)
    return Person(row[0], min(row[1], row[2], key=RANK.__getitem__)) if row and row[2] != "subscribe" else None


def by_key(ledger: Ledger, key: str, now: datetime) -> Person | None:
    """Return whose key it is, if it holds: by it he may read, and only feeds and calendars are to ask for it."""
    row = _holder(ledger, key, now)
    return Person(row[0], "read") if row and row[2] == "subscribe" else None


def _holder(ledger: Ledger, token: str, now: datetime) -> tuple[str, May, Grant] | None:
    """Whose token it is, what he may do and what it is for, if it holds."""
    row: tuple[str, May, Grant] | None = ledger.connection.execute(
        "SELECT u.name, u.may, t.may FROM tokens t JOIN users u ON u.id = t.user "
        "WHERE t.digest = ? AND t.revoked IS NULL AND u.removed IS NULL AND t.expires > ?",
        (_digest(token), _moment(now)),
    ).fetchone()
    return row


def log_in(ledger: Ledger, name: str, password: str, now: datetime) -> str | None:
    """Return the secret of a new session; None where name and password are not a user's."""
    row = ledger.connection.execute(
        "SELECT id, password FROM users WHERE key = ? AND removed IS NULL", (key_of(name),)
    ).fetchone()
    user, hashed = row or (None, "")
    if not _holds(hashed, password[: LONGEST + 1]):
        return None
    secret = secrets.token_urlsafe(32)
    with ledger.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE expires <= ?", (_moment(now),))
        connection.execute("INSERT INTO sessions VALUES (?, ?, ?)", (_digest(secret), user, _moment(now + SESSION)))
        if _hasher().check_needs_rehash(hashed):
            connection.execute("UPDATE users SET password = ? WHERE id = ?", (_hasher().hash(password), user))
    return secret


def log_out(ledger: Ledger, secret: str) -> None:
    """End a session."""
    with ledger.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE digest = ?", (_digest(secret),))


def by_session(ledger: Ledger, secret: str, now: datetime) -> Person | None:
    """Return who is logged in by a session, if it holds."""
    row = ledger.connection.execute(
        "SELECT u.name, u.may FROM sessions s JOIN users u ON u.id = s.user "
        "WHERE s.digest = ? AND u.removed IS NULL AND s.expires > ?",
        (_digest(secret), _moment(now)),
    ).fetchone()
    return Person(*row) if row else None


def _user(ledger: Ledger, name: str) -> int:
    row = ledger.connection.execute(
        "SELECT id FROM users WHERE key = ? AND removed IS NULL", (key_of(name),)
    ).fetchone()
    if row is None:
        raise LedgerError(f"{name}: there is no such user; `onrecord user list` shows them")
    return int(row[0])


def key_of(name: str) -> str:
    """Return what a user is looked up by: his name in any letters, spaces and composition."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def _digest(secret: str) -> bytes:
    """What is kept of something drawn by chance: it has too many letters to be guessed, so that no salt is needed."""
    return sha256(secret.encode()).digest()


def _moment(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise LedgerError(f"a password has {SHORTEST} to {LONGEST} characters")
    return _hasher().hash(password)


def _holds(hashed: str, password: str) -> bool:
    """Whether a password is the one that is kept; it takes as long where none is, as in a copy for others."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, password)
    except VerificationError:
        return False
    except InvalidHashError:
        _holds(_nobodys(), password)
        return False


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with the second recommended set of RFC 9106 (64 MiB, three passes), the library's own default."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """The hash that a password is held against where none is kept, so that it takes as long."""
    return _hasher().hash(secrets.token_urlsafe(32))
