"""Files to import, written from rows, and what an import of them says."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from directory.exchange.importing import Totals, import_file
from directory.exchange.reading import read_rows
from directory.exchange.rows import Row

Values = dict[str, Any]


def listing_row(number: int = 1, **values: Any) -> Values:
    """A row that is taken as a published listing; a value of None leaves the field out."""
    row: Values = {
        "external_id": f"row-{number}",
        "name": f"Agency {number}",
        "services": ["seo"],
        "locations": [{"country": "DE", "region": "DE-BW", "city": 2825297}],
    }
    return {name: value for name, value in (row | values).items() if value is not None}


def certification_row(number: int = 1, **values: Any) -> Values:
    """A row for the listing of the same number, valid for long."""
    row: Values = {
        "external_id": f"cert-{number}",
        "listing": f"row-{number}",
        "kind": "inbound",
        "holder": "Alex Beispiel",
        "issued": "2025-01-01",
        "expires": "2027-01-01",
    }
    return {name: value for name, value in (row | values).items() if value is not None}


def json_lines(path: Path, *rows: Values | str | bytes) -> Path:
    """Write rows, or lines as they are, as JSON Lines."""
    lines = [
        json.dumps(row, ensure_ascii=False).encode()
        if isinstance(row, dict)
        else row.encode()
        if isinstance(row, str)
        else row
        for row in rows
    ]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def table(path: Path, header: list[str], *rows: list[str]) -> Path:
    """Write a CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def read(path: Path) -> list[Row]:
    """All rows of a file."""
    return list(read_rows(path))


def imported(kind: str, path: Path, *, dry_run: bool = False) -> tuple[Totals, list[str]]:
    """Import a file: its totals, and its reports without the file's name."""
    reports: list[str] = []
    totals = import_file(kind, path, dry_run=dry_run, report=reports.append)
    prefix = f"{path}:"
    assert all(report.startswith(prefix) for report in reports)
    return totals, [report.removeprefix(prefix) for report in reports]
