"""What holds for all tests: Ctrl-C can be pressed.

Where pytest runs in the background a shell has Ctrl-C ignored, and so would each program that tests start.
"""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
