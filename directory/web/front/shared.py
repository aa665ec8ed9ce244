"""A second level of kept pages in Redis, for several processes or machines; a help, never a need.

A page's name there is a keyed hash of its address, theme, state and of this program's files; its
content is signed with the same key, so that Redis can forget, lose or change pages, and nothing
wrong is ever shown. Whatever goes wrong is a miss, and Redis is left alone for a while.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

import structlog

from directory.config import Settings
from directory.web.front.page import Answer
from directory.web.front.shelf import Key
from directory.web.front.watch import State

REDIS_SECONDS = 0.05
AWAY_SECONDS = 5.0
# State says when a page is wrong; this only empties Redis of what nobody asks for any more.
KEPT_SECONDS = 3600
SIGNATURE_BYTES = 32
PREFIX = "directory:page:"

log = structlog.get_logger()


class Shared:
    """Answers that other processes made."""

    def __init__(self, client: Any, secret: bytes) -> None:
        self._client = client
        self._secret = secret
        self._away_until = 0.0

    def get(self, key: Key, state: State) -> Answer | None:
        """The answer, if somebody made it in that state."""
        name = self._name(key, state)
        content = self._asked(lambda: self._client.get(name))
        return self._read(name, content) if isinstance(content, bytes) else None

    def put(self, key: Key, state: State, answer: Answer) -> None:
        """Let others have it."""
        name = self._name(key, state)
        head = json.dumps([answer.status, answer.headers]).encode()
        content = b"%d\n%b%b" % (len(head), head, answer.body)
        signed = self._signature(name, content) + content
        self._asked(lambda: self._client.set(name, signed, ex=KEPT_SECONDS))

    def _read(self, name: str, content: bytes) -> Answer | None:
        signature, content = content[:SIGNATURE_BYTES], content[SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._signature(name, content)):
            return None
        length, _, rest = content.partition(b"\n")
        status, headers = json.loads(rest[: int(length)])
        return Answer(status, [(one, value) for one, value in headers], rest[int(length) :])

    def _name(self, key: Key, state: State) -> str:
        said = json.dumps([*key, state.generation, state.index_name, state.day.isoformat()])
        return PREFIX + hmac.new(self._secret, said.encode(), hashlib.sha256).hexdigest()

    def _signature(self, name: str, content: bytes) -> bytes:
        return hmac.new(self._secret, name.encode() + content, hashlib.sha256).digest()

    def _asked(self, question: Any) -> Any:
        # Not the clock, which may be set back.
        now = time.monotonic()
        if now < self._away_until:
            return None
        try:
            return question()
        except Exception as problem:  # noqa: BLE001 (whatever is wrong with it, pages are made)
            log.warning("pages without redis", problem=type(problem).__name__)
            self._away_until = now + AWAY_SECONDS
        return None


def shared_of(settings: Settings, *folders: Path) -> Shared | None:
    """The second level that is set; pages of another program, in `folders`, have other names."""
    if settings.redis_url is None:
        return None
    import redis

    client = redis.Redis.from_url(
        settings.redis_url,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )
    said = json.dumps([str(getattr(settings, name)) for name in SHOWN] + _files(folders))
    return Shared(client, hmac.new(settings.secret_key.encode(), said.encode(), "sha256").digest())


SHOWN = ("base_url", "site_name", "vendor", "operator", "default_language", "env", "database_url")


def _files(folders: tuple[Path, ...]) -> list[str]:
    """What tells one version of the program's files from another one."""
    found = sorted(
        path for folder in folders for path in folder.rglob("*.*")
        if "__pycache__" not in path.parts
    )  # fmt: skip
    sums = (hashlib.sha256(path.read_bytes()).hexdigest() for path in found if path.is_file())
    return [hashlib.sha256("".join(sums).encode()).hexdigest()]
