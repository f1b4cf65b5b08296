"""The collector is as it was, whatever happens in between."""

from __future__ import annotations

import gc
import weakref

import pytest

from onrecord.garbage import WHOLE, seldom_whole, uncollected


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


class Ring:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_a_search_found_in_use_is_looked_at_again_by_every_fiftieth() -> None:
    frozen = gc.get_freeze_count()
    ring, callbacks = Ring(), len(gc.callbacks)
    gone = weakref.ref(ring)
    with seldom_whole():
        gc.collect()
        assert gc.get_freeze_count() > frozen
        del ring
        fresh = weakref.ref(Ring())
        gc.collect()
        assert gone() is not None and fresh() is None, "what is new is looked through each time"
        for _ in range(WHOLE):
            gc.collect()
        assert gone() is None
    assert (gc.get_freeze_count(), len(gc.callbacks)) == (0, callbacks)
