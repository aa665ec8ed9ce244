"""Places are found by any of their names, in German, English and other spellings (DIR-4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geography.queries import cities, find_places, place_key

FIRST = {
    # countries
    "AT": ("Österreich", "Austria", "OESTERREICH", "Autriche"),
    "CH": ("Schweiz", "Switzerland", "Suisse", "Svizzera"),
    "DE": ("Deutschland", "Germany", "BRD", "Allemagne"),
    "GB": ("UK", "Großbritannien", "Great Britain", "Vereinigtes Königreich", "Grossbritannien"),
    "US": ("USA", "Vereinigte Staaten", "United States", "Amerika"),
    "NL": ("Niederlande", "Netherlands", "Holland"),
    "AE": ("UAE", "VAE", "Vereinigte Arabische Emirate"),
    "CZ": ("Tschechien", "Czechia", "Czech Republic"),
    "GE": ("Georgien", "Georgia"),
    "HK": ("Hongkong", "Hong Kong"),
    "LU": ("Luxemburg", "Luxembourg"),
    "MX": ("Mexiko", "Mexico", "México"),
    "SG": ("Singapur", "Singapore"),
    "TR": ("Türkei", "Turkey", "Türkiye", "Tuerkei"),
    # regions
    "DE-BW": ("Baden-Württemberg", "Baden-Wuerttemberg", "baden württemberg", "BaWü"),
    "DE-BY": ("Bayern", "Bavaria", "Freistaat Bayern"),
    "DE-NI": ("Niedersachsen", "Lower Saxony"),
    "DE-NW": ("NRW", "Nordrhein-Westfalen", "North Rhine-Westphalia"),
    "DE-MV": ("Mecklenburg-Vorpommern", "Mecklenburg-Western Pomerania"),
    "DE-SN": ("Sachsen", "Saxony"),
    "DE-TH": ("Thüringen", "Thuringia", "Thueringen"),
    "AT-2": ("Kärnten", "Carinthia", "Kaernten"),
    "AT-4": ("Oberösterreich", "Upper Austria", "Oberoesterreich"),
    "AT-6": ("Steiermark", "Styria"),
    "AT-7": ("Tirol", "Tyrol"),
    "CH-TI": ("Tessin", "Ticino"),
    "CH-GR": ("Graubünden", "Grisons", "Grigioni"),
    "IT-25": ("Lombardei", "Lombardy", "Lombardia"),
    "IT-52": ("Toskana", "Tuscany", "Toscana"),
    "IT-BZ": ("Südtirol", "South Tyrol", "Alto Adige"),
    "ES-CT": ("Katalonien", "Catalonia", "Catalunya", "Cataluña"),
    "ES-IB": ("Balearen", "Balearic Islands"),
    "FR-BRE": ("Bretagne", "Brittany"),
    "GB-ENG": ("England",),
    "GB-SCT": ("Schottland", "Scotland"),
    "BE-VLG": ("Flandern", "Flanders", "Vlaanderen"),
    "US-CA": ("Kalifornien", "California"),
    # cities
    "2950159": ("Berlin", "berlin", "Berlín", "Berlino"),
    "2911298": ("Hamburg", "Hambourg", "Amburgo"),
    "2867714": ("München", "Muenchen", "Munchen", "Munich", "MÜNCHEN", "Monaco di Baviera"),
    "2886242": ("Köln", "Koeln", "Koln", "Cologne", "Keulen"),
    "2925533": ("Frankfurt", "Frankfurt am Main", "Frankfurt/Main", "Frankfurt a. M."),
    "2861650": ("Nürnberg", "Nuernberg", "Nuremberg"),
    "2910831": ("Hannover", "Hanover"),
    "2934246": ("Düsseldorf", "Duesseldorf", "Dusseldorf"),
    "2925177": ("Freiburg", "Freiburg im Breisgau", "Freiburg i. Br."),
    "2911522": ("Halle", "Halle (Saale)", "Halle/Saale"),
    "2761369": ("Wien", "Vienna", "Bécs", "Vídeň"),
    "2657896": ("Zürich", "Zuerich", "Zurich", "Zurigo"),
    "2660646": ("Genf", "Geneva", "Genève", "Ginevra"),
    "2659811": ("Luzern", "Lucerne"),
    "2661513": ("Biel", "Bienne", "Biel/Bienne"),
    "2658822": ("St. Gallen", "Sankt Gallen", "Saint Gall"),
    "2988507": ("Paris",),
    "2643743": ("London", "Londres", "Londra"),
    "2990440": ("Nizza", "Nice"),
    "2973783": ("Straßburg", "Strasbourg", "Strassburg"),
    "3169070": ("Rom", "Rome", "Roma"),
    "3173435": ("Mailand", "Milan", "Milano"),
    "3176959": ("Florenz", "Florence", "Firenze"),
    "3164603": ("Venedig", "Venice", "Venezia"),
    "3172394": ("Neapel", "Naples", "Napoli"),
    "2267057": ("Lissabon", "Lisbon", "Lisboa"),
    "2509954": ("Valencia",),
    "2510911": ("Sevilla", "Seville"),
    "3067696": ("Prag", "Prague", "Praha"),
    "756135": ("Warschau", "Warsaw", "Warszawa"),
    "3094802": ("Krakau", "Kraków", "Krakow", "Cracow"),
    "3081368": ("Breslau", "Wrocław", "Wroclaw"),
    "3099434": ("Danzig", "Gdańsk", "Gdansk"),
    "2618425": ("Kopenhagen", "Copenhagen", "København"),
    "2800866": ("Brüssel", "Brussels", "Bruxelles", "Bruessel"),
    "2803138": ("Antwerpen", "Antwerp", "Anvers"),
    "2792413": ("Lüttich", "Liège", "Luik"),
    "2747373": ("Den Haag", "The Hague", "'s-Gravenhage"),
    "683506": ("Bukarest", "Bucharest", "București"),
    "792680": ("Belgrad", "Belgrade", "Beograd"),
    "264371": ("Athen", "Athens", "Athina"),
    "524901": ("Moskau", "Moscow", "Moskva"),
    "703448": ("Kiew", "Kyiv", "Kiev", "Kyjiw"),
    "1850147": ("Tokio", "Tokyo", "Tōkyō"),
    "1816670": ("Peking", "Beijing"),
    "1261481": ("Neu-Delhi", "New Delhi"),
    "3369157": ("Kapstadt", "Cape Town"),
    "3530597": ("Mexiko-Stadt", "Mexico City", "Ciudad de México"),
    "3553478": ("Havanna", "Havana", "La Habana"),
    "5128581": ("New York", "NYC", "New York City", "Nueva York"),
}


@pytest.mark.rule("DIR-4")
@pytest.mark.parametrize(
    ("name", "key"), [(name, key) for key, names in FIRST.items() for name in names]
)
def test_a_place_is_found_first_by_each_of_its_names(name: str, key: str) -> None:
    found = find_places(name)
    assert found
    assert place_key(found[0]) == key


@given(st.sampled_from([name for names in FIRST.values() for name in names]), st.data())
def test_capitals_do_not_count(name: str, data: st.DataObject) -> None:
    flips = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    # ß has no single capital, so a letter is flipped only where the way back is open.
    other = "".join(
        char.swapcase() if flip and char.swapcase().swapcase() == char else char
        for char, flip in zip(name, flips, strict=True)
    )
    assert find_places(other) == find_places(name)


@pytest.mark.parametrize(
    ("accented", "plain"),
    [("Düsseldorf", "Dusseldorf"), ("Málaga", "Malaga"), ("Łódź", "Lodz"), ("Malmö", "Malmo")],
)
def test_accents_do_not_count(accented: str, plain: str) -> None:
    assert find_places(accented) == find_places(plain) != []


def test_every_displayed_name_of_a_city_leads_to_it() -> None:
    for number, city in enumerate(cities()):
        if number % 40 == 0:
            for name in (city.en, city.de):
                found = find_places(name, kinds=("city",), country=city.country, limit=500)
                assert city in found, name


@pytest.mark.parametrize("name", ["", "  ", "!?", "Atlantis am See", "\t", "münchen\tdet", "🦄"])
def test_what_is_no_name_finds_nothing(name: str) -> None:
    assert find_places(name) == []


@given(st.text(max_size=40))
def test_any_text_may_be_asked_for(text: str) -> None:
    assert len(find_places(text)) <= 8
