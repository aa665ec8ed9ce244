"""The generation of what pages show: a number in the database that every visible change advances.

Whoever keeps a page keeps the number with it and looks, at each request, whether it still is so.
The number is read before a page is made, so that a page is never older than what it is kept with.
"""

from __future__ import annotations

import math
import mmap
import sqlite3
import threading
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, event, inspect, select, update
from sqlalchemy.orm import Mapped, mapped_column

from directory import leases
from directory.commits import HEADER_BYTES, shared_header
from directory.database import BUSY_SECONDS, Base, db

QUESTION = "SELECT number FROM generation"
LEASABLE = "SELECT number, current_setting('directory.lease') FROM generation"
LEASED_QUESTION = f"{leases.ASKED_FOR}; {LEASABLE}".encode()
# Who looks but a few times, as a command does, need not hold the shared header open for ever.
WORTH_SHARING = 50
NEVER = (b"never", 0)
NO_LEASE = (-math.inf, 0)


class Generation(Base):
    """The one row."""

    __tablename__ = "generation"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Away(Exception):
    """The database can't be asked now."""


class Look(Protocol):
    """Asks for the number in a way that is cheap enough for every request."""

    def number(self) -> int:
        """The generation that is committed now. Raises Away."""


def advance() -> None:
    """Make a new generation, as the last thing of the transaction, since others wait for the row
    from then on. When this returns, nobody goes on with the one before without asking."""
    leases.end_all(db.session.connection())
    one_more = update(Generation).values(number=Generation.number + 1)
    db.session.execute(one_more, execution_options={"synchronize_session": False})


def number_in(connection: Connection) -> int:
    """The generation of the database of a connection; 0 for one that has none yet."""
    known = inspect(connection).has_table(Generation.__tablename__)
    return (connection.scalar(select(Generation.number)) or 0) if known else 0


def advance_beyond(connection: Connection, number: int) -> None:
    """Make the generation greater than itself and than `number`; leases were ended before."""
    connection.execute(update(Generation).values(number=Generation.number + number + 1))


def look_of(engine: Engine) -> Look:
    """The way to look at the database of `engine`, over a connection of its own."""
    sqlite = engine.dialect.name == "sqlite"
    look = SqliteLook(str(engine.url.database)) if sqlite else PostgresLook(engine)
    event.listen(engine, "engine_disposed", lambda _engine: look.close())
    return look


class SqliteLook:
    """Reads the row only after somebody committed, which after some looks it sees by itself."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self._asked = 0
        self._header: mmap.mmap | bytes = b""
        self._known: tuple[bytes, int] = NEVER

    def number(self) -> int:
        """See Look."""
        header, number = self._known
        if header == self._header[:HEADER_BYTES]:
            return number
        try:
            with self._lock:
                return self._looked(self._connection or self._connected())
        except sqlite3.Error as problem:
            self.close()
            raise Away(str(problem)) from problem

    def close(self) -> None:
        """Give the connection back; the next look opens another one."""
        with self._lock:
            self._known, self._header = NEVER, b""
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def _looked(self, connection: sqlite3.Connection) -> int:
        # Read before the question: a commit that comes between the two is looked for once more.
        header = self._header[:HEADER_BYTES]
        number = int(connection.execute(QUESTION).fetchone()[0])
        self._asked += 1
        if header:
            self._known = header, number
        elif self._asked >= WORTH_SHARING:
            self._header = shared_header(self._file) or b""
        return number

    def _connected(self) -> sqlite3.Connection:
        self._asked = 0
        self._connection = sqlite3.connect(
            self._file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        return self._connection


class PostgresLook:
    """Asks, one question for all who wait, and goes on with an answer as long as it is leased."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Any = None
        self._shared = SharedQuestion(self._ask)
        self._lease = NO_LEASE

    def number(self) -> int:
        """See Look."""
        until, number = self._lease
        return number if leases.now() < until else self._shared.ask()

    def close(self) -> None:
        """Give the connection back; the next look opens another one."""
        self._lease = NO_LEASE
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _ask(self) -> int:
        began = leases.now()
        until, number = self._lease
        if began < until:
            return number
        try:
            connection = self._connection or self._connected()
            # The driver's own level: a third of the time that a cursor takes.
            answer = connection.pgconn.exec_(LEASED_QUESTION)
            number = int(answer.get_value(0, 0))
        except Exception as problem:
            self.close()
            raise Away(str(problem)) from problem
        if answer.get_value(0, 1) == leases.GIVEN:
            self._lease = began + leases.LEASE_SECONDS, number
        return number

    def _connected(self) -> Any:
        raw = self._engine.raw_connection()
        raw.detach()
        connection: Any = raw.dbapi_connection
        connection.autocommit = True
        # So that each statement of the question has a snapshot of its own.
        connection.execute("SET default_transaction_isolation TO 'read committed'")
        self._connection = connection
        return connection


class SharedQuestion:
    """One question at a time; its answer serves all who wanted to know before it was asked."""

    def __init__(self, question: Callable[[], int]) -> None:
        self._question = question
        self._turn = threading.Condition()
        self._asked = 0
        self._answered = 0
        self._answer: int | Away = 0

    def ask(self) -> int:
        """An answer to a question that was asked after this call. Raises Away."""
        with self._turn:
            mine = self._asked + 1
            while self._asked > self._answered and self._answered < mine:
                self._turn.wait()
            if self._answered >= mine:
                return self._given()
            self._asked = mine = self._asked + 1
        try:
            answer: int | Away = self._question()
        except Away as away:
            answer = away
        with self._turn:
            self._answer, self._answered = answer, mine
            self._turn.notify_all()
            return self._given()

    def _given(self) -> int:
        if isinstance(self._answer, Away):
            raise Away(str(self._answer))
        return self._answer
