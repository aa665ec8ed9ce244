"""The providers a visitor has kept: they live in the address as `p`, and ride along on links."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask import request, url_for

from directory.kernel.slugs import is_slug

PARAMETER = "p"
MOST = 50
# Values that are looked at before they are told from what is no slug.
LOOKED_AT = 4 * MOST


def kept() -> tuple[str, ...]:
    """Slugs of this request's address in their order, each once, at most 50."""
    given = dict.fromkeys(request.args.getlist(PARAMETER)[:LOOKED_AT])
    return tuple(one for one in given if is_slug(one))[:MOST]


def kept_pairs() -> list[tuple[str, str]]:
    """The same as parameters of an address or fields of a form."""
    return [(PARAMETER, slug) for slug in kept()]


def kept_url(
    endpoint: str,
    *,
    add: str = "",
    remove: Collection[str] = (),
    carried: Mapping[str, list[str]] | None = None,
) -> str:
    """The short-list's or the comparison's address with a provider more or less.

    carried: further parameters that the address holds.
    """
    slugs = dict.fromkeys((*kept(), *([add] if add else [])))
    left = [slug for slug in slugs if slug not in remove]
    values: dict[str, Any] = {PARAMETER: left, **(carried or {})}
    return url_for(f"public.{endpoint}", **values)
