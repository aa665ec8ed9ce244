"""Organisations and their members."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "001_accounts"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "package",
            sa.Enum(
                "provider",
                "partner",
                name="package",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("package_since", sa.Date(), nullable=True),
        sa.Column(
            "tier",
            sa.Enum(
                "gold",
                "platinum",
                "diamond",
                "elite",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("tier_since", sa.Date(), nullable=True),
        sa.Column("owner_email", sa.String(length=254), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "tier IS NULL OR package = 'partner'",
            name=op.f("ck_organisations_only_partners_are_tiered"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("external_id", name=op.f("uq_organisations_external_id")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_members_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    op.create_index("ix_members_organisation_id", "members", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("members")
    op.drop_table("organisations")
