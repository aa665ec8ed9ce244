"""The application that a web server loads."""

from __future__ import annotations

from directory import create_app
from directory.web.logs import configure_logging

configure_logging()
app = create_app()
