"""The rows of a database as lines of JSON: the same lines from SQLite and from PostgreSQL.

Tables are read from the database itself and not from the models, so that a database of an older
revision can be written out by a newer program.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    collate,
    func,
    select,
)

BATCH = 500
# Migrations keep the first; the second belongs to the running site, and a restore advances it.
NO_DATA = ("alembic_version", "generation")
FROM_JSON: dict[type, Callable[[Any], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    Decimal: Decimal,
    bytes: base64.b64decode,
}


def tables(connection: Connection) -> list[Table]:
    """All tables of the product, those that others point to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in NO_DATA]


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The names of the columns, then each row in the order of the primary key."""
    columns = _columns(table)
    yield _line([column.name for column in columns])
    order = [_in_bytes(column, connection) for column in table.primary_key.columns]
    query = select(*columns).order_by(*order)
    for row in connection.execute(query.execution_options(yield_per=BATCH)):
        yield _line(row)


def load(connection: Connection, table: Table, written: Iterable[bytes]) -> int:
    """Insert the rows that `lines` wrote; how many there were.

    Raises ValueError or KeyError for lines that are none of this table.
    """
    given = iter(written)
    columns = [table.columns[name] for name in json.loads(next(given))]
    readers = [FROM_JSON.get(column.type.python_type) for column in columns]
    names = [column.name for column in columns]
    rows = 0
    while some := list(islice(given, BATCH)):
        batch = [_row(names, readers, line) for line in some]
        connection.execute(table.insert(), batch)
        rows += len(batch)
    _count_on(connection, table)
    return rows


def is_empty(connection: Connection) -> bool:
    """Whether no table has a row."""
    return not any(
        connection.execute(select(table).limit(1)).first() for table in tables(connection)
    )


def _columns(table: Table) -> list[Column[Any]]:
    return sorted(table.columns, key=lambda column: column.name)


def _in_bytes(column: Column[Any], connection: Connection) -> ColumnElement[Any]:
    """The column in an order that both databases have: PostgreSQL else sorts as a language does."""
    if isinstance(column.type, String) and connection.dialect.name == "postgresql":
        return collate(column, "C")
    return column


def _line(values: Sequence[Any]) -> bytes:
    said = json.dumps(list(values), default=_as_json, ensure_ascii=False, separators=(",", ":"))
    return said.encode("utf-8") + b"\n"


def _as_json(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} can't be written")


def _row(
    names: Sequence[str], readers: Sequence[Callable[[Any], Any] | None], line: bytes
) -> dict[str, Any]:
    values = json.loads(line)
    return {
        name: value if value is None or read is None else read(value)
        for name, read, value in zip(names, readers, values, strict=True)
    }


def _count_on(connection: Connection, table: Table) -> None:
    """Have PostgreSQL number new rows after those that were loaded."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer) and not column.foreign_keys:
            counter = func.pg_get_serial_sequence(table.name, column.name)
            highest = select(func.max(column)).scalar_subquery()
            connection.execute(select(func.setval(counter, highest)))
