"""Names found for all words at once are those of spaCy's own steps, word by word."""

from __future__ import annotations

from onrecord.language.named import namer
from onrecord.language.parser import load
from tests.language.test_parser import TEXTS

MIXED = [
    *TEXTS,
    "Oskar Brandt Irena Dalgard Mara Lindqvist",
    "The  Council\nof   Karsenia met on   Friday ,  13   June .",
    "Mereth. Ostrev. 1,200 people. Monday",
    "Velmark",
    "At 9 a.m. on Monday, March 4 the Karsenian Grain Authority of Port Selm paid $3.2 million for 40 % of KarsTel.",
]


def test_names_are_those_of_spacys_own_steps() -> None:
    pipeline = load("en")
    component = pipeline.get_pipe("ner")
    laid = []
    for _ in range(2):
        docs = [pipeline.make_doc(text) for text in MIXED]
        for name, each in pipeline.pipeline:
            if name != "ner":
                docs = list(each.pipe(docs))
        laid.append(docs)
    own, theirs = laid[0], list(component.pipe(laid[1]))
    namer(component).mark(own)
    for mine, their in zip(own, theirs, strict=True):
        assert [(t.ent_type_, t.ent_iob_) for t in mine] == [(t.ent_type_, t.ent_iob_) for t in their], their.text
    assert sum(len(doc.ents) for doc in own) > len(MIXED)


def test_nothing_is_marked_where_there_is_no_word() -> None:
    pipeline = load("en")
    docs = [pipeline.make_doc("")] * 2
    namer(pipeline.get_pipe("ner")).mark(docs)
    assert [doc.ents for doc in docs] == [(), ()]
