"""Annotated documents to statements: who said what, in which words, by way of whom."""

from onrecord.statements.find import find_statements

__all__ = ["find_statements"]
