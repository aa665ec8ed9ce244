"""Texts as cells of a CSV that no spreadsheet takes for a formula (D6)."""

from __future__ import annotations

import re

# What a spreadsheet takes for the beginning of a formula, behind any number of apostrophes (D6).
GUARDABLE = re.compile(r"'*(?:\s*[=+\-@]|[\t\r])")


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs; `unguarded` takes it back exactly."""
    return f"'{text}" if GUARDABLE.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell, without the apostrophe that guards it."""
    return cell[1:] if cell.startswith("'") and GUARDABLE.match(cell) else cell
