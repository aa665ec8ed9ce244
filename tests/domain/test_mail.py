"""Mail: written with what causes it, delivered once, tried again, never with more than it says."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from click.testing import CliRunner
from flask import Flask

from directory.cli import commands
from directory.config import clock, settings
from directory.database import db, writing
from directory.mail import delivery, queries
from directory.mail.messages import trial
from directory.mail.models import MailState, OutgoingMail
from directory.mail.rules import PAUSES, pause_after
from directory.mail.services import Message, try_again, write
from directory.reactions import settle_unseen
from tests.journeys.served import free_port

TO = "ada@acme.example.com"


class Inbox:
    """A mail server that takes, or answers as it is told to."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox(app: Flask) -> Iterator[Inbox]:
    """A mail server that the application delivers to."""
    inbox, port = Inbox(), free_port()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    _set("mail_url", f"smtp://127.0.0.1:{port}")
    yield inbox
    server.stop()


def _set(name: str, value: str) -> None:
    """Give the running application another setting."""
    object.__setattr__(settings(), name, value)


def _written(key: str = "key", to: str = TO, language: str = "en") -> int:
    with writing():
        number = write(trial(to, language=language), key=key).id
        settle_unseen()
    return number


def _later(number: int) -> None:
    """As if its pause were over."""
    with writing():
        db.session.get_one(OutgoingMail, number).due_at = clock().real_now()
        settle_unseen()


def _stands(number: int) -> OutgoingMail:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, number)


def _read(envelope: Envelope) -> EmailMessage:
    content = envelope.content
    assert isinstance(content, bytes)
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_without_a_server_each_mail_is_a_file_in_both_forms(app: Flask) -> None:
    number = _written()
    assert delivery.deliver() == "1 sent"
    (file,) = (settings().var_dir / "mail").iterdir()
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (mail["To"], mail["Subject"]) == (TO, "Test mail from Solutions Directory")
    assert mail["From"] == "Solutions Directory <directory@localhost>"
    text, html = (part.get_content() for part in mail.iter_parts())  # type: ignore[attr-defined]
    home = f"{settings().base_url}/en/"
    assert home in text
    assert f'href="{home}"' in html
    assert "<" not in text
    assert file.name == f"{number:06}.eml"


def test_a_mail_is_in_the_language_of_its_reader_whatever_the_page_is_in(app: Flask) -> None:
    with app.test_request_context("/en/"):
        number = _written(language="de")
    mail = _stands(number)
    assert mail.subject == "Testmail von Solutions Directory"
    assert "Zum Verzeichnis" in mail.html
    assert '<html lang="de">' in mail.html


@pytest.mark.case("J17")
@pytest.mark.both_databases
def test_one_key_is_one_mail(app: Flask) -> None:
    assert _written() == _written()
    assert delivery.deliver() == "1 sent"
    assert delivery.deliver() == ""


def test_a_mail_whose_cause_was_rolled_back_is_none(app: Flask) -> None:
    with writing():
        write(trial(TO, language="en"), key="key")
    assert queries.newest(10) == []


def test_what_it_said_is_forgotten_once_it_was_sent(app: Flask) -> None:
    number = _written()
    assert settings().base_url in _stands(number).text
    delivery.deliver()
    mail = _stands(number)
    assert (mail.text, mail.html, mail.state) == ("", "", MailState.SENT)


@pytest.mark.case("J17")
def test_a_server_takes_each_mail_once(inbox: Inbox) -> None:
    _written("one")
    _written("two", to="bob@acme.example.com")
    assert delivery.deliver() == "2 sent"
    assert [one.rcpt_tos for one in inbox.taken] == [[TO], ["bob@acme.example.com"]]
    first, second = map(_read, inbox.taken)
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in first


@pytest.mark.case("J17")
def test_a_server_that_is_away_loses_nothing(app: Flask) -> None:
    _set("mail_url", f"smtp://127.0.0.1:{free_port()}")
    first, second = _written("one"), _written("two")
    before = clock().real_now()
    assert delivery.deliver() == "2 waiting"
    for number in (first, second):
        mail = _stands(number)
        assert (mail.tries, mail.state) == (1, MailState.WAITING)
        assert "ConnectionRefusedError" in mail.problem
        assert mail.due_at - before >= PAUSES[0]
    assert delivery.deliver() == ""


def test_a_server_without_encryption_gets_no_password(inbox: Inbox) -> None:
    _set("mail_url", str(settings().mail_url).replace("smtp://", "smtp://ada:secret@"))
    number = _written()
    assert delivery.deliver() == "1 waiting"
    assert "no TLS" in _stands(number).problem
    assert "secret" not in _stands(number).problem
    assert inbox.taken == []


@pytest.mark.case("J17")
def test_who_says_later_is_asked_later_and_then_given_up(inbox: Inbox) -> None:
    inbox.answers[TO] = "451 busy"
    number = _written()
    for tries in range(1, len(PAUSES) + 1):
        assert delivery.deliver() == "1 waiting"
        assert _stands(number).tries == tries
        _later(number)
    assert delivery.deliver() == "1 failed"
    assert _stands(number).problem == "451 busy"


@pytest.mark.case("J17")
def test_who_is_unknown_is_not_asked_again_and_stops_nobody(inbox: Inbox) -> None:
    inbox.answers[TO] = "550 no such user"
    refused, taken = _written("one"), _written("two", to="bob@acme.example.com")
    assert delivery.deliver() == "1 sent, 1 failed"
    assert _stands(refused).state is MailState.FAILED
    assert _stands(refused).problem == "550 no such user"
    assert _stands(taken).state is MailState.SENT
    del inbox.answers[TO]
    with writing():
        assert try_again(refused, at=clock().real_now())
        assert not try_again(taken, at=clock().real_now())
        settle_unseen()
    assert delivery.deliver() == "1 sent"


def test_a_mail_that_another_worker_has_is_left_to_it(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _written()
    given = delivery.Server.give

    def give_while_another_tries(self: delivery.Server, mail: EmailMessage, number: int) -> None:
        assert delivery.deliver() == "1 waiting"
        given(self, mail, number)

    monkeypatch.setattr(queries, "due", lambda *_: [number])
    monkeypatch.setattr(delivery.Server, "give", give_while_another_tries)
    assert delivery.deliver() == "1 sent"
    assert len(inbox.taken) == 1


@pytest.mark.case("J17")
def test_a_crash_between_server_and_note_sends_it_again_under_the_same_id(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _written()

    class Crash(BaseException):
        pass

    change = delivery._change
    with monkeypatch.context() as patch:
        patch.setattr(
            delivery,
            "_change",
            lambda *args, **values: _crash(Crash) if "state" in values else change(*args, **values),
        )
        with pytest.raises(Crash):
            delivery.deliver()
    assert _stands(number).state is MailState.WAITING
    _later(number)
    assert delivery.deliver() == "1 sent"
    first, second = map(_read, inbox.taken)
    assert first["Message-ID"] == second["Message-ID"]


def _crash(kind: type[BaseException]) -> None:
    raise kind


@pytest.mark.case("C5")
@pytest.mark.case("C4")
def test_a_subject_is_one_line_and_nothing_in_it_is_carried_out(
    app: Flask,
) -> None:
    _set("site_name", "Acme\r\nBcc: eve@evil.example.com {{ 7*7 }} %s {0.__class__} <b>")
    number = _written()
    _set("site_name", "Acme")
    mail = delivery.message_of(_stands(number))
    assert "\n" not in mail["Subject"]
    assert "{{ 7*7 }} %s {0.__class__} <b>" in mail["Subject"]
    assert "49" not in mail["Subject"]
    assert mail["Bcc"] is None
    assert "<b>" not in _stands(number).html


def test_mail_that_is_a_subscription_says_how_to_end_it(app: Flask) -> None:
    end = "https://directory.example.com/en/unsubscribe/x"
    with writing():
        message = Message("trial", TO, "en", {"home": "https://x.example.com/"}, unsubscribe=end)
        mail = delivery.message_of(write(message, key="key"))
    assert mail["List-Unsubscribe"] == f"<{end}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.case("K10")
@pytest.mark.parametrize(
    "to", ["", "a@b", "a b@acme.com", "a@@acme.com", "a@acme.com\nBcc: b@x.com"]
)
def test_what_is_no_address_gets_no_mail(app: Flask, to: str) -> None:
    with writing(), pytest.raises(ValueError, match=r"."):
        write(trial(to, language="en"), key="key")


def test_the_pauses_end() -> None:
    assert pause_after(1) == timedelta(minutes=1)
    assert pause_after(len(PAUSES) + 1) is None
    assert sorted(PAUSES) == list(PAUSES)


def test_the_operator_sends_a_test_and_sees_what_went_out(
    app: Flask, environ: dict[str, str]
) -> None:
    run = CliRunner()
    sent = run.invoke(commands, ["mail", "test", TO, "--language", "de"], env=environ)
    assert (sent.exit_code, sent.output) == (0, f"taken for {TO}\n")
    _written("earlier")
    assert "not taken" not in run.invoke(commands, ["mail", "test", TO], env=environ).output
    assert _stands(2).state is MailState.WAITING
    refused = run.invoke(commands, ["mail", "test", "nobody"], env=environ)
    assert refused.exit_code == 1
    assert "nobody" in refused.output
    listed = run.invoke(commands, ["mail", "list"], env=environ)
    assert f"sent trial {TO}" in listed.output
    assert run.invoke(commands, ["mail", "list", "--state", "failed"], env=environ).output == ""
    again = run.invoke(commands, ["mail", "again", "1"], env=environ)
    assert "no failed mail 1" in again.output
