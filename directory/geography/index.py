"""The index of names that the gazetteer is searched by, made once with the package data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from directory.geography.naming import spellings
from directory.geography.places import City, Country, Place, Region
from directory.geography.rules import short_forms
from directory.kernel.text import fold_name

# What a name is worth against the one displayed.
SHORT_FORM = 0.5
OTHER_NAME = 0.02
LATER_WORD = 0.02
SMALLEST_WORD = 3
LINK_WORDS = frozenset(
    ("and", "das", "del", "dem", "den", "der", "des", "die", "las", "les", "los", "the", "und")
)
NAMESAKE_OUTWEIGHS = 50
ALIAS = 0.1
ENGLISH, GERMAN, BOTH, WHOLE = "e", "d", "de", "w"


class Names:
    """Every folded name with the places it leads to and how likely each is meant."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self.found: dict[str, dict[str, float]] = defaultdict(dict)

    def add_displayed(self, key: str, place: Place) -> None:
        """Adds both displayed names, what people leave of a city's and how they write it too."""
        for name in (place.en, place.de):
            self.add(key, name)
            if isinstance(place, City):
                for form in (*short_forms(name), *spellings(name, place.country)):
                    self.add(key, form, SHORT_FORM)

    def add(self, key: str, name: str, worth: float = 1.0) -> None:
        """Adds a name of a place, worth less if it is not displayed."""
        folded = fold_name(name)
        if folded:
            known = self.found[folded]
            known[key] = max(known.get(key, 0.0), self.weights[key] * worth)

    def add_others(self, key: str, names: Iterable[str]) -> None:
        """Adds spellings of all kinds and languages."""
        for name in names:
            self.add(key, name, OTHER_NAME)

    def put_first(self, key: str, name: str) -> None:
        """Adds a name that means this place before all others, whatever their populations."""
        known = self.found[fold_name(name)]
        known[key] = 1 + max([self.weights[key], *known.values()])

    def lines(self) -> bytes:
        """`names.txt`: `folded name <TAB> keys, best first`."""
        return b"".join(
            sorted(
                f"{folded}\t{' '.join(self._ranked(entries))}\n".encode()
                for folded, entries in self.found.items()
            )
        )

    def _ranked(self, entries: Mapping[str, float]) -> list[str]:
        """Best first, without a city's other spelling where a far likelier city has that name.

        That drops less than a hundredth of them, such as `Monaco` for Munich beside the state's
        city, and keeps names unambiguous.
        """
        ranked = sorted(entries, key=lambda key: (-entries[key], key))
        top = max((entries[key] for key in ranked if key.isdigit()), default=0.0)
        return [key for key in ranked if not self._harms(entries[key], key, top)]

    def _harms(self, entry: float, key: str, top: float) -> bool:
        is_other = key.isdigit() and entry <= self.weights[key] * OTHER_NAME
        return is_other and entry * NAMESAKE_OUTWEIGHS < top


class Starts:
    """Each displayed name from each of its words on, for completing what is being typed."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self.begun: dict[tuple[str, str], tuple[float, str]] = {}

    def add_displayed(self, key: str, place: Country | Region | City) -> None:
        """Adds both displayed names, each for its language."""
        if place.en == place.de:
            self.add(key, place.en, BOTH)
        else:
            self.add(key, place.en, ENGLISH)
            self.add(key, place.de, GERMAN)

    def add_alias(self, key: str, name: str) -> None:
        """Adds a name that is not displayed, worth a tenth."""
        self._note(fold_name(name), key, self.weights[key] * ALIAS, BOTH + WHOLE)

    def add(self, key: str, name: str, languages: str) -> None:
        """Adds a name; later words count a fiftieth, so that York comes before New York."""
        parts = fold_name(name).split()
        for number, part in enumerate(parts):
            rest = " ".join(parts[number:])
            if number == 0:
                self._note(rest, key, self.weights[key], languages + WHOLE)
            elif len(part) >= SMALLEST_WORD and part not in LINK_WORDS:
                self._note(rest, key, self.weights[key] * LATER_WORD, languages)

    def lines(self) -> bytes:
        """`starts.txt`: `folded rest <TAB> weight <TAB> marks <TAB> key`.

        Marks: `d`, `e` for the language of the name, `w` where the rest is the whole.
        """
        return b"".join(
            sorted(
                f"{folded}\t{max(1, round(weight))}\t{marks}\t{key}\n".encode()
                for (folded, key), (weight, marks) in self.begun.items()
            )
        )

    def _note(self, folded: str, key: str, weight: float, marks: str) -> None:
        before, known = self.begun.get((folded, key), (0.0, ""))
        self.begun[folded, key] = max(weight, before), "".join(sorted({*marks, *known}))
