"""Reads a file into rows by its ending, JSON Lines or CSV, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from directory.exchange.lines import Line, foreign, physical_lines
from directory.exchange.rows import Row, Unreadable
from directory.exchange.tables import table_rows
from directory.kernel.errors import Refusal

JSON_ENDINGS = (".jsonl", ".json")
CSV_ENDING = ".csv"


class _NamedTwice(Exception):
    """An object names the same field twice."""


def is_table(path: Path) -> bool:
    """Whether `path` is a CSV by its ending; raises Unreadable for an ending of neither format."""
    ending = path.suffix.lower()
    if ending != CSV_ENDING and ending not in JSON_ENDINGS:
        raise Unreadable(f"{path}: unknown ending; use .jsonl (JSON Lines) or .csv")
    return ending == CSV_ENDING


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of `path`, faulty ones included; blank lines are passed over.

    A file that is no UTF-8 text at all gives one refused row at line 1. Raises Unreadable for an
    unknown ending or a file that cannot be opened.
    """
    table = is_table(path)
    try:
        stream = path.open("rb")
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or 'cannot be opened'}") from error
    except ValueError as error:
        raise Unreadable("the file's name holds a NUL byte") from error
    with stream:
        fault = foreign(stream.read(4))
        stream.seek(0)
        if fault:
            yield Row.unreadable(1, fault)
        else:
            yield from (table_rows if table else _json_rows)(physical_lines(stream))


def _json_rows(lines: Iterator[Line]) -> Iterator[Row]:
    for line in lines:
        if line.fault:
            yield Row.unreadable(line.number, line.fault)
        elif line.text.strip():
            yield _json_row(line)


def _json_row(line: Line) -> Row:
    try:
        value = json.loads(line.text, object_pairs_hook=_object)
    except _NamedTwice as twice:
        return Row(line.number, refusals=(Refusal(str(twice), "is named twice in this row"),))
    except json.JSONDecodeError as error:
        cut = "; the file ends within this row" if line.last else ""
        return Row.unreadable(line.number, f"not JSON: {error.msg} (column {error.colno}){cut}")
    except RecursionError:
        return Row.unreadable(line.number, "not a row: lists or objects are nested too deeply")
    except ValueError:
        return Row.unreadable(line.number, "not JSON: a number has too many digits")
    if not isinstance(value, dict):
        return Row.unreadable(line.number, "a row is one JSON object, {…}, on a line of its own")
    return Row(line.number, value)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        raise _NamedTwice(next(name for name in names if names.count(name) > 1))
    return values
