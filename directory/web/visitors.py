"""Where a request comes from, and of that no more than a keyed hash of its network (M09)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from directory.config import Network

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PREFIX = {4: 24, 6: 48}
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
Address = IPv4Address | IPv6Address


def address_of(environ: WSGIEnvironment, proxies: Iterable[Network]) -> Address | None:
    """The address that a request comes from; None if it can't be told.

    proxies: whose word on `X-Forwarded-For` counts, for its last entry.
    """
    peer = _address(environ.get("REMOTE_ADDR", ""))
    if peer is None or not is_in(peer, proxies):
        return peer
    return _address(environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2])


def is_in(address: Address, networks: Iterable[Network]) -> bool:
    """Whether an address is in one of the networks."""
    return any(address in network for network in networks)


def is_forwarded(environ: WSGIEnvironment) -> bool:
    """Whether somebody stands between the one who asked and us, and says so."""
    return any(name in environ for name in FORWARDED)


def network_hash(address: Address, key: str) -> str:
    """What a network is known by: an IPv4 /24 or IPv6 /48, hashed with the key."""
    network = ip_network((address, PREFIX[address.version]), strict=False)
    return hmac.new(key.encode(), str(network).encode(), hashlib.sha256).hexdigest()[:24]


def _address(text: str) -> Address | None:
    try:
        found = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
