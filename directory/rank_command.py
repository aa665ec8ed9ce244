"""`directory rank`: a search on the command line, with the parts of each result's place."""

from __future__ import annotations

from dataclasses import replace

import click
from werkzeug.datastructures import MultiDict

from directory import create_app
from directory.config import LANGUAGES, clock, read_settings, settings


@click.command()
@click.argument("query")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Default: the site's language.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1))
def rank(query: str, lang: str | None, page: int) -> None:
    """The parts of each result's place for QUERY, words as a visitor types them (DIR-3)."""
    from directory.search import queries, services
    from directory.search.ranking import VERSION
    from directory.search.request import SearchRequest

    with create_app(read_settings()).app_context():
        today, language = clock().today(), lang or settings().default_language
        asked, _ = SearchRequest.from_args(MultiDict({"q": query, "page": str(page)}))
        found = services.answer(replace(asked, explain=True), language=language, today=today)
        named = queries.slugs_and_names([hit.listing_id for hit in found.hits], today)
        click.echo(f"{found.sentence}: {found.paging.total} (order {VERSION})")
        for place, hit in enumerate(found.hits, found.paging.first):
            slug, name = named.get(hit.listing_id, ("", "not public any more"))
            click.echo(f"{place}. {name} ({slug})")
            for part in hit.explain:
                click.echo(f"   {part.part}: {part.value}. {part.label}")
