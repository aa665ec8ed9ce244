"""When a mail is tried again, and when no longer."""

from __future__ import annotations

from datetime import timedelta

# A server that is away for a day and a half loses nothing.
PAUSES = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 240, 720, 1440))
# Between the server taking a mail and our noting it, at most so long passes.
IN_DOUBT = timedelta(minutes=10)


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries that did not work; None if that was the last one."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
