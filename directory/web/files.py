"""Stored pictures under addresses that name their content."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from directory.files import services as files
from directory.web.guards import allow

blueprint = Blueprint("files", __name__)

YEAR_SECONDS = 31_536_000
CONTENT_POLICY = "default-src 'none'; sandbox"


@blueprint.get("/files/<name>")
@allow("anyone")
def send(name: str) -> Response:
    """A stored picture, to be kept for ever: another content has another name.

    A size that was not made yet when the picture was stored is given as the largest one.
    """
    path = files.path_of(name)
    if path is None and (path := files.path_of(files.whole(name))) is None:
        abort(404)
    response = Response(path.read_bytes(), mimetype="image/webp")
    response.set_etag(name)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR_SECONDS
    response.cache_control.immutable = True
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.make_conditional(request)
    return response
