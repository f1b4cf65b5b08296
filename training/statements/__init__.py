"""The statement tagger: `python -m training.statements.train` makes `src/onrecord/models/statements`."""
