"""A provider's own words in the language that suits the page best (K03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from directory.listings.cards import AnyListing
from directory.search.analysis import stemmed_in
from directory.web import markdown

BOTH = 2


@dataclass(frozen=True)
class Shown:
    """A text; `language` is its ISO 639-1 code if it is known not to be the page's."""

    text: str
    language: str | None = None

    @property
    def html(self) -> Markup:
        """The text with its Markdown as safe HTML."""
        return markdown.render(self.text)


def tagline(listing: AnyListing, language: str) -> Shown | None:
    """The listing's tagline in `language`, or in another one if there is none."""
    return best(((text.language, text.tagline) for text in listing.texts), language)


def description(listing: AnyListing, language: str) -> Shown | None:
    """The listing's description in `language`, or in another one if there is none."""
    return best(((text.language, text.description) for text in listing.texts), language)


def best(texts: Iterable[tuple[str, str]], language: str) -> Shown | None:
    """The first text of: the page's language, one not said, English, German, any other.

    texts: languages, empty where not said, and texts.
    """
    wanted = [language, "", "en", "de"]

    def place(language: str) -> tuple[int, str]:
        return (wanted.index(language) if language in wanted else len(wanted), language)

    written = [(place(own), own, text) for own, text in texts if text]
    if not written:
        return None
    _, own, text = min(written)
    own = own or _told_from_words(text)
    return Shown(text, own if own and own != language else None)


def _told_from_words(text: str) -> str:
    """The language of a text that does not say it, if its words leave no doubt."""
    told = stemmed_in("", text)
    return told[0] if len(told) < BOTH and told else ""
