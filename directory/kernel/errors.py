"""What a rule or a service answers when it refuses."""

from __future__ import annotations

import errno
from dataclasses import dataclass

# What the machine has none of for a while: open files, memory, processes, room.
LACKING = frozenset(
    (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ENOSPC, errno.EDQUOT)
)


@dataclass(frozen=True)
class Refusal:
    """One reason why something was refused, to be shown at `field`.

    field: the dotted name of the field concerned (`locations.1.country`), or `-` for the whole.
    message: a plain sentence that says what is wrong and how to mend it.
    """

    field: str
    message: str


class Refused(Exception):
    """Raised by services; carries every reason at once, so that nothing is found out one by one."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{r.field}: {r.message}" for r in refusals))
        self.refusals = refusals


def is_lacking(error: object) -> bool:
    """Whether the machine, not the program, is at fault, and may have soon what it takes."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in LACKING)
