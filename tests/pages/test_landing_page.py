"""Pages of a service or area, everywhere and in one country."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from directory.config import clock
from directory.database import db
from directory.kernel.policy import Tier
from directory.listings.services import OfficeContent
from directory.search import services as search
from tests.counting import questions_to
from tests.factories import COLOGNE, LISBON, STUTTGART, Make
from tests.pages.contract import Page, Visitor, text_of
from tests.pages.result_list import names, total

VIENNA = OfficeContent("AT", "AT-9", 2761369)
BERN = OfficeContent("CH", "CH-BE", 2661552)
MUNICH = OfficeContent("DE", "DE-BY", 2867714)
MADRID = OfficeContent("ES", "ES-MD", 3117735)


def lead(page: Page) -> str:
    return text_of(page.one("p", cls="lead"))


def terms(page: Page) -> str:
    return " ".join(text_of(one) for one in page.all("p", cls="landing-terms"))


def links(page: Page, cls: str = "leader") -> dict[str, str]:
    found = (next(row.iter("a")) for row in page.all("li", cls=cls))
    return {text_of(link): link.get("href") or "" for link in found}


@pytest.fixture
def several(make: Make) -> None:
    """Seven who offer SEO: five in Germany, of whom three in Cologne, one in Lisbon and Vienna."""
    for number, budget in enumerate((1000, 2000, 3000)):
        make.listing(f"Köln {number}", services=["seo", "branding"], offices=[COLOGNE],
                     languages=["de", "en"], budget_min=budget)  # fmt: skip
    make.listing("Stuttgart", services=["seo"], languages=["de"], tier=Tier.GOLD)
    make.listing("München", services=["seo"], offices=[MUNICH], languages=["de"])
    make.listing("Lissabon", services=["seo"], offices=[LISBON], languages=["pt"], serves=["DE"])
    make.listing("Wien", services=["seo"], offices=[VIENNA], languages=["de"])
    search.apply_changes()


@pytest.mark.usefixtures("several")
def test_it_says_how_many_there_are_and_where(visitor: Visitor) -> None:
    page = visitor.open("/en/services/seo/de")
    assert page.heading == "Search engine optimisation providers in Germany"
    assert lead(page) == (
        "6 certified providers offer search engine optimisation in Germany. One of them serves it "
        "from another country. More than half of them have an office in Cologne."
    )
    page = visitor.open("/de/services/seo/de")
    assert lead(page) == (
        "6 zertifizierte Anbieter bieten Suchmaschinenoptimierung in Deutschland an. Einer davon "
        "arbeitet von einem anderen Land aus. Mehr als die Hälfte hat ein Büro in Köln."
    )


@pytest.mark.usefixtures("several")
def test_it_says_what_they_speak_and_cost(visitor: Visitor) -> None:
    assert terms(visitor.open("/en/services/seo/de")) == (
        "5 speak German, 3 English, 1 Portuguese. The smallest budget is between €1,000 and "
        "€3,000; half of those who name one start at €2,000 or less."
    )
    assert terms(visitor.open("/de/services/seo/at")) == ""


def test_a_single_provider_is_named(visitor: Visitor, make: Make) -> None:
    make.listing("Solo", services=["seo"], offices=[VIENNA], budget_min=500)
    search.apply_changes()
    page = visitor.open("/de/services/seo/at")
    assert lead(page) == (
        "Solo ist der einzige zertifizierte Anbieter für Suchmaschinenoptimierung in Österreich."
    )
    assert terms(page) == "Das kleinste Budget liegt bei 500 €."


def test_a_few_are_all_named(visitor: Visitor, make: Make) -> None:
    for name, office in (("Eins", STUTTGART), ("Zwei", COLOGNE), ("Drei", MUNICH)):
        make.listing(name, services=["seo"], offices=[office])
    search.apply_changes()
    assert lead(visitor.open("/en/services/seo/de")) == (
        "3 certified providers offer search engine optimisation in Germany: Drei, Eins and Zwei. "
        "They have offices in Cologne, in Munich and in Stuttgart."
    )
    assert "all of them" not in terms(visitor.open("/en/services/seo/de"))
    assert terms(visitor.open("/en/services/seo")) == "All of them speak German."


def test_who_serves_a_country_from_elsewhere_makes_a_page_there(
    visitor: Visitor, make: Make
) -> None:
    make.listing("Fern", services=["seo"], offices=[LISBON], serves=["CH-ZH"])
    search.apply_changes()
    assert lead(visitor.open("/en/services/seo/ch")) == (
        "Fern is the only certified provider of search engine optimisation in Switzerland. "
        "The office is in another country."
    )


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("path", ["/en/services/seo", "/en/services/marketing/de"])
def test_every_number_of_an_index_is_that_of_its_link(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    rows = [row for part in page.all("div", cls="index-columns") for row in part.iter("li")]
    assert len(rows) >= 6
    for row in rows:
        count = text_of(row.findall("span")[0]).split()[0]
        link = next(row.iter("a"))
        assert total(visitor, link.get("href") or "") == count, text_of(link)


@pytest.mark.usefixtures("several")
def test_it_leads_to_neighbours_in_place_and_in_the_taxonomy(visitor: Visitor) -> None:
    found = links(visitor.open("/en/services/seo/de"))
    assert found["Branding"] == "/en/services/branding/de"
    countries = [url for url in found.values() if url.startswith("/en/services/seo/")]
    assert countries == ["/en/services/seo/at", "/en/services/seo/pt"]
    crumbs = [text_of(one) for one in visitor.open("/en/services/seo/de").one("nav", cls="crumbs")
              .iter("li")]  # fmt: skip
    assert crumbs == ["Directory", "Marketing", "Search engine optimisation", "Germany"]


@pytest.mark.usefixtures("several")
def test_what_is_often_offered_together_is_counted_among_them(visitor: Visitor) -> None:
    page = visitor.open("/en/services/seo/de")
    row = next(one for one in page.all("li", cls="leader") if text_of(one).endswith("3 of 6"))
    assert text_of(next(row.iter("a"))) == "Branding"


@pytest.mark.usefixtures("several")
def test_the_first_results_are_those_of_the_search(visitor: Visitor) -> None:
    results = visitor.open("/en/providers?service=seo&country=DE")
    assert names(visitor.open("/en/services/seo/de")) == names(results)[:5]
    assert links(visitor.open("/en/services/seo/de"))
    assert "/en/services/seo/de" in results.html


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/en/services/SEO", "/en/services/seo"),
        ("/en/services/seo/DE", "/en/services/seo/de"),
        ("/de/services/Seo/dE", "/de/services/seo/de"),
    ],
)
def test_there_is_one_spelling_of_an_address(
    client: FlaskClient, path: str, canonical: str
) -> None:
    for kept in ("", "?p=acme"):
        answer = client.get(path + kept)
        assert (answer.status_code, answer.headers["Location"]) == (301, canonical + kept)


@pytest.mark.parametrize("path", ["nothing", "seo/xx", "seo/d", "seo/deu", "seo/de/by", "ſeo"])
def test_what_is_no_service_or_country_has_no_page(visitor: Visitor, path: str) -> None:
    visitor.open(f"/en/services/{path}", status=404)


@pytest.mark.usefixtures("several")
def test_a_country_without_anybody_leads_to_the_nearest_that_have(
    visitor: Visitor, make: Make
) -> None:
    make.listing(services=["seo"], offices=[MADRID])
    search.apply_changes()
    page = visitor.open("/en/services/seo/fr", status=404)
    assert page.heading == "Search engine optimisation providers in France: nobody at the moment"
    assert next(iter(links(page))) == "Search engine optimisation providers in Germany"
    assert list(links(page).values()) == [
        "/en/services/seo/de",
        "/en/services/seo/at",
        "/en/services/seo/es",
    ]


def test_a_service_without_anybody_leads_to_its_siblings(visitor: Visitor, make: Make) -> None:
    make.listing(services=["branding", "training", "help-desk"])
    make.listing(services=["branding", "video-production", "training"])
    search.apply_changes()
    page = visitor.open("/en/services/seo", status=404)
    assert list(links(page).values())[:2] == [
        "/en/services/branding",
        "/en/services/video-production",
    ]
    assert len(links(page)) == 3
    assert links(page) == {name: url for name, url in links(page).items() if visitor.open(url)}


def test_an_empty_directory_has_no_landing_page_and_says_so(visitor: Visitor) -> None:
    assert "No provider is listed yet" in visitor.open("/en/services/seo/de", status=404).text


@pytest.mark.usefixtures("several")
def test_a_page_asks_the_database_four_times_at_most(client: FlaskClient) -> None:
    client.get("/en/services/seo/de")
    with questions_to(db.engine) as said:
        assert client.get("/en/services/marketing/de").status_code == 200
    assert len(said) <= 4, said


def test_without_an_index_the_page_is_there_without_figures(visitor: Visitor, make: Make) -> None:
    make.listing("Eins", services=["seo"], certified_until=clock().today())
    page = visitor.open("/en/services/seo/de")
    assert names(page) == ["Eins"]
    assert page.all("div", cls="index-columns") == []


@pytest.mark.rule("OPR-2")
@pytest.mark.usefixtures("several")
def test_where_tiers_are_shown_it_says_what_they_reflect(visitor: Visitor) -> None:
    page = visitor.open("/en/services/seo/de")
    assert page.all("span", cls="tier-gold")
    assert "The tier reflects business done with HubSpot" in page.text
