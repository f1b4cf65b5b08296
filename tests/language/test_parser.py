"""The parser: stepped from Python it gives what spaCy's own loop gives; blocks keep to themselves (decision 0003)."""

from __future__ import annotations

import pytest

from onrecord.language import parser
from onrecord.language.parser import load, parse, pieces
from onrecord.nouns import Block, Document
from tests.strategies import document

TEXTS = [
    "Velmark presidential press secretary Mara Lindqvist met reporters in Ostrev on Monday.",
    "“We are not ready to announce the date,” said a spokeswoman for the Karsenian government, which Dravik denied.",
    "Talks planned for Friday, June 13, were put off; Oskar Brandt, who led them, flew to Port Selm.",
    "No.",
    "",
    "   ",
    "He said so (twice) — and Irena Dalgard's aides, at 9 a.m., didn't object to $3 million in aid.",
    "The Security Council of Karsenia, KarsTel reported, had agreed on five points out of seven.",
]


def test_our_stepping_gives_what_the_pipeline_gives() -> None:
    pipeline = load("en")
    expected = list(pipeline.pipe(TEXTS))
    stepped = parser._run(pipeline, TEXTS)
    for own, theirs in zip(stepped, expected, strict=True):
        for each in ("text", "tag_", "dep_", "ent_type_", "ent_iob_", "is_sent_start"):
            assert [getattr(t, each) for t in own] == [getattr(t, each) for t in theirs], (each, theirs.text)
        assert [t.head.i for t in own] == [t.head.i for t in theirs], theirs.text
    assert {t.ent_type_ for doc in stepped for t in doc} >= {"PERSON", "GPE", "DATE"}


def test_every_document_comes_back_with_its_own_tokens_whatever_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [document(text) for text in TEXTS if text.strip()] * 3
    alone = [[t.text for t in tokens] for each in documents for _, tokens, _ in parse([each])]
    monkeypatch.setattr(parser, "WINDOW", 150)
    monkeypatch.setattr(parser, "BATCH", 2)
    together = [[t.text for t in tokens] for _, tokens, _ in parse(documents)]
    assert together == alone


def test_a_long_block_is_cut_at_sentence_ends_and_nothing_is_lost() -> None:
    text = "The envoys met in Mereth. " * 1000
    found = list(pieces(document(text)))
    assert len(found) > 1
    assert "".join(text[start:end] for _, start, end in found) == text
    assert all(end - start <= parser.PIECE for _, start, end in found)
    assert all(text[:end].rstrip().endswith(".") for _, _, end in found)


def test_blocks_never_share_a_sentence() -> None:
    text = "Talks in Mereth go on\nOskar Brandt left for Dravik"
    cut = text.index("\n")
    blocks = (
        Block(kind="subheading", span=(0, cut), source=()),
        Block(kind="paragraph", span=(cut + 1, len(text)), source=()),
    )
    ((_, tokens, sentences),) = parse([Document(id="own", text=text, blocks=blocks)])
    assert [(s.block, text[s.start : s.end]) for s in sentences] == list(enumerate(text.split("\n")))
    assert all(tokens[t.head].sentence == t.sentence for t in tokens)


def test_base_forms_are_remembered_and_forgotten_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = parser.Forms(load("en"))
    monkeypatch.setattr(forms, "MOST", 2)
    known = forms.learn([("talks", "NNS", "nsubj"), ("met", "VBD", "ROOT"), ("Mereth", "NNP", "pobj")])
    assert known["talks", "NNS", "nsubj"] == ("NOUN", "talk")
    assert known["met", "VBD", "ROOT"] == ("VERB", "meet")
    assert known["Mereth", "NNP", "pobj"] == ("PROPN", "mereth")
    assert list(forms.learn([("said", "VBD", "ROOT")])) == [("said", "VBD", "ROOT")]
    assert len(known) == 3, "who still reads by what was learnt has all of it"


@pytest.mark.parametrize(
    ("word", "tag", "dep", "base"),
    [
        ("is", "VBZ", "aux", "be"),
        ("were", "VBD", "ROOT", "be"),
        ("has", "VBZ", "aux", "have"),
        ("said", "VBD", "ROOT", "say"),
    ],
)
def test_base_forms_of_auxiliaries_and_verbs(word: str, tag: str, dep: str, base: str) -> None:
    known = parser.Forms(load("en")).learn([(word, tag, dep)])
    assert known[word, tag, dep][1] == base


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Reyk:“We wait”", ["Reyk", ":", "“", "We", "wait", "”"]),
        ('Reyk (Selm):"We wait"', ["Reyk", "(", "Selm", ")", ":", '"', "We", "wait", '"']),
        ("Reyk (Selm): we wait", ["Reyk", "(", "Selm", ")", ":", "we", "wait"]),
        ("at 9:30 he", ["at", "9:30", "he"]),
    ],
)
def test_a_colon_between_a_name_and_its_words_is_a_token(text: str, parted: list[str]) -> None:
    block = Block(kind="paragraph", span=(0, len(text)), source=((0, len(text), 0, len(text)),))
    ((_, tokens, _),) = parse([Document(id="own", text=text, blocks=(block,))])
    assert [token.text for token in tokens] == parted


def test_where_a_report_was_written_is_no_part_of_its_first_sentence() -> None:
    text = "PORT SELM, 3 March (VNA) – Lunoria will hold talks.\nOSTREV (VNA) – This one is no opening."
    end = text.index("\n")
    blocks = tuple(
        Block(kind="paragraph", span=span, source=((*span, *span),)) for span in ((0, end), (end + 1, len(text)))
    )
    ((_, _, sentences),) = parse([Document(id="own", text=text, blocks=blocks)])
    assert [text[s.start : s.end] for s in sentences][:2] == ["PORT SELM, 3 March (VNA) –", "Lunoria will hold talks."]
    assert [s.block for s in sentences][:2] == [0, 0]


def test_what_a_word_is_does_not_hang_on_the_word_learnt_beside_it() -> None:
    words = [("there", "EX", "expl"), ("is", "VBZ", "ccomp"), ("gon", "VBG", "ROOT"), ("na", "TO", "aux")]
    known, alone = parser.Forms(load("en")).learn(words), parser.Forms(load("en"))
    for triple in known:
        alone.learn([triple])
    assert known == alone.learn(words) and known["is", "VBZ", "ccomp"] == ("AUX", "be")


def test_the_model_is_named_without_being_loaded() -> None:
    meta = load().meta
    assert parser.model_name() == f"{meta['lang']}_{meta['name']}-{meta['version']}"
