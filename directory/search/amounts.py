"""Distances and budgets in the words of a query: `im Umkreis von 30 km`, `bis 5.000 €`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directory.kernel.policy import POLICY

KM_PER_MILE = 1.609344
THOUSAND = 1000
DIGITS_MOST = 9
NUMBER = r"(?P<number>\d{1,3}(?:[.,\u00a0' ]\d{3})+(?!\d)|\d{1,9})(?:[.,]\d{1,2}(?!\d))?"
DISTANCE = re.compile(
    r"(?:\b(?:im\s+)?(?:umkreis|radius|entfernung)\s+(?:von\s+)?|\bin\s+a\s+radius\s+of\s+|\bwithin\s+(?:a\s+)?"
    r"|\binnerhalb\s+(?:von\s+)?|\b(?:bis\s+zu|bis|up\s+to|max\.?|maximal|etwa|circa|ca\.?)\s+|\+\s*)*"
    + NUMBER
    + r"\s*-?(?P<unit>kms?|kilomet(?:er|re|ern|ers|res)s?|mi|miles?|meilen?)\b"
    r"(?:\s*[- ]?(?:radius|umkreis|entfernung))?"
    r"(?:\s+(?:entfernt|away|rund))?(?:\s+(?:um|von|of|from|around|rund um|near|bei)\b)?",
    re.IGNORECASE,
)
LIMIT = (
    r"(?:unter|bis\s+zu|bis|max\.?|maximal|höchstens|weniger\s+als|under|up\s+to|below|less\s+than"
    r"|at\s+most|maximum|ab|ca\.?|circa|etwa|around|about|rund|von|of|für|for|from|is|:)"
)
CURRENCY = r"(?:€|eur\b|euros?\b)"
BUDGET = re.compile(
    rf"(?:\b(?P<word>budget)\s*)?(?:(?<!\w)(?P<limit>{LIMIT})\s*)*(?P<before>{CURRENCY})?\s*"
    rf"(?:\d{{1,9}}\s*(?:-|–|bis|to)\s*)?{NUMBER}"
    rf"\s?(?P<kilo>k\b|tsd\.?|tausend|thousand)?\s*(?P<after>{CURRENCY})?(?:\s*(?P<last>budget)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """A number in the words from `start` to `end`: whole km or whole EUR."""

    value: int
    start: int
    end: int
    words: str


def distance_said(query: str) -> Amount | None:
    """The first distance, in km from 1 to the most that is allowed."""
    found = DISTANCE.search(query)
    if found is None:
        return None
    number = _whole(found["number"])
    km = number * KM_PER_MILE if found["unit"].lower().startswith("m") else number
    value = min(max(round(km), 1), POLICY.radius_most_km)
    return Amount(value, *found.span(), found.group().strip())


def budget_said(query: str) -> Amount | None:
    """The first budget: a number with a currency, `k` after a limit, or the word itself."""
    for found in BUDGET.finditer(query):
        sure = found["before"] or found["after"] or found["word"] or found["last"]
        if not sure and not (found["limit"] and found["kilo"]):
            continue
        value = _whole(found["number"]) * (THOUSAND if found["kilo"] else 1)
        if len(str(value)) <= DIGITS_MOST:
            return Amount(value, *found.span(), found.group().strip())
    return None


def _whole(number: str) -> int:
    return int("".join(char for char in number if char.isdigit()))
