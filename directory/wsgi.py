"""The application that a web server loads."""

from __future__ import annotations

from directory import create_app
from directory.search import services as search
from directory.web.errors import Net
from directory.web.logs import configure_logging

configure_logging()
flask_app = create_app()
with flask_app.app_context():
    search.warm_up()
app = Net(flask_app)
