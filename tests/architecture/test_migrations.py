"""Migrations make what the models say, and go up and down on both databases."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from directory import migrations
from directory.database import Base, db


@pytest.mark.both_databases
def test_migrations_equal_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.both_databases
def test_migrations_carry_the_checks_of_the_models(app: Flask) -> None:
    inspector = inspect(db.engine)
    for table in Base.metadata.tables.values():
        wanted = {str(c.name) for c in table.constraints if c.__visit_name__ == "check_constraint"}
        made = {check["name"] for check in inspector.get_check_constraints(table.name)}
        assert wanted <= made, table.name


@pytest.mark.both_databases
def test_every_step_goes_down_and_up_again(app: Flask) -> None:
    while (revision := migrations.current()) is not None:
        migrations.downgrade("-1")
        assert migrations.current() != revision
        migrations.upgrade("+1")
        assert migrations.current() == revision
        migrations.downgrade("-1")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    migrations.upgrade()
    assert migrations.is_current()
