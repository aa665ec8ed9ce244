"""Delivering mail: to a mail server, or into files where none is set.

A mail is marked before it is given to the server and again afterwards, so that a crash between
loses none and at worst sends one twice, under the same Message-ID, which mail servers know it by.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, update

from directory.config import clock, settings
from directory.database import db
from directory.mail import queries
from directory.mail.models import PROBLEM_LENGTH, MailState, OutgoingMail
from directory.mail.rules import IN_DOUBT, pause_after

AT_ONCE = 50
TIMEOUT_SECONDS = 10.0
SMTPS = "smtps"
# Answers of a server that will be the same tomorrow.
REFUSED_FROM = 500


class Way(Protocol):
    """Takes mails one by one."""

    def give(self, mail: EmailMessage, number: int) -> None:
        """Raises OSError or SMTPException when it was not taken."""


def deliver() -> str:
    """Try every mail that is due; what was done as one line, empty if there was nothing."""
    ids = queries.due(clock().real_now(), AT_ONCE)
    db.session.rollback()
    return deliver_these(ids)


def deliver_these(ids: Sequence[int]) -> str:
    """As `deliver`, of these mails those that are due and that nobody else has."""
    if not ids:
        return ""
    done = dict.fromkeys(MailState, 0)
    try:
        with _way() as way:
            for number in ids:
                done[_tried(way, number)] += 1
    except (OSError, smtplib.SMTPException) as problem:
        # No server: all that were not tried wait as after a try.
        for number in ids[sum(done.values()) :]:
            mail = _claimed(number)
            done[_noted(mail, problem) if mail else MailState.WAITING] += 1
    return ", ".join(f"{count} {state}" for state, count in done.items() if count)


def message_of(mail: OutgoingMail) -> EmailMessage:
    """The mail as it goes out, the text first and the same as HTML."""
    made = EmailMessage()
    name, domain = settings().site_name, settings().host
    made["From"] = Address(name, addr_spec=settings().mail_from)
    made["To"] = mail.recipient
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.created_at)
    made["Message-ID"] = f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:32]}@{domain}>"
    made["Content-Language"] = mail.language
    made["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        made["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(mail.text)
    made.add_alternative(mail.html, subtype="html")
    return made


def _tried(way: Way, number: int) -> MailState:
    """Give one mail to the server, and note what came of it; it stays where another has it."""
    mail = _claimed(number)
    if mail is None:
        return MailState.WAITING
    try:
        way.give(message_of(mail), number)
    except (OSError, smtplib.SMTPException) as problem:
        return _noted(mail, problem)
    sent = {"state": MailState.SENT, "ended_at": clock().real_now(), "problem": ""}
    _change(number, **sent, text="", html="")
    return MailState.SENT


def _claimed(number: int) -> OutgoingMail | None:
    """The mail with one more try, unless somebody else has it: nobody looks at it for a while."""
    now = clock().real_now()
    mine = _change(
        number,
        OutgoingMail.due_at <= now,
        tries=OutgoingMail.tries + 1,
        due_at=now + IN_DOUBT,
    )
    if not mine:
        return None
    mail = db.session.get_one(OutgoingMail, number)
    # No transaction stays open while a server is waited for.
    db.session.expunge(mail)
    db.session.rollback()
    return mail


def _noted(mail: OutgoingMail, problem: Exception) -> MailState:
    """Note that a mail was not taken, and when it is tried again if at all."""
    now = clock().real_now()
    pause = None if _is_final(problem) else pause_after(mail.tries)
    if pause is None:
        _change(mail.id, state=MailState.FAILED, ended_at=now, problem=_said(problem))
        return MailState.FAILED
    _change(mail.id, due_at=now + pause, problem=_said(problem))
    return MailState.WAITING


def _change(number: int, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Change a mail that waits, in a transaction of its own; whether it met the conditions."""
    change = update(OutgoingMail).where(
        OutgoingMail.id == number, OutgoingMail.state == MailState.WAITING, *conditions
    )
    with db.engine.execution_options(writing=True).begin() as connection:
        return connection.execute(change.values(values)).rowcount == 1


def _is_final(problem: Exception) -> bool:
    """Whether the server refused this very mail for good."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= REFUSED_FROM for code, _ in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and problem.smtp_code >= REFUSED_FROM


def _said(problem: Exception) -> str:
    """What went wrong, in one line without the recipient."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(problem.recipients.values()))
        return f"{code} {text.decode('utf-8', 'replace')}"[:PROBLEM_LENGTH]
    return " ".join(f"{type(problem).__name__}: {problem}".split())[:PROBLEM_LENGTH]


@contextmanager
def _way() -> Iterator[Way]:
    """The mail server that is set, or files. Raises OSError or SMTPException if it is not there."""
    url = settings().mail_url
    if url is None:
        yield Files(settings().var_dir / "mail")
        return
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == SMTPS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or smtplib.SMTP_SSL_PORT, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, parts.port or smtplib.SMTP_PORT, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo()
        if parts.scheme != SMTPS and server.has_extn("starttls"):
            server.starttls(context=context)
        elif parts.scheme != SMTPS and parts.username:
            raise smtplib.SMTPNotSupportedError("no TLS, so it gets no password")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield Server(server)


class Server:
    """A mail server."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def give(self, mail: EmailMessage, number: int) -> None:  # noqa: ARG002  (see Way)
        """See Way."""
        self._server.send_message(mail)


class Files:
    """A folder in which each mail is a file, for trying the program out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, exist_ok=True)

    def give(self, mail: EmailMessage, number: int) -> None:
        """See Way."""
        draft = self._folder / f"{number:06}.new"
        draft.write_bytes(bytes(mail))
        draft.replace(self._folder / f"{number:06}.eml")
