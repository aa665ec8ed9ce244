"""Writing mail: the words are put together at once, so that nothing later can change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from directory.config import clock, settings
from directory.database import db
from directory.kernel.email import email_address
from directory.kernel.text import clean_line
from directory.mail import queries
from directory.mail.models import SUBJECT_LENGTH, MailState, OutgoingMail


@dataclass(frozen=True)
class Message:
    """A mail to be written. name: its folder of templates; values: what they say.

    unsubscribe: the address that ends mails of its kind, for those that somebody subscribed to.
    """

    name: str
    to: str
    language: str
    values: Mapping[str, Any]
    unsubscribe: str = ""


def write(message: Message, *, key: str) -> OutgoingMail:
    """Have it sent after the present transaction; one that has been written of that key stays.

    Raises ValueError for a recipient that is no address.
    """
    known = queries.with_key(key)
    if known is not None:
        return known
    now = clock().real_now()
    mail = OutgoingMail(
        key=key,
        message=message.name,
        recipient=email_address(message.to),
        language=message.language,
        subject=clean_line(_rendered(message, "subject.txt"))[:SUBJECT_LENGTH],
        text=_rendered(message, "text.txt").strip() + "\n",
        html=_rendered(message, "html.html"),
        unsubscribe=message.unsubscribe,
        state=MailState.WAITING,
        tries=0,
        created_at=now,
        due_at=now,
        problem="",
    )
    db.session.add(mail)
    db.session.flush()
    return mail


def try_again(number: int, *, at: datetime) -> bool:
    """Have a failed mail tried from the beginning; whether there is such a one."""
    mail = db.session.get(OutgoingMail, number)
    if mail is None or mail.state is not MailState.FAILED:
        return False
    mail.state, mail.tries, mail.due_at, mail.ended_at = MailState.WAITING, 0, at, None
    return True


def _rendered(message: Message, part: str) -> str:
    environment: Any = current_app.jinja_env
    template = environment.in_language(message.language, f"mail/{message.name}/{part}")
    shown: str = template.render(
        {**message.values, "site": settings(), "language": message.language}
    )
    return shown
