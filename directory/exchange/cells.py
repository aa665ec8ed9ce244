"""Between nested values and the cells of a CSV: dotted names, lists by `|`, no cell that runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from directory.kernel.errors import Refusal
from directory.kernel.formulas import guarded, unguarded

LIST_MARK = "|"
# What it would really run: `=…`, `@SUM(…`, `-1+1`, `-2+cmd|…`; `- 24/7` and `+49 711` are text.
RUNS = re.compile(
    r"""\s*(?: = | [+\-@][\s+\-@]*
        (?: = | [A-Za-z_$.][\w$.]*[(|!]
        | [\d.,]+\s*[*/^&+\-] (?: [\d.,\s()*/^&+\-]*\Z | [\s\S]*\w[(|!] ) ) )""",
    re.VERBOSE,
)
FORMULA = "begins like a formula; put an apostrophe (') before it if it is text"


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula and run it."""
    return RUNS.match(cell) is not None


def nested(names: Iterable[str], cells: Iterable[str]) -> tuple[dict[str, object], list[Refusal]]:
    """The values of one line by name, `locations.1.country` nested in objects; empty is absent.

    Refusals name cells that would run and names that are both a value and a group of values.
    """
    values: dict[str, object] = {}
    refusals: list[Refusal] = []
    for name, cell in zip(names, cells, strict=True):
        if not cell.strip():
            continue
        if runs(cell):
            refusals.append(Refusal(name, FORMULA))
        elif not _put(values, name.split("."), unguarded(cell)):
            refusals.append(Refusal(name, "is given both as one value and in parts"))
    return values, refusals


def _put(values: dict[str, object], path: list[str], cell: str) -> bool:
    group = values
    for part in path[:-1]:
        below = group.setdefault(part, {})
        if not isinstance(below, dict):
            return False
        group = below
    if path[-1] in group:
        return False
    group[path[-1]] = cell
    return True


def flattened(values: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """A row's values as guarded cells by dotted name; offices and other groups count from 1."""
    cells: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            cells |= flattened(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            numbered = {str(number): group for number, group in enumerate(value, start=1)}
            cells |= flattened(numbered, f"{prefix}{name}.")
        else:
            cells[prefix + name] = guarded(_cell(value))
    return cells


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return LIST_MARK.join(map(str, value))
    return str(value)
