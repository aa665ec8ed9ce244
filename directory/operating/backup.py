"""Backs up database, uploads and keys while the site runs; `restoring.py` brings them back.

The index is never part of a backup: it is made again from the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, text

from directory import migrations
from directory.config import KEY_FILE, clock, settings
from directory.database import db
from directory.operating import tables
from directory.operating.archive import Manifest, Writer, written

UPLOADS = "uploads"
LEGAL = "legal"
FOLDERS = (UPLOADS, LEGAL, "keys")
TABLES = "tables/"


@dataclass(frozen=True)
class Summary:
    """What a backup holds. age: since it was made; files: uploads and keys."""

    tables: int
    rows: int
    files: int
    age: timedelta

    def __str__(self) -> str:
        held = f"{self.tables} tables, {self.rows:,} rows, {self.files:,} files"
        return f"{held}, made {timedelta(seconds=int(self.age.total_seconds()))} ago"


def back_up(path: Path) -> Summary:
    """Write a backup to `path`, as of one moment, while others go on writing."""
    with _snapshot(db.engine) as connection, written(path, _begun(connection)) as writer:
        for name, file in _files(settings().var_dir):
            writer.add_file(name, file)
        for table in tables.tables(connection):
            _add_table(writer, connection, table)
    return summary(writer.manifest)


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment until the block ends."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        # SQLite's snapshot begins with the first read.
        connection.execute(text("SELECT 1 FROM alembic_version"))
        yield connection


def _begun(connection: Connection) -> Manifest:
    return Manifest(
        program=version("solutions-directory"),
        revision=migrations.current(connection) or "",
        made_at=clock().real_now().isoformat(timespec="seconds"),
    )


def _files(var_dir: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((var_dir / folder).rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                yield path.relative_to(var_dir).as_posix(), path
    if (var_dir / KEY_FILE).is_file():
        yield KEY_FILE, var_dir / KEY_FILE


def _add_table(writer: Writer, connection: Connection, table: Table) -> None:
    counted = _Counted(tables.lines(connection, table))
    writer.add(f"{TABLES}{table.name}.jsonl", counted)
    writer.manifest.rows[table.name] = counted.rows


class _Counted:
    """Lines as they are, and how many rows they were; the first line is the names' one."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.rows = -1

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.rows += 1
            yield line


def summary(manifest: Manifest) -> Summary:
    """What a backup with that manifest holds."""
    return Summary(
        tables=len(manifest.rows),
        rows=sum(manifest.rows.values()),
        files=len(manifest.members) - len(manifest.rows),
        age=clock().real_now() - datetime.fromisoformat(manifest.made_at),
    )
