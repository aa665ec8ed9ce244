"""Whether the public may see a listing, and why not (DIR-2)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from directory.certification.rules import Period


class Hidden(StrEnum):
    """Why a listing that was public once is not now; the page that answers 410 says it."""

    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REVOKED = "revoked"


def hidden_because(*, published: bool, gate: Sequence[Period], revoked: bool) -> Hidden:
    """DIR-2: what hid a listing that was public once.

    gate: the days on which its certifications count; revoked: whether the one that ended last
    was taken away before its last day.
    """
    if not published:
        return Hidden.WITHDRAWN
    return Hidden.REVOKED if revoked or not gate else Hidden.LAPSED
