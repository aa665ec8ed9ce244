"""The operator's commands for mail: a test, what went out, and another try."""

from __future__ import annotations

import sys
from uuid import uuid4

import click

from directory import create_app
from directory.config import LANGUAGES, clock, read_settings
from directory.database import db, writing
from directory.mail import delivery, messages, queries
from directory.mail.models import MailState, OutgoingMail
from directory.mail.services import try_again, write
from directory.reactions import settle_unseen

REFUSED = 1


@click.group()
def mail() -> None:
    """Mail that goes out."""


@mail.command()
@click.argument("address")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
def test(address: str, language: str) -> None:
    """Send a test mail to ADDRESS now; exit code 1 if no server takes it."""
    with create_app(read_settings()).app_context():
        try:
            with writing():
                written = write(messages.trial(address, language=language), key=f"trial-{uuid4()}")
                number = written.id
                settle_unseen()
        except ValueError as fault:
            _refuse(f"{address}: {fault}")
        delivery.deliver_these([number])
        tried = db.session.get_one(OutgoingMail, number)
        if tried.problem:
            _refuse(f"not taken: {tried.problem}")
        sent = tried.state is MailState.SENT
        click.echo(f"taken for {address}" if sent else f"the worker is sending mail {number}")


@mail.command("list")
@click.option(
    "--state", type=click.Choice([one.value for one in MailState]), help="Only those that stand so."
)
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True)
def list_mails(state: str | None, most: int) -> None:
    """The mails written last, and how each stands; never what they say."""
    with create_app(read_settings()).app_context():
        for one in queries.newest(most, MailState(state) if state else None):
            line = f"{one.id} {one.created_at:%Y-%m-%d %H:%M} UTC {one.state} {one.message}"
            click.echo(" ".join(f"{line} {one.recipient} {one.problem}".split()))


@mail.command()
@click.argument("number", type=int)
def again(number: int) -> None:
    """Have the failed mail NUMBER tried again."""
    with create_app(read_settings()).app_context(), writing():
        if not try_again(number, at=clock().real_now()):
            _refuse(f"no failed mail {number}")
        settle_unseen()
        click.echo(f"mail {number} is tried again")


def _refuse(reason: str) -> None:
    click.echo(f"directory: {reason}", err=True)
    sys.exit(REFUSED)
