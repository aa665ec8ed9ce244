"""Questions to the taxonomy, which is data of the package (`data/*.csv`) and read once."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Term:
    """One value of the taxonomy.

    slug: its stable name in addresses and files; en, de: its names;
    area: the slug of a service's area, else empty; kind: `certification` or `accreditation` of a
    credential, else empty; synonyms: other words for it by language; about: what a credential says
    of its holder, in a sentence or two by language.
    """

    slug: str
    en: str
    de: str
    area: str = ""
    kind: str = ""
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    about: dict[str, str] = field(default_factory=dict, hash=False)

    def name(self, language: str) -> str:
        """Its name in `de`, or in English for any other language."""
        return self.de if language == "de" else self.en


@cache
def areas() -> dict[str, Term]:
    """Service areas (DIR-1) by slug, in the taxonomy's order."""
    return _read("areas")


@cache
def services() -> dict[str, Term]:
    """Services by slug, in the taxonomy's order."""
    return _read("services")


@cache
def industries() -> dict[str, Term]:
    """Industries by slug, in alphabetical order of their English names."""
    return _read("industries")


@cache
def credentials() -> dict[str, Term]:
    """Certifications and accreditations by slug."""
    return _read("credentials")


@cache
def services_of(slug: str) -> tuple[str, ...]:
    """The services that `slug` means: a service is itself, an area all below it; else none.

    An area and a service never share a slug, a test sees to that.
    """
    if slug in services():
        return (slug,)
    return tuple(term.slug for term in services().values() if term.area == slug)


def service_or_area(slug: str) -> Term | None:
    """The service or area with that slug."""
    return services().get(slug) or areas().get(slug)


def _read(name: str) -> dict[str, Term]:
    text = (files(__package__) / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return {row["slug"]: _term(row) for row in csv.DictReader(text.splitlines())}


def _term(row: dict[str, str]) -> Term:
    synonyms = {lang: _split(row.get(f"synonyms_{lang}", "")) for lang in ("en", "de")}
    return Term(
        slug=row["slug"],
        en=row["en"],
        de=row["de"],
        area=row.get("area", ""),
        kind=row.get("kind", ""),
        synonyms=synonyms,
        about={lang: row.get(f"about_{lang}", "") for lang in ("en", "de")},
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
