"""Certifications as they were issued."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.accounts.models import EXTERNAL_ID_LENGTH, Member, Organisation
from directory.certification.rules import Period
from directory.database import Base

KIND_LENGTH = 60
REFERENCE_LENGTH = 100


class Certification(Base):
    """A credential that a member holds, verified by the import from the issuing academy (CRT-1).

    expires: the last day on which it counts, None for one without an end;
    revoked: the day from whose beginning it no longer counts.
    """

    __tablename__ = "certifications"
    __table_args__ = (
        CheckConstraint("expires IS NULL OR expires >= issued", name="ends_after_it_began"),
        Index("ix_certifications_gate", "organisation_id", "kind", "expires"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str | None] = mapped_column(String(EXTERNAL_ID_LENGTH), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(String(KIND_LENGTH))
    issued: Mapped[date]
    expires: Mapped[date | None]
    reference: Mapped[str] = mapped_column(String(REFERENCE_LENGTH), default="")
    revoked: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship()
    holder: Mapped[Member | None] = relationship()

    @property
    def period(self) -> Period:
        """The days on which it counts."""
        return Period.of(issued=self.issued, expires=self.expires, revoked=self.revoked)
