"""Changes that wait for the index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "004_search"
down_revision = "003_listings"


def upgrade() -> None:
    op.create_table(
        "search_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_changes")),
    )
    op.create_index("ix_search_changes_listing_id", "search_changes", ["listing_id"])


def downgrade() -> None:
    op.drop_table("search_changes")
