"""How one says that something is in a place: articles and prepositions that names need."""

from __future__ import annotations

from directory.geography.queries import City, Country, Place, Region, place_key

# German: only where it is not "in" and the bare name.
GERMAN = {
    "AE": "in den Vereinigten Arabischen Emiraten",
    "AQ": "in der Antarktis",
    "AX": "auf den Ålandinseln",
    "BS": "auf den Bahamas",
    "CC": "auf den Kokosinseln",
    "CD": "in der Demokratischen Republik Kongo",
    "CF": "in der Zentralafrikanischen Republik",
    "CG": "in der Republik Kongo",
    "CH": "in der Schweiz",
    "CK": "auf den Cookinseln",
    "CX": "auf der Weihnachtsinsel",
    "DO": "in der Dominikanischen Republik",
    "FK": "auf den Falklandinseln",
    "FO": "auf den Färöern",
    "GB": "im Vereinigten Königreich",
    "IM": "auf der Isle of Man",
    "IQ": "im Irak",
    "IR": "im Iran",
    "KM": "auf den Komoren",
    "KY": "auf den Kaimaninseln",
    "LB": "im Libanon",
    "MH": "auf den Marshallinseln",
    "MN": "in der Mongolei",
    "MP": "auf den Nördlichen Marianen",
    "MV": "auf den Malediven",
    "NL": "in den Niederlanden",
    "PH": "auf den Philippinen",
    "SB": "auf den Salomonen",
    "SC": "auf den Seychellen",
    "SD": "im Sudan",
    "SK": "in der Slowakei",
    "SS": "im Südsudan",
    "TC": "auf den Turks- und Caicosinseln",
    "TD": "im Tschad",
    "TR": "in der Türkei",
    "UA": "in der Ukraine",
    "US": "in den USA",
    "VA": "in der Vatikanstadt",
    "VG": "auf den Britischen Jungferninseln",
    "VI": "auf den Amerikanischen Jungferninseln",
    "YE": "im Jemen",
    "AT-1": "im Burgenland",
    "AT-6": "in der Steiermark",
    "CH-AG": "im Aargau",
    "CH-JU": "im Jura",
    "CH-TG": "im Thurgau",
    "CH-TI": "im Tessin",
    "CH-VD": "in der Waadt",
    "CH-VS": "im Wallis",
    "DE-SL": "im Saarland",
    "ES-PV": "im Baskenland",
    "FR-BRE": "in der Bretagne",
    "FR-NOR": "in der Normandie",
    "IT-52": "in der Toskana",
    "IT-25": "in der Lombardei",
    "US-DC": "im District of Columbia",
}
ENGLISH_ARTICLE = frozenset(
    (
        *("AE", "AX", "BS", "CC", "CD", "CF", "CK", "CX", "DO", "FK", "FO", "GB", "GM", "IM", "KM"),
        *("KY", "MH", "MP", "MV", "NL", "PH", "SB", "SC", "TC", "UM", "US", "VA", "VG", "VI"),
        *("ES-PV", "US-DC"),
    )
)


def said_in(place: Place, language: str) -> str:
    """`in Köln`, `in der Schweiz`, `in the Netherlands`."""
    key, name = place_key(place), place.name(language)
    if language == "de":
        return GERMAN.get(key) or f"{_german_article(place, name)} {name}"
    needs = key in ENGLISH_ARTICLE and not name.casefold().startswith("the ")
    return f"in the {name}" if needs else f"in {name}"


def _german_article(place: Place, name: str) -> str:
    if isinstance(place, City):
        return "in"
    if isinstance(place, Region) and name.startswith("Kanton "):
        return "im"
    if isinstance(place, Country) and name.endswith("inseln"):
        return "auf den"
    return "in"
