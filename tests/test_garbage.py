"""The collector is as it was, whatever happens in between."""

from __future__ import annotations

import gc

import pytest

from onrecord.garbage import uncollected


def test_the_collector_is_off_inside_and_as_it_was_behind() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_is_on_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="no"), uncollected():
        raise ValueError("no")
    assert gc.isenabled()
