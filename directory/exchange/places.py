"""Shape of places in a row: offices and what a listing serves, against the gazetteer (DIR-4)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from directory.exchange.fields import DIGITS, Fields
from directory.exchange.wording import kind_of, shown
from directory.geography import queries as geography
from directory.geography.places import City
from directory.geography.rules import distance_km
from directory.kernel.text import clean_line
from directory.listings.models import PLACE_LENGTH, POSTAL_CODE_LENGTH, STREET_LENGTH
from directory.listings.services import OfficeContent

BORDER_KM = 50
COUNTRIES = "country codes of ISO 3166-1 (DE)"


def offices(fields: Fields) -> tuple[OfficeContent, ...]:
    """Offices in their order, the head office first."""
    found = (_office(group) for group in fields.groups("locations"))
    return tuple(office for office in found if office is not None)


def serves(fields: Fields) -> tuple[str, ...]:
    """Codes of countries and regions."""
    return fields.values("serves", _served(), "codes of countries and regions (DE, DE-BW)")


@cache
def _served() -> frozenset[str]:
    return frozenset(geography.countries()) | frozenset(geography.regions())


def _office(fields: Fields) -> OfficeContent | None:
    fields.require("country")
    country = fields.one_of("country", geography.countries(), COUNTRIES)
    region = _region(fields, country)
    city, city_name = _city(fields, country, region)
    if city and city.region and not (region and _is_line(city.region, region)):
        region = city.region
    postal_code = fields.line("postal_code", POSTAL_CODE_LENGTH)
    street = fields.line("street", STREET_LENGTH)
    fields.finish()
    if not country:
        return None
    return OfficeContent(
        country=country,
        region=region,
        city_id=city.id if city else None,
        city_name=city_name,
        postal_code=postal_code,
        street=street,
    )


def _region(fields: Fields, country: str) -> str | None:
    code = fields.line("region", PLACE_LENGTH)
    if not code:
        return None
    region = geography.region(code)
    if region is None:
        fields.refuse("region", f"{shown(code)} is not a code of ISO 3166-2 (DE-BW)")
    elif country and region.country != country:
        fields.refuse("region", f"{code} does not lie in {country}")
    else:
        return code
    return None


def _city(fields: Fields, country: str, region: str | None) -> tuple[City | None, str | None]:
    """The city, or the name of one that the gazetteer does not know or is not sure of."""
    value = fields.take("city")
    if isinstance(value, str) and DIGITS.fullmatch(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _city_by_id(fields, value, country, region), None
    if value is not None and not isinstance(value, str):
        fields.refuse("city", f"must be a GeoNames id or a name, not {kind_of(value)}")
        return None, None
    name = fields.line("city", PLACE_LENGTH)
    if not name or not country:
        return None, None
    city = geography.city_by_name(name, country=country, region=region)
    return city, None if city else clean_line(name)


def _city_by_id(fields: Fields, geonames_id: int, country: str, region: str | None) -> City | None:
    city = geography.city(geonames_id)
    if city is None:
        fields.refuse(
            "city", f"there is no city with the GeoNames id {geonames_id}; give its name instead"
        )
    elif country and city.country != country:
        fields.refuse("city", f"{city.en} ({geonames_id}) does not lie in {country}")
    elif region and not _lies_in(city, region):
        fields.refuse("city", f"{city.en} ({geonames_id}) does not lie in {region}")
    else:
        return city
    return None


def _lies_in(city: City, region: str) -> bool:
    """Whether it may: gazetteers disagree about cities at a border, such as Moscow and Zagreb.

    The city's own region then counts. Where ours knows none for the city, any will do.
    """
    if city.region is None or _is_line(city.region, region):
        return True
    return any(
        distance_km(city.lat, city.lon, other.lat, other.lon) <= BORDER_KM
        for other in _cities_by_region().get(region, ())
    )


def _is_line(one: str, other: str) -> bool:
    """Whether one of the regions lies in the other."""
    return other in geography.lineage(one) or one in geography.lineage(other)


@cache
def _cities_by_region() -> dict[str, list[City]]:
    found: defaultdict[str, list[City]] = defaultdict(list)
    for city in geography.cities():
        if city.region:
            found[city.region].append(city)
    return dict(found)
