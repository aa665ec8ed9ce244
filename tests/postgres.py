"""PostgreSQL databases for tests: a template at the newest revision, a copy for each test."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from functools import cache

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from tests.lacking import lack

SERVER = os.environ.get(
    "TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
HOW = "PostgreSQL at TEST_POSTGRES_URL (default: a server on 127.0.0.1 that trusts 'postgres')"


@contextlib.contextmanager
def postgres_database() -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    if not _answers():
        lack(HOW)
    name = f"test_{uuid.uuid4().hex}"
    _run(f'CREATE DATABASE "{name}"')
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        _run(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _answers() -> bool:
    try:
        _run("SELECT 1")
    except OperationalError:
        return False
    return True


def _run(statement: str) -> None:
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
