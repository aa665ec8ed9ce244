"""Any number of generated organisations for benchmarks, spread like the providers of real lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random
from typing import Any

from directory.geography.places import City
from directory.geography.queries import cities
from directory.kernel.slugs import slugify
from directory.samples.organisations import Row, certification
from directory.samples.weighted import Weighted, quantile
from directory.samples.wording import Subject, company, data, description, tagline
from directory.taxonomy import queries as taxonomy

GERMAN = ("DE", "AT", "CH")
SHARE_BILINGUAL = 0.3
SHARE_ENGLISH_IN_SWITZERLAND = 0.25
STREET_NUMBERS = 240


def rows(count: int, today: date, seed: int = 1) -> Iterator[Row]:
    """`count` rows in the import format of listings, one after the other.

    The same seed and day give the same rows, and fewer rows are the first of more.
    """
    spread, chance = _Spread(), Random(seed)
    for number in range(1, count + 1):
        yield spread.row(f"bench-{number:06}", chance, today)


class _Spread:
    """The distributions, read once; each method draws one fact."""

    def __init__(self) -> None:
        self._facts: dict[str, Any] = data("distributions")
        self._people: dict[str, dict[str, list[str]]] = data("people")
        self._streets: dict[str, list[str]] = data("streets")
        self._countries = _countries(self._facts)
        self._services = Weighted(_frequencies())
        self._lone = {
            name: Weighted([(int(value), weight) for value, weight in self._facts[name].items()])
            for name in ("locations", "services", "industries")
        }
        self._teams = Weighted([((low, high), n) for low, high, n in self._facts["team_sizes"]])
        self._budgets = Weighted([(value, weight) for value, weight in self._facts["budgets"]])
        self._packages = Weighted([((a, b), weight) for a, b, weight in self._facts["packages"]])
        self._ends = Weighted(
            [((low, high), n) for _, low, high, n in self._facts["certification_days"]]
        )

    def row(self, external_id: str, chance: Random, today: date) -> Row:
        """One organisation."""
        country = self._countries.pick(chance)
        people = self._people[self._facts["people"].get(country, "en")]
        offices = self._offices(country, chance)
        founded = quantile(self._facts["founded"], chance.random())
        subject = Subject(
            name=company(chance, country, people["last"]),
            head_office=offices[0],
            founded=min(founded, today.year),
            services=tuple(self._services.several(chance, self._lone["services"].pick(chance))),
            industries=tuple(self._industries(chance)),
        )
        row = {
            "external_id": external_id,
            "name": subject.name,
            "website": f"https://{slugify(subject.name)[:50].strip('-')}-{external_id[6:]}.example",
            **self._texts(subject, chance),
            "founded": subject.founded,
            "team_size": chance.randint(*self._teams.pick(chance)),
            "services": list(subject.services),
            "industries": list(subject.industries),
            "languages": self._languages(country, chance),
            "locations": [self._location(city, chance) for city in offices],
            "budget_min": self._budgets.pick(chance),
            "accepting": chance.choice((True, True, True, False, None)),
            **self._standing(chance),
            "certification": self._proof(external_id, people, chance, today),
        }
        return {field: value for field, value in row.items() if value not in (None, [])}

    def _offices(self, country: str, chance: Random) -> list[City]:
        wanted = self._lone["locations"].pick(chance)
        return _cities()[country].several(chance, wanted)

    def _industries(self, chance: Random) -> list[str]:
        return chance.sample(list(taxonomy.industries()), self._lone["industries"].pick(chance))

    def _texts(self, subject: Subject, chance: Random) -> Row:
        length = quantile(self._facts["description_chars"], chance.random())
        taglines: dict[str, str] = {}
        stories: dict[str, str] = {}
        for language in _text_languages(subject.head_office.country, chance):
            taglines[language] = tagline(subject, chance, language)
            stories[language] = description(subject, chance, language, length)
        return {"tagline": taglines, "description": stories}

    def _languages(self, country: str, chance: Random) -> list[str]:
        first, *others = self._facts["spoken"][country]
        spoken = [first, *(other for other in others if chance.random() < 0.7)]
        if chance.random() < 0.15:
            spoken.append(chance.choice(self._facts["further_languages"]))
        return list(dict.fromkeys(spoken))

    def _location(self, city: City, chance: Random) -> Row:
        streets = self._streets.get(city.country, self._streets["US"])
        street = chance.choice(streets).format(n=chance.randint(1, STREET_NUMBERS))
        place = {"country": city.country, "region": city.region, "city": city.id, "street": street}
        return {field: value for field, value in place.items() if value is not None}

    def _standing(self, chance: Random) -> Row:
        package, tier = self._packages.pick(chance)
        proven = ["inbound", "solutions-partner"] if tier else ["inbound"]
        return {"package": package, "tier": tier, "credentials": proven}

    def _proof(
        self, external_id: str, people: dict[str, list[str]], chance: Random, today: date
    ) -> Row:
        proof = {
            "holder": f"{chance.choice(people['first'])} {chance.choice(people['last'])}",
            "reference": f"INB-{external_id[6:]}",
            "ends_in": chance.randint(*self._ends.pick(chance)),
        }
        return certification(external_id, proof, today)


@cache
def _cities() -> dict[str, Weighted[City]]:
    """Cities of each country, weighted by population."""
    found: dict[str, list[tuple[City, float]]] = defaultdict(list)
    for city in cities():
        found[city.country].append((city, float(city.population or 1)))
    return {country: Weighted(pairs) for country, pairs in found.items()}


def _countries(facts: dict[str, Any]) -> Weighted[str]:
    """The observed countries, with the German-speaking ones raised to their share here."""
    german = facts["german_speaking"]
    others = {code: n for code, n in facts["countries"].items() if code not in GERMAN}
    scale = (1 - german["share"]) / sum(others.values())
    raised = german["share"] / sum(german["countries"].values())
    return Weighted(
        [(code, n * scale) for code, n in others.items()]
        + [(code, n * raised) for code, n in german["countries"].items()]
    )


def _frequencies() -> list[tuple[str, float]]:
    """Services falling off in the taxonomy's order within each area, as usage does."""
    seen: dict[str, int] = defaultdict(int)
    weights = []
    for slug, term in taxonomy.services().items():
        seen[term.area] += 1
        weights.append((slug, 1 / (1 + 0.35 * (seen[term.area] - 1))))
    return weights


def _text_languages(country: str, chance: Random) -> tuple[str, ...]:
    if country not in GERMAN:
        return ("en",)
    if country == "CH" and chance.random() < SHARE_ENGLISH_IN_SWITZERLAND:
        return ("en",)
    return ("de", "en") if chance.random() < SHARE_BILINGUAL else ("de",)
