"""A legal page: its title, its version in plain language, its text."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from directory.config import Settings
from directory.legal.pages import LegalPage, LegalText
from directory.web import markdown
from directory.web.languages import gettext as _


@dataclass(frozen=True)
class LegalView:
    """What the page shows.

    is_default: the operator has given no text yet; has_blanks: something must still be filled in.
    """

    title: str
    short: Markup
    body: Markup
    is_default: bool
    has_blanks: bool


def names(site: Settings) -> dict[str, str]:
    """What the texts may name in braces."""
    return {
        "site": site.site_name,
        "operator": site.operator or str(_("The operator of this site")),
        "vendor": site.vendor,
        "address": site.base_url,
    }


def present(page: LegalPage, text: LegalText) -> LegalView:
    """The page with its texts as HTML."""
    return LegalView(
        title=_title(page),
        short=markdown.render_page(text.short),
        body=markdown.render_page(text.body),
        is_default=not text.own,
        has_blanks=text.blanks,
    )


def _title(page: LegalPage) -> str:
    titles = {
        LegalPage.IMPRINT: _("Imprint and contact"),
        LegalPage.PRIVACY: _("Privacy"),
        LegalPage.TERMS: _("Terms of use"),
        LegalPage.ACCESSIBILITY: _("Accessibility"),
    }
    return str(titles[page])
