"""A simulated month of forty feeds: what was planned, and of which change a watch told, once and in time.

Run as ``python -m evaluation.month``. A server of ours serves the feeds of forty invented outlets over thirty days, by
a clock that is only told; a watch polls them as `onrecord watch` does, is killed now and then, and sends its alerts to
a receiver of ours.
"""
