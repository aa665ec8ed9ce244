"""How alembic reaches the database: inside a given transaction, else by our own engine."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from directory import models  # noqa: F401 (makes the tables known)
from directory.database import Base, db


def migrate(connection: Connection) -> None:
    """Run the steps that were asked for over `connection`."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with db.engine.connect().execution_options(writing=True) as own:
        migrate(own)
