"""Bytes to a Document: decode, find the article's blocks with their way back to the bytes, read the metadata."""

from onrecord.page.page import read_page

__all__ = ["read_page"]
