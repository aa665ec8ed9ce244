"""CSV into rows, by physical lines: a broken quote costs its own row, not the rest of the file."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from directory.exchange.cells import nested
from directory.exchange.lines import LINE_BYTES_MOST, Line
from directory.exchange.rows import Row

FAULTS = {
    "unexpected end": 'a quote (") is opened and never closed',
    "new-line": "a carriage return stands outside quotes",
    "field larger": "a cell is longer than 131,072 characters",
}
STRAY_QUOTE = 'only a comma may follow a closing quote; write a quote within a cell twice ("")'


@dataclass(frozen=True)
class Record:
    """The physical lines that one row takes, and its cells unless there is a fault."""

    lines: list[Line]
    cells: list[str] = field(default_factory=list)
    fault: str = ""

    @property
    def faulty_line(self) -> int:
        return next((line.number for line in self.lines if line.fault), self.lines[0].number)


class Table:
    """Takes records from physical lines and can give lines back."""

    def __init__(self, lines: Iterator[Line], delimiter: str = ",") -> None:
        self._lines = lines
        self._returned: deque[Line] = deque()
        self.delimiter = delimiter

    def next_line(self) -> Line | None:
        return self._returned.popleft() if self._returned else next(self._lines, None)

    def give_back(self, lines: list[Line]) -> None:
        self._returned.extendleft(reversed(lines))

    def next_record(self) -> Record | None:
        """The next record, or None at the end; at most 1 MiB of lines are held for it."""
        line = self.next_line()
        if line is None:
            return None
        self.give_back([line])
        return self._record()

    def header(self) -> Record | None:
        """The first record; without a comma but with semicolons it sets those as delimiter."""
        first = self.next_line()
        if first is None:
            return None
        self.give_back([first])
        if ";" in first.text and "," not in first.text:
            self.delimiter = ";"
        return self._record()

    def _record(self) -> Record:
        taken: list[Line] = []
        reader = csv.reader(self._feed(taken), delimiter=self.delimiter, strict=True)
        try:
            cells = next(reader)
        except StopIteration:
            return Record(taken, fault=taken[0].fault)
        except csv.Error as error:
            fault = next((line.fault for line in taken if line.fault), "")
            return Record(taken, fault=fault or _message(str(error)))
        return Record(taken, cells, next((line.fault for line in taken if line.fault), ""))

    def _feed(self, taken: list[Line]) -> Iterator[str]:
        held = 0
        while (line := self.next_line()) is not None:
            if taken and (line.lost or held + len(line.text) > LINE_BYTES_MOST):
                self.give_back([line])
                return
            taken.append(line)
            if line.lost:
                return
            held += len(line.text)
            yield line.text

    def resume_within(self, record: Record, width: int) -> None:
        """Goes on behind the first line of a broken record at which a sound one begins.

        A quote that is never closed swallows the rows behind it; they are sound and come back.
        """
        end = record.lines[-1].number
        self.give_back(record.lines[1:])
        while (line := self.next_line()) is not None:
            self.give_back([line])
            if line.number > end:
                return
            attempt = self._record()
            sound = not attempt.fault and len(attempt.cells) == width
            self.give_back(attempt.lines if sound else attempt.lines[1:])
            if sound:
                return


def table_rows(lines: Iterator[Line]) -> Iterator[Row]:
    """The rows below the header; a header that cannot be used gives one refused row and no more.

    Columns are separated by commas, or by semicolons when the header has only those.
    """
    table = Table(lines)
    header = table.header()
    if header is None:
        return
    names = [name.strip() for name in header.cells]
    fault = header.fault or _header_fault(names)
    if fault:
        yield Row.unreadable(header.faulty_line, fault)
        return
    while (record := table.next_record()) is not None:
        if any(cell.strip() for cell in record.cells) or record.fault:
            yield _row(table, names, record)


def _header_fault(names: list[str]) -> str:
    twice = [name for name, count in Counter(names).items() if count > 1 and name]
    if twice:
        return f"the header names the column {twice[0]!r} twice"
    if "" in names:
        return f"the header has no name for column {names.index('') + 1}"
    return ""


def _row(table: Table, names: list[str], record: Record) -> Row:
    fault = record.fault
    if not fault and len(record.cells) != len(names):
        fault = f"the row has {len(record.cells)} cells, the header {len(names)}"
    if fault:
        if len(record.lines) > 1:
            table.resume_within(record, len(names))
        return Row.unreadable(record.faulty_line, fault)
    values, refusals = nested(names, record.cells)
    return Row(record.lines[0].number, values, tuple(refusals), cells=True)


def _message(error: str) -> str:
    return next((told for key, told in FAULTS.items() if key in error), STRAY_QUOTE)
