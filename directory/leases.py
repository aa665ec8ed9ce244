"""Lets what PostgreSQL answered hold for a moment, and who changes something wait until it is over.

A reader may go on with an answer for LEASE_SECONDS, counted from before it asked, unless a change
was announced when it asked. A writer announces with a lock of its own transaction, waits until all
leases that were given before have run out, and commits. The lock goes after the commit is seen by
all, or with a transaction that comes to nothing, whoever dies: a lease that outlives a commit was
given after it.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection, text

LEASE_SECONDS = 0.02
# A clock that is being set right runs a tenth slower or faster at most.
WAIT_SECONDS = LEASE_SECONDS * 1.25
# Writers hold it together, readers try to have it alone, and let it go with their question.
LOCK = 0x6C656173
# A statement of its own, before the one that is leased: that one's snapshot must be the younger.
# There `current_setting('directory.lease')` is GIVEN, or not.
ASKED_FOR = f"SELECT set_config('directory.lease', pg_try_advisory_xact_lock({LOCK})::text, true)"
GIVEN = b"true"
# Linux has a clock that goes on while the machine sleeps.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def now() -> float:
    """Seconds of a clock that nobody sets."""
    return time.clock_gettime(_CLOCK)


def end_all(connection: Connection) -> None:
    """Return when all leases have run out; none is given until the transaction is over.

    SQLite knows none. Who locks the table that is asked for comes here before.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock_shared({LOCK})"))
        wait(WAIT_SECONDS)


def wait(seconds: float) -> None:
    """Let `seconds` pass by `now()`."""
    until = now() + seconds
    while (left := until - now()) > 0:
        time.sleep(left)
