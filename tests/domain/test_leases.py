"""Answers of PostgreSQL that are used for a moment, and changes that wait until nobody does.

Time stands still here, but for those who wait: what is shown doesn't depend on the machine.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, text

from directory import generation, leases
from directory.accounts.services import create_organisation
from directory.config import Settings, clock, read_settings
from directory.database import db, writing
from directory.generation import PostgresLook
from directory.leases import LEASE_SECONDS, LOCK, WAIT_SECONDS
from directory.reactions import settle, settle_unseen
from tests.journeys.served import wait_until
from tests.postgres import migrated_database

# Where a question stands at a gate: between its two statements, or in the middle of one that takes
# the number first and looks whether it is leased afterwards.
GATE = "SELECT pg_advisory_xact_lock_shared(1)"
BETWEEN = f"{leases.ASKED_FOR}; {GATE}; {generation.LEASABLE}".encode()
TRIED = f"{leases.ASKED_FOR} FROM ({GATE} OFFSET 0) AS gate"
AT_ONCE = generation.LEASABLE.replace("current_setting('directory.lease')", f"({TRIED})").encode()
AT_THE_GATE = """
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Still:
    """A time that passes only where somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []
        self.meanwhile: Callable[[], Any] = int

    def now(self) -> float:
        """See leases."""
        return self.seconds

    def wait(self, seconds: float) -> None:
        """See leases; shortly before the end something may happen."""
        self.waits.append(seconds)
        self.seconds += seconds * 0.9
        self.meanwhile()
        self.seconds += seconds * 0.1


class Counted(PostgresLook):
    """Counts how often it had to ask."""

    asked = 0

    def _ask(self) -> int:
        self.asked += 1
        return super()._ask()


@pytest.fixture
def settings(environ: dict[str, str]) -> Iterator[Settings]:
    """Settings over PostgreSQL alone."""
    with migrated_database() as url:
        yield read_settings(environ | {"DIRECTORY_DATABASE_URL": url})


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Still:
    still = Still()
    monkeypatch.setattr(leases, "now", still.now)
    monkeypatch.setattr(leases, "wait", still.wait)
    return still


@pytest.fixture
def look(app: Flask, time: Still) -> Iterator[Counted]:
    look = Counted(db.engine)
    yield look
    look.close()


def _change(end: Callable[[], None] = settle) -> None:
    with writing():
        create_organisation(name="Acme", external_id=None, at=clock().now())
        end()


def _questions(look: Counted, time: Still, looks: int = 5) -> int:
    """How many questions so many looks take, once what was leased before has run out."""
    time.seconds += LEASE_SECONDS
    before = look.asked
    for _ in range(looks):
        look.number()
    return look.asked - before


def test_a_thousand_looks_within_ten_leases_take_ten_questions(look: Counted, time: Still) -> None:
    for _ in range(1000):
        look.number()
        time.seconds += LEASE_SECONDS / 100
    assert 10 <= look.asked <= 11


def test_a_lease_counts_from_before_the_question(look: Counted, time: Still) -> None:
    look.number()
    time.seconds += LEASE_SECONDS
    connection = look._connection

    def slowly(question: bytes) -> Any:
        time.seconds += LEASE_SECONDS * 0.8
        return connection.pgconn.exec_(question)

    look._connection = SimpleNamespace(pgconn=SimpleNamespace(exec_=slowly), close=connection.close)
    look.number()
    look.number()
    assert look.asked == 2
    time.seconds += LEASE_SECONDS * 0.3
    look.number()
    assert look.asked == 3


def test_a_change_waits_until_what_was_leased_before_has_run_out(look: Counted) -> None:
    before = look.number()
    _change()
    assert look.number() == before + 1


def test_a_change_that_did_not_wait_would_not_be_seen(
    look: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "wait", lambda _seconds: None)
    before = look.number()
    _change()
    assert look.number() == before


def test_nothing_is_leased_while_a_change_waits(look: Counted, time: Still) -> None:
    before = look.number()
    seen: list[int] = []
    time.meanwhile = lambda: seen.append(look.number())
    _change()
    assert [*seen, look.number()] == [before, before + 1]


def test_a_change_that_waited_unannounced_would_not_be_seen(
    look: Counted, time: Still, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LOCK", LOCK + 1)
    before = look.number()
    time.meanwhile = look.number
    _change()
    assert look.number() == before


def test_who_looks_asks_each_time_until_an_announced_change_is_taken_back(
    look: Counted, time: Still
) -> None:
    with db.engine.connect() as connection:
        leases.end_all(connection)
        assert _questions(look, time) == 5
        connection.rollback()
        assert _questions(look, time) == 1


def test_a_change_that_fails_after_it_was_announced_is_forgotten(
    look: Counted, time: Still
) -> None:
    def fail() -> None:
        generation.advance()
        raise ConnectionError

    before = look.number()
    with pytest.raises(ConnectionError):
        _change(fail)
    assert _questions(look, time) == 1
    assert look.number() == before


def test_what_a_writer_announced_who_died_is_forgotten(look: Counted, time: Still) -> None:
    connection = db.engine.connect()
    leases.end_all(connection)
    assert _questions(look, time) == 5
    _kill(connection)
    wait_until(lambda: _questions(look, time) == 1)
    connection.invalidate()
    connection.close()


def _kill(connection: Connection) -> None:
    """Leave the server without a word, as a process does that is killed."""
    its_own: Any = connection.connection.dbapi_connection
    with socket.socket(fileno=os.dup(its_own.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def test_the_first_of_two_writers_does_not_take_back_what_the_second_announced(
    look: Counted, time: Still
) -> None:
    with db.engine.connect() as first, db.engine.connect() as second:
        leases.end_all(first)
        leases.end_all(second)
        first.commit()
        assert _questions(look, time) == 5
        second.commit()
        assert _questions(look, time) == 1


@pytest.mark.parametrize(("question", "after"), [(BETWEEN, 1), (AT_ONCE, 0)])
def test_a_number_is_leased_only_if_no_change_was_announced_before_it_was_read(
    look: Counted, monkeypatch: pytest.MonkeyPatch, question: bytes, after: int
) -> None:
    """A commit comes in the middle of a question. Asked in one statement, what was true before it
    would be leased, since by then nothing is announced any more."""
    before = look.number()
    look._lease = generation.NO_LEASE
    monkeypatch.setattr(generation, "LEASED_QUESTION", question)
    thread = threading.Thread(target=look.number)
    with db.engine.connect() as gate:
        gate.execute(text("SELECT pg_advisory_xact_lock(1)"))
        with writing():
            generation.advance()
            thread.start()
            wait_until(_somebody_stands_at_the_gate)
            db.session.commit()
        gate.rollback()
        thread.join()
        assert look.number() == before + after


def _somebody_stands_at_the_gate() -> bool:
    with db.engine.connect() as connection:
        return bool(connection.scalar(text(AT_THE_GATE)))


def test_the_question_is_asked_in_read_committed_whatever_the_database_prefers(
    look: Counted,
) -> None:
    """Where one snapshot serves both statements, a commit between them would not be seen."""
    with db.engine.connect().execution_options(writing=True) as connection:
        name = connection.scalar(text("SELECT current_database()"))
        prefers = "SET default_transaction_isolation TO 'repeatable read'"
        connection.execute(text(f'ALTER DATABASE "{name}" {prefers}'))
        connection.commit()
    db.engine.dispose()
    look.number()
    (level,) = look._connection.execute("SHOW transaction_isolation").fetchone()
    assert level == "read committed"


def test_what_no_page_shows_waits_for_nobody(look: Counted, time: Still) -> None:
    _change(settle_unseen)
    assert time.waits == []
    _change()
    assert time.waits == [WAIT_SECONDS]
