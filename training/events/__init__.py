"""How the tables of events that are counted were made."""
