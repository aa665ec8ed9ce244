"""Brings a backup back, or tries it out beside the installation."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import StatementError

from directory import generation, leases, migrations
from directory.config import settings
from directory.database import db, equip
from directory.files.whole import replacing
from directory.operating import tables
from directory.operating.archive import Damaged, Manifest, checked, members, reason
from directory.operating.backup import LEGAL, TABLES, UPLOADS, Summary, summary
from directory.search import services as search

SHOWN = (f"{UPLOADS}/", f"{LEGAL}/")
# How long a site that still runs may hold a table.
LOCK_SECONDS = 10


class NotEmpty(Exception):
    """There is data already where a backup should be restored to."""


def restore(path: Path, *, force: bool) -> Summary:
    """Bring the backup at `path` back in one transaction, and build the index from it.

    Raises archive.Damaged before anything is touched, and NotEmpty unless `force` is given. Files
    that the backup does not have stay.
    """
    manifest = _fitting(path)
    db.session.remove()
    with _writing(db.engine) as connection:
        leases.end_all(connection)
        if not force:
            _check_empty(connection)
        for name, file in members(path):
            if name.startswith(SHOWN):
                _keep(settings().var_dir / name, file)
        before = generation.number_in(connection)
        _rebuild(connection, path, manifest)
        migrations.upgrade(inside=connection)
        # Pages that a running process keeps are of no generation that comes now.
        generation.advance_beyond(connection, before)
    _keep_keys(path)
    search.rebuild()
    return summary(manifest)


def verify(path: Path) -> Summary:
    """Restore the backup's database to a scratch place and compare every table with the backup.

    Nothing of the installation is touched. Raises archive.Damaged.
    """
    manifest = _fitting(path)
    with tempfile.TemporaryDirectory() as scratch:
        engine = create_engine(f"sqlite:///{scratch}/directory.db")
        equip(engine)
        with _writing(engine) as connection:
            _rebuild(connection, path, manifest)
            _compare(connection, path, manifest)
            migrations.upgrade(inside=connection)
        engine.dispose()
    return summary(manifest)


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
        yield connection


def _fitting(path: Path) -> Manifest:
    """The manifest of a backup that this program can restore."""
    manifest = checked(path)
    if not migrations.knows(manifest.revision):
        said = f"made by {manifest.program} at {manifest.revision or 'no revision'}"
        raise Damaged(f"{path}: {said}, which this program does not know")
    return manifest


def _check_empty(connection: Connection) -> None:
    uploads = settings().var_dir / UPLOADS
    if not tables.is_empty(connection) or (uploads.is_dir() and any(uploads.iterdir())):
        raise NotEmpty("there is data here already; --force puts the backup in its place")


def _rebuild(connection: Connection, path: Path, manifest: Manifest) -> None:
    """The database as it was: its revision and its rows."""
    if migrations.current(connection) is not None:
        migrations.downgrade(inside=connection)
    migrations.upgrade(manifest.revision, inside=connection)
    known = {f"{TABLES}{table.name}.jsonl": table for table in tables.tables(connection)}
    for name, file in members(path):
        if name.startswith(TABLES):
            if name not in known:
                raise Damaged(f"{path}: {manifest.revision} has no table for {name}")
            try:
                tables.load(connection, known[name], file)
            except (ValueError, KeyError, StatementError) as error:
                raise Damaged(f"{path}: {name} can't be loaded ({reason(error)})") from None


def _compare(connection: Connection, path: Path, manifest: Manifest) -> None:
    for table in tables.tables(connection):
        name = f"{TABLES}{table.name}.jsonl"
        digest, rows = hashlib.sha256(), -1
        for line in tables.lines(connection, table):
            digest.update(line)
            rows += 1
        said = manifest.members.get(name)
        if said is None or (digest.hexdigest(), rows) != (said.sha256, manifest.rows[table.name]):
            raise Damaged(f"{path}: {table.name} is another one after it was restored")


def _keep_keys(path: Path) -> None:
    """Put the keys back last, when the database that they belong to is there."""
    for name, file in members(path):
        if not name.startswith((TABLES, *SHOWN)):
            _keep(settings().var_dir / name, file)


def _keep(path: Path, content: BinaryIO) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacing(path) as file:
        shutil.copyfileobj(content, file)
