"""Finds the text of a legal page: the operator's file, else the program's default (OPR-3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

DEFAULTS = Path(__file__).parent / "texts"
FOLDER = "legal"
# What only the operator knows stands in the defaults between double brackets.
BLANK = re.compile(r"\[\[[^\]]*\]\]")
NAMED = re.compile(r"\{(site|operator|vendor|address)\}")


class LegalPage(StrEnum):
    """Pages that the law asks for; the value is the last part of the address."""

    IMPRINT = "imprint"
    PRIVACY = "privacy"
    TERMS = "terms"
    ACCESSIBILITY = "accessibility"


@dataclass(frozen=True)
class LegalText:
    """A page's text as Markdown.

    short: the version in plain language (K09), which is all that stands before the first heading;
    body: the rest; own: whether the operator gave it; blanks: whether something in it must still
    be filled in.
    """

    short: str
    body: str
    own: bool
    blanks: bool


def text_of(folder: Path, page: LegalPage, language: str, named: Mapping[str, str]) -> LegalText:
    """The operator's text in `folder`, else the default; `{site}` and so on become what they name.

    named: values for `site`, `operator`, `vendor` and `address`.
    """
    own = _file(folder, page, language)
    source = own if own.is_file() else _file(DEFAULTS, page, language)
    text = source.read_text(encoding="utf-8", errors="replace")
    filled = NAMED.sub(lambda found: named[found[1]], text)
    short, heading, rest = filled.partition("\n## ")
    if filled.startswith("#"):
        short, heading, rest = "", "", filled
    return LegalText(short, heading + rest, source == own, bool(BLANK.search(text)))


def unfinished(folder: Path, languages: Iterable[str]) -> list[str]:
    """Names of the operator's files that are not there, are empty or have blanks left."""
    files = [_file(folder, page, language) for page in LegalPage for language in languages]
    return [path.name for path in files if not _is_finished(path)]


def write_defaults(folder: Path, languages: Iterable[str]) -> list[str]:
    """Put the default of each text that the operator has not yet into `folder`; their names."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path in (_file(folder, page, language) for language in languages for page in LegalPage):
        if not path.exists():
            path.write_text((DEFAULTS / path.name).read_text(encoding="utf-8"), encoding="utf-8")
            written.append(path.name)
    return written


def _file(folder: Path, page: LegalPage, language: str) -> Path:
    return folder / f"{page}.{language}.md"


def _is_finished(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return bool(text.strip()) and not BLANK.search(text)
