"""onrecord from Python: a ledger with its verbs, and answers that show themselves in a notebook or become a frame."""

from onrecord.answers.checking import check
from onrecord.answers.ledger import Ledger, NotThere
from onrecord.answers.rows import Answers, NoFrames
from onrecord.answers.sources import read, read_many
from onrecord.nouns import IN_NOTEBOOKS, Reading

__all__ = ["Answers", "Ledger", "NoFrames", "NotThere", "check", "read", "read_many"]


def _show(reading: Reading) -> str:
    from onrecord.publish.notebook import reading_html

    return reading_html(reading)


IN_NOTEBOOKS[Reading] = _show
