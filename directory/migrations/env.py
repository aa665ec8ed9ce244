"""How alembic reaches the database: through the application's engine, for writing."""

from __future__ import annotations

from alembic import context

from directory import models  # noqa: F401 (makes the tables known)
from directory.database import Base, db

with db.engine.connect().execution_options(writing=True) as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
