"""Mail that goes out: written in the transaction that causes it, kept as a record afterwards."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.columns import UtcDateTime, choice
from directory.database import Base
from directory.kernel.email import EMAIL_LENGTH

KEY_LENGTH = 120
SUBJECT_LENGTH = 200
PROBLEM_LENGTH = 300
BODY_LENGTH = 40_000


class MailState(StrEnum):
    """Where a mail stands: to be tried (again), taken by a server, refused by one or given up."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class OutgoingMail(Base):
    """One mail to one person.

    key: what it is about; there is never a second one of a key. text, html: its body, emptied when
    it was sent, since links in it open things. due_at: when it is tried next; problem: why the last
    try did not work; unsubscribe: the address that ends mails of its kind, empty for those that are
    no subscription.
    """

    __tablename__ = "outgoing_mails"
    __table_args__ = (Index("ix_outgoing_mails_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    message: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH))
    text: Mapped[str] = mapped_column(String(BODY_LENGTH))
    html: Mapped[str] = mapped_column(String(BODY_LENGTH))
    unsubscribe: Mapped[str] = mapped_column(String(500))
    state: Mapped[MailState] = mapped_column(choice(MailState))
    tries: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    problem: Mapped[str] = mapped_column(String(PROBLEM_LENGTH))
