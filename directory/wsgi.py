"""The application that a web server loads."""

from __future__ import annotations

from directory import create_app
from directory.search import services as search
from directory.web.logs import configure_logging

configure_logging()
app = create_app()
with app.app_context():
    search.warm_up()
