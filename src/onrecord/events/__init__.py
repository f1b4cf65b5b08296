"""Annotated documents and their statements to events: what is planned and what occurred."""

from onrecord.events.find import find_events

__all__ = ["find_events"]
