"""A name that several places bear means the one that a visitor would think of first (DIR-4)."""

from __future__ import annotations

import pytest

from directory.geography.naming import spellings
from directory.geography.queries import City, cities, find_places, label, lineage, place, place_key
from directory.kernel.text import fold_name

LARGE = 100_000
# The city of the name, and the namesakes that it goes before.
CITIES = {
    "2867543": ("Münster", "muenster", "Munster"),  # IE-M, a province of Ireland
    "5412347": ("Aurora",),  # PH-AUR
    "3860259": ("Córdoba", "Cordoba"),  # CO-COR, larger than the city in Spain
    "2517117": ("Granada",),
    "2509954": ("Valencia",),
    "3109718": ("Santander",),  # CO-SAN
    "3182351": ("Bari",),  # SO-BR
    "2862375": ("Nippes",),  # HT-NI
    "281133": ("Gaza", "Gasa"),  # MZ-G
    "1273874": ("Kochi",),  # JP-39
    "3903987": ("Sucre",),  # VE-R
    "2653877": ("Canterbury",),  # NZ-CAN
    "3178229": ("Como",),  # CI-CM
    "5322053": ("Yuma",),  # DO-42
    "2520600": ("Cádiz", "Cadiz"),  # ES-CA, its own province
    "3175121": ("L'Aquila", "L’Aquila"),  # IT-AQ
    "683844": ("Brașov", "Braşov", "Brasov"),  # RO-BV
    "1668341": ("Taipei", "Taipeh"),  # TW-TPE
    "3492908": ("Santo Domingo",),  # DO-32
    "3378644": ("Georgetown",),
    "3454031": ("Petrópolis",),
    "2756429": ("Ede",),
    "3117735": ("Madrid",),
    "2950159": ("Berlin",),
    "2911298": ("Hamburg",),
    "2657896": ("Zürich",),
    "2766824": ("Salzburg",),
    "2745912": ("Utrecht",),
    "4407066": ("St. Louis", "Saint Louis"),
}
# The region or country of the name, though a city somewhere bears it too.
LANDS = {
    "GE": ("Georgia",),
    "LU": ("Luxembourg", "Luxemburg"),
    "MX": ("Mexico", "Mexiko"),
    "PA": ("Panama",),
    "GT": ("Guatemala",),
    "AM": ("Armenia",),
    "JM": ("Jamaica",),
    "LB": ("Lebanon",),
    "US-WA": ("Washington",),
    "US-VA": ("Virginia",),
    "US-WY": ("Wyoming",),
    "US-DE": ("Delaware",),
    "AU-VIC": ("Victoria",),
    "CA-ON": ("Ontario",),
    "CA-NB": ("New Brunswick",),
    "CA-YT": ("Yukon",),
    "BR-PR": ("Paraná",),
    "BR-SC": ("Santa Catarina",),
    "BE-VLI": ("Limburg",),
    "DE-BB": ("Brandenburg",),
    "DE-SN": ("Sachsen",),
    "DE-TH": ("Thüringen",),
    "CH-TI": ("Tessin",),
    "ES-RI": ("La Rioja",),
    "GB-KEN": ("Kent",),
    "GB-NFK": ("Norfolk",),
    "ID-BA": ("Bali",),
}
WRITTEN = {
    "2925535": ("Frankfurt (Oder)", "Frankfurt an der Oder", "Frankfurt/Oder", "Frankfurt a.d.O."),
    "2911522": ("Halle (Saale)", "Halle an der Saale", "Halle/Saale"),
    "2844056": ("Rothenburg ob der Tauber", "Rothenburg o.d.T.", "Rothenburg/Tauber"),
    "2925177": ("Freiburg im Breisgau", "Freiburg i. Br.", "Freiburg/Breisgau", "Freiburg i.B."),
    "2857807": ("Offenbach am Main", "Offenbach/Main", "Offenbach a. M.", "Offenbach"),
    "2953436": ("Bad Homburg", "Bad Homburg vor der Höhe", "Bad Homburg v.d.H."),
    "5128581": ("New York City", "City of New York"),
    "2658822": ("St. Gallen", "Sankt Gallen", "St Gallen"),
    "2841590": ("St. Ingbert", "Sankt Ingbert"),
    "2661513": ("Biel/Bienne", "Biel-Bienne"),
    "2747373": ("The Hague", "Den Haag"),
    "2747351": ("'s-Hertogenbosch", "s-Hertogenbosch", "Den Bosch"),
    "2864054": ("Neustadt an der Weinstraße", "Neustadt/Weinstraße"),
    "4140963": ("Washington, D.C.", "Washington DC"),
}


@pytest.mark.rule("DIR-4")
@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for known in (CITIES, LANDS, WRITTEN) for key in known for name in known[key]],
)
def test_the_place_that_is_thought_of_first_comes_first(name: str, key: str) -> None:
    assert place_key(find_places(name)[0]) == key


def test_a_large_city_comes_before_a_region_of_its_own_that_has_its_name() -> None:
    """Whatever accents and apostrophes either is written with (Ryazan’, M’Sila, Kandahār)."""
    behind = []
    for city in cities():
        if city.population < LARGE:
            break
        above = lineage(city.region or "")
        first = find_places(city.en)[0]
        if place_key(first) in above and fold_name(first.en) == fold_name(city.en):
            behind.append(city.en)
    assert behind == []


@pytest.mark.parametrize(
    ("key", "german", "english"),
    [
        ("3117735", "Madrid, Spanien", "Madrid, Spain"),
        ("2661604", "Basel, Schweiz", "Basel, Switzerland"),
        ("3435910", "Buenos Aires, Argentinien", "Buenos Aires, Argentina"),
        ("3598132", "Guatemala-Stadt, Guatemala", "Guatemala City, Guatemala"),
        ("GT-01", "Guatemala (Region)", "Guatemala (region)"),
        ("ES-M", "Provinz Madrid, Spanien", "Madrid Province, Spain"),
        (
            "2945358",
            "Brandenburg an der Havel, Brandenburg, Deutschland",
            "Brandenburg an der Havel, Brandenburg, Germany",
        ),
        (
            "4273837",
            "Kansas City, Kansas, Vereinigte Staaten",
            "Kansas City, Kansas, United States",
        ),
    ],
)
def test_a_label_repeats_no_name(key: str, german: str, english: str) -> None:
    found = place(key)
    assert found is not None
    assert (label(found, "de"), label(found, "en")) == (german, english)


def test_a_label_without_its_region_is_the_largest_city_of_the_name_there() -> None:
    """A place York in New York would read like the largest one of the country."""
    left_out = 0
    for city in cities():
        area = place(city.region or "")
        if area is None or f" {fold_name(city.en)} " not in f" {fold_name(area.en)} ":
            continue
        if fold_name(area.en) != fold_name(city.en):
            assert area.en not in label(city, "en")
            assert find_places(city.en, kinds=("city",), country=city.country)[0] == city
            left_out += 1
    assert left_out


@pytest.mark.parametrize(
    ("name", "country", "others"),
    [
        ("Offenbach am Main", "DE", {"Offenbach/Main", "Offenbach a. Main", "Offenbach a. M."}),
        (
            "Rothenburg ob der Tauber",
            "DE",
            {"Rothenburg/Tauber", "Rothenburg o. d. Tauber", "Rothenburg o. d. T."},
        ),
        ("St. Pölten", "AT", {"Sankt Pölten"}),
        ("Sankt Augustin", "DE", {"St. Augustin"}),
        ("St. Louis", "US", {"Saint Louis"}),
        ("Saint-Denis", "FR", {"St.-Denis"}),
        ("Stuttgart", "DE", set()),
        ("Frankfurt (Oder)", "DE", set()),
    ],
)
def test_a_name_is_written_in_other_ways(name: str, country: str, others: set[str]) -> None:
    assert set(spellings(name, country)) == others


def test_every_city_is_a_city() -> None:
    assert all(isinstance(place(key), City) for key in (*CITIES, *WRITTEN))
    assert not any(isinstance(place(key), City) for key in LANDS)
