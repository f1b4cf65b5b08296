"""Documents to annotated documents: sentences, tokens, quotations, names and roles, who "she" is, times."""

from onrecord.language.annotate import annotate, lay
from onrecord.language.annotated import Annotated, MentionRef, Quotation, Sentence, Token
from onrecord.language.parser import model_name, parse
from onrecord.language.written import READ_LANGUAGES, written_in

__all__ = [
    "READ_LANGUAGES", "Annotated", "MentionRef", "Quotation", "Sentence", "Token", "annotate", "lay", "model_name",
    "parse", "written_in",
]  # fmt: skip
