"""From where documents come: files, folders, JSON Lines and standard input, as `Source` values in the order given."""

from onrecord.acquire.files import count_documents, open_paths, open_quotes

__all__ = ["count_documents", "open_paths", "open_quotes"]
