"""Texts in Markdown, by providers and by the operator: a little in, safe HTML out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "code", "pre", "a"}
PAGE_TAGS = TAGS | {"h2", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}
SCHEMES = {"https", "http", "mailto"}
# A heading of a provider's text stands below the page's h1 and the section's h2.
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
PAGE_HEADINGS = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")
PAGE_PARSER = MarkdownIt("commonmark", {"html": False}).disable("image").enable("table")


def render(text: str) -> Markup:
    """`text` as HTML with paragraphs, lists, emphasis and links; its own HTML is shown as text."""
    return _cleaned(_html(PARSER, text, HEADINGS), TAGS, "nofollow ugc noopener")


@lru_cache(maxsize=64)
def render_page(text: str) -> Markup:
    """The text of a whole page: as `render`, with headings from h2 on and tables."""
    return _cleaned(_html(PAGE_PARSER, text, PAGE_HEADINGS), PAGE_TAGS, "nofollow noopener")


def _html(parser: MarkdownIt, text: str, headings: Mapping[str, str]) -> str:
    tokens = parser.parse(text)
    for token in tokens:
        token.tag = headings.get(token.tag, token.tag)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _cleaned(html: str, tags: set[str], rel: str) -> Markup:
    clean = nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=rel)
    return Markup(clean)  # noqa: S704  (cleaned on the line above)
