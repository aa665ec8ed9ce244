"""What a credential says and how many hold it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directory.config import clock
from directory.search import services as search
from directory.taxonomy import queries as taxonomy
from tests.factories import Make
from tests.pages.contract import Page, Visitor, text_of


def held(page: Page) -> list[str]:
    """What the page counts: on file, and in their own words."""
    counted = list(page.all("dl", cls="facts")[0].iter("dd"))[:2]
    return [(one.text or "").strip() or text_of(one.find("a")) for one in counted]  # type: ignore[arg-type]


@pytest.mark.case("B03")
def test_holders_are_counted_and_not_named(visitor: Visitor, make: Make) -> None:
    one = make.listing("Acme", slug="acme", credentials=["reporting"])
    make.listing("Other", slug="other")
    make.certification(one, expires=None, kind="reporting")
    search.apply_changes()
    page = visitor.open("/en/credentials/reporting")
    assert held(page) == ["1 provider, 1 person", "1 provider"]
    assert "Alex Beispiel" not in page.html
    assert "Acme" not in page.html


@pytest.mark.rule("DIR-2")
def test_what_is_not_public_or_not_valid_is_not_counted(visitor: Visitor, make: Make) -> None:
    hidden = make.listing(certified_until=clock().today() - timedelta(days=1))
    make.certification(hidden, expires=None, kind="reporting")
    shown = make.listing()
    make.certification(shown, expires=clock().today() - timedelta(days=1), kind="reporting")
    page = visitor.open("/en/credentials/reporting")
    assert held(page)[0] == "0 providers"
    assert page.all("meta", name="robots", content="noindex")


def test_the_one_that_listings_need_says_so(visitor: Visitor, make: Make) -> None:
    make.listing()
    assert "Jeder Eintrag" in visitor.open("/de/credentials/inbound").text
    assert "Jeder Eintrag braucht dieses" not in visitor.open("/de/credentials/reporting").text


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_credential_has_a_page_that_says_what_it_is(visitor: Visitor, language: str) -> None:
    for slug, term in taxonomy.credentials().items():
        page = visitor.open(f"/{language}/credentials/{slug}")
        assert page.heading == term.name(language)
        assert len(term.about[language]) > 40


def test_a_credential_that_is_none_has_no_page(visitor: Visitor) -> None:
    visitor.open("/en/credentials/king", status=404)


def test_a_listing_leads_to_each_of_its_credentials(visitor: Visitor, make: Make) -> None:
    make.listing(slug="acme", credentials=["reporting"])
    page = visitor.open("/en/providers/acme")
    for slug in ("inbound", "reporting"):
        assert page.all("a", href=f"/en/credentials/{slug}")
