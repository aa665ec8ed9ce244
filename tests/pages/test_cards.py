"""The pictures that other sites show beside a link."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops
from werkzeug.test import TestResponse

from directory import beside
from directory.config import clock, settings
from directory.files import drawn
from directory.kernel.policy import Tier
from directory.listings.models import ListingState
from directory.web.public import pictures
from directory.web.public.card import FACE
from directory.web.public.pictures import Card
from tests.factories import Make
from tests.pages.contract import BASE, Visitor


def picture(answer: TestResponse) -> Image.Image:
    assert answer.status_code == 200
    assert answer.mimetype == "image/png"
    return Image.open(io.BytesIO(answer.data)).convert("RGB")


def drawing(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(pictures.draw(card, None, beside("static") / FACE))).convert("RGB")


def right_edge(image: Image.Image) -> int:
    """The last column with ink below the head, above the foot."""
    part = image.crop((0, pictures.TOP, pictures.WIDTH, pictures.FOOT - 4))
    blank = Image.new("RGB", part.size, pictures.GROUND)
    box = ImageChops.difference(part, blank).getbbox()
    return box[2] if box else 0


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_listing_has_a_picture_that_its_page_names(
    visitor: Visitor, client: FlaskClient, make: Make, language: str
) -> None:
    make.listing("Acme", slug="acme", tier=Tier.GOLD, services=["seo"])
    page = visitor.open(f"/{language}/providers/acme")
    tags = {tag.get("property"): tag.get("content") or "" for tag in page.all("meta")}
    answer = client.get(tags["og:image"].removeprefix(BASE))
    assert picture(answer).size == (1200, 630)
    assert "Set-Cookie" not in answer.headers
    assert tags["og:image:alt"].startswith("Acme, Gold Solutions Partner, Stuttgart")


def test_the_two_languages_are_two_pictures(client: FlaskClient, make: Make) -> None:
    make.listing(slug="acme", services=["seo"])
    one, other = (client.get(f"/{lang}/providers/acme/card.png") for lang in ("de", "en"))
    assert ImageChops.difference(picture(one), picture(other)).getbbox() is not None


def test_a_picture_that_did_not_change_is_not_sent_again(client: FlaskClient, make: Make) -> None:
    make.listing(slug="acme")
    first = client.get("/en/providers/acme/card.png")
    again = client.get(
        "/en/providers/acme/card.png", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert first.cache_control.no_cache


@pytest.mark.rule("DIR-2")
def test_the_picture_goes_with_the_listing(client: FlaskClient, make: Make) -> None:
    make.listing(slug="shown")
    tag = client.get("/en/providers/shown/card.png").headers["ETag"]
    for slug, status in (("lapsed", 404), ("never", 404), ("none", 404)):
        if slug == "lapsed":
            make.listing(slug=slug, certified_until=clock().today() - timedelta(days=1))
        if slug == "never":
            make.listing(slug=slug, state=ListingState.DRAFT)
        answer = client.get(f"/en/providers/{slug}/card.png", headers={"If-None-Match": tag})
        assert answer.status_code == status, slug


@pytest.mark.parametrize(
    "name",
    [
        "A",
        "Gesellschaft für Kundenbeziehungsmanagement und Marketingautomatisierung mbH",
        "W" * 200,
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
        "word " * 40,
    ],
)
def test_a_name_of_any_length_stays_in_its_room(app: object, name: str) -> None:
    shown = drawing(Card("Directory", name, initials="AB", tier=Tier.ELITE, standing="Elite"))
    assert right_edge(shown) <= pictures.WIDTH - pictures.MARGIN + 1


def test_letters_that_the_typeface_lacks_are_written_plainly(app: object) -> None:
    def same(one: str, other: str) -> bool:
        pair = (drawing(Card("Directory", name)) for name in (one, other))
        return ImageChops.difference(*pair).getbbox() is None

    assert same("Łukasz Đorđe", "Lukasz Dorde")
    assert same("אבג", "")
    assert not same("Łódź", "")


def test_every_page_has_the_picture_of_the_site(visitor: Visitor, client: FlaskClient) -> None:
    page = visitor.open("/de/trust")
    tags = {tag.get("property"): tag.get("content") or "" for tag in page.all("meta")}
    assert picture(client.get(tags["og:image"].removeprefix(BASE))).size == (1200, 630)


def test_only_so_many_pictures_are_kept(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "KEPT_MOST", 5)
    monkeypatch.setattr(drawn, "DROPPED_AT_ONCE", 2)
    for number in range(20):
        assert drawn.drawn(f"{number:040x}", lambda: b"drawn") == b"drawn"
    assert len(list((settings().var_dir / "drawn").iterdir())) <= 5
    assert drawn.drawn(f"{19:040x}", lambda: b"again") == b"drawn"


def test_a_folder_that_can_not_be_written_costs_no_picture(app: object) -> None:
    (settings().var_dir / "drawn").write_text("no folder")
    assert drawn.drawn("0" * 40, lambda: b"drawn") == b"drawn"
