"""Static files under addresses that name their content, so that they can be kept for ever.

The style sheet is written as many small files in layers and served as one: `app.css` lists them
in order, this module joins them. A changed file has a new address within a second.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from time import monotonic
from typing import cast

from flask import Flask, Response, abort, current_app, request

from directory.web.encoding import FOR_KEEPS, IDENTITY, chosen, compressed, is_compressible
from directory.web.guards import allow

PREFIX = "/static"
STYLE_SHEET = "app.css"
YEAR_SECONDS = 31_536_000
LOOK_SECONDS = 1.0
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
URL = re.compile(r'url\("\.\./([^":]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FINGERPRINTED = re.compile(r"(?P<stem>.+)\.(?P<hash>[0-9a-f]{12})(?P<suffix>\.\w+)")
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class Asset:
    """A file as it is served: its bytes, the hash that stands in its address, its type."""

    body: bytes
    hash: str
    type: str
    address: str
    encoded: dict[str, bytes] = field(default_factory=dict, compare=False)

    def given(self, encoding: str) -> bytes:
        """The bytes in an encoding, made with all effort at the first use."""
        if encoding == IDENTITY:
            return self.body
        if encoding not in self.encoded:
            self.encoded[encoding] = compressed(self.body, encoding, once=True)
        return self.encoded[encoding]


@dataclass
class Shelf:
    """The files of a folder, read once and again when one of them has changed."""

    folder: Path
    known: dict[str, Asset] = field(default_factory=dict)
    newest: int = 0
    looked: float = 0.0

    def take(self, name: str) -> Asset:
        """The file of that name, `app.css` being the joined one.

        Raises FileNotFoundError for what is not there, is no asset or not spelt so.
        """
        self._look()
        if name not in self.known:
            self.known[name] = self._read(name)
        return self.known[name]

    def address(self, name: str) -> str:
        """The address of a file with its content's hash."""
        return self.take(name).address

    def _look(self) -> None:
        now = monotonic()
        if self.known and now - self.looked < LOOK_SECONDS:
            return
        newest = max(path.stat().st_mtime_ns for path in self.folder.rglob("*.*"))
        if newest != self.newest:
            self.known.clear()
        self.newest, self.looked = newest, now

    def _read(self, name: str) -> Asset:
        path = self.folder / ("css/app.css" if name == STYLE_SHEET else name)
        # One spelling only, so that nobody fills the memory with others.
        if path != path.resolve() or path.suffix not in TYPES:
            raise FileNotFoundError(name)
        body = self._joined(path) if name == STYLE_SHEET else path.read_bytes()
        fingerprint = hashlib.sha256(body).hexdigest()[:12]
        bare = PurePosixPath(name).with_suffix("")
        address = f"{PREFIX}/{bare}.{fingerprint}{path.suffix}"
        return Asset(body, fingerprint, TYPES[path.suffix], address)

    def _joined(self, path: Path) -> bytes:
        """`app.css` with every import replaced by its file inside its layer."""

        def include(match: re.Match[str]) -> str:
            text = (path.parent / match[1]).read_text(encoding="utf-8")
            named = URL.sub(lambda found: f'url("{self.address(found[1])}")', text)
            return f"@layer {match[2]} {{{named}}}"

        return _squeezed(IMPORT.sub(include, path.read_text(encoding="utf-8"))).encode()


def init_app(app: Flask, folder: Path) -> None:
    """Serve the files of `folder` and give templates `asset(name)`; Flask serves none itself."""
    app.extensions["directory_assets"] = kept = Shelf(folder.resolve())
    app.add_url_rule(f"{PREFIX}/<path:name>", "asset", send)
    app.jinja_env.globals["asset"] = kept.address


def shelf() -> Shelf:
    """The files of the running application."""
    return cast("Shelf", current_app.extensions["directory_assets"])


def address(name: str) -> str:
    """The address of `static/<name>` with its content's hash; `app.css` is the joined one."""
    return shelf().address(name)


@allow("anyone")
def send(name: str) -> Response:
    """A file under its fingerprinted name; an old fingerprint gets today's file, uncached."""
    match = FINGERPRINTED.fullmatch(name)
    if match is None:
        abort(404)
    try:
        asset = shelf().take(match["stem"] + match["suffix"])
    except (OSError, ValueError):
        abort(404)
    response = _response(asset)
    if asset.hash == match["hash"]:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def _response(asset: Asset) -> Response:
    """The file in the encoding that the client prefers; fonts are compressed by themselves."""
    if not is_compressible(asset.type, len(asset.body)):
        response = Response(asset.body, mimetype=asset.type)
        response.set_etag(asset.hash)
        return response
    encoding = chosen(request.headers.get("Accept-Encoding", ""), FOR_KEEPS)
    response = Response(asset.given(encoding), mimetype=asset.type)
    if encoding != IDENTITY:
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    response.set_etag(asset.hash, weak=True)
    return response


def _squeezed(text: str) -> str:
    """Style sheet without comments, indentation and line ends."""
    return re.sub(r"\s*\n\s*", "", COMMENT.sub("", text).replace(",\n", ", "))
