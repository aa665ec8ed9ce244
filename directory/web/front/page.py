"""An answer that was made, and how it is given: compressed, or as 'you have it already'."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from directory.web.encoding import IDENTITY, chosen, compressed, is_compressible
from directory.web.front.watch import State

Headers = list[tuple[str, str]]
KEPT_STATUS = ("200", "301")
# What belongs to one request, or is said anew for each.
OWN = frozenset({"x-request-id", "content-length", "cache-control", "date", "etag"})
REVALIDATED = "no-cache"
BESIDE_BODY = 2_000


@dataclass(frozen=True)
class Answer:
    """What the application answered: status line, headers, the whole body."""

    status: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """A header's value by its name in lower case; empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def given(self, accepted: str) -> tuple[Headers, bytes]:
        """Headers and body for a client that takes these encodings (`Accept-Encoding`)."""
        compressible = is_compressible(self.header("content-type"), len(self.body))
        headers = [pair for pair in self.headers if pair[0].lower() != "content-length"]
        headers = _varying(headers) if compressible else headers
        return _encoded(headers, self.body, chosen(accepted) if compressible else IDENTITY)

    @property
    def may_be_kept(self) -> bool:
        """Whether it is the same for everybody and no error."""
        return (
            self.status.startswith(KEPT_STATUS)
            and not self.header("set-cookie")
            and "no-store" not in self.header("cache-control")
            and "private" not in self.header("cache-control")
        )


@dataclass
class Page:
    """An answer that is kept for as long as `state` holds."""

    status: str
    headers: Headers
    body: bytes
    state: State
    etag: str
    compressible: bool
    encoded: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Answer, state: State) -> Page:
        """The page that an answer is."""
        compressible = is_compressible(answer.header("content-type"), len(answer.body))
        etag = f'W/"{hashlib.sha256(answer.body).hexdigest()[:24]}"'
        kept = [(name, value) for name, value in answer.headers if name.lower() not in OWN]
        headers = [*kept, ("ETag", etag), ("Cache-Control", REVALIDATED)]
        if compressible:
            headers = _varying(headers)
        return cls(answer.status, headers, answer.body, state, etag, compressible)

    @property
    def size(self) -> int:
        """About the memory it takes, in bytes."""
        return BESIDE_BODY + len(self.body) + sum(len(body) for _, body in self.encoded.values())

    def given(self, accepted: str) -> tuple[Headers, bytes]:
        """Headers and body for a client that takes these encodings (`Accept-Encoding`)."""
        encoding = chosen(accepted) if self.compressible else IDENTITY
        ready = self.encoded.get(encoding)
        if ready is None:
            ready = self.encoded[encoding] = _encoded(self.headers, self.body, encoding)
        return ready

    def is_had(self, condition: str) -> bool:
        """Whether an `If-None-Match` names this page."""
        return self.status.startswith("200") and (
            self.etag[2:] in condition or condition.strip() == "*"
        )


def _encoded(headers: Headers, body: bytes, encoding: str) -> tuple[Headers, bytes]:
    named: Headers = []
    if encoding != IDENTITY:
        body = compressed(body, encoding, once=False)
        named = [("Content-Encoding", encoding)]
    return [*headers, *named, ("Content-Length", str(len(body)))], body


def _varying(headers: Headers) -> Headers:
    """The headers with `Accept-Encoding` among what the answer depends on."""
    before = [value for name, value in headers if name.lower() == "vary"]
    if any("accept-encoding" in value.lower() for value in before):
        return headers
    rest = [pair for pair in headers if pair[0].lower() != "vary"]
    return [*rest, ("Vary", ", ".join([*before, "Accept-Encoding"]))]
