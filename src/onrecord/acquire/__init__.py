"""From where documents come: files, folders, JSON Lines and standard input, as `Source` values in the order given."""

from onrecord.acquire.files import count_documents, open_paths, open_quotes
from onrecord.acquire.given import Given, completed

__all__ = ["Given", "completed", "count_documents", "open_paths", "open_quotes"]
