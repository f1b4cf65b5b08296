"""Users, tokens and logins: who may do what, and that nothing in the file lets anybody in."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger import access as of
from onrecord.ledger.acquired import Page, keep_listed, keep_validators
from onrecord.ledger.alert_rules import Rule, add_rule
from onrecord.ledger.followed import follow, polled
from onrecord.ledger.store import LedgerError
from tests.ledger.keeping import NOON

DOCS = Path(__file__).parents[2] / "docs"
WORD = "correct horse battery"


@pytest.fixture
def held(tmp_path: Path) -> Ledger:
    ledger = open_ledger(tmp_path / "l", create=True)
    of.add_user(ledger, "Ida Ruhl", WORD, "write", NOON)
    return ledger


def test_a_login_holds_until_it_ends(held: Ledger) -> None:
    assert of.log_in(held, "Ida Ruhl", "something else", NOON) is None
    assert of.log_in(held, "Nobody", WORD, NOON) is None
    secret = of.log_in(held, " ida  RUHL", WORD, NOON)
    assert secret
    assert of.by_session(held, secret, NOON) == of.Person("Ida Ruhl", "write")
    assert of.by_session(held, secret, NOON + of.SESSION) is None
    assert of.by_session(held, "another", NOON) is None
    of.log_out(held, secret)
    assert of.by_session(held, secret, NOON) is None


def test_where_no_password_is_kept_a_login_fails_after_as_long(held: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy for others keeps the users and no passwords."""
    with held.writing() as connection:
        connection.execute("UPDATE users SET password = ''")
    against: list[str] = []
    verify = PasswordHasher.verify

    def noted(hasher: PasswordHasher, kept: str, given: str) -> bool:
        against.append(kept)
        return verify(hasher, kept, given)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    for name in ("Ida Ruhl", "Nobody"):
        for word in (WORD, ""):
            assert of.log_in(held, name, word, NOON) is None
            assert against.pop().startswith("$argon2id$")


def test_a_copy_made_as_told_has_no_hash_and_no_word_that_lets_one_in(held: Ledger) -> None:
    feed = "https://wire.example/feed?key=k3y"
    of.log_in(held, "Ida Ruhl", WORD, NOON)
    of.add_token(held, "Ida Ruhl", "write", NOON, 30)
    follow(held, feed, timedelta(hours=1), NOON)
    polled(held, feed, NOON, 0, f"{feed} fails", 0.5)
    keep_listed(held, [(Page(feed, "https://wire.example/a", ""), True)], [], NOON)
    keep_validators(held, {feed: ("e", "m")}, NOON)
    add_rule(held, Rule(name="all", to=("https://hook.example/k3y",)), NOON, "Ida Ruhl")
    with held.writing() as connection:
        connection.execute("INSERT INTO problems (place, reason, observed) VALUES (?, '', '')", (feed,))
    held.close()
    (told,) = re.findall(r'`sqlite3 copy\.ledger "(.*)"`', (DOCS / "team.md").read_text(encoding="utf-8"))
    assert b"k3y" in held.path.read_bytes() and b"argon2id" in held.path.read_bytes()
    with closing(sqlite3.connect(held.path)) as copy:
        copy.executescript(told)
    assert not any(each in held.path.read_bytes() for each in (b"k3y", b"argon2id"))
    with open_ledger(held.path) as opened:
        assert [each.name for each in of.users(opened)] == ["Ida Ruhl"] and not of.tokens(opened)


def test_another_password_or_leave_ends_logins_and_tokens(held: Ledger) -> None:
    secret, token = of.log_in(held, "Ida Ruhl", WORD, NOON), of.add_token(held, "Ida Ruhl", "write", NOON, 30)
    of.change_password(held, "Ida Ruhl", "another word of hers", NOON)
    assert secret and of.by_session(held, secret, NOON) is None
    assert of.log_in(held, "Ida Ruhl", WORD, NOON) is None
    secret = of.log_in(held, "Ida Ruhl", "another word of hers", NOON)
    of.remove_user(held, "ida ruhl", NOON)
    assert secret and of.by_session(held, secret, NOON) is None and of.by_token(held, token, NOON) is None
    assert of.log_in(held, "Ida Ruhl", "another word of hers", NOON) is None
    assert [each.removed for each in of.users(held)] == [NOON.isoformat()]
    of.add_user(held, "Ida Ruhl", WORD, "read", NOON)
    assert of.log_in(held, "Ida Ruhl", WORD, NOON) and of.by_token(held, token, NOON) is None


def test_a_token_may_what_both_it_and_its_user_may(held: Ledger) -> None:
    reading, all_of_it = (of.add_token(held, "Ida Ruhl", may, NOON, 30) for may in ("read", "moderate"))
    assert of.by_token(held, reading, NOON) == of.Person("Ida Ruhl", "read")
    assert of.by_token(held, all_of_it, NOON) == of.Person("Ida Ruhl", "write")
    assert of.by_token(held, reading, NOON + timedelta(days=31)) is None
    assert of.by_token(held, reading + "x", NOON) is None
    of.revoke_token(held, all_of_it[: of.PREFIX], NOON)
    assert of.by_token(held, all_of_it, NOON) is None
    assert [each.revoked is None for each in of.tokens(held)] == [True, False]


def test_a_key_is_no_token_and_a_token_no_key(held: Ledger) -> None:
    key, token = (of.add_token(held, "Ida Ruhl", may, NOON, 30) for may in ("subscribe", "moderate"))
    assert of.by_key(held, key, NOON) == of.Person("Ida Ruhl", "read")
    assert of.by_token(held, key, NOON) is None and of.by_key(held, token, NOON) is None
    assert [each.prefix for each in of.keys(held, "ida  ruhl", NOON)] == [key[: of.PREFIX]]
    assert of.keys(held, "Per", NOON) == []
    late = NOON + timedelta(days=31)
    assert of.by_key(held, key, late) is None and of.keys(held, "Ida Ruhl", late) == []
    of.revoke_token(held, key[: of.PREFIX], NOON)
    assert of.by_key(held, key, NOON) is None and of.keys(held, "Ida Ruhl", NOON) == []


def test_nothing_in_the_file_lets_anybody_in(held: Ledger) -> None:
    secret, token = of.log_in(held, "Ida Ruhl", WORD, NOON), of.add_token(held, "Ida Ruhl", "write", NOON, 30)
    held.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = held.path.read_bytes()
    assert secret and b"$argon2id$" in content
    assert not any(each.encode() in content for each in (WORD, secret, token, token[of.PREFIX + 2 :]))


@pytest.mark.parametrize("name", ["", "   ", "a\x07b", "a" * 81, "\u202eIda"])
def test_names_that_are_none(held: Ledger, name: str) -> None:
    with pytest.raises(LedgerError):
        of.add_user(held, name, WORD, "write", NOON)


@pytest.mark.parametrize("word", ["", "short", "x" * 1001])
def test_passwords_that_are_none(held: Ledger, word: str) -> None:
    with pytest.raises(LedgerError, match="characters"):
        of.add_user(held, "Per", word, "write", NOON)


def test_who_is_not_there_or_is_there_already(held: Ledger) -> None:
    with pytest.raises(LedgerError, match="already"):
        of.add_user(held, "IDA RUHL", WORD, "write", NOON)
    with pytest.raises(LedgerError, match="no such user"):
        of.remove_user(held, "Per", NOON)
    with pytest.raises(LedgerError, match="no such user"):
        of.add_token(held, "Per", "read", NOON, 1)
    with pytest.raises(LedgerError, match="no such token"):
        of.revoke_token(held, "onrecord_x", NOON)


def test_passwords_are_as_hard_to_guess_as_recommended(held: Ledger) -> None:
    """RFC 9106, the second recommended set: 64 MiB, three passes, four lanes; tests of other rooms do with less."""
    (kept,) = held.connection.execute("SELECT password FROM users").fetchone()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_another_password_ends_the_keys_of_its_user_and_nothing_else(held: Ledger) -> None:
    of.add_user(held, "Per Sand", WORD, "read", NOON)
    key, token = (of.add_token(held, "Ida Ruhl", may, NOON, 30) for may in ("subscribe", "write"))
    other = of.add_token(held, "Per Sand", "subscribe", NOON, 30)
    of.change_password(held, "ida ruhl", "another word of hers", NOON)
    assert of.by_key(held, key, NOON) is None and of.keys(held, "Ida Ruhl", NOON) == []
    assert [each.revoked for each in of.tokens(held)] == [NOON.isoformat(), None, None]
    assert of.by_token(held, token, NOON) and of.by_key(held, other, NOON)
