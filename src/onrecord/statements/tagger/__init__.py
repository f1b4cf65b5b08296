"""The learned tagger: documents in, for each the attributions that the model sees."""

from importlib.resources import files
from pathlib import Path

FOLDER = Path(str(files("onrecord"))) / "models" / "statements"
"""Where the weights lie, and what goes with them."""
