"""The page of one provider."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from PIL import Image

from directory.certification.services import CertificationContent, record_certification
from directory.config import clock
from directory.database import db, writing
from directory.files import services as files
from directory.kernel.policy import Package, Tier
from directory.listings.models import FormerSlug, Listing
from directory.listings.services import PictureContent
from directory.reactions import settle
from tests.factories import COLOGNE, STUTTGART, Make
from tests.pages.contract import Visitor, text_of

BOTH = {"de": ("Kurz auf Deutsch.", "Lang auf *Deutsch*."), "en": ("Short.", "Long in English.")}


def test_a_listing_shows_its_facts_in_the_pages_language(visitor: Visitor, make: Make) -> None:
    make.listing(
        "Nordlicht & Söhne",
        slug="nordlicht",
        services=["crm-implementation", "seo"],
        offices=[STUTTGART, COLOGNE],
        languages=["de", "fr"],
        industries=["automotive"],
        serves=["AT"],
        texts=BOTH,
        website="https://www.nordlicht.example/",
        founded=2011,
        team_size=1200,
        budget_min=5000,
        accepting=True,
    )
    german = visitor.open("/de/providers/nordlicht")
    assert german.heading == "Nordlicht & Söhne"
    assert german.title == "Nordlicht & Söhne – Solutions Directory"
    for fact in (
        "Kurz auf Deutsch.",
        "5.000 €",
        "Deutsch, Französisch",
        "1.200 Personen",
        "2011",
        "Automobil",
        "CRM-Einführung",
        "Suchmaschinenoptimierung",
        "Stuttgart",
        "Köln",
        "Österreich",
        "nordlicht.example",
    ):
        assert fact in german.text, fact
    english = visitor.open("/en/providers/nordlicht")
    for fact in ("Short.", "€5,000", "German, French", "1,200 people", "Cologne", "Austria"):
        assert fact in english.text, fact


def test_services_are_grouped_by_area_and_lead_to_their_search(
    visitor: Visitor, make: Make
) -> None:
    make.listing(slug="acme", services=["seo", "crm-implementation", "email-marketing"])
    page = visitor.open("/en/providers/acme")
    offer = page.one("div", cls="offer")
    assert [text_of(head) for head in offer.iter("h3")] == ["Marketing", "CRM"]
    links = [link.get("href") for link in offer.iter("a")]
    assert links[0] == "/en/providers?service=seo"


def test_a_text_in_another_language_says_so(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", texts={"en": ("Short.", "Long in English.")})
    page = visitor.open("/de/providers/acme")
    (prose,) = page.all("div", cls="prose")
    assert prose.get("lang") == "en"
    assert "Englisch" in text_of(page.all("div", cls="notice")[0])
    assert not visitor.open("/en/providers/acme").all("div", cls="notice")


def test_the_language_of_a_text_that_does_not_say_it_is_told_from_its_words(
    visitor: Visitor, make: Make
) -> None:
    text = "We help you to plan and to build the things that you need for your work."
    make.listing(slug="acme", texts={"": ("", text)})
    assert visitor.open("/de/providers/acme").one("div", cls="prose").get("lang") == "en"


@pytest.mark.rule("DIR-3")
def test_a_tier_is_shown_with_its_seal_and_its_date(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", tier=Tier.DIAMOND)
    page = visitor.open("/en/providers/acme")
    seal = text_of(page.one("div", cls="seal"))
    assert seal.startswith("Diamond Solutions Partner")
    assert "Tier 3 of 4, since 23 November 2026" in seal


@pytest.mark.rule("DIR-3")
def test_a_listing_without_a_tier_shows_none(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", package=Package.PARTNER)
    assert not visitor.open("/en/providers/acme").all("div", cls="seal")


@pytest.mark.rule("OPR-2")
def test_a_partners_page_says_what_a_tier_reflects(visitor: Visitor, make: Make) -> None:
    make.listing(slug="partner", package=Package.PARTNER)
    make.listing(slug="other")
    side = visitor.open("/en/providers/partner").one("div", cls="listing-side")
    assert "business done with HubSpot" in text_of(side)
    assert "commission" in text_of(side)
    assert not visitor.open("/en/providers/other").all("div", cls="listing-side")


class TestAnotherVendor:
    """OPR-1: the vendor is a setting."""

    @pytest.fixture
    def environ(self, environ: dict[str, str]) -> dict[str, str]:
        return environ | {"DIRECTORY_VENDOR": "Acme", "DIRECTORY_OPERATOR": "Betreiber eG"}

    @pytest.mark.rule("OPR-1")
    @pytest.mark.parametrize("language", ["de", "en"])
    def test_the_vendor_is_named_only_by_the_setting(
        self, visitor: Visitor, make: Make, language: str
    ) -> None:
        make.listing(slug="one", tier=Tier.GOLD)
        for path in ("/", "/providers", "/providers/one"):
            page = visitor.open(f"/{language}{path}")
            assert "hubspot" not in page.html.lower()
            assert "Acme" in page.text
            assert "Betreiber eG" in page.text


def test_certifications_are_shown_with_dates_and_counted_holders(
    visitor: Visitor, make: Make
) -> None:
    listing = make.listing(slug="acme", certified_until=date(2027, 3, 14))
    with writing():
        content = CertificationContent(
            kind="solutions-partner",
            issued=date(2026, 1, 4),
            expires=date(2026, 12, 30),
            holder="Kim Muster",
        )
        record_certification(listing.organisation, content, external_id="second")
        settle()
    page = visitor.open("/en/providers/acme")
    rows = [[text_of(cell) for cell in row] for row in page.one("tbody").iter("tr")]
    assert rows[0] == ["Inbound", "1", "1 January 2020", "14 March 2027"]
    assert rows[1][0] == "Solutions Partner"
    assert rows[1][3] == "30 December 2026 38 days left"
    assert "Kim Muster" not in page.html
    assert "Certified until 14 March 2027" in page.text


def test_a_claimed_credential_is_marked_as_the_providers_own_word(
    visitor: Visitor, make: Make
) -> None:
    make.listing(slug="acme", credentials=["marketing-software"])
    assert (
        "According to the provider also: Marketing software"
        in visitor.open("/en/providers/acme").text
    )


def test_pictures_come_in_sizes_and_wait_until_they_are_near(visitor: Visitor, make: Make) -> None:
    work = PictureContent("a" * 40 + ".webp", 1280, 800, {"de": "Eins", "en": "One"})
    tall = PictureContent("b" * 40 + ".webp", 300, 700)
    make.listing(slug="acme", logo="c" * 40 + ".webp", pictures=(work, tall))
    page = visitor.open("/de/providers/acme")
    first, second = page.one("ul", cls="gallery").iter("img")
    assert first.get("srcset") == ", ".join(
        f"/files/{'a' * 40}{size} {width}w"
        for size, width in ((".webp", 1280), ("-720.webp", 720), ("-400.webp", 400))
    )
    assert (first.get("width"), first.get("height"), first.get("loading")) == (
        "1280",
        "800",
        "lazy",
    )
    assert second.get("srcset") == f"/files/{'b' * 40}.webp 300w, /files/{'b' * 40}-400.webp 171w"
    assert [text_of(one) for one in page.all("figcaption")] == ["Eins"]
    logo = page.one("img", cls="logo-large")
    assert "-160.webp 160w" in (logo.get("srcset") or "")
    assert logo.get("loading") is None


def test_a_size_made_after_a_picture_was_stored_is_given_as_the_largest(
    client: FlaskClient,
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (600, 600), "navy").save(out, "PNG")
    name = files.store(out.getvalue())
    assert client.get(f"/files/{files.sized(name, 300)}").data == client.get(f"/files/{name}").data


@pytest.mark.rule("DIR-2")
def test_a_certification_that_is_not_valid_is_not_shown(visitor: Visitor, make: Make) -> None:
    listing = make.listing(slug="acme")
    make.certification(
        listing, expires=clock().today() - timedelta(days=1), kind="solutions-partner"
    )
    assert len(list(visitor.open("/en/providers/acme").one("tbody").iter("tr"))) == 1


@pytest.mark.parametrize("kept", ["", "?p=acme&p=solo"])
def test_a_former_slug_leads_to_the_listing(client: FlaskClient, make: Make, kept: str) -> None:
    listing = make.listing(slug="new")
    _add_former_slug(listing, "old")
    answer = client.get(f"/de/providers/old{kept}")
    assert (answer.status_code, answer.location) == (301, f"/de/providers/new{kept}")


@pytest.mark.case("B12")
def test_a_former_slug_does_not_tell_of_a_listing_that_never_was_public(
    client: FlaskClient, make: Make
) -> None:
    _add_former_slug(make.listing(slug="new", certified_until=None), "old")
    assert client.get("/de/providers/old").status_code == 404


@pytest.mark.case("K1")
def test_a_name_is_isolated_and_escaped(visitor: Visitor, make: Make) -> None:
    make.listing("<b>Böse</b> אבג", slug="acme", texts={"de": ("<i>x</i>", "<script>y</script>")})
    page = visitor.open("/de/providers/acme")
    assert page.heading == "<b>Böse</b> אבג"
    assert list(page.one("h1").iter("bdi"))
    assert not list(page.one("div", cls="prose").iter("script"))


def test_a_listing_with_next_to_nothing_has_a_sound_page(visitor: Visitor, make: Make) -> None:
    make.listing("Minimal", slug="minimal")
    page = visitor.open("/de/providers/minimal")
    assert not page.all("p", cls="lead")
    assert "None" not in page.text


def test_links_to_the_providers_site_pass_no_rank(visitor: Visitor, make: Make) -> None:
    make.listing(
        slug="acme", website="https://acme.example/", texts={"en": ("", "[x](https://y.example)")}
    )
    foreign = [
        link
        for link in visitor.open("/en/providers/acme").one("main").iter("a")
        if (link.get("href") or "").startswith("https://")
    ]
    assert len(foreign) == 3
    assert all("nofollow" in (link.get("rel") or "") for link in foreign)


def _add_former_slug(listing: Listing, slug: str) -> None:
    with writing():
        db.session.add(FormerSlug(slug=slug, listing_id=listing.id))
        settle()
