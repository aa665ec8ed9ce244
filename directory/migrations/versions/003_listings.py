"""Listings with texts, tags, offices and redirects."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "003_listings"
down_revision = "002_certification"


def upgrade() -> None:
    op.create_table(
        "listings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("founded", sa.Integer(), nullable=True),
        sa.Column("team_size", sa.Integer(), nullable=True),
        sa.Column("budget_min", sa.Integer(), nullable=True),
        sa.Column("accepting", sa.Boolean(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "withdrawn",
                name="listingstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("first_public", sa.Date(), nullable=True),
        sa.Column("logo", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "budget_min BETWEEN 0 AND 100000000", name=op.f("ck_listings_budget_in_range")
        ),
        sa.CheckConstraint(
            "team_size BETWEEN 1 AND 1000000", name=op.f("ck_listings_team_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_listings_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_listings_organisation_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_listings_slug")),
    )
    op.create_index("ix_listings_state", "listings", ["state"])
    op.create_table(
        "listing_texts",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("tagline", sa.String(length=300), nullable=False),
        sa.Column("description", sa.String(length=20000), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listings.id"],
            name=op.f("fk_listing_texts_listing_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("listing_id", "language", name=op.f("pk_listing_texts")),
    )
    op.create_table(
        "listing_tags",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "service",
                "industry",
                "language",
                "serves",
                "credential",
                name="tagkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listings.id"],
            name=op.f("fk_listing_tags_listing_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("listing_id", "kind", "value", name=op.f("pk_listing_tags")),
    )
    op.create_index("ix_listing_tags_kind_value", "listing_tags", ["kind", "value", "listing_id"])
    op.create_table(
        "offices",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=True),
        sa.Column("city_id", sa.Integer(), nullable=True),
        sa.Column("city_name", sa.String(length=120), nullable=True),
        sa.Column("postal_code", sa.String(length=20), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_offices_listing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("listing_id", "position", name=op.f("pk_offices")),
    )
    op.create_index("ix_offices_place", "offices", ["country", "region", "city_id"])
    op.create_table(
        "former_slugs",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listings.id"],
            name=op.f("fk_former_slugs_listing_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_former_slugs")),
    )
    op.create_index("ix_former_slugs_listing_id", "former_slugs", ["listing_id"])
    op.create_table(
        "old_urls",
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_old_urls_listing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_old_urls")),
    )
    op.create_index("ix_old_urls_listing_id", "old_urls", ["listing_id"])


def downgrade() -> None:
    op.drop_table("old_urls")
    op.drop_table("former_slugs")
    op.drop_table("offices")
    op.drop_table("listing_tags")
    op.drop_table("listing_texts")
    op.drop_table("listings")
