"""From where documents come: files, folders, archives, feeds, mail, standard input and the web, as `Source` values."""

from onrecord.acquire.counting import count_bytes, count_documents
from onrecord.acquire.files import Fetcher, open_file, open_paths, open_quotes, open_to_keep
from onrecord.acquire.given import Given, completed

__all__ = [
    "Fetcher", "Given", "completed", "count_bytes", "count_documents", "open_file", "open_paths", "open_quotes",
    "open_to_keep",
]  # fmt: skip
