"""What is not fit for production is said, and what an operator answered is kept."""

from __future__ import annotations

import shlex
import socket
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from directory import migrations
from directory.cli import commands
from directory.config import BadSetting, read_settings, settings
from directory.database import db
from directory.jobs import running
from directory.jobs.schedule import JOBS
from directory.operating.doctor import Finding, examine
from directory.operating.setup import read, write
from directory.search import services as search
from tests.factories import Make

ODD = 'Müller & "Söhne" $HOME `x` \\ 100 %'


def findings() -> dict[str, Finding]:
    return {finding.what: finding for finding in examine()}


def test_each_fault_is_named(app: Flask, make: Make) -> None:
    settings().var_dir.chmod(0o755)
    (settings().var_dir / "secret.key").chmod(0o644)
    make.listing()
    found = findings()
    # The tests' day is another one than the clock's, which is told too.
    assert {what for what, one in found.items() if not one.fit} - {"clock"} == {
        *("settings", "secret key", "data folder", "search index", "worker", "mail")
    }
    assert "DIRECTORY_OPERATOR" in found["settings"].said
    assert "chmod go=" in found["secret key"].said
    assert all("\n" not in str(one) for one in found.values())


def test_what_was_mended_is_fit(app: Flask, make: Make) -> None:
    settings().var_dir.chmod(0o700)
    make.listing()
    search.apply_changes()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as worker:
        worker.bind(str(settings().var_dir / "worker.sock"))
        found = findings()
    fit = ("secret key", "data folder", "database", "search index", "worker", "redis", "disk")
    assert [what for what in fit if not found[what].fit] == []


def test_a_database_of_an_older_revision_is_unfit(app: Flask) -> None:
    migrations.downgrade("-1")
    assert "directory db upgrade" in findings()["database"].said


@pytest.mark.case("J14")
def test_a_damaged_database_is_unfit(app: Flask, make: Make) -> None:
    for _ in range(20):
        make.listing()
    db.session.remove()
    db.engine.dispose()
    path = settings().var_dir / "directory.db"
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8192] = b"\x55" * 8192
    path.write_bytes(data)
    assert not findings()["database"].fit


@pytest.mark.parametrize(
    ("what", "setting", "url"),
    [
        ("redis", "redis_url", "redis://127.0.0.1:1"),
        ("mail", "mail_url", "smtp://127.0.0.1:1"),
    ],
)
def test_a_server_that_is_gone_is_unfit(app: Flask, what: str, setting: str, url: str) -> None:
    app.extensions["directory_settings"] = replace(settings(), **{setting: url})
    found = findings()[what]
    assert not found.fit
    assert "does not answer" in found.said


def test_the_settings_file_is_read_as_a_shell_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "directory.env"
    write(path, {"DIRECTORY_OPERATOR": ODD, "DIRECTORY_MAIL_URL": ""})
    assert path.stat().st_mode & 0o777 == 0o600
    assert read(path) == {"DIRECTORY_OPERATOR": ODD}
    script = f'. {shlex.quote(str(path))}; printf %s "$DIRECTORY_OPERATOR"'
    said = subprocess.run(["sh", "-c", script], capture_output=True, check=True).stdout
    assert said == ODD.encode()


def test_a_line_that_is_no_setting_is_named(tmp_path: Path) -> None:
    path = tmp_path / "directory.env"
    path.write_text("# a remark\nDIRECTORY_ENV=production\nrm -rf\n")
    with pytest.raises(BadSetting, match=r"directory.env:3: "):
        read(path)


def asked(tmp_path: Path, *words: str, answers: str) -> Result:
    file = ["--file", str(tmp_path / "d.env"), "--var-dir", str(tmp_path / "var")]
    index = ["--index-dir", str(tmp_path / "index")]
    return CliRunner().invoke(commands, ["setup", *file, *index, *words], input=answers)


def test_setup_asks_and_writes_what_the_program_starts_with(tmp_path: Path) -> None:
    answers = f"Verzeichnis\nhttps://dir.example\n{ODD}\n\nde\n\nsmtp://mail.example\n\n\n"
    done = asked(tmp_path, answers=answers)
    assert done.exit_code == 0, done.output
    kept = read_settings(read(tmp_path / "d.env") | {"DIRECTORY_ENV": "development"})
    assert (kept.operator, kept.default_language) == (ODD, "de")
    assert kept.base_url == "https://dir.example"
    assert kept.zone.key == "Europe/Berlin"
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    again = asked(tmp_path, answers=answers)
    assert again.exit_code == 1


def test_an_answer_that_cannot_be_right_writes_nothing(tmp_path: Path) -> None:
    done = asked(tmp_path, answers="X\nno-address\nY\n\n\n\n\n\n\n")
    assert isinstance(done.exception, BadSetting)
    assert not (tmp_path / "d.env").exists()


def test_a_clock_that_was_set_back_is_unfit(app: Flask) -> None:
    running.run(JOBS["check-index"])
    now = settings()
    back = replace(now.clock, shift=timedelta(days=-1))
    app.extensions["directory_settings"] = replace(now, clock=back)
    assert not findings()["clock"].fit
