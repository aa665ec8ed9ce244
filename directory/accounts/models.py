"""Organisations and the people in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.columns import UtcDateTime, choice
from directory.database import Base
from directory.kernel.email import EMAIL_LENGTH
from directory.kernel.policy import Package, Tier

NAME_LENGTH = 200
EXTERNAL_ID_LENGTH = 100


class Organisation(Base):
    """A company that offers services, with its standing; programme and tiers write it, all read it.

    external_id: its id in the directory or file it came from; None for one made here.
    package: what it booked (PKG-1) and since when; tier: only for partners (TIE-1).
    owner_email: who may claim it once staff send invitations.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint("tier IS NULL OR package = 'partner'", name="only_partners_are_tiered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(String(EXTERNAL_ID_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    package: Mapped[Package | None] = mapped_column(choice(Package))
    package_since: Mapped[date | None]
    tier: Mapped[Tier | None] = mapped_column(choice(Tier))
    tier_since: Mapped[date | None]
    owner_email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())

    @property
    def key(self) -> str:
        """Its id for others: `external_id`, or `org-<id>-<when it was made>` for one made here.

        The instant keeps two installations apart that both made an organisation of that number.
        """
        return self.key_of(self.id, self.external_id, self.created_at)

    @staticmethod
    def key_of(number: int, external_id: str | None, created_at: datetime) -> str:
        """The `key` of an organisation of which no more is known."""
        return external_id or f"org-{number}-{int(f'{created_at:%Y%m%d%H%M%S%f}'):x}"


class Member(Base):
    """A person of an organisation; unclaimed until somebody signs in as them."""

    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))

    organisation: Mapped[Organisation] = relationship()
