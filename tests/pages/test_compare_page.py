"""Providers side by side."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from flask.testing import FlaskClient

from directory.database import db
from directory.kernel.policy import Tier
from directory.listings.services import OfficeContent
from tests.counting import questions_to
from tests.factories import COLOGNE, STUTTGART, Make
from tests.pages.contract import Page, Visitor, text_of


def rows(page: Page) -> dict[str, list[str]]:
    """The cells of each row by what its first cell says."""
    found = {}
    for row in (one for body in page.all("tbody") for one in body.iter("tr")):
        cells = [text_of(cell) for cell in row.iter("td")]
        head = [text_of(cell) for cell in row.iter("th")]
        if cells and head and row.get("class") != "group":
            found[head[0]] = cells
    return found


def names(page: Page) -> list[str]:
    heads = page.all("div", cls="compare-name")
    return [text_of(next(head.iter("a"))) for head in heads]


@pytest.fixture
def two(make: Make) -> None:
    make.listing("Eins", slug="eins", services=["seo", "branding"], languages=["en", "de"],
                 tier=Tier.GOLD, budget_min=1000, team_size=1, offices=[STUTTGART],
                 certified_until=date(2027, 1, 31))  # fmt: skip
    make.listing("Zwei", slug="zwei", services=["seo"], languages=["de", "en"], budget_min=1000,
                 offices=[COLOGNE, STUTTGART], accepting=True,
                 certified_until=date(2027, 3, 31))  # fmt: skip


@pytest.mark.usefixtures("two")
def test_each_fact_stands_in_a_row_and_what_differs_says_so(visitor: Visitor) -> None:
    page = visitor.open("/en/compare?p=eins&p=zwei")
    assert names(page) == ["Eins", "Zwei"]
    found = rows(page)
    assert found["Tier (differs)"] == ["Gold", "no tier"]
    assert found["Smallest budget"] == ["€1,000", "€1,000"]
    assert found["Languages"] == ["English, German", "English, German"]
    assert found["Places (differs)"][1] == "Cologne, Germany; Stuttgart, Germany"
    assert found["Team (differs)"] == ["1 person", "not stated"]
    assert found["Search engine optimisation"] == ["yes", "yes"]
    assert found["Branding (differs)"] == ["yes", "not stated"]
    assert found["Inbound (differs)"] == ["until 31 January 2027", "until 31 March 2027"]


@pytest.mark.usefixtures("two")
def test_after_a_search_around_a_place_the_distances_are_compared(
    visitor: Visitor, make: Make
) -> None:
    make.listing("Drei", slug="drei", offices=[], serves=["DE"])
    found = rows(visitor.open("/en/compare?p=eins&p=zwei&p=drei&near=Bonn&radius=50"))
    assert found["Distance to Bonn (differs)"] == ["264 km", "24 km", "not stated"]
    assert not [name for name in rows(visitor.open("/en/compare?p=eins&p=zwei")) if "Dist" in name]


@pytest.mark.usefixtures("two")
def test_a_row_that_nobody_fills_is_left_out(visitor: Visitor) -> None:
    assert not [name for name in rows(visitor.open("/en/compare?p=eins&p=zwei")) if "Found" in name]


@pytest.mark.usefixtures("two")
def test_a_link_leaves_only_the_differences(visitor: Visitor) -> None:
    page = visitor.open("/de/compare?p=eins&p=zwei&q=seo")
    (link,) = [one for one in page.all("a") if "ausblenden" in text_of(one)]
    different = visitor.open(link.get("href") or "")
    assert names(different) == ["Eins", "Zwei"]
    assert all("(unterscheidet sich)" in name for name in rows(different))
    hidden = len(rows(page)) - len(rows(different))
    assert text_of(link).startswith(f"{hidden} gleiche Zeilen")
    (back,) = [one for one in different.all("a") if text_of(one) == "Alle Zeilen zeigen"]
    assert rows(visitor.open(back.get("href") or "")) == rows(page)


def test_a_fifth_is_named_and_left_out(visitor: Visitor, make: Make) -> None:
    for number in range(6):
        make.listing(f"Nr. {number}", slug=f"nr-{number}")
    query = "&".join(f"p=nr-{number}" for number in range(6))
    page = visitor.open(f"/en/compare?{query}")
    assert names(page) == ["Nr. 0", "Nr. 1", "Nr. 2", "Nr. 3"]
    assert "At most four are compared; left out: Nr. 4, Nr. 5" in page.text
    removed = visitor.open(page.all("a", cls="remove")[0].get("href") or "")
    assert names(removed) == ["Nr. 1", "Nr. 2", "Nr. 3", "Nr. 4"]


@pytest.mark.rule("DIR-2")
@pytest.mark.usefixtures("two")
def test_who_is_not_public_is_said_and_not_shown(visitor: Visitor, make: Make) -> None:
    make.listing("Geheim", slug="verborgen", certified_until=None)
    page = visitor.open("/en/compare?p=verborgen&p=eins&p=nobody")
    assert names(page) == ["Eins"]
    assert "not public at the moment: verborgen, nobody" in page.text
    assert "Geheim" not in page.text


@pytest.mark.parametrize("path", ["compare", "compare?p=", "compare?p=none", "compare?only=x"])
def test_nothing_to_compare_says_how_to_begin(visitor: Visitor, path: str) -> None:
    page = visitor.open(f"/de/{path}")
    assert "mindestens zwei" in page.text
    assert page.all("table") == []


@pytest.mark.usefixtures("two")
def test_a_comparison_is_not_indexed(visitor: Visitor) -> None:
    page = visitor.open("/en/compare?p=eins&p=zwei")
    assert page.all("meta", name="robots", content="noindex")
    answer = visitor.client.get("/en/compare.csv?p=eins")
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("path", ["compare?p=eins&p=zwei", "shortlist?p=eins&p=zwei",
                                  "compare.csv?p=eins&p=zwei"])  # fmt: skip
def test_a_page_asks_the_database_four_times_at_most(client: FlaskClient, path: str) -> None:
    client.get(f"/en/{path}")
    with questions_to(db.engine) as said:
        assert client.get(f"/de/{path}").status_code == 200
    assert len(said) <= 4, said


@pytest.mark.case("D6")
@pytest.mark.parametrize("path", ["compare.csv", "shortlist.csv"])
def test_the_file_has_a_line_for_each_and_no_cell_that_runs(
    client: FlaskClient, make: Make, path: str
) -> None:
    make.listing('=HYPERLINK("http://evil.test")', slug="evil", budget_min=2500,
                 offices=[OfficeContent("DE", city_name="+SUM(1+1)"), STUTTGART],
                 website="https://evil.example/")  # fmt: skip
    make.listing("Zwei; „Drei“, Vier", slug="zwei", certified_until=date(2027, 3, 31))
    answer = client.get(f"/de/{path}?p=zwei&p=evil&p=nobody")
    assert answer.mimetype == "text/csv"
    assert path in answer.headers["Content-Disposition"]
    text = answer.data.decode("utf-8-sig")
    first, second = csv.DictReader(StringIO(text))
    assert first["Name"] == "Zwei; „Drei“, Vier"
    assert first["Zertifiziert bis"] == "2027-03-31"
    assert first["Seite"] == "http://localhost:8000/de/providers/zwei"
    assert second["Name"].startswith("'=HYPERLINK")
    assert second["Orte"].startswith("'+SUM")
    assert second["Kleinstes Budget (EUR)"] == "2500"
    cells = [cell for line in csv.reader(StringIO(text)) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.rule("DIR-2")
def test_the_file_holds_only_public_providers(client: FlaskClient, make: Make) -> None:
    make.listing("Geheim", slug="verborgen", certified_until=None)
    for path in ("compare.csv", "shortlist.csv"):
        assert "Geheim" not in client.get(f"/en/{path}?p=verborgen").text


@pytest.mark.case("C4")
def test_what_is_typed_into_the_address_is_not_run(client: FlaskClient) -> None:
    page = client.get("/en/compare", query_string={"p": "<b>x</b>", "only": "<i>", "q": "<u>y</u>"})
    assert page.status_code == 200
    assert not [tag for tag in ("<b>x", "<u>y", "<i>") if tag in page.text]
