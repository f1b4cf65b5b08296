// Convenience only: every page works without it.
