"""Certifications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "002_certification"
down_revision = "001_accounts"


def upgrade() -> None:
    op.create_table(
        "certifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("revoked", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "expires IS NULL OR expires >= issued",
            name=op.f("ck_certifications_ends_after_it_began"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_certifications_member_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_certifications_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certifications")),
        sa.UniqueConstraint("external_id", name=op.f("uq_certifications_external_id")),
    )
    op.create_index(
        "ix_certifications_gate", "certifications", ["organisation_id", "kind", "expires"]
    )
    op.create_index("ix_certifications_member_id", "certifications", ["member_id"])


def downgrade() -> None:
    op.drop_table("certifications")
