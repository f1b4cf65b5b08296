"""Bytes to a Document: decode, find the article's blocks with their way back to the bytes, read the metadata."""

from onrecord.page.given import AHEAD
from onrecord.page.page import read_page
from onrecord.page.part import part_end, part_read, sentence_end
from onrecord.page.transcript import is_asker

__all__ = ["AHEAD", "is_asker", "part_end", "part_read", "read_page", "sentence_end"]
