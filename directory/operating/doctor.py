"""Says what of an installation is not fit for production."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from directory import migrations
from directory.config import KEY_FILE, BadSetting, Env, Settings, clock, read_settings, settings
from directory.database import db
from directory.jobs import running
from directory.search import services as search
from directory.wake import NAME as WORKER_SOCKET

ANSWER_SECONDS = 3
FREE_BYTES_LEAST = 500_000_000
FREE_NODES_LEAST = 10_000
SILENT_MOST = timedelta(hours=2)
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO
MAIL_PORTS = {"smtp": 25, "smtps": 465}
REDIS_PORT = 6379


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is fit, and one line that says what was found."""

    what: str
    fit: bool
    said: str

    def __str__(self) -> str:
        return f"{'fit  ' if self.fit else 'UNFIT'} {self.what}: {self.said}"


def examine() -> Iterator[Finding]:
    """Look at everything, one finding after another; nothing is changed."""
    for what, look in EXAMINED.items():
        try:
            fit, said = look(settings())
        except (OSError, SQLAlchemyError) as error:
            said = " ".join(str(getattr(error, "orig", None) or error).split())[:200]
            fit = False
        yield Finding(what, fit, said)


def _settings(given: Settings) -> tuple[bool, str]:
    """Whether the program would start for production."""
    try:
        read_settings({**os.environ, "DIRECTORY_ENV": "production"})
    except BadSetting as problem:
        return False, str(problem)
    return given.env is Env.PRODUCTION, f"DIRECTORY_ENV={given.env}"


def _secret(given: Settings) -> tuple[bool, str]:
    path = given.var_dir / KEY_FILE
    if os.environ.get("DIRECTORY_SECRET_KEY") or not path.exists():
        return True, "from the environment"
    return _private(path)


def _folder(given: Settings) -> tuple[bool, str]:
    return _private(given.var_dir)


def _private(path: Path) -> tuple[bool, str]:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & OTHERS_MAY:
        return False, f"{path} is open to others (mode {mode:04o}); chmod go= {path}"
    return True, f"{path} is its owner's alone (mode {mode:04o})"


def _database(_given: Settings) -> tuple[bool, str]:
    at = migrations.current()
    if not migrations.is_current():
        return False, f"at {at or 'no revision'}: run 'directory db upgrade'"
    if db.engine.dialect.name == "sqlite":
        found = db.session.execute(text("PRAGMA quick_check(1)")).scalar()
        if found != "ok":
            return False, f"damaged ({found}): restore a backup"
        if db.session.execute(text("PRAGMA foreign_key_check")).first():
            return False, "a row points to none: restore a backup"
    return True, f"{db.engine.dialect.name} at {at}"


def _index(_given: Settings) -> tuple[bool, str]:
    report = search.check(repair=False)
    return report.ok, str(report)


def _worker(given: Settings) -> tuple[bool, str]:
    """Whether a worker listens here, or ran a job lately on another machine."""
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as caller:
        caller.connect(str(given.var_dir / WORKER_SOCKET))
        return True, "listens"
    last = max((run.finished_at for run in running.last_runs().values()), default=None)
    if last is None or clock().now() - last > SILENT_MOST:
        when = f"{last:%Y-%m-%d %H:%M} UTC" if last else "never"
        return False, f"none listens, the last job ran {when}"
    return True, f"ran a job at {last:%Y-%m-%d %H:%M} UTC"


def _mail(given: Settings) -> tuple[bool, str]:
    if given.mail_url is None:
        return False, "no DIRECTORY_MAIL_URL: mail is only written to files"
    parts = urlsplit(given.mail_url)
    return _answers(parts.hostname or "", parts.port or MAIL_PORTS[parts.scheme])


def _redis(given: Settings) -> tuple[bool, str]:
    if given.redis_url is None:
        return True, "not used"
    parts = urlsplit(given.redis_url)
    if parts.scheme == "unix":
        return Path(parts.path).is_socket(), parts.path
    return _answers(parts.hostname or "localhost", parts.port or REDIS_PORT)


def _answers(host: str, port: int) -> tuple[bool, str]:
    try:
        socket.create_connection((host, port), ANSWER_SECONDS).close()
    except OSError as error:
        return False, f"{host}:{port} does not answer ({error.strerror or error})"
    return True, f"{host}:{port} answers"


def _disk(given: Settings) -> tuple[bool, str]:
    tight = []
    for folder in (given.var_dir, given.index_dir):
        held = os.statvfs(folder)
        if shutil.disk_usage(folder).free < FREE_BYTES_LEAST:
            tight.append(f"less than {FREE_BYTES_LEAST // 1_000_000} MB free at {folder}")
        # A file system without a fixed number of files says 0 of 0.
        if held.f_files and held.f_favail < FREE_NODES_LEAST:
            tight.append(f"room for {held.f_favail} files only at {folder}")
    return not tight, "; ".join(tight) or "room enough"


def _clock(given: Settings) -> tuple[bool, str]:
    if clock().shift:
        return False, "DIRECTORY_TODAY replaces the date"
    ahead = [run for run in running.last_runs().values() if run.finished_at > clock().now()]
    if ahead:
        return False, f"the job {ahead[0].job} ran in the future: was the clock set back?"
    return True, f"{clock().now():%Y-%m-%d %H:%M} UTC, days begin in {given.zone.key}"


EXAMINED: dict[str, Callable[[Settings], tuple[bool, str]]] = {
    "settings": _settings,
    "secret key": _secret,
    "data folder": _folder,
    "database": _database,
    "search index": _index,
    "worker": _worker,
    "mail": _mail,
    "redis": _redis,
    "disk": _disk,
    "clock": _clock,
}
