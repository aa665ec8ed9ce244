"""How reports quote what a row says and name what is allowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from directory.kernel.text import clean_line

SHOWN_MOST = 40
NAMED_MOST = 8
# Looking for the nearest of more values than this would make a faulty file slow.
COMPARED_MOST = 100
KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a decimal number"),
    (str, "text"),
    (list, "a list"),
    (Mapping, "an object"),
)


def shown(value: object) -> str:
    """`value` as a report may quote it: one short line without control characters."""
    text = clean_line(str(value)[: 4 * SHOWN_MOST])
    return repr(text if len(text) <= SHOWN_MOST else f"{text[:SHOWN_MOST]}…")


def kind_of(value: object) -> str:
    """What sort of JSON value it is, in words."""
    return next((name for kind, name in KINDS if isinstance(value, kind)), "null")


def told(value: object) -> str:
    """A text quoted, anything else by its sort."""
    return shown(value) if isinstance(value, str) else kind_of(value)


def hint(value: object, allowed: Collection[str]) -> str:
    """What is allowed, to follow a refusal: all of it when that is short, else the nearest."""
    if len(allowed) <= NAMED_MOST:
        return f" ({', '.join(sorted(allowed))})"
    if len(allowed) > COMPARED_MOST:
        return ""
    near = get_close_matches(str(value)[:SHOWN_MOST], sorted(allowed), n=3, cutoff=0.5)
    return f" (nearest: {', '.join(near)})" if near else ""
