"""Words that mean something to a search, as data: small words, parts of compounds, no places."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from directory.kernel.text import folded_words


@cache
def small_words(language: str) -> frozenset[str]:
    """Folded function words of `de` or `en`, by which a text's language is told."""
    return _listed(f"small_words_{language}")


@cache
def said_of_everyone() -> frozenset[str]:
    """Folded words that narrow nothing here (agency, beste, near), in both languages."""
    return _listed("said_of_everyone") | small_words("de") | small_words("en")


@cache
def no_places() -> frozenset[str]:
    """Folded words that are a place's name somewhere but mean something else in a query."""
    return _listed("no_places")


@cache
def compound_parts() -> frozenset[str]:
    """Folded words of which German compounds of this field are made."""
    return _listed("compound_parts")


def _listed(name: str) -> frozenset[str]:
    text = (files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(folded_words(text))
