"""When each job ran."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from directory.columns import UtcDateTime
from directory.database import Base


class JobRun(Base):
    """One run of a job for one period; the key makes it run once however many ask.

    period: the hour or day it was for, in ISO 8601; outcome: what it did, one line.
    """

    __tablename__ = "job_runs"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(16), primary_key=True)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime())
    outcome: Mapped[str] = mapped_column(String(500))
