"""Annotated documents to statements: quotations, clauses and what the tagger sees, weighed together."""

from onrecord.statements.find import find_statements
from onrecord.statements.marks import marks_in
from onrecord.statements.tagger.network import load
from onrecord.statements.tagger.tagger import Plan, Tagged, model_name, tag

__all__ = ["Plan", "Tagged", "find_statements", "load", "marks_in", "model_name", "tag"]
