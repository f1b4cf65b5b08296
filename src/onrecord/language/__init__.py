"""Documents to annotated documents: sentences, tokens, quotations, names and roles, who "she" is, times."""

from onrecord.language.annotate import annotate
from onrecord.language.annotated import Annotated, MentionRef, Quotation, Sentence, Token

__all__ = ["Annotated", "MentionRef", "Quotation", "Sentence", "Token", "annotate"]
