"""Pictures of listings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "007_pictures"
down_revision = "006_generation"


def upgrade() -> None:
    op.create_table(
        "listing_pictures",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("captions", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listings.id"],
            name=op.f("fk_listing_pictures_listing_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("listing_id", "position", name=op.f("pk_listing_pictures")),
    )
    op.create_index("ix_listing_pictures_file", "listing_pictures", ["file"])


def downgrade() -> None:
    op.drop_table("listing_pictures")
