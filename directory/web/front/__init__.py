"""What stands before Flask: pages for everybody are made once and shown until something changes.

A request is either for such a page or passes through. Each is asked afresh what state the
database, the index and the day are in (`watch`); a page of another state is made again, once
however many ask (`flights`), and answered in the encoding that the client takes (`page`).
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from directory.config import Settings
from directory.database import db
from directory.generation import look_of
from directory.search.looking import IndexLook
from directory.web.bodies import Bodies
from directory.web.front import rates
from directory.web.front.addresses import Addresses
from directory.web.front.door import Door
from directory.web.front.flights import Flights
from directory.web.front.rates import Rates
from directory.web.front.shared import shared_of
from directory.web.front.shelf import Shelf
from directory.web.front.watch import Watch

MEGABYTE = 1024 * 1024


def init_app(app: Flask, settings: Settings, *folders: Path) -> None:
    """Put the front before `app`, after all that it registers.

    folders: what pages are made of, beside the package.
    """
    rates.init_app(app)
    with app.app_context():
        look = look_of(db.engine)
    app.wsgi_app = Door(  # type: ignore[method-assign, assignment]
        Bodies(app.wsgi_app),
        addresses=Addresses(app),
        watch=Watch(look, IndexLook(settings.index_dir), settings.clock),
        shelf=Shelf(settings.cache_megabytes * MEGABYTE),
        flights=Flights(),
        rates=Rates(settings),
        shared=shared_of(settings, Path(__file__).parents[2], *folders),
    )
