"""The gazetteer's data holds together: codes exist, parents end, names are there."""

from __future__ import annotations

from directory.geography.gazetteer import cities as table
from directory.geography.gazetteer import names, starts
from directory.geography.queries import cities, countries, country, lineage, place, regions
from directory.kernel.text import fold_name


def test_the_gazetteer_is_complete() -> None:
    assert len(countries()) == 250  # the 249 of ISO 3166-1, and Kosovo
    assert len(regions()) == 5046
    assert len(table()) == 44205


def test_every_city_lies_in_a_country_and_in_a_region_of_that_country() -> None:
    known = regions()
    for city in cities():
        assert country(city.country) is not None, city
        if city.region is not None:
            assert known[city.region].country == city.country, city


def test_every_city_lies_on_the_globe_and_has_names() -> None:
    for city in cities():
        assert -90 <= city.lat <= 90, city
        assert -180 <= city.lon <= 180, city
        assert city.population >= 0, city
        assert city.en.strip() == city.en != "", city
        assert city.de.strip() == city.de != "", city


def test_cities_come_the_largest_first() -> None:
    sizes = [city.population for city in cities()]
    assert sizes == sorted(sizes, reverse=True)


def test_few_cities_lack_a_region() -> None:
    assert sum(city.region is None for city in cities()) < 1000


def test_every_region_lies_in_a_country_and_under_a_region_of_that_country() -> None:
    known = regions()
    for code, region in known.items():
        assert code.startswith(f"{region.country}-"), region
        assert country(region.country) is not None, region
        if region.parent is not None:
            assert known[region.parent].country == region.country, region


def test_no_region_lies_in_itself() -> None:
    known = regions()
    for code in known:
        above = lineage(code)
        assert len(above) == len(set(above))
        assert known[above[-1]].parent is None, code


def test_regions_and_countries_have_names_without_notes() -> None:
    for one in (*regions().values(), *countries().values()):
        for name in (one.en, one.de):
            assert name.strip() == name != "", one
            assert not set(name) & set("[]²*"), one


def test_no_two_countries_share_a_name() -> None:
    for language in ("de", "en"):
        named = [one.name(language) for one in countries().values()]
        assert len(named) == len(set(named))


def test_a_region_is_not_called_like_another_country() -> None:
    """A catalogue by English words makes Georgien of the state in the USA."""
    foreign = {one.de: one.en for one in countries().values()}
    for region in regions().values():
        if region.de in foreign and region.de != region.en:
            assert foreign[region.de] == region.en, region


def test_the_index_of_names_is_sorted_folded_and_leads_to_places() -> None:
    lines = names().text.splitlines()
    assert lines == sorted(lines)
    assert len({line.split(b"\t")[0] for line in lines}) == len(lines)
    for line in lines[::500]:
        name, keys = line.decode().split("\t")
        assert fold_name(name) == name
        assert all(place(key) for key in keys.split())


def test_the_index_of_starts_is_sorted_and_leads_to_places() -> None:
    lines = starts().text.splitlines()
    assert lines == sorted(lines)
    for line in lines[::200]:
        start, weight, marks, key = line.decode().split("\t")
        assert fold_name(start) == start
        assert int(weight) >= 1
        assert set(marks) <= set("dew")
        assert place(key) is not None
