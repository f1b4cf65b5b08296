"""The collector is as it was, whatever happens in between."""

from __future__ import annotations

import ctypes
import gc
import resource
import weakref
from pathlib import Path

import pytest

from onrecord.garbage import OFTEN, WHOLE, Heap, answered, between_answers, trimmer, uncollected


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
    with between_answers():
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


def test_garbage_is_looked_for_where_an_answer_is_given_and_not_before() -> None:
    with between_answers():
        gone = weakref.ref(Ring())
        held = [Ring() for _ in range(2 * OFTEN[0])]
        assert gone() is not None, "an answer is in the works"
        answered()
        assert gone() is None and all(each.itself is each for each in held)
    assert gc.get_threshold() == OFTEN


def test_free_memory_is_given_back_every_so_many_texts() -> None:
    asked = list[int]()
    heap = Heap(asked.append)
    for _ in range(4):
        heap.used(Heap.OFTEN // 2)
    assert asked == [0, 0]
    heap.used(3 * Heap.OFTEN)
    assert asked == [0, 0, 0]


def test_where_the_c_library_cannot_give_memory_back_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    assert trimmer() is None
    heap = Heap(None)
    heap.used(2 * Heap.OFTEN)
    heap.used(Heap.OFTEN - 1)


@pytest.mark.skipif(trimmer() is None, reason="the C library has no malloc_trim")
def test_free_memory_below_something_that_stays_is_given_back() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    libc.free.argtypes = [ctypes.c_void_p]
    size, pieces = 65_536, 512  # below what the library asks the system for by itself
    held = [libc.malloc(size) for _ in range(pieces)]
    for each in held:
        ctypes.memset(each, 1, size)
    for each in held[:-1]:
        libc.free(each)
    before = _resident()
    Heap(trimmer()).used(Heap.OFTEN)
    assert before - _resident() > size * pieces // 2
    libc.free(held[-1])


def _resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
