"""Who may open an address: every view says so, and a test finds the one that does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
ROLES = frozenset({"anyone"})


def allow(role: str) -> Callable[[View], View]:
    """Let `role` open the view; `anyone` needs no account."""
    if role not in ROLES:
        raise ValueError(f"{role} is no role")

    def mark(view: View) -> View:
        view.allowed_role = role  # type: ignore[attr-defined]
        return view

    return mark
