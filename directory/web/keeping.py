"""Which pages may be kept and shown again: a view says so, and what in its address counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from flask import Response, after_this_request

View = TypeVar("View", bound=Callable[..., Any])
MARK = "kept_parameters"


class Counting(NamedTuple):
    """What of a kept view's address counts; see `kept`."""

    parameters: tuple[str, ...]
    own: str


def kept(*parameters: str, own: str = "") -> Callable[[View], View]:
    """Let the view's answers be shown again to everybody until something changes.

    parameters: those of the address that count, in the order of the canonical one; all others are
    taken away before the view is asked. It may show nothing but what follows from its path, these
    parameters, the theme, the day, the database and the index. own: a parameter that makes the page
    one visitor's own, made for them with all that they send, and not shown again.
    """

    def mark(view: View) -> View:
        setattr(view, MARK, Counting(parameters, own))
        return view

    return mark


def only_if(sound: bool) -> None:
    """Unless all is sound, the present answer is for the one who asked and not shown again."""
    if sound:
        return

    @after_this_request
    def say(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response
