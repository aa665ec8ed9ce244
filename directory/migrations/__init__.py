"""The database's shape, step by step; every step goes up and down on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from directory.database import db

HERE = Path(__file__).parent


def upgrade(revision: str = "head") -> None:
    """Bring the database to `revision`."""
    command.upgrade(_config(), revision)


def downgrade(revision: str = "base") -> None:
    """Take the database back to `revision`."""
    command.downgrade(_config(), revision)


def current() -> str | None:
    """The revision that the database is at; None for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current() -> bool:
    """Whether the database is at the newest revision."""
    return current() == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("version_path_separator", "os")
    return config
