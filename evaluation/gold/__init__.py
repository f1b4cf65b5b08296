"""Gold of our own: statements with speakers, chains and marks in texts of many kinds; see guide.md."""
