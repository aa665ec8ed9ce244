"""How much one network may ask in a minute: of the interface, and of pages that must be made.

Pages that are kept cost nothing and are not counted. Without Redis, or while it is away, each
process counts for itself.
"""

from __future__ import annotations

import math
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from werkzeug.exceptions import TooManyRequests

from directory.config import Settings
from directory.kernel.clock import real_now
from directory.web.visitors import address_of, network_hash

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

INTERFACE = ("/api/", "/suggest")
API_A_MINUTE = RateLimitItemPerMinute(300, namespace="api")
MADE_A_MINUTE = RateLimitItemPerMinute(300, namespace="made")
TOO_MANY = "directory.too_many"
REDIS_SECONDS = 0.1
AWAY_SECONDS = 5.0

log = structlog.get_logger()


class Rates:
    """Counts by network; who asks from this machine itself is not counted."""

    def __init__(self, settings: Settings) -> None:
        self._proxies = settings.trusted_proxies
        self._hash = lru_cache(maxsize=4096)(
            lambda address: network_hash(address, settings.secret_key)
        )
        self._here = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = _shared(settings.redis_url)
        self._away_until = 0.0

    def checked(self, environ: WSGIEnvironment, start: StartResponse) -> StartResponse:
        """Count the request; the `start` that tells how much is left, for the interface.

        One too many is marked, which makes Flask answer 429.
        """
        address = address_of(environ, self._proxies)
        if address is None or address.is_loopback:
            return start
        interface = environ["PATH_INFO"].startswith(INTERFACE)
        item = API_A_MINUTE if interface else MADE_A_MINUTE
        fits, left, reset = self._counted(item, self._hash(address))
        if not fits:
            environ[TOO_MANY] = reset
        return _telling(start, item.amount, left, reset) if interface else start

    def _counted(self, item: RateLimitItemPerMinute, network: str) -> tuple[bool, int, int]:
        """Whether it fits, how many more do, seconds until all do again."""
        now = real_now().timestamp()
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                return _count(self._shared, item, network, now)
            except Exception as problem:  # noqa: BLE001 (whatever is wrong with it, pages are answered)
                log.warning("rates without redis", problem=type(problem).__name__)
                # Not the clock, which may be set back.
                self._away_until = time.monotonic() + AWAY_SECONDS
        return _count(self._here, item, network, now)


def init_app(app: Flask) -> None:
    """Have `app` refuse what was marked."""

    @app.before_request
    def refuse() -> None:
        seconds = request.environ.get(TOO_MANY)
        if seconds is not None:
            raise TooManyRequests(retry_after=seconds)


def _shared(url: str | None) -> SlidingWindowCounterRateLimiter | None:
    if url is None:
        return None
    patience: dict[str, Any] = {
        "socket_timeout": REDIS_SECONDS,
        "socket_connect_timeout": REDIS_SECONDS,
        "key_prefix": "directory:rates",
    }
    storage: Any = storage_from_string(url, **patience)
    return SlidingWindowCounterRateLimiter(storage)


def _count(
    limiter: SlidingWindowCounterRateLimiter, item: RateLimitItemPerMinute, network: str, now: float
) -> tuple[bool, int, int]:
    fits = limiter.hit(item, network)
    stats = limiter.get_window_stats(item, network)
    return fits, max(stats.remaining, 0), max(math.ceil(stats.reset_time - now), 1)


def _telling(start: StartResponse, most: int, left: int, reset: int) -> StartResponse:
    said = [
        ("RateLimit-Limit", str(most)),
        ("RateLimit-Remaining", str(left)),
        ("RateLimit-Reset", str(reset)),
    ]

    def telling(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        return start(status, [*headers, *said], *error)

    return telling
