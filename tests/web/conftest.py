"""What the tests of the web share: one ledger of the sample story, and one application that serves it.

An application takes a quarter of a second to make, and a password a third of one to hash: hundreds of tests would do
nothing else. So those who only read share the application, each with cookies of his own, and passwords are hashed as
ever, with little to do; that the program makes them hard to guess is told in `tests/ledger/test_access.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from litestar.testing import TestClient

from onrecord.ledger import access
from onrecord.web.app import application
from tests.web.entering import anew
from tests.web.serving import Client, story


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a ledger that holds the sample story; nobody writes to it."""
    return story(tmp_path_factory.mktemp("web") / "story.ledger")


@pytest.fixture(scope="package", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords with a thousandth of the work."""
    with pytest.MonkeyPatch.context() as patch:
        quick = cache(lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        patch.setattr(access, "_hasher", quick)
        access._nobodys.cache_clear()
        yield
    access._nobodys.cache_clear()


@pytest.fixture(scope="session")
def served_story(sample_ledger: Path) -> Iterator[Client]:
    """Yield the application over the sample story, running."""
    with TestClient(application(sample_ledger)) as client:
        yield client


@pytest.fixture
def client(served_story: Client) -> Client:
    """Return a client of the application, as if nobody had used it before."""
    return anew(served_story)
