"""Whether every text of templates and code stands in the catalogues, and nothing else does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from directory.config import LANGUAGES
from directory.web.languages import SOURCE_LANGUAGE, catalogue_path

HERE = Path(__file__).parents[1]
PYTHON = [("**.py", "python")]
TEMPLATES = [("**.html", "jinja2"), ("**.xml", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {
    f"**.{ending}": {"encoding": "utf-8", "trimmed": "true", "silent": "false"}
    for ending in ("html", "xml", "txt")
}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "said": None}

Id = str | tuple[str, ...]


def problems(templates: Path) -> list[str]:
    """One line for each text that is missing, fuzzy, incomplete or unused in a catalogue."""
    used = set(_texts(templates))
    found = []
    for language in LANGUAGES:
        if language != SOURCE_LANGUAGE:
            with catalogue_path(language).open("rb") as file:
                found += list(_compared(language, used, read_po(file, locale=language)))
    return found


def _texts(templates: Path) -> Iterator[Id]:
    for folder, methods in ((HERE, PYTHON), (templates, TEMPLATES)):
        extracted = extract_from_dir(
            folder, method_map=methods, options_map=OPTIONS, keywords=KEYWORDS
        )
        yield from (message for _file, _line, message, _comments, _context in extracted)


def _compared(language: str, used: set[Id], catalogue: Catalog) -> Iterator[str]:
    known = {message.id: message for message in catalogue if message.id}
    yield from (f"{language}: missing: {text!r}" for text in sorted(used - known.keys(), key=str))
    yield from (f"{language}: unused: {text!r}" for text in sorted(known.keys() - used, key=str))
    for message in known.values():
        written = message.string or ""
        parts = (written,) if isinstance(written, str) else written
        if message.fuzzy or not all(parts):
            yield f"{language}: not finished: {message.id!r}"
        for error in message.check():
            yield f"{language}: {error}: {message.id!r}"


def main() -> int:
    """Prints every problem; 1 if there is one."""
    package = HERE / "templates"
    found = problems(package if package.is_dir() else HERE.parent / "templates")
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
