"""What the interface answers when an address can't be right: 400 and the parameter's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from flask import request
from werkzeug.exceptions import BadRequest

from directory.config import LANGUAGES, settings
from directory.search.addresses import BadPage, Notice, Reason
from directory.search.request import SearchRequest


def refuse(parameter: str, problem: str) -> NoReturn:
    """Answer 400 with `{"error", "parameter"}`."""
    refusal = BadRequest(problem)
    refusal.details = {"parameter": parameter}  # type: ignore[attr-defined]
    raise refusal


def language() -> str:
    """`lang` of the address, by default the site's; 400 for another than `de` and `en`."""
    asked = request.args.get("lang") or settings().default_language
    if asked not in LANGUAGES:
        refuse("lang", "lang must be de or en")
    return asked


def search_request() -> SearchRequest:
    """The search of the address; 400 for a page that is none or a value outside a facet's list.

    Words and values beyond the limits are left out, as on the page.
    """
    try:
        asked, notices = SearchRequest.from_args(request.args)
    except BadPage as problem:
        refuse("page", str(problem))
    _refuse_wrong(notices)
    return asked


def _refuse_wrong(notices: Iterable[Notice]) -> None:
    for notice in notices:
        if notice.reason is Reason.UNKNOWN:
            refuse(notice.parameter, f"{notice.parameter} can't be {notice.value!r}")
        if notice.reason is Reason.WITHOUT_PLACE:
            refuse(notice.parameter, f"{notice.parameter} needs a place: near")
