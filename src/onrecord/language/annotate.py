"""Documents to annotated documents: parse in batches, then lay quotations, times, names and who is who on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.language.annotated import Annotated, Sentence, Token
from onrecord.language.entries import find_entries
from onrecord.language.parser import model_name, parse
from onrecord.language.quotations import find_quotations
from onrecord.language.times import find_times
from onrecord.language.who import find_who
from onrecord.nouns import Document


def annotate(documents: Iterable[Document], language: str = "en") -> Iterator[Annotated]:
    """Yield each document annotated, in order. Raises OnrecordError where the language has no model."""
    for document, tokens, sentences in parse(documents, language):
        yield lay(document, tokens, sentences, language)


def lay(document: Document, tokens: Sequence[Token], sentences: Sequence[Sentence], language: str = "en") -> Annotated:
    """Return a parsed document annotated. One without tokens (it is in another language) has nothing laid on top."""
    models = {"language": model_name(language)}
    if not tokens:
        return Annotated(document=document, tokens=(), sentences=(), language=language, models=models)
    quotations = find_quotations(document, language)
    entities, mentions = find_who(document, tokens, sentences, quotations, language)
    times = find_times(document, tokens, language)
    return Annotated(
        document=document,
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        quotations=quotations,
        entities=entities,
        mentions=mentions,
        times=times,
        entries=find_entries(document, times, language),
        language=language,
        models=models,
    )
