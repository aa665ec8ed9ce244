"""The shared header of a SQLite database: it moves with every commit of anybody, and only then."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from directory.commits import HEADER_BYTES, shared_header
from directory.generation import WORTH_SHARING, SqliteLook


def connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    return connection


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "directory.db"
    connection = connect(file)
    connection.execute("CREATE TABLE generation (id INTEGER PRIMARY KEY, number INTEGER)")
    connection.execute("INSERT INTO generation VALUES (1, 0)")
    connection.close()
    return file


def advance(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE generation SET number = number + 1")


def test_the_header_moves_with_a_commit_and_not_before(file: Path) -> None:
    reader, writer = connect(file), connect(file)
    reader.execute("SELECT 1 FROM generation").fetchone()
    header = shared_header(str(file))
    assert header is not None
    before = header[:HEADER_BYTES]
    writer.execute("BEGIN IMMEDIATE")
    advance(writer)
    assert header[:HEADER_BYTES] == before
    writer.execute("COMMIT")
    assert header[:HEADER_BYTES] != before
    assert shared_header(str(file)) is header
    reader.close()
    writer.close()


def test_without_the_shared_file_there_is_none(file: Path) -> None:
    assert shared_header(str(file)) is None
    Path(f"{file}-shm").write_bytes(b"short")
    assert shared_header(str(file)) is None


def test_a_look_that_shares_asks_only_after_a_commit_and_misses_none(file: Path) -> None:
    look, writer = SqliteLook(str(file)), connect(file)
    for _ in range(WORTH_SHARING + 2):
        assert look.number() == 0
    asked = look._asked
    assert [look.number() for _ in range(10)] == [0] * 10
    assert look._asked == asked
    for number in range(1, 101):
        advance(writer)
        assert look.number() == number
        # The log is begun anew now and then, over what was in it.
        if number % 10 == 0:
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert look.number() == number
    assert look._asked - asked < 250
    look.close()
    writer.close()


def test_a_look_sees_what_another_process_commits_and_after_all_others_have_gone(
    file: Path,
) -> None:
    look = SqliteLook(str(file))
    for _ in range(WORTH_SHARING + 2):
        look.number()
    script = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('UPDATE generation SET number = number + 1')"
    )
    for number in (1, 2, 3):
        subprocess.run([sys.executable, "-c", script, str(file)], check=True)
        assert look.number() == number
    look.close()


def test_locks_are_kept_although_the_header_was_read(file: Path) -> None:
    """Closing a file that SQLite has locked would give its locks away: so it is never closed."""
    look = SqliteLook(str(file))
    for _ in range(WORTH_SHARING + 2):
        look.number()
    writer = connect(file)
    writer.execute("BEGIN IMMEDIATE")
    advance(writer)
    look.close()
    script = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0);"
        "db.execute('BEGIN IMMEDIATE')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=False
    )
    assert "database is locked" in done.stderr
    writer.execute("COMMIT")
    writer.close()
