"""How templates show things: numbers and dates by language, initials, marked words, long words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

import idna
from babel import dates, numbers
from flask import Flask
from markupsafe import Markup, escape

from directory.kernel.policy import Tier
from directory.kernel.text import WORD
from directory.search import ranking
from directory.search.labels import language_names
from directory.taxonomy import queries as taxonomy
from directory.web.languages import current

CURRENCY = {"de": "#,##0 ¤", "en": "¤#,##0"}
# Numbers below it are the same in both languages.
UNGROUPED = 1000
TEXTS_KEPT = 8192
SHORTEST_SPLIT = 16
SOFT_HYPHEN = "\u00ad"
# Second parts of German compounds before which a long word may break.
SEAMS = (
    "agentur|akademie|anwendung|arbeit|automatisierung|beratung|beziehung|datenbank|dienst"
    "|einführung|entwicklung|erstellung|fabrik|freiheit|gemeinschaft|genossenschaft|gesellschaft"
    "|gestaltung|haus|kommunikation|leistung|lösung|management|manufaktur|marketing|optimierung"
    "|planung|partner|plattform|prozess|schmiede|schnittstelle|schulung|software|strategie|system"
    "|technik|technologie|unternehmen|unterstützung|vermarktung|vertrieb|verwaltung|werbung"
    "|werkstatt|wirtschaft"
)
SEAM = re.compile(rf"(?<=\w{{4}})({SEAMS})(?=\w*)", re.IGNORECASE)
LONG_WORD = re.compile(rf"\w{{{SHORTEST_SPLIT},}}")


class Worded(Protocol):
    """A text that knows its language if it is not the page's."""

    @property
    def language(self) -> str | None: ...


def init_app(app: Flask) -> None:
    """Make every filter below known to templates."""
    for shown in SHOWN:
        app.jinja_env.filters[shown.__name__] = shown
    app.jinja_env.globals |= {
        "tiers": list(Tier),
        "areas": taxonomy.areas,
        "ranking_version": ranking.VERSION,
    }


def number(value: float) -> str:
    """1,284 or 1.284."""
    if isinstance(value, int) and 0 <= value < UNGROUPED:
        return str(value)
    return _number(value, current())


def one_decimal(value: float) -> str:
    """4.6 or 4,6: a rating, always with its decimal."""
    return _one_decimal(value, current())


def euros(amount: int) -> str:
    """A whole number of euros: €8,000 or 8.000 €."""
    return _euros(amount, current())


def day(value: date) -> str:
    """15 June 2026 or 15. Juni 2026, in British English."""
    return _day(value, "en_GB" if current() == "en" else current())


def kilometres(distance: float) -> str:
    """A distance to the nearest kilometre; below one it says so."""
    rounded = round(distance)
    return f"{number(rounded)} km" if rounded else "< 1 km"


def language_name(code: str) -> str:
    """The name of the language with that ISO 639-1 code; the code if there is none."""
    return language_names(current()).get(code, code)


def initials(name: str) -> str:
    """One or two letters that stand in for a logo."""
    found = [word[0] for word in WORD.findall(name)]
    return "".join(found[:2]).upper() or "–"


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """`text`, escaped, with the parts from start to end marked; spans: in order, apart."""
    pieces = [Markup()]
    done = 0
    for start, end in spans:
        pieces.append(breakable(text[done:start]))
        pieces.append(Markup("<mark>{}</mark>").format(breakable(text[start:end])))
        done = end
    return Markup().join([*pieces, breakable(text[done:])])


@lru_cache(maxsize=TEXTS_KEPT)
def breakable(text: str) -> Markup:
    """`text` with soft hyphens at the seams of its very long words."""
    split = LONG_WORD.sub(lambda word: SEAM.sub(SOFT_HYPHEN + r"\1", word[0]), text)
    return escape(split)


def text_lang(text: Worded) -> Markup:
    """The attribute `lang` for a text that is not in the page's language, else nothing."""
    return Markup(' lang="{}"').format(text.language) if text.language else Markup()


def host(url: str) -> str:
    """The host of an address without `www.`, to be shown instead of it.

    One that has letters outside Latin is shown as it is asked for (`xn--…`), so that it can't look
    like another one (D5).
    """
    shown = (urlsplit(url).hostname or url).removeprefix("www.")
    if all(char.isascii() or "LATIN" in unicodedata.name(char, "") for char in shown):
        return shown
    try:
        return idna.encode(shown, uts46=True).decode("ascii")
    except idna.IDNAError:
        return shown.encode("ascii", "backslashreplace").decode("ascii")


def at_dots(host: str) -> Markup:
    """A host that may go on in the next line after a dot."""
    return Markup(".<wbr>").join(host.split("."))


@lru_cache(maxsize=4096)
def _number(value: float, language: str) -> str:
    return numbers.format_decimal(value, locale=language)


@lru_cache(maxsize=1024)
def _one_decimal(value: float, language: str) -> str:
    return numbers.format_decimal(value, format="0.0", locale=language)


@lru_cache(maxsize=4096)
def _day(value: date, locale: str) -> str:
    return dates.format_date(value, "long", locale=locale)


@lru_cache(maxsize=1024)
def _euros(amount: int, language: str) -> str:
    return numbers.format_currency(
        amount, "EUR", format=CURRENCY[language], locale=language, currency_digits=False
    )


SHOWN = (
    number,
    one_decimal,
    euros,
    day,
    kilometres,
    language_name,
    initials,
    breakable,
    text_lang,
    host,
    at_dots,
)
