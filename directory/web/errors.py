"""Refusals and failures in the site's look, or as JSON under `/api/`; never a stack trace."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import (
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy.exc import (
    InterfaceError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import (
    TimeoutError as NoConnectionLeft,
)
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    SecurityError,
    ServiceUnavailable,
)

from directory.database import ReadOnlyMode, let_go
from directory.kernel.errors import is_lacking
from directory.kernel.text import has_controls
from directory.listings import queries as listings
from directory.listings.models import PATH_LENGTH
from directory.web.logs import log
from directory.web.nearest import nearest
from directory.web.problems import problem
from directory.web.public.kept import with_kept

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

KEPT_HEADERS = ("retry-after", "allow")
PAGES = (404, 410, 422, 500)
BUSY_SECONDS = "5"
READ_ONLY_SECONDS = "600"
AWAY = (InterfaceError, OperationalError, ProgrammingError, NoConnectionLeft)
FOR_MACHINES = ("/api/", "/suggest", "/static/", "/files/")
EXTENSION = "directory_plain_error"


def init_app(app: Flask) -> None:
    """Answer every error of `app`."""
    plain = Path(app.template_folder or "") / "errors" / "plain.html"
    app.extensions[EXTENSION] = plain.read_text(encoding="utf-8")
    # It would write the trace of what `_failed_again` logs as one line.
    app.logger.disabled = True
    app.register_error_handler(404, _not_found)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(SecurityError, _foreign_host)
    for away in AWAY:
        app.register_error_handler(away, _database_away)
    app.register_error_handler(ReadOnlyMode, _read_only)
    app.register_error_handler(InternalServerError, _failed_again)
    app.register_error_handler(Exception, _failed)


class Net:
    """Stands before `app`, for a server; what got through it is logged and answered plainly."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        try:
            return self._app(environ, start)
        except Exception as error:  # noqa: BLE001  (a server would show its trace)
            problem = sys.exc_info()

            def again(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Any:
                return start(status, headers, problem)

            return self._plain(error)(environ, again)

    def _plain(self, error: Exception) -> Response:
        with self._app.app_context():
            if is_lacking(error) or isinstance(error, AWAY):
                log.error("the machine or the database lacks means", problem=str(error))
                return _plain(503)
            log.exception("failed")
            return _plain()


def _not_found(error: HTTPException) -> Response:
    """404, unless another directory showed a listing at this address: then the way to it."""
    path = request.path
    if request.method in ("GET", "HEAD") and len(path) <= PATH_LENGTH and not has_controls(path):
        try:
            owner = listings.old_url_owner(path)
            if owner is not None:
                return _moved(owner.slug)
            if not path.startswith(FOR_MACHINES):
                return _refused(error, nearest=nearest(path))
        except AWAY as away:
            return _database_away(away)
    return _refused(error)


def _moved(slug: str) -> Response:
    return make_response(redirect(with_kept(url_for("public.listing", slug=slug)), 301))


def _refused(error: HTTPException, **shown: object) -> Response:
    code = error.code or 500
    if request.path.startswith(FOR_MACHINES):
        answer = problem(error, code)
    else:
        name = str(code) if code in PAGES else "error"
        answer = make_response(render_template(f"errors/{name}.html", code=code, **shown), code)
    for header, value in error.get_headers():
        if header.lower() in KEPT_HEADERS:
            answer.headers[header] = value
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _foreign_host(_error: SecurityError) -> Response:
    """A host that is not ours gets no page: its links would name that host."""
    answer = make_response("This host is not served here.\n", 400)
    answer.mimetype = "text/plain"
    return answer


def _database_away(error: SQLAlchemyError) -> Response:
    log.error("database", problem=str(getattr(error, "orig", error)))
    let_go()
    away = ServiceUnavailable()
    answer = _refused(away)
    answer.headers["Retry-After"] = BUSY_SECONDS
    return answer


def _read_only(error: ReadOnlyMode) -> Response:
    """Reading goes on; who writes is told to come back."""
    answer = _refused(ServiceUnavailable(str(error)))
    answer.headers["Retry-After"] = READ_ONLY_SECONDS
    return answer


def _failed_again(error: InternalServerError) -> Response:
    """What was raised while another error was answered."""
    original = error.original_exception
    if isinstance(original, AWAY):
        return _database_away(original)
    return _failed(original if isinstance(original, Exception) else error)


def _failed(error: Exception) -> Response:
    if is_lacking(error):
        return _without_means(error)
    log.exception("failed", path=request.path)
    try:
        let_go()
        return _refused(InternalServerError())
    except Exception:  # noqa: BLE001  (what is broken may be what the page of errors needs)
        log.exception("failed to say so", path=request.path)
        return _plain()


def _without_means(error: Exception) -> Response:
    """The machine has no open file, no memory or no room left: others end, so come back."""
    log.error("the machine lacks means", path=request.path, problem=str(error))
    try:
        let_go()
        answer = _refused(ServiceUnavailable())
    except Exception:  # noqa: BLE001  (the page may lack the same)
        return _plain(503)
    answer.headers["Retry-After"] = BUSY_SECONDS
    return answer


def _plain(code: int = 500) -> Response:
    """An answer that needs nothing of the program: the file was read at its start."""
    answer = Response(current_app.extensions[EXTENSION], code, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    if code == ServiceUnavailable.code:
        answer.headers["Retry-After"] = BUSY_SECONDS
    return answer
