"""The database: models' base, transactions that are read-only unless opened for writing, facts.

A transaction reads. Whoever writes says so before its first read, with `writing()`; a flush
anywhere else fails. On SQLite a writing transaction is BEGIN IMMEDIATE, so that it waits for its
turn at the start instead of failing in the middle; on PostgreSQL all others are READ ONLY.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, Connection, Engine, MetaData, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
# Less than the five seconds within which a writer is told to come back (J7).
BUSY_SECONDS = 4


class Base(DeclarativeBase):
    """What every model is."""

    metadata = MetaData(naming_convention=NAMING)


class Fact:
    """Something that happened, a frozen dataclass; `reactions.py` names what follows."""


class ReadOnlyTransaction(Exception):
    """Something tried to write outside `writing()`."""


class ReadOnlyMode(Exception):
    """The operator has set the site to read-only (`DIRECTORY_READ_ONLY`)."""


db = SQLAlchemy(model_class=Base)


def init_app(app: Flask, url: str, *, read_only: bool = False) -> None:
    """Connect the application to the database at `url`; `read_only` refuses every `writing()`."""
    app.config["READ_ONLY"] = read_only
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    if not url.startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "pool_pre_ping": True,
            "connect_args": _patience(make_url(url)),
        }
    db.init_app(app)
    # After the line above, so that it comes before what that registered.
    app.teardown_appcontext(let_go)
    with app.app_context():
        equip(db.engine)


def _patience(url: URL) -> dict[str, object]:
    """How long PostgreSQL is waited for, unless the address says it: as long as for SQLite."""
    ours = {
        "connect_timeout": BUSY_SECONDS,
        "tcp_user_timeout": BUSY_SECONDS * 1000,
        "options": f"-c lock_timeout={BUSY_SECONDS * 1000}",
    }
    return {name: value for name, value in ours.items() if name not in url.query}


def equip(engine: Engine) -> None:
    """Have every transaction of `engine` read unless its connection has the option `writing`."""
    event.listen(engine, "begin", _begin)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Open the transaction for writing; `reactions.settle()` inside ends it with its one commit.

    What was not settled when the block ends is rolled back. A reading transaction that is still
    open is ended first, so what it read is read again. Raises ReadOnlyMode.
    """
    if current_app.config["READ_ONLY"]:
        raise ReadOnlyMode("the site is read-only at the moment (DIRECTORY_READ_ONLY)")
    session = db.session
    session.rollback()
    session.info["writing"] = True
    try:
        session.connection(execution_options={"writing": True})
        yield
    finally:
        session.info["writing"] = False
        session.rollback()


def in_writing() -> bool:
    """Whether the current transaction was opened for writing."""
    return bool(db.session.info.get("writing"))


def let_go(_error: BaseException | None = None) -> None:
    """End the transaction, if one is open; where its connection died, nothing is left to end."""
    if not db.session.registry.has():
        return
    try:
        db.session.rollback()
    except DBAPIError:
        db.session().invalidate()


def record(fact: Fact) -> None:
    """Note that something happened, for `reactions.settle()`; nothing follows before that."""
    facts().append(fact)


def facts() -> list[Fact]:
    """The facts recorded in the current transaction, in order."""
    return cast("list[Fact]", db.session.info.setdefault("facts", []))


@event.listens_for(Session, "before_flush")
def _refuse_flush(session: Session, _context: object, _instances: object) -> None:
    if (session.new or session.dirty or session.deleted) and not session.info.get("writing"):
        raise ReadOnlyTransaction("a change outside writing()")


@event.listens_for(Session, "after_rollback")
@event.listens_for(Session, "after_commit")
def _forget_facts(session: Session) -> None:
    session.info.pop("facts", None)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writing", False)
    if connection.dialect.name == "sqlite":
        begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
        cursor = connection.connection.cursor()
        try:
            cursor.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            cursor.execute(begin)
        except sqlite3.Error as error:
            # Raised inside a listener, so that nobody else makes it an error of SQLAlchemy's.
            raise OperationalError(begin, None, error) from error
        finally:
            cursor.close()
    elif not writes:
        connection.execute(text("SET TRANSACTION READ ONLY"))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself: `_begin` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        # NORMAL loses acknowledged commits in a power cut.
        "synchronous=FULL",
        "foreign_keys=ON",
        "journal_size_limit=67108864",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def is_answering() -> bool:
    """Whether the database answers a question now."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001  (whatever is wrong, the answer is no)
        return False
    finally:
        db.session.rollback()
    return True
