"""The providers a visitor has kept: they live in the address as `p`, and ride along on links."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from directory.kernel.slugs import is_slug

PARAMETER = "p"
MOST = 50
# Values that are looked at before they are told from what is no slug.
LOOKED_AT = 4 * MOST
NOTED = "directory.kept"


def kept() -> tuple[str, ...]:
    """Slugs of this request's address in their order, each once, at most 50."""
    return _noted()[0]


def kept_pairs() -> list[tuple[str, str]]:
    """The same as parameters of an address or fields of a form."""
    return [(PARAMETER, slug) for slug in kept()]


def with_kept(url: str) -> str:
    """A link to a page of this site that keeps who is kept."""
    tail = _noted()[1]
    return f"{url}{'&' if '?' in url else '?'}{tail}" if tail else url


def without_kept(url: str) -> str:
    """The address that such a link leads to, which is the same for every visitor."""
    tail = _noted()[1]
    return url.removesuffix(tail)[:-1] if tail and url.endswith(tail) else url


def kept_url(
    endpoint: str,
    *,
    first: Collection[str] = (),
    add: str = "",
    remove: Collection[str] = (),
    carried: Mapping[str, list[str]] | None = None,
) -> str:
    """The short-list's or the comparison's address with a provider more or less.

    first: who stands before all others; carried: further parameters that the address holds.
    """
    slugs = dict.fromkeys((*first, *kept(), *([add] if add else [])))
    left = [slug for slug in slugs if slug not in remove]
    values: dict[str, Any] = {PARAMETER: left, **(carried or {})}
    return url_for(f"public.{endpoint}", **values)


def _noted() -> tuple[tuple[str, ...], str]:
    """The slugs, and the end of every address that hands them on."""
    # Asked for each link of a page, so found out once.
    environ = request.environ
    if NOTED not in environ:
        given = dict.fromkeys(request.args.getlist(PARAMETER)[:LOOKED_AT])
        slugs = tuple(one for one in given if is_slug(one))[:MOST]
        environ[NOTED] = slugs, urlencode([(PARAMETER, slug) for slug in slugs])
    noted: tuple[tuple[str, ...], str] = environ[NOTED]
    return noted
