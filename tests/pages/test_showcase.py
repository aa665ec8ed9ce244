"""The page of components: each is there in both themes, as template, style sheet and specimen."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory import create_app
from directory.config import Settings, read_settings
from directory.legal import pages as legal
from tests.pages.contract import Visitor, text_of

ROOT = Path(__file__).parents[2]
# Plain HTML with a class: there is nothing that a macro could do for them.
CLASS_ONLY = {
    *("button", "disclosure", "keyline", "label", "prose", "segments", "table", "understood"),
}
# A sentence with a link: there is nothing to style.
WORDS_ONLY = {"ranking"}
# Foundations, which are no components.
TOKENS = {"colour", "type"}


def _names(folder: str, ending: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob(f"*.{ending}")}


def test_each_component_has_a_template_a_style_sheet_and_a_showcase() -> None:
    templates = _names("templates/components", "html")
    sheets = _names("static/css/components", "css")
    assert templates - WORDS_ONLY == sheets - CLASS_ONLY
    assert sheets | TOKENS == _names("templates/showcase", "html")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_shows_every_component_in_both_themes(visitor: Visitor, language: str) -> None:
    page = visitor.open(f"/{language}/_components")
    for section in page.one("main").iter("section"):
        if section.get("class") != "section":
            continue
        panes = [one for one in section.iter("div") if "pane" in (one.get("class") or "").split()]
        assert [pane.get("data-theme") for pane in panes] == ["light", "dark"]
        for pane in panes:
            assert text_of(pane) or list(pane.iter("svg")), text_of(section)
    for used in ("entry", "facet", "chip", "tier", "rating", "notice", "pager", "seal"):
        assert (
            len([one for one in page.root.iter() if used in (one.get("class") or "").split()]) > 1
        )


@pytest.mark.rule("REV-6")
def test_a_rating_says_its_count_and_under_three_reviews_no_mean(visitor: Visitor) -> None:
    ratings = visitor.open("/en/_components").all("div", cls="rating")
    first, few, none = (text_of(ratings[at]) for at in (0, 3, 4))
    assert first.startswith("4.8 of 5 most likely between 4.6–4.9 63 reviews")
    assert few.startswith("No average yet, it counts from 3 reviews 2 reviews")
    assert none == "No reviews yet"


def test_the_page_of_components_is_not_in_production(
    settings: Settings, environ: dict[str, str]
) -> None:
    legal.write_defaults(settings.legal_dir, ("en", "de"))
    for path in settings.legal_dir.iterdir():
        path.write_text("Said.")
    app = create_app(
        read_settings(
            environ
            | {
                "DIRECTORY_ENV": "production",
                "DIRECTORY_OPERATOR": "Example Ltd",
                "DIRECTORY_BASE_URL": "https://dir.example",
                "DIRECTORY_MAIL_URL": "smtp://mail.example",
            }
        )
    )
    answer = app.test_client().get("/en/_components", headers={"Host": "dir.example"})
    assert answer.status_code == 404
