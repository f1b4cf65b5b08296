"""Documents to annotated documents: sentences, tokens, quotations, names and roles, who "she" is, times."""

from onrecord.language.annotate import annotate, lay
from onrecord.language.annotated import Annotated, MentionRef, Quotation, Sentence, Token
from onrecord.language.lexicon import lexicon
from onrecord.language.parser import load, model_name, parse
from onrecord.language.quotations import find_quotations
from onrecord.language.turns import Parts, parts_of
from onrecord.language.written import READ_LANGUAGES, foreign, written_in

__all__ = [
    "READ_LANGUAGES", "Annotated", "MentionRef", "Parts", "Quotation", "Sentence", "Token", "annotate",
    "find_quotations", "foreign", "lay", "lexicon", "load", "model_name", "parse", "parts_of", "written_in",
]  # fmt: skip
