"""Reads typed values of a row by name and collects every refusal at its field's dotted name."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from directory.exchange.cells import LIST_MARK
from directory.exchange.rows import WHOLE_ROW, Row
from directory.exchange.wording import SHOWN_MOST, hint, kind_of, shown, told
from directory.kernel.errors import Refusal
from directory.kernel.text import clean_line, clean_text, has_controls

Choice = TypeVar("Choice", bound=StrEnum)

DIGITS = re.compile(r"[0-9]{1,15}", re.ASCII)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
YEARS = range(1990, 2101)
LIST_MOST = 300
UNKNOWN_NAMED = 20


class Fields:
    """The values of a row or of a group within it.

    Every method gives the value, or None (an empty tuple) when it is absent or was refused. Null
    and empty are absent. Only the first refusal of a field counts. `finish()` refuses what nobody
    asked for.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        refused: dict[str, Refusal],
        *,
        cells: bool = False,
        prefix: str = "",
    ) -> None:
        self._values = values
        self._refused = refused
        self._cells = cells
        self._prefix = prefix
        self._known: set[str] = set()

    @classmethod
    def of(cls, row: Row) -> Fields:
        """The fields of a whole row, with what is refused already."""
        refused = {refusal.field: refusal for refusal in row.refusals}
        return cls(row.values, refused, cells=row.cells)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Everything refused so far in the whole row."""
        return tuple(self._refused.values())

    def refuse(self, name: str, message: str) -> None:
        """Refuse the row at the field `name` of this group."""
        full = clean_line(self._prefix + name)[: 2 * SHOWN_MOST] or "-"
        self._refused.setdefault(full, Refusal(full, message))

    def is_refused(self, name: str) -> bool:
        """Whether the field or something within it is refused already."""
        full = self._prefix + name
        return any(at == full or at.startswith(f"{full}.") for at in self._refused)

    def take(self, name: str) -> object | None:
        """The raw value, None when absent."""
        self._known.add(name)
        value = self._values.get(name)
        return None if value is None or value == "" else value

    def has(self, name: str) -> bool:
        """Whether the row says anything at `name`."""
        return self.take(name) is not None

    def require(self, *names: str) -> None:
        """Refuse the row where one of the fields is absent."""
        for name in names:
            if not self.has(name) and not self.is_refused(name):
                self.refuse(name, "is missing")

    def line(self, name: str, most: int) -> str:
        """One cleaned line of at most `most` characters, empty when absent or refused."""
        return self._text(name, self.take(name), most, clean_line)

    def text(self, name: str, most: int) -> str:
        """Running text of at most `most` characters, empty when absent or refused."""
        return self._text(name, self.take(name), most, clean_text)

    def required_line(self, name: str, most: int) -> str:
        """As `line`, and refused when nothing is left of it."""
        line = self.line(name, most)
        if not line and not self.is_refused(name):
            self.refuse(name, "is missing" if not self.has(name) else "is empty")
        return line

    def by_language(
        self, name: str, most: int, languages: Collection[str], *, one_line: bool
    ) -> dict[str, str]:
        """Texts by language; a text given plain stands under the empty language."""
        clean = clean_line if one_line else clean_text
        value = self.take(name)
        if not isinstance(value, Mapping):
            plain = self._text(name, value, most, clean)
            return {"": plain} if plain else {}
        texts: dict[str, str] = {}
        for language, part in value.items():
            inner = f"{name}.{language}"
            if language not in languages:
                self.refuse(inner, "not a language of ISO 639-1")
            elif text := self._text(inner, None if part == "" else part, most, clean):
                texts[language] = text
        return texts

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number of the range."""
        value = self.take(name)
        if self._cells and isinstance(value, str) and DIGITS.fullmatch(value):
            value = int(value)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(name, f"must be a whole number, not {told(value)}")
            return None
        if not least <= value <= most:
            self.refuse(name, f"must be from {least} to {most}, not {shown(value)[1:-1]}")
            return None
        return value

    def flag(self, name: str) -> bool | None:
        """True or false."""
        value = self.take(name)
        if self._cells and isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        if value is None or isinstance(value, bool):
            return value
        self.refuse(name, f"must be true or false, not {told(value)}")
        return None

    def day(self, name: str) -> date | None:
        """A date as YYYY-MM-DD."""
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
            self.refuse(name, f"must be a date as YYYY-MM-DD, not {told(value)}")
            return None
        with contextlib.suppress(ValueError):
            day = date.fromisoformat(value)
            if day.year in YEARS:
                return day
        self.refuse(name, f"{value} is not a day of the years {YEARS[0]} to {YEARS[-1]}")
        return None

    def choice(self, name: str, kind: type[Choice]) -> Choice | None:
        """One of the values of `kind`."""
        value = self.one_of(name, tuple(kind), "allowed values")
        return kind(value) if value else None

    def one_of(self, name: str, allowed: Collection[str], what: str) -> str:
        """One of `allowed`, empty when absent or refused."""
        value = self.take(name)
        if value is None:
            return ""
        if isinstance(value, str) and value in allowed:
            return value
        self.refuse(name, f"{told(value)} is not one of the {what}{hint(value, allowed)}")
        return ""

    def values(self, name: str, allowed: Collection[str] | None, what: str) -> tuple[str, ...]:
        """A list of values, each of `allowed` unless that is None; one named twice counts once."""
        found = self._list(name)
        texts = list(dict.fromkeys(value for value in found if isinstance(value, str)))
        foreign = next((value for value in found if not isinstance(value, str)), None)
        if foreign is not None or None in found:
            self.refuse(name, f"must hold texts, not {kind_of(foreign)}")
        if allowed is not None:
            for value in [text for text in texts if text not in allowed][:1]:
                self.refuse(name, f"{shown(value)} is not one of the {what}{hint(value, allowed)}")
        return tuple(texts)

    def group(self, name: str) -> Fields | None:
        """The fields of an object."""
        value = self.take(name)
        if value is None or isinstance(value, Mapping):
            return None if value is None else self._within(name, value)
        self.refuse(name, f"must be an object, not {told(value)}")
        return None

    def groups(self, name: str) -> list[Fields]:
        """The fields of each object of a list; they are numbered from 1."""
        value = self.take(name)
        if self._cells and isinstance(value, Mapping):
            value = self._numbered(name, value)
        elif value is not None and not isinstance(value, list):
            self.refuse(name, f"must be a list of objects, not {told(value)}")
        if not isinstance(value, list):
            return []
        if len(value) > LIST_MOST:
            self.refuse(name, f"must hold at most {LIST_MOST} entries")
            return []
        numbered = [(f"{name}.{number}", one) for number, one in enumerate(value, start=1)]
        for inner, one in numbered:
            if not isinstance(one, Mapping):
                self.refuse(inner, f"must be an object, not {told(one)}")
        return [self._within(inner, one) for inner, one in numbered if isinstance(one, Mapping)]

    def finish(self) -> None:
        """Refuse every field that nobody asked for; of very many only the first are named."""
        unknown = [name for name in self._values if name not in self._known]
        for name in unknown[:UNKNOWN_NAMED]:
            self.refuse(name, f"unknown field{hint(name, self._known)}")
        if len(unknown) > UNKNOWN_NAMED:
            more = f"{len(unknown) - UNKNOWN_NAMED} more unknown fields"
            self._refused.setdefault(WHOLE_ROW, Refusal(WHOLE_ROW, more))

    def _within(self, name: str, values: Mapping[str, object]) -> Fields:
        prefix = f"{self._prefix}{name}."
        return Fields(values, self._refused, cells=self._cells, prefix=prefix)

    def _numbered(self, name: str, groups: Mapping[str, object]) -> list[object]:
        numbers = {str(number): None for number in range(1, len(groups) + 1)}
        for key in [key for key in groups if key not in numbers]:
            self.refuse(f"{name}.{key}", "must be numbered from 1 without a gap")
        return [groups[number] for number in numbers if number in groups]

    def _list(self, name: str) -> list[object]:
        value = self.take(name)
        if value is None:
            return []
        if self._cells and isinstance(value, str):
            value = [part for part in value.split(LIST_MARK) if part]
        if not isinstance(value, list):
            self.refuse(name, f"must be a list, not {told(value)}")
            return []
        if len(value) > LIST_MOST:
            self.refuse(name, f"must hold at most {LIST_MOST} values")
            return []
        return value

    def _text(self, name: str, value: object, most: int, clean: Callable[[str], str]) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(name, f"must be text, not {kind_of(value)}")
            return ""
        if has_controls(value):
            self.refuse(name, "holds control characters")
            return ""
        text = clean(value)
        if len(text) > most:
            self.refuse(name, f"has {len(text)} characters, at most {most} are allowed")
            return ""
        return text
