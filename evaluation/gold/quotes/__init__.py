"""Gold of our own: what became of quotes, as they are printed, of transcripts that we wrote."""
