"""The learned tagger: documents in, for each the attributions that the model sees."""
