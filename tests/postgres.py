"""PostgreSQL databases for tests: a template at the newest revision, a copy for each test."""

from __future__ import annotations

import atexit
import contextlib
import os
import uuid
from collections.abc import Iterator
from functools import cache

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from directory import create_app, migrations
from directory.config import read_settings
from directory.database import db
from tests.lacking import lack

SERVER = os.environ.get(
    "TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
HOW = "PostgreSQL at TEST_POSTGRES_URL (default: a server on 127.0.0.1 that trusts 'postgres')"


@contextlib.contextmanager
def postgres_database() -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    with _database(template="template1") as url:
        yield url


@contextlib.contextmanager
def migrated_database() -> Iterator[str]:
    """The address of a database at the newest revision that is gone afterwards."""
    if not _answers():
        lack(HOW)
    with _database(template=_template()) as url:
        yield url


@contextlib.contextmanager
def _database(*, template: str) -> Iterator[str]:
    if not _answers():
        lack(HOW)
    name = f"test_{uuid.uuid4().hex}"
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _url(name)
    finally:
        _drop(name)


@cache
def _template() -> str:
    """The name of a database at the newest revision, made once in this process."""
    name = f"test_{uuid.uuid4().hex}"
    _run(f'CREATE DATABASE "{name}"')
    atexit.register(_drop, name)
    environ = {"DIRECTORY_DATABASE_URL": _url(name), "DIRECTORY_SECRET_KEY": "x" * 32}
    with create_app(read_settings(environ)).app_context():
        migrations.upgrade()
        db.session.remove()
        db.engine.dispose()
    return name


def _url(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


def _drop(name: str) -> None:
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
