"""Alerts on their way to people and programs: what they say, and how they are sent; `docs/decisions/0016` says why."""

from onrecord.alerts.sending import Sent, alert, in_background, send_due, try_out

__all__ = ["Sent", "alert", "in_background", "send_due", "try_out"]
