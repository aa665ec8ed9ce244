"""The database's shape, step by step; every step goes up and down on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from directory.database import db

HERE = Path(__file__).parent


def upgrade(revision: str = "head", *, inside: Connection | None = None) -> None:
    """Bring the database to `revision`, `inside` a connection's transaction if one is given."""
    command.upgrade(_config(inside), revision)


def downgrade(revision: str = "base", *, inside: Connection | None = None) -> None:
    """Take the database back to `revision`, as `upgrade` does."""
    command.downgrade(_config(inside), revision)


def current(inside: Connection | None = None) -> str | None:
    """The revision that the database is at; None for an empty one."""
    if inside is not None:
        return MigrationContext.configure(inside).get_current_revision()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current() -> bool:
    """Whether the database is at the newest revision."""
    return current() == ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str) -> bool:
    """Whether this program has a step of that name; a newer program's it has not."""
    steps = ScriptDirectory.from_config(_config()).walk_revisions()
    return any(step.revision == revision for step in steps)


def _config(inside: Connection | None = None) -> Config:
    config = Config()
    config.attributes["connection"] = inside
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("version_path_separator", "os")
    return config
