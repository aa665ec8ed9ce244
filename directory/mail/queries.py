"""Questions about mail that goes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from directory.database import db
from directory.mail.models import MailState, OutgoingMail


def due(at: datetime, most: int) -> Sequence[int]:
    """The ids of mails to be tried now, the oldest first."""
    return db.session.scalars(
        select(OutgoingMail.id)
        .where(OutgoingMail.state == MailState.WAITING, OutgoingMail.due_at <= at)
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(most)
    ).all()


def newest(most: int, state: MailState | None = None) -> Sequence[OutgoingMail]:
    """The mails written last, the newest first; state: only those that stand so."""
    query = select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(most)
    return db.session.scalars(query if state is None else query.filter_by(state=state)).all()


def with_key(key: str) -> OutgoingMail | None:
    """The mail about that."""
    return db.session.scalar(select(OutgoingMail).where(OutgoingMail.key == key))
