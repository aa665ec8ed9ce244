"""The generation of what pages show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "006_generation"
down_revision = "005_jobs"


def upgrade() -> None:
    table = op.create_table(
        "generation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generation")),
    )
    op.bulk_insert(table, [{"id": 1, "number": 0}])


def downgrade() -> None:
    op.drop_table("generation")
