"""Providers' descriptions: a little Markdown in, safe HTML out."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "code", "pre", "a"}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}
SCHEMES = {"https", "http", "mailto"}
# A heading of the text stands below the page's h1 and the section's h2.
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")


def render(text: str) -> Markup:
    """`text` as HTML with paragraphs, lists, emphasis and links; its own HTML is shown as text."""
    tokens = PARSER.parse(text)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return Markup(clean)  # noqa: S704  (cleaned on the line above)
