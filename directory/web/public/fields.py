"""What visitors mean by what they put into the fields of a form, as parameters of a search."""

from __future__ import annotations

import re

from werkzeug.datastructures import MultiDict

from directory.geography.queries import place_key
from directory.search.addresses import place_called

# `5.000`, `10 000 €`, `1,500.00`, `EUR 2'000,-`; a sign may not change within a number.
SPARE = re.compile(r"[\s'’]|€|Euro?", re.IGNORECASE)
WHOLE = re.compile(r"([0-9]+|[0-9]{1,3}([.,])[0-9]{3}(?:\2[0-9]{3})*)(?:[.,](?:[0-9]{2}|[-–]+))?")
LONGEST = 40


def as_meant(args: MultiDict[str, str]) -> MultiDict[str, str]:
    """The parameters of an address, those of a form's fields as they were meant."""
    meant = MultiDict(args)
    if "budget" in meant:
        meant.setlist("budget", [whole_euros(text) for text in args.getlist("budget")])
    around = args.get("around", "")
    if around:
        _settle_place(meant, around)
    return meant


def whole_euros(text: str) -> str:
    """An amount as its digits, cents left out; the text itself where it is no amount."""
    found = WHOLE.fullmatch(SPARE.sub("", text)) if len(text) <= LONGEST else None
    return re.sub(r"[^0-9]", "", found[1]) if found else text


def _settle_place(meant: MultiDict[str, str], around: str) -> None:
    """The city of the search stands in the form three times: what was changed of that counts.

    around: the city's GeoNames id, which was ticked and stood in the field for the place. Another
    place in the field, or none, replaces it, a radius makes it `near`, else the box decides.
    """
    if not _is_called(around, meant.get("near", "")):
        _drop_city(meant, around)
    elif meant.get("radius"):
        _drop_city(meant, around)
        meant["near"] = around
    else:
        del meant["near"]


def _is_called(key: str, text: str) -> bool:
    place = place_called(text, ("city",)) if text.strip() else None
    return text.strip() == key or (place is not None and place_key(place) == key)


def _drop_city(meant: MultiDict[str, str], key: str) -> None:
    meant.setlist("city", [one for one in meant.getlist("city") if one != key])
