"""Quotes against the record: which words were said, which changed, and whether that touches the sense."""

from onrecord.check.checking import LONGEST, Finding, Original, Quote, check, nearness
from onrecord.check.edits import Edit
from onrecord.check.ladder import FINDINGS, HONEST, LADDER, Verdict, may_hold
from onrecord.check.passages import Passage, grams, indexed, passages_of, terms
from onrecord.check.quoted import quote_alone, quotes_of
from onrecord.check.speakers import Named, names_of, same
from onrecord.check.words import keys_of

__all__ = [
    "FINDINGS", "HONEST", "LADDER", "LONGEST", "Edit", "Finding", "Named", "Original", "Passage", "Quote", "Verdict",
    "check", "grams", "indexed", "keys_of", "may_hold", "names_of", "nearness", "passages_of", "quote_alone",
    "quotes_of", "same", "terms",
]  # fmt: skip
