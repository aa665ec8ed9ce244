"""What the text of a setting means: each function gives it, or raises ValueError with a reason."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from directory.kernel.email import email_address

Network = IPv4Network | IPv6Network

LANGUAGES = ("en", "de")
LONGEST_NAME = 80
MEGABYTES_MOST = 10_000
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")
HOST = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:.]+")


class Env(StrEnum):
    """Where the program runs; production refuses what development forgives."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


def directory(path: Path) -> Path:
    """A directory, made if it is not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"must be a directory that can be made ({error.strerror})") from None
    return path.resolve()


def database(text: str) -> str:
    """An address of SQLite or PostgreSQL."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError("must be sqlite:///FILE or postgresql://USER@HOST/NAME") from None
    if url.drivername not in DRIVERS:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return text


def redis(text: str) -> str | None:
    """An address of Redis, or none."""
    if text and not re.match(r"(rediss?|unix)://", text):
        raise ValueError("must begin with redis:// or rediss://")
    return text or None


def mail(text: str) -> str | None:
    """An address of a mail server, or none."""
    if text and not _has_host(text, "smtp", "smtps"):
        raise ValueError("must be smtp://host[:port] or smtps://host[:port]")
    return text or None


def sender(text: str) -> str:
    """An address that mail comes from, or none."""
    return email_address(text) if text else ""


def secret(text: str) -> str:
    """A secret of at least 32 characters, or none."""
    if text and len(text) < 32:
        raise ValueError("must have at least 32 characters")
    return text


def base_url(text: str) -> str:
    """A site's address without a path."""
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


def name(text: str) -> str:
    """A name of one line."""
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise ValueError(f"must be one line of at most {LONGEST_NAME} characters")
    return text


def language(text: str) -> str:
    """One of the languages."""
    if text not in LANGUAGES:
        raise ValueError("must be en or de")
    return text


def env(text: str) -> Env:
    """Where the program runs."""
    if text not in list(Env):
        raise ValueError("must be development or production")
    return Env(text)


def megabytes(text: str) -> int:
    """A number of megabytes."""
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= MEGABYTES_MOST):
        raise ValueError(f"must be a number from 0 to {MEGABYTES_MOST}")
    return int(text)


def networks(text: str) -> tuple[Network, ...]:
    """Addresses or networks with commas between."""
    try:
        return tuple(
            ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip()
        )
    except ValueError:
        raise ValueError("must be addresses or networks with commas between") from None


def switch(text: str) -> bool:
    """On (1) or off (0, or nothing)."""
    if text not in ("", "0", "1"):
        raise ValueError("must be 1 or 0")
    return text == "1"


def zone(text: str) -> ZoneInfo:
    """A time zone."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone such as Europe/Berlin") from None


def today(text: str) -> date | datetime | None:
    """A date, or date and time, or none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a date or a date and time in ISO 8601") from None


def since(text: str) -> datetime | None:
    """An instant, or none."""
    instant = today(text)
    if isinstance(instant, datetime) and instant.tzinfo is not None:
        return instant
    if instant is not None:
        raise ValueError("must be an instant with its zone in ISO 8601")
    return None
