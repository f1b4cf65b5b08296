"""Documents to annotated documents: parse in batches, then lay quotations, times, names and who is who on top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.language.annotated import Annotated
from onrecord.language.parser import model_name, parse
from onrecord.language.quotations import find_quotations
from onrecord.language.times import find_times
from onrecord.language.who import find_who
from onrecord.nouns import Document


def annotate(documents: Iterable[Document], language: str = "en") -> Iterator[Annotated]:
    """Yield each document annotated, in order. Raises OnrecordError where the language has no model."""
    models = {"language": model_name(language)}
    for document, tokens, sentences in parse(documents, language):
        quotations = find_quotations(document)
        entities, mentions = find_who(document, tokens, sentences, quotations, language)
        yield Annotated(
            document=document,
            tokens=tuple(tokens),
            sentences=tuple(sentences),
            quotations=quotations,
            entities=entities,
            mentions=mentions,
            times=find_times(document, tokens, language),
            language=language,
            models=models,
        )
