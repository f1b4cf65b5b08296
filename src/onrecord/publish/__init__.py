"""Readings as files for other programs and for people: JSON Lines, the JSON Schema, the HTML report."""
