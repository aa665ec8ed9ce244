"""Two languages by the first part of the path; texts come straight from the `.po` files."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain
from werkzeug.datastructures import LanguageAccept

from directory.config import LANGUAGES, settings

FOLDER = Path(__file__).parents[1] / "translations"
SOURCE_LANGUAGE = "en"
PATH_RULE = f"/<any({', '.join(LANGUAGES)}):lang>"
KNOWN = "directory.language"
ENDONYMS = {"de": "Deutsch", "en": "English"}


class FileDomain(Domain):  # type: ignore[misc]  # flask-babel is untyped
    """Translations read from `.po` files, so that there is nothing to compile or to forget."""

    def get_translations(self) -> Translations | NullTranslations:
        return catalogue(current())


def init_app(app: Flask) -> None:
    """Give the application its languages: locale, addresses with `lang`, template variables."""
    babel = Babel(app, default_locale=SOURCE_LANGUAGE, locale_selector=current)
    babel.domain_instance = FileDomain()
    app.url_value_preprocessor(_drop_language)
    app.url_defaults(_add_language(app))
    app.context_processor(_variables)
    for language in LANGUAGES:
        catalogue(language)


@cache
def catalogue(language: str) -> Translations | NullTranslations:
    """The texts in `language`; the English ones are the message ids themselves."""
    path = catalogue_path(language)
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def catalogue_path(language: str) -> Path:
    """Where the texts in `language` are."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def gettext(message: str, /, **variables: Any) -> str:
    """A text in the language of the page, without the detour over flask-babel's context."""
    text = catalogue(current()).ugettext(message)
    return text % variables if variables else text


def ngettext(singular: str, plural: str, count: int, /, **variables: Any) -> str:
    """A text by number in the language of the page; `num` in it is the number."""
    text = catalogue(current()).ungettext(singular, plural, count)
    return text % {"num": count, **variables}


def current() -> str:
    """The language of this request: that of its address, else what the visitor prefers."""
    if not has_request_context():
        return settings().default_language
    # Asked hundreds of times for a page, so found out once.
    environ = request.environ
    if KNOWN not in environ:
        environ[KNOWN] = of_path(request.path) or preferred(request.accept_languages)
    known: str = environ[KNOWN]
    return known


def of_path(path: str) -> str | None:
    """The language that `path` names in its first part."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in LANGUAGES else None


def preferred(accepted: LanguageAccept) -> str:
    """The language of ours that the visitor's browser prefers, else the default one."""
    primary = (tag.partition("-")[0].lower() for tag, quality in accepted if quality > 0)
    found = (language for language in primary if language in LANGUAGES)
    return next(found, settings().default_language)


def in_language(path: str, language: str) -> str:
    """The twin of `path` in `language`; the home page if the path is in no language."""
    if of_path(path) is None:
        return f"/{language}/"
    return f"/{language}/{path.split('/', 2)[2]}" if path.count("/") > 1 else f"/{language}/"


def twins() -> list[dict[str, str]]:
    """This page in each other language: `language`, its own `name`, `url` with the same query."""
    query = request.query_string.decode("ascii", "replace")
    tail = f"?{query}" if query and of_path(request.path) else ""
    return [
        {"language": other, "name": ENDONYMS[other], "url": in_language(request.path, other) + tail}
        for other in LANGUAGES
        if other != current()
    ]


def alternates(canonical: str) -> list[tuple[str, str]]:
    """`hreflang` and absolute address of each twin of the canonical path, the default one last."""
    base = settings().base_url
    found = [(language, base + in_language(canonical, language)) for language in LANGUAGES]
    return [*found, ("x-default", base + in_language(canonical, settings().default_language))]


def _drop_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    # Views ask `current()`, which reads the path by itself.
    if values:
        values.pop("lang", None)


def _add_language(app: Flask) -> Any:
    def add(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = current()

    return add


def _variables() -> dict[str, Any]:
    return {
        "site": settings(),
        "language": current(),
        "twins": twins if has_request_context() else list,
        "alternates": alternates,
    }
