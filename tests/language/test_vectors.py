"""Word vectors worked out by us are those of spaCy's own layers, but for the rounding of matrix products."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from thinc.api import NumpyOps

from onrecord.language.parser import PACKAGES
from onrecord.language.vectors import Vectors
from tests.language.test_parser import TEXTS


@pytest.fixture(scope="module")
def theirs() -> Any:
    """The model as its package loads it, with the matrix product that we have."""
    pipeline = import_module(next(name for name in PACKAGES["en"] if find_spec(name))).load()
    for _, component in pipeline.pipeline:
        for layer in component.model.walk() if getattr(component, "model", None) else ():
            layer.ops = NumpyOps(use_blis=False)
    return pipeline


@pytest.mark.parametrize("component", ["tok2vec", "ner"])
def test_the_vectors_are_those_of_the_models_own_layers(component: str, theirs: Any) -> None:
    found = theirs.get_pipe(component).model
    [model] = [part for part in found.walk() if part.has_ref("embed")]
    vectors = Vectors(model)
    for texts in (TEXTS, TEXTS[1:2], TEXTS * 20, [TEXTS[5]], [" "], TEXTS[4:6]):
        docs = [theirs.make_doc(text) for text in texts]
        for own, their in zip(vectors.of(docs), model.predict(docs), strict=True):
            assert own.shape == their.shape
            # the same sums, which some processors take in another order for matrices of other sizes
            assert np.allclose(own, their, rtol=1e-4, atol=1e-5)


def test_texts_without_words_have_no_vectors(theirs: Any) -> None:
    [model] = [part for part in theirs.get_pipe("ner").model.walk() if part.has_ref("embed")]
    assert [each.shape for each in Vectors(model).of([theirs.make_doc("")] * 2)] == [(0, 96)] * 2
