"""One row of a file, whatever its format: values by name, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from directory.kernel.errors import Refusal

WHOLE_ROW = "-"


class Unreadable(Exception):
    """The file as a whole is nothing that can be read; the message is one line for the operator."""


@dataclass(frozen=True)
class Row:
    """What stands in one row.

    line: the physical line on which it begins, from 1;
    values: values by name, lists and objects nested;
    refusals: what is already known to be wrong, by field;
    cells: whether all values come as text (CSV), so that numbers are digits and lists one cell.
    """

    line: int
    values: Mapping[str, object] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    cells: bool = False

    @classmethod
    def unreadable(cls, line: int, message: str, at: str = WHOLE_ROW) -> Row:
        """A row of which nothing can be used."""
        return cls(line, refusals=(Refusal(at, message),))
