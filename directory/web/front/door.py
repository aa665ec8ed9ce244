"""The WSGI application before Flask's: gives what is kept, has made what is not."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from directory.generation import Away
from directory.web.front.addresses import Address, Addresses
from directory.web.front.flights import Flights
from directory.web.front.ledger import LEDGER
from directory.web.front.page import Answer, Page
from directory.web.front.rates import INTERFACE, TOO_MANY, Rates
from directory.web.front.shared import Shared
from directory.web.front.shelf import Key, Shelf
from directory.web.front.watch import State, Watch
from directory.web.known import STATE
from directory.web.limits import has_large_headers
from directory.web.logs import request_id_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The only cookies with which a page is still everybody's: any other one may mean a person.
THEMES = {"": "", "theme=system": "", "theme=light": "light", "theme=dark": "dark"}
# Files, which cost little, and what the operator's machines ask; the interface counts for itself.
NOT_COUNTED = (*INTERFACE, "/static/", "/files/", "/healthz", "/readyz", "/metrics")
UNCHANGED = "304 Not Modified"
# What a 304 leaves out, since it describes the body.
OF_BODY = frozenset({"content-length", "content-type", "content-encoding"})


class Door:
    """Stands before `inner`, an application for anonymous and other people."""

    def __init__(
        self,
        inner: WSGIApplication,
        *,
        addresses: Addresses,
        watch: Watch,
        shelf: Shelf,
        flights: Flights[Page],
        rates: Rates,
        shared: Shared | None,
    ) -> None:
        self._inner = inner
        self._addresses = addresses
        self._watch = watch
        self._shelf = shelf
        self._flights = flights
        self._rates = rates
        self._shared = shared

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        if environ["PATH_INFO"].startswith(INTERFACE):
            start = self._rates.checked(environ, start)
        address = self._kept_address(environ)
        if address is None or address.is_own:
            return self._passed(environ, start)
        try:
            state = self._watch.state()
        except Away:
            return self._passed(environ, start)
        key = (address.path, address.query, THEMES[environ.get("HTTP_COOKIE", "")])
        found: Page | Answer | None = self._shelf.get(key, state)
        seen_by_flask = False
        if found is None:
            self._count(environ, start)
            if TOO_MANY in environ or has_large_headers(environ):
                return self._inner(environ, start)
            found, seen_by_flask = self._made(key, state, environ)
        if isinstance(found, Answer):
            headers, body = found.given(environ.get("HTTP_ACCEPT_ENCODING", ""))
            start(found.status, headers)
            return [_body_for(environ, body)]
        status, body = self._given(found, key, environ, start)
        if not seen_by_flask:
            LEDGER.note(environ, status, began)
        return [_body_for(environ, body)]

    def _passed(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """The answer that is made for this one alone, or refused, which Flask says then."""
        self._count(environ, start)
        return self._inner(environ, start)

    def _count(self, environ: WSGIEnvironment, start: StartResponse) -> None:
        """Count what Flask is asked for; the interface was counted when it came."""
        if not environ["PATH_INFO"].startswith(NOT_COUNTED):
            self._rates.checked(environ, start)

    def _kept_address(self, environ: WSGIEnvironment) -> Address | None:
        """The address of the page asked for, if it is one that everybody sees alike."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if "HTTP_AUTHORIZATION" in environ or TOO_MANY in environ:
            return None
        if environ.get("HTTP_COOKIE", "") not in THEMES:
            return None
        if environ["PATH_INFO"].startswith(INTERFACE) and not _takes_json(environ):
            return None
        host = environ.get("HTTP_HOST", "")
        return self._addresses.kept(host, environ["PATH_INFO"], environ.get("QUERY_STRING", ""))

    def _made(self, key: Key, state: State, environ: WSGIEnvironment) -> tuple[Page | Answer, bool]:
        """The page made now, or an answer that may not be kept; and whether this request made it.

        If not, somebody else was about the same page and Flask, which logs, never saw us.
        """
        own: list[Answer] = []

        def make() -> Page | None:
            answer = self._shared.get(key, state) if self._shared else None
            if answer is None:
                answer = self._asked(key, state, environ)
                own.append(answer)
                if not (state.index_name and answer.may_be_kept):
                    return None
                if self._shared:
                    self._shared.put(key, state, answer)
            page = Page.of(answer, state)
            self._shelf.put(key, page)
            return page

        page = self._flights.share((key, state), make)
        if page is None and not own:
            page = make()
        return page or own[0], bool(own)

    def _asked(self, key: Key, state: State, environ: WSGIEnvironment) -> Answer:
        """What `inner` answers to a request that holds nothing but what the key says."""
        said: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            said[:] = [status, headers]
            return lambda _data: None

        parts = self._inner(self._plain(key, environ) | {STATE: state}, start)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        return Answer(said[0], said[1], body)

    def _plain(self, key: Key, environ: WSGIEnvironment) -> WSGIEnvironment:
        path, query, theme = key
        plain = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
        plain |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
        plain |= {"HTTP_HOST": self._addresses.host, "HTTP_X_REQUEST_ID": request_id_of(environ)}
        if theme:
            plain["HTTP_COOKIE"] = f"theme={theme}"
        return plain

    def _given(
        self, page: Page, key: Key, environ: WSGIEnvironment, start: StartResponse
    ) -> tuple[str, bytes]:
        """The status and body given, once its headers are sent."""
        encodings = len(page.encoded)
        headers, body = page.given(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if len(page.encoded) != encodings:
            self._shelf.weigh(key, page)
        own = ("X-Request-ID", request_id_of(environ))
        condition = environ.get("HTTP_IF_NONE_MATCH")
        if condition and page.is_had(condition):
            start(UNCHANGED, [*(pair for pair in headers if pair[0].lower() not in OF_BODY), own])
            return UNCHANGED, b""
        start(page.status, [*headers, own])
        return page.status, body


def _takes_json(environ: WSGIEnvironment) -> bool:
    """Whether the client takes what the interface answers; if not, that is for Flask to say."""
    said = environ.get("HTTP_ACCEPT", "*/*")
    return said == "*/*" or parse_accept_header(said, MIMEAccept)["application/json"] > 0


def _body_for(environ: WSGIEnvironment, body: bytes) -> bytes:
    return b"" if environ["REQUEST_METHOD"] == "HEAD" else body
