"""Exports to files that import takes back without a change; a file is there whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from directory.exchange import certifications_export, listings_export
from directory.exchange.cells import flattened
from directory.exchange.reading import is_table
from directory.exchange.rows import Unreadable
from directory.files.whole import replacing

ExportedRow = dict[str, object]


@dataclass(frozen=True)
class Exported:
    """How a kind of thing is written: names in order, rows, and files that go beside a row."""

    names: tuple[str, ...]
    rows: Callable[[], Iterator[ExportedRow]]
    files: Callable[[ExportedRow], dict[str, Path]] = lambda _row: {}
    parts: tuple[str, ...] = ()


KINDS = {
    "listings": Exported(
        listings_export.NAMES,
        listings_export.listing_rows,
        listings_export.listing_files,
        parts=(
            *("country", "region", "city", "postal_code", "street", "amount", "currency"),
            *("file", "caption"),
        ),
    ),
    "certifications": Exported(
        certifications_export.NAMES, certifications_export.certification_rows
    ),
}
GROUPS = frozenset({"tagline", "description", "locations", "budget_min", "pictures"})


def export_file(kind: str, path: Path, *, progress: Callable[[int], None] | None = None) -> int:
    """Write everything of a kind to `path`, JSON Lines or CSV by its ending; how many rows.

    Pictures go to the folders `logos` and `pictures` beside it. Raises rows.Unreadable for another
    ending or a place where nothing can be written.
    """
    table = is_table(path)
    exported = KINDS[kind]
    try:
        with _replacing(path) as file:
            if table:
                return _write_table(exported, file, path.parent, progress)
            return sum(1 for _row in _written(exported, file, path.parent, progress))
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or 'cannot be written'}") from error


def _written(
    exported: Exported, file: IO[str], folder: Path, progress: Callable[[int], None] | None
) -> Iterator[ExportedRow]:
    """Write the rows as JSON Lines with the files that belong to them, and give them on."""
    for number, row in enumerate(exported.rows(), start=1):
        for name, stored in exported.files(row).items():
            _copy(stored, folder / name)
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        if progress is not None:
            progress(number)
        yield row


def _write_table(
    exported: Exported, file: IO[str], folder: Path, progress: Callable[[int], None] | None
) -> int:
    """Write a CSV in two steps, since its columns are known only when all rows were seen."""
    columns = {name for name in exported.names if name not in GROUPS}
    count = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as lines:
        for row in _written(exported, lines, folder, progress):
            columns |= flattened(row).keys()
            count += 1
        lines.seek(0)
        writer = csv.DictWriter(file, sorted(columns, key=lambda name: _place(exported, name)))
        writer.writeheader()
        writer.writerows(flattened(json.loads(line)) for line in lines)
    return count


def _place(exported: Exported, column: str) -> tuple[int, list[tuple[int, str]]]:
    """Where a column stands: by the format's order of names, then by number, then by part."""
    name, *rest = column.split(".")
    order = {part: number for number, part in enumerate(exported.parts)}
    below = [(int(part) if part.isdigit() else order.get(part, 0), part) for part in rest]
    return exported.names.index(name), below


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[IO[str]]:
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        yield text
        text.detach()


def _copy(stored: Path, path: Path) -> None:
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        with replacing(path) as file:
            file.write(stored.read_bytes())
