"""From where documents come: files, folders, archives, feeds, mail, standard input and the web, as `Source` values."""

from onrecord.acquire.files import Fetcher, count_bytes, count_documents, open_file, open_paths, open_quotes
from onrecord.acquire.given import Given, completed

__all__ = ["Fetcher", "Given", "completed", "count_bytes", "count_documents", "open_file", "open_paths", "open_quotes"]
