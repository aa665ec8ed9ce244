"""Settings: read once, frozen, typed; a value that can't be right stops the start in one line."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import current_app
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from directory.kernel.clock import Clock
from directory.legal import pages as legal

T = TypeVar("T")
Network = IPv4Network | IPv6Network

HIDDEN = ("SECRET_KEY", "METRICS_TOKEN")
LANGUAGES = ("en", "de")
DEFAULT_PORT = 8000
LONGEST_NAME = 80
MEGABYTES_MOST = 10_000
KEY_FILE = "secret.key"
# Set by `directory serve` for its processes, so that one started later has no other time.
TODAY_SINCE = "DIRECTORY_TODAY_SINCE"
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
HOST = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:.]+")


class Env(StrEnum):
    """Where the program runs; production refuses what development forgives."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class BadSetting(Exception):
    """A setting can't be right; its text is the one line that names it."""


@dataclass(frozen=True)
class Settings:
    """What an operator may set; `docs/operations.md` and the contract describe each."""

    database_url: str
    redis_url: str | None
    secret_key: str
    index_dir: Path
    var_dir: Path
    base_url: str
    site_name: str
    vendor: str
    operator: str | None
    default_language: str
    mail_url: str | None
    zone: ZoneInfo
    env: Env
    clock: Clock
    cache_megabytes: int
    trusted_proxies: tuple[Network, ...]
    metrics_from: tuple[Network, ...]
    metrics_token: str | None
    read_only: bool = False

    @property
    def host(self) -> str:
        """The host name of the site, without a port."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def legal_dir(self) -> Path:
        """Where the operator's texts of the legal pages are (OPR-3)."""
        return self.var_dir / legal.FOLDER

    @property
    def independent(self) -> bool:
        """Whether operator and vendor differ, so that every page must say so (OPR-1)."""
        return self.operator is not None and self.operator.casefold() != self.vendor.casefold()


def read_settings(
    environ: Mapping[str, str] | None = None, *, port: int = DEFAULT_PORT
) -> Settings:
    """Settings from `environ` (default: the process's); relative paths from the current directory.

    Raises BadSetting with one line that names the first value that can't be right. Makes the
    directory for data and, if none is set, the secret key (mode 0600) in it.
    """
    given = _Given(os.environ if environ is None else environ)
    var_dir = given.path("VAR_DIR", "var")
    zone = given.read("TIME_ZONE", "UTC", _zone)
    today = given.read("TODAY", "", _today)
    since = given.read("TODAY_SINCE", "", _since)
    settings = Settings(
        database_url=given.read("DATABASE_URL", f"sqlite:///{var_dir / 'directory.db'}", _database),
        redis_url=given.read("REDIS_URL", "", _redis),
        secret_key=given.read("SECRET_KEY", "", _secret) or _kept_secret(var_dir),
        index_dir=given.path("INDEX_DIR", "search_index"),
        var_dir=var_dir,
        base_url=given.read("BASE_URL", f"http://localhost:{port}", _base_url),
        site_name=given.read("SITE_NAME", "Solutions Directory", _name),
        vendor=given.read("VENDOR", "HubSpot", _name),
        operator=given.read("OPERATOR", "", lambda text: _name(text) if text else None),
        default_language=given.read("DEFAULT_LANGUAGE", "en", _language),
        mail_url=given.read("MAIL_URL", "", _mail),
        zone=zone,
        env=given.read("ENV", "development", _env),
        clock=Clock.starting_at(zone, today, since=since),
        cache_megabytes=given.read("CACHE_MB", "32", _megabytes),
        trusted_proxies=given.read("TRUSTED_PROXIES", "", _networks),
        metrics_from=given.read("METRICS_FROM", "", _networks),
        metrics_token=given.read("METRICS_TOKEN", "", _secret) or None,
        read_only=given.read("READ_ONLY", "", _switch),
    )
    if settings.env is Env.PRODUCTION:
        _check_production(settings)
    return settings


def settings() -> Settings:
    """The settings of the running application."""
    return cast("Settings", current_app.extensions["directory_settings"])


def clock() -> Clock:
    """The clock of the running application."""
    return settings().clock


@dataclass(frozen=True)
class _Given:
    environ: Mapping[str, str]

    def read(self, name: str, default: str, parse: Callable[[str], T]) -> T:
        full = f"DIRECTORY_{name}"
        text = self.environ.get(full, "").strip() or default
        try:
            return parse(text)
        except ValueError as error:
            shown = "(hidden)" if name in HIDDEN or "@" in text else repr(text[:80])
            raise BadSetting(f"{full}: {error}, not {shown}") from None

    def path(self, name: str, default: str) -> Path:
        return self.read(name, default, lambda text: _directory(Path(text)))


def _directory(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"must be a directory that can be made ({error.strerror})") from None
    return path.resolve()


def _database(text: str) -> str:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError("must be sqlite:///FILE or postgresql://USER@HOST/NAME") from None
    if url.drivername not in DRIVERS:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return text


def _redis(text: str) -> str | None:
    if text and not re.match(r"(rediss?|unix)://", text):
        raise ValueError("must begin with redis:// or rediss://")
    return text or None


def _mail(text: str) -> str | None:
    if text and not _has_host(text, "smtp", "smtps"):
        raise ValueError("must be smtp://host[:port] or smtps://host[:port]")
    return text or None


def _secret(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("must have at least 32 characters")
    return text


def _base_url(text: str) -> str:
    if not _has_host(text, "http", "https"):
        raise ValueError("must be http(s)://host[:port]")
    parts = urlsplit(text)
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("must have no path and no name")
    return f"{parts.scheme}://{parts.netloc}"


def _has_host(text: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and HOST.fullmatch(host) is not None


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise ValueError(f"must be one line of at most {LONGEST_NAME} characters")
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError("must be en or de")
    return text


def _env(text: str) -> Env:
    if text not in list(Env):
        raise ValueError("must be development or production")
    return Env(text)


def _megabytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= MEGABYTES_MOST):
        raise ValueError(f"must be a number from 0 to {MEGABYTES_MOST}")
    return int(text)


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(
            ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip()
        )
    except ValueError:
        raise ValueError("must be addresses or networks with commas between") from None


def _switch(text: str) -> bool:
    if text not in ("", "0", "1"):
        raise ValueError("must be 1 or 0")
    return text == "1"


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone such as Europe/Berlin") from None


def _today(text: str) -> date | datetime | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a date or a date and time in ISO 8601") from None


def _since(text: str) -> datetime | None:
    instant = _today(text)
    if isinstance(instant, datetime) and instant.tzinfo is not None:
        return instant
    if instant is not None:
        raise ValueError("must be an instant with its zone in ISO 8601")
    return None


def _kept_secret(var_dir: Path) -> str:
    path = var_dir / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _check_production(settings: Settings) -> None:
    missing = [
        name
        for name, fine in (
            ("DIRECTORY_OPERATOR", settings.operator is not None),
            ("DIRECTORY_BASE_URL (https)", settings.base_url.startswith("https://")),
            ("DIRECTORY_MAIL_URL", settings.mail_url is not None),
        )
        if not fine
    ]
    if texts := legal.unfinished(settings.legal_dir, LANGUAGES):
        missing.append(f"finished texts {', '.join(texts)} in {settings.legal_dir}")
    if missing:
        raise BadSetting(f"DIRECTORY_ENV=production needs {', '.join(missing)}")
