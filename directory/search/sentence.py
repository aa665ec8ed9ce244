"""Says a search as one title-like sentence in German or English."""

from __future__ import annotations

from collections.abc import Sequence

from directory.geography import queries as geography
from directory.geography.queries import Place
from directory.kernel.policy import Tier
from directory.search.labels import label, money, number
from directory.search.prepositions import said_in
from directory.search.request import NONE, PLACE_FACETS, SearchRequest

# Values of a facet that are named; more are counted.
NAMED = 3
# German names of the taxonomy that begin with an adjective; inside a sentence it is in lower case.
ADJECTIVES = ("Bezahlte ", "Programmierte ", "Individuelle ")
# Names of the taxonomy that a sentence says in another form.
INSIDE = {
    "Wissensdatenbank": "Wissensdatenbanken",
    "Anwenderschulung": "Anwenderschulungen",
    "Service-Schulung": "Service-Schulungen",
    "Automotive": "the automotive industry",
    "Legal": "legal services",
    "Non-profit": "non-profits",
}
# English plurals in form that are one thing.
ONE_THING = ("relations", "operations", "analytics", "Sales", "ss")


def sentence(request: SearchRequest, language: str) -> str:
    """The search as a heading: `CRM-Anbieter bis 100 km um Stuttgart` (DIR-4)."""
    say = _German(request) if language == "de" else _English(request)
    said = [say.head(), say.place(), *say.extras()]
    return " ".join(filter(None, said)) + say.clause()


def listed(names: Sequence[str], joint: str) -> str:
    """`A`, `A oder B`, `A, B oder C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def mid_sentence(name: str, language: str) -> str:
    """The name of a service within a sentence: `bezahlte Werbung` · `help desk`."""
    return _mid_sentence(name) if language == "de" else _lower(name)


class _Speech:
    """What both languages share: the request's values by name."""

    language: str
    joint: str
    more: str

    def __init__(self, request: SearchRequest) -> None:
        self.request = request

    def names(self, facet: str) -> list[str]:
        return [label(facet, value, self.language) for value in getattr(self.request, facet)]

    def alternatives(self, names: Sequence[str], more: str = "") -> str:
        """As words; of many only the first, with the number of the others."""
        if len(names) > NAMED + 1:
            names = [*names[:NAMED], (more or self.more).format(count=len(names) - NAMED)]
        return listed(names, self.joint)

    def tiers(self) -> list[str]:
        """The tiers asked for by name, the lowest first."""
        return [tier.label for tier in Tier if tier in self.request.tier]

    def places(self) -> list[str]:
        """`in Köln`, with the preposition only once where all have the plain one."""
        said = [said_in(place, self.language) for place in self._places()]
        plain = all(one.startswith("in ") and one[3:4].isupper() for one in said)
        return [said[0], *(one.removeprefix("in ") for one in said[1:])] if plain and said else said

    def _places(self) -> list[Place]:
        keys = [key for facet in PLACE_FACETS for key in getattr(self.request, facet)]
        return [place for key in keys if (place := geography.place(key)) is not None]

    def only_tierless(self) -> bool:
        return self.request.tier == (NONE,)


class _German(_Speech):
    language, joint, more = "de", "oder", "{count} weitere"

    def head(self) -> str:
        services = [_mid_sentence(name) for name in self.names("service")]
        noun = self._noun()
        text = f"zu „{self.request.q}“" if self.request.q else ""
        if not services:
            bare = noun == "Anbieter" and not self.request.is_filtered
            return " ".join(filter(None, ["Alle Anbieter" if bare else noun, text]))
        if len(services) == 1 and services[0].isupper() and noun == "Anbieter":
            return " ".join(filter(None, [f"{services[0]}-Anbieter", text]))
        return " ".join(filter(None, [f"{noun} für {self.alternatives(services)}", text]))

    def _noun(self) -> str:
        tiers, packages = self.tiers(), self.request.package
        if tiers and NONE not in self.request.tier:
            return listed([*(f"{tier}-" for tier in tiers[:-1]), f"{tiers[-1]}-Partner"], "und")
        if packages and NONE not in packages and not self.request.tier:
            return self.alternatives(self.names("package"))
        return "Anbieter"

    def place(self) -> str:
        near = self.request.near
        around = [f"bis {self.request.radius} km um {near.name_de}"] if near else []
        return self.alternatives([*self.places(), *around], "{count} weiteren Orten")

    def extras(self) -> list[str]:
        request, said = self.request, []
        if NONE in request.tier:
            tiers = [*self.tiers(), "ohne Stufe"]
            mixed = f"({self.alternatives(tiers)})"
            said.append("ohne Stufe" if self.only_tierless() else mixed)
        if NONE in request.package:
            said.append("ohne Paket" if len(request.package) == 1 else "mit oder ohne Paket")
        if request.industry:
            word = "Branche" if len(request.industry) == 1 else "Branchen"
            said.append(f"für die {word} {self.alternatives(self.names('industry'))}")
        if request.credential:
            word = "dem Nachweis" if len(request.credential) == 1 else "den Nachweisen"
            said.append(f"mit {word} {self.alternatives(self.names('credential'))}")
        if request.budget is not None:
            said.append(f"für ein Budget von {money(request.budget, 'de')}")
        if request.rating is not None:
            said.append(f"ab {number(request.rating, 'de')} Sternen")
        return said

    def clause(self) -> str:
        """What they do, as a clause of its own: `, die Deutsch sprechen`."""
        does = []
        if self.request.language:
            does.append(f"{self.alternatives(self.names('language'))} sprechen")
        if self.request.accepting:
            does.append("neue Kunden annehmen")
        return f", die {' und '.join(does)}" if does else ""


class _English(_Speech):
    language, joint, more = "en", "or", "{count} more"

    def head(self) -> str:
        services = self.names("service")
        noun = self._noun()
        text = f"matching “{self.request.q}”" if self.request.q else ""
        if not services:
            bare = noun == "providers" and not self.request.is_filtered
            return " ".join(filter(None, ["All providers" if bare else _capital(noun), text]))
        if noun == "providers" and len(services) == 1 and _are_many(services[0]):
            return " ".join(filter(None, [f"Providers of {_lower(services[0])}", text]))
        if noun == "providers" and len(services) == 1:
            return " ".join(filter(None, [f"{services[0]} providers", text]))
        wanted = self.alternatives([_lower(name) for name in services])
        return " ".join(filter(None, [f"{_capital(noun)} for {wanted}", text]))

    def _noun(self) -> str:
        tiers, packages = self.tiers(), self.request.package
        if tiers and NONE not in self.request.tier:
            return f"{listed(tiers, 'and')} partners"
        if packages and NONE not in packages and not self.request.tier:
            return self.alternatives([f"{name}s" for name in self.names("package")])
        return "providers"

    def place(self) -> str:
        near = self.request.near
        around = [f"within {self.request.radius} km of {near.name_en}"] if near else []
        return self.alternatives([*self.places(), *around])

    def extras(self) -> list[str]:
        request, said = self.request, []
        if NONE in request.tier:
            tiers = [*self.tiers(), "no tier"]
            mixed = f"({self.alternatives(tiers)})"
            said.append("without a tier" if self.only_tierless() else mixed)
        if NONE in request.package:
            said.append("without a package" if len(request.package) == 1 else "of any package")
        if request.industry:
            said.append(f"for {self.alternatives([_lower(n) for n in self.names('industry')])}")
        if request.credential:
            word = "credential" if len(request.credential) == 1 else "credentials"
            said.append(f"with the {word} {self.alternatives(self.names('credential'))}")
        if request.budget is not None:
            said.append(f"for a budget of {money(request.budget, 'en')}")
        if request.rating is not None:
            said.append(f"rated {number(request.rating, 'en')} or higher")
        return said

    def clause(self) -> str:
        """What they do: ` speaking German and accepting new clients`."""
        does = []
        if self.request.language:
            does.append(f"speaking {self.alternatives(self.names('language'))}")
        if self.request.accepting:
            does.append("accepting new clients")
        return f" {' and '.join(does)}" if does else ""


def _are_many(name: str) -> bool:
    """Whether an English name is a plural or a list, which can't stand before a noun."""
    return " and " in name or (name.endswith("s") and not name.endswith(ONE_THING))


def _mid_sentence(name: str) -> str:
    name = INSIDE.get(name, name)
    return name[0].lower() + name[1:] if name.startswith(ADJECTIVES) else name


def _lower(name: str) -> str:
    """A name within a sentence: `Help desk` → `help desk`; abbreviations stay (`API`, `UX`)."""
    name = INSIDE.get(name, name)
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
