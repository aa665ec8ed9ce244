"""Of an untrusted address the one spelling under which its page is kept, if it is kept at all."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.sansio.utils import host_is_trusted

from directory.web.keeping import MARK, Counting

LONGEST = 2_000
# More than a page's form can have; a longer address is answered, and not kept.
PARAMETERS_MOST = 40
REMEMBERED_MOST = 4_000


class Address(NamedTuple):
    """Where a kept page is: a path as WSGI spells it, and a query without what does not count.

    is_own: it is one visitor's own, and not kept after all.
    """

    path: str
    query: str
    is_own: bool = False


class Addresses:
    """Knows the views whose pages may be kept; remembers what it found out about spellings."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._remembered: dict[tuple[str, str, str], Address | None] = {}
        self.host = urlsplit(app.extensions["directory_settings"].base_url).netloc

    def kept(self, host: str, path: str, query: str) -> Address | None:
        """The address under which the page is kept; None for a page, or a host, that is not."""
        spelt = (host, path, query)
        try:
            return self._remembered[spelt]
        except KeyError:
            pass
        if len(host) + len(path) + len(query) > LONGEST:
            return None
        found = self._found(*spelt)
        if len(self._remembered) >= REMEMBERED_MOST:
            self._remembered.clear()
        self._remembered[spelt] = found
        return found

    def _found(self, host: str, path: str, query: str) -> Address | None:
        if not host_is_trusted(host, self._app.config["TRUSTED_HOSTS"]):
            return None
        counting = self._counting(path)
        if counting is None:
            return None
        try:
            text = query.encode("latin1").decode()
            # As Flask reads them, so that the page has the same values.
            pairs = parse_qsl(text, keep_blank_values=True, errors="werkzeug.url_quote")
        except ValueError:
            return None
        if any(name == counting.own for name, _ in pairs):
            return Address(path, query, is_own=True)
        # Values in their order: of several of one parameter the first may be the one that counts.
        known = [pair for name in counting.parameters for pair in pairs if pair[0] == name]
        return Address(path, urlencode(known)) if len(known) <= PARAMETERS_MOST else None

    def _counting(self, path: str) -> Counting | None:
        """What counts at a path; None where nothing is kept."""
        try:
            text = path.encode("latin1").decode("utf-8")
            endpoint, _ = self._app.url_map.bind(self.host).match(text, method="GET")
        except (UnicodeError, HTTPException, RequestRedirect):
            return None
        return getattr(self._app.view_functions[endpoint], MARK, None)
