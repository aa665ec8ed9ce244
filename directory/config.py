"""Settings: read once, frozen, typed; a value that can't be right stops the start in one line."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app

from directory import setting_values as values
from directory.kernel.clock import Clock
from directory.legal import pages as legal
from directory.setting_values import LANGUAGES as LANGUAGES
from directory.setting_values import Env as Env
from directory.setting_values import Network as Network

T = TypeVar("T")

HIDDEN = ("SECRET_KEY", "METRICS_TOKEN")
DEFAULT_PORT = 8000
KEY_FILE = "secret.key"
# Set by `directory serve` for its processes, so that one started later has no other time.
TODAY_SINCE = "DIRECTORY_TODAY_SINCE"


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
    mail_from: str
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

    Raises BadSetting with one line that names the first value that can't be right, or what
    production lacks. Makes the directory for data and, if none is set, the secret key (mode 0600)
    in it.
    """
    settings = read_unfinished(environ, port=port)
    if settings.env is Env.PRODUCTION:
        _check_production(settings)
    return settings


def read_unfinished(
    environ: Mapping[str, str] | None = None, *, port: int = DEFAULT_PORT
) -> Settings:
    """As `read_settings()`, also where production lacks something: for those who finish it."""
    given = _Given(os.environ if environ is None else environ)
    var_dir = given.path("VAR_DIR", "var")
    zone = given.read("TIME_ZONE", "UTC", values.zone)
    today = given.read("TODAY", "", values.today)
    since = given.read("TODAY_SINCE", "", values.since)
    base_url = given.read("BASE_URL", f"http://localhost:{port}", values.base_url)
    return Settings(
        database_url=given.read(
            "DATABASE_URL", f"sqlite:///{var_dir / 'directory.db'}", values.database
        ),
        redis_url=given.read("REDIS_URL", "", values.redis),
        secret_key=given.read("SECRET_KEY", "", values.secret) or _kept_secret(var_dir),
        index_dir=given.path("INDEX_DIR", "search_index"),
        var_dir=var_dir,
        base_url=base_url,
        site_name=given.read("SITE_NAME", "Solutions Directory", values.name),
        vendor=given.read("VENDOR", "HubSpot", values.name),
        operator=given.read("OPERATOR", "", lambda text: values.name(text) if text else None),
        default_language=given.read("DEFAULT_LANGUAGE", "en", values.language),
        mail_url=given.read("MAIL_URL", "", values.mail),
        mail_from=given.read("MAIL_FROM", "", values.sender) or _sender(base_url),
        zone=zone,
        env=given.read("ENV", "development", values.env),
        clock=Clock.starting_at(zone, today, since=since),
        cache_megabytes=given.read("CACHE_MB", "32", values.megabytes),
        trusted_proxies=given.read("TRUSTED_PROXIES", "", values.networks),
        metrics_from=given.read("METRICS_FROM", "", values.networks),
        metrics_token=given.read("METRICS_TOKEN", "", values.secret) or None,
        read_only=given.read("READ_ONLY", "", values.switch),
    )


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
        return self.read(name, default, lambda text: values.directory(Path(text)))


def _sender(base_url: str) -> str:
    """The address that mail comes from if none is set."""
    return f"directory@{urlsplit(base_url).hostname or 'localhost'}"


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
