"""Shape of addresses in a row: website, e-mail, slug, and the paths that another directory used."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import idna

from directory.exchange.cells import LIST_MARK
from directory.exchange.fields import Fields
from directory.exchange.wording import shown
from directory.kernel.email import EMAIL_LENGTH, email_address
from directory.kernel.slugs import LONGEST, is_slug
from directory.listings.models import PATH_LENGTH, WEBSITE_LENGTH

# First parts of paths at which the site itself answers; an old address cannot lie below them.
OWN_PATHS = frozenset(
    {
        "api",
        "badges",
        "calendar",
        "de",
        "embed",
        "en",
        "events.ics",
        "favicon.ico",
        "feeds",
        "files",
        "healthz",
        "integrations",
        "llms.txt",
        "metrics",
        "oembed",
        "r",
        "readyz",
        "robots.txt",
        "sitemap.xml",
        "static",
        "suggest",
        ".well-known",
    }
)
UNFIT_IN_ADDRESS = re.compile(r"[\s\\<>\"{}^`]")
SCHEME = re.compile(r"^(https?):/*(?=[^/])", re.ASCII | re.IGNORECASE)
IPV4 = re.compile(r"[0-9.]+", re.ASCII)


def website(fields: Fields) -> str | None:
    """The http(s) address of a public host, as written; punycode stays punycode.

    A slash too few or too many behind the scheme is mended, as browsers do.
    """
    address = SCHEME.sub(r"\1://", fields.line("website", WEBSITE_LENGTH - 2), count=1)
    if not address:
        return None
    fault = _website_fault(address)
    if fault:
        fields.refuse("website", fault)
    return None if fault else address


def owner_email(fields: Fields) -> str | None:
    """An address that could exist, normalised."""
    address = fields.line("owner_email", EMAIL_LENGTH)
    if not address:
        return None
    try:
        return email_address(address)
    except ValueError:
        fields.refuse("owner_email", f"{shown(address)} is not an e-mail address")
        return None


def slug(fields: Fields) -> str | None:
    """The slug, if it may stand in an address."""
    text = fields.line("slug", LONGEST)
    if text and not is_slug(text):
        fields.refuse("slug", "must be lower-case letters a-z and digits, joined by single hyphens")
        return None
    return text or None


def old_urls(fields: Fields) -> tuple[str, ...]:
    """Paths from the root, none of ours; a host is not part of them."""
    paths = fields.values("old_urls", None, "paths")
    for path in paths:
        fault = _path_fault(path)
        if fault:
            fields.refuse("old_urls", f"{shown(path)} {fault}")
    return paths


def _website_fault(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removesuffix(".")
        parts.port  # noqa: B018  (reading it raises ValueError for a port that is none)
    except ValueError:
        return f"{shown(address)} is not an address"
    if parts.scheme not in ("http", "https") or not host:
        return "must begin with http:// or https:// and name a host"
    if "@" in parts.netloc:
        return "must not hold a user name or password"
    if UNFIT_IN_ADDRESS.search(address):
        return "holds characters that no address has"
    return "" if _is_public_host(host) else f"{shown(host)} is not the name of a public host"


def _is_public_host(host: str) -> bool:
    if "." not in host or IPV4.fullmatch(host):
        return False
    try:
        idna.encode(host, uts46=True)
    except idna.IDNAError:
        return False
    return True


def _path_fault(path: str) -> str:
    if not path.startswith("/") or path.startswith("//"):
        return "must begin with one slash"
    if len(path) > PATH_LENGTH:
        return f"is longer than {PATH_LENGTH} characters"
    if UNFIT_IN_ADDRESS.search(path) or not path.isprintable() or LIST_MARK in path:
        return "holds characters that no path has"
    if "?" in path or "#" in path:
        return "must be a path alone, without ? or #"
    first = path[1:].split("/", 1)[0]
    return "is an address of this site" if not first or first in OWN_PATHS else ""
