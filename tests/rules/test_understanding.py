"""Words of a query that are understood as filters, in both languages of the page."""

from __future__ import annotations

import pytest

from directory.search.request import SearchRequest
from directory.search.understanding import understand, without_words

pytestmark = pytest.mark.rule("DIR-4")


def read(
    q: str, *names: str, page: str = "en", **given: object
) -> tuple[str, list[tuple[str, str]]]:
    """The text that is left, and what was understood, where listings have those names."""
    request = SearchRequest(q=q, **given)  # type: ignore[arg-type]
    effective, understood = understand(
        request,
        language=page,
        is_name=lambda name: name in names,
        ignored=frozenset({"hubspot"}),
    )
    return effective.q, [(one.facet, one.value) for one in understood]


SAID = [
    ("Webentwicklung Köln", [("service", "website-development"), ("city", "2886242")]),
    ("cloud hosting in Germany", [("service", "cloud-hosting"), ("country", "DE")]),
    ("Cloud-Hosting in Deutschland", [("service", "cloud-hosting"), ("country", "DE")]),
    ("SEO NRW", [("service", "seo"), ("region", "DE-NW")]),
    ("hubspot onboarding wien", [("service", "onboarding"), ("city", "2761369")]),
    ("Webdesign München", [("service", "website-design"), ("city", "2867714")]),
    ("web design munich", [("service", "website-design"), ("city", "2867714")]),
    ("best CRM agency near Stuttgart", [("service", "crm"), ("near", "2825297")]),
    ("CRM-Anbieter in der Nähe von Stuttgart", [("service", "crm"), ("near", "2825297")]),
    ("Frankfurt am Main", [("city", "2925533")]),
    ("Gold partner Österreich", [("tier", "gold"), ("country", "AT")]),
    ("UX und UI Design", [("service", "ux-design")]),
    ("Kundenservice Hamburg", [("service", "customer-service"), ("city", "2911298")]),
    ("deutschsprachige Agentur Lissabon", [("language", "de"), ("city", "2267057")]),
    ("SEO agency that speaks French", [("service", "seo"), ("language", "fr")]),
    ("German-speaking consultants", [("language", "de")]),
    ("Vertrieb auf Deutsch", [("service", "sales"), ("language", "de")]),
    ("Köln, Germany", [("city", "2886242")]),
    ("Germany Köln", [("city", "2886242")]),
    ("Georgia USA", [("region", "US-GA")]),
    ("Georgia", [("country", "GE")]),
    ("IT", [("service", "it")]),
]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("q", "expected"), SAID)
def test_a_query_is_understood_in_both_languages(
    q: str, expected: list[tuple[str, str]], language: str
) -> None:
    assert read(q, page=language) == ("", expected)


@pytest.mark.parametrize(
    ("q", "rest"),
    [
        ("Waterdog Lisbon", "Waterdog"),
        ("artisanal CMS Hamburg", "artisanal"),
        ("Zen-Architects in Berlin", "Zen-Architects"),
    ],
)
def test_words_that_name_nothing_stay_text(q: str, rest: str) -> None:
    assert read(q)[0] == rest


@pytest.mark.parametrize(
    "q", ["mobile", "media brand", "reading list", "best sales deal", "part time", "order now"]
)
def test_common_words_are_no_places(q: str) -> None:
    assert not {facet for facet, _ in read(q)[1]} & {"region", "near"}
    assert "country" not in dict(read(q)[1])


def test_a_service_goes_before_an_area_of_the_same_name() -> None:
    assert read("Webdesign")[1] == [("service", "website-design")]


def test_a_place_tells_which_of_several_namesakes_is_meant() -> None:
    _, american = read("Paris Texas")
    assert american == [("city", "4717560")]
    assert read("Paris")[1] == [("city", "2988507")]


@pytest.mark.parametrize(
    ("q", "given"),
    [
        ("SEO", {"service": ("crm",)}),
        ("Köln", {"country": ("DE",)}),
        ("Köln", {"region": ("DE-NW",)}),
        ("Gold", {"tier": ("elite",)}),
        ("speaks French", {"language": ("de",)}),
    ],
)
def test_words_of_a_facet_that_is_given_narrow_nothing(q: str, given: dict[str, object]) -> None:
    assert read(q, **given) == ("", [])


def test_words_are_taken_literally_when_asked() -> None:
    assert read("cloud hosting in Germany", text=True) == ("cloud hosting in Germany", [])


def test_a_listings_whole_name_stays_text() -> None:
    assert read("Köln Digital", "Köln Digital") == ("Köln Digital", [])
    assert read("Köln Digital") == ("Digital", [("city", "2886242")])


def test_a_name_does_not_capture_a_query_that_is_wholly_understood() -> None:
    assert read("SEO Köln", "SEO Köln")[1] == [("service", "seo"), ("city", "2886242")]


def test_words_that_are_said_of_everyone_narrow_nothing() -> None:
    assert read("best agency for us") == ("", [])


def test_the_page_stays_when_words_are_understood() -> None:
    request = SearchRequest(q="SEO Köln", page=3)
    effective, _ = understand(request, language="de", is_name=lambda _: False)
    assert effective.page == 3


@pytest.mark.parametrize(
    ("q", "words", "left"),
    [
        ("Webentwicklung Köln", "Köln", "Webentwicklung"),
        ("cloud hosting in Germany", "cloud hosting", "in Germany"),
        ("in Germany", "Germany", ""),
    ],
)
def test_a_chip_takes_its_words_with_it(q: str, words: str, left: str) -> None:
    assert without_words(q, words) == left


KINDS = [
    ("Agentur im Umkreis von 30 km um Köln", [("near", "2886242")]),
    ("within 50 miles of London", [("near", "2643743")]),
    ("SEO Raum Stuttgart", [("service", "seo"), ("near", "2825297")]),
    ("CRM Stuttgart area", [("service", "crm"), ("near", "2825297")]),
    ("CRM-Agentur, die auch Spanisch kann", [("service", "crm"), ("language", "es")]),
    ("SEO spanish and english", [("service", "seo"), ("language", "es"), ("language", "en")]),
    ("German agencies", [("country", "DE")]),
    ("deutsche Agentur", [("country", "DE")]),
    ("French agency Berlin", [("language", "fr"), ("city", "2950159")]),
    ("Münchner SEO-Berater", [("city", "2867714"), ("service", "seo")]),
    ("Zürcher Agentur für Zahnärzte", [("city", "2657896"), ("industry", "healthcare")]),
    (
        "solutions provider DACH",
        [("package", "provider"), *(("country", c) for c in ("DE", "AT", "CH"))],
    ),
    ("SEO max 3000 EUR", [("service", "seo"), ("budget", "3000")]),
    ("Budget 10.000 €", [("budget", "10000")]),
    ("up to 2k seo", [("service", "seo"), ("budget", "2000")]),
    ("Suchmaschinenoptimirung Stutgart", [("service", "seo"), ("city", "2825297")]),
    ("Frankfurt (Oder)", [("city", "2925535")]),
    ("SEO in Den Haag", [("service", "seo"), ("city", "2747373")]),
    ("web dev Des Moines", [("service", "website-development"), ("city", "4853828")]),
    ("WordPress-Programmierer", [("service", "website-development")]),
    ("Salesforce-Ablösung", [("service", "crm-migration")]),
    ("Halle (Saale) SEO", [("city", "2911522"), ("service", "seo")]),
    ("onboarding accreditation", [("credential", "onboarding")]),
    ("mobile app development", [("service", "mobile-apps")]),
    ("customer service help desk", [("service", "help-desk")]),
]


@pytest.mark.parametrize(("q", "expected"), KINDS)
def test_every_kind_of_phrase_is_understood(q: str, expected: list[tuple[str, str]]) -> None:
    rest, understood = read(q)
    assert rest == ""
    assert sorted(understood) == sorted(expected)


def test_miles_become_kilometres() -> None:
    request = SearchRequest(q="within 50 miles of London")
    effective, _ = understand(request, language="en", is_name=lambda _: False)
    assert effective.radius == 80


def test_a_word_of_listings_is_no_mistake() -> None:
    effective, _ = understand(
        SearchRequest(q="Stutgart"),
        language="de",
        is_name=lambda _: False,
        is_said=lambda word: word == "stutgart",
    )
    assert effective.q == "Stutgart"
