"""Who asks, without keeping who: an address is only ever a key of the day in a cache, never stored.

The key is a hash with a salt that lives in the cache and changes every day, so what is counted today cannot be joined
with yesterday's, nor turned back into an address once the salt is gone.
"""

import hashlib
import ipaddress
import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest
from django.utils import timezone

logger = logging.getLogger(__name__)

T = TypeVar("T")

_ROBOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|python-|curl/|wget|headlesschrome.*lighthouse", re.IGNORECASE)

# A household or an office has a whole network of this many bits.
IPV6_NETWORK = 64
SALT_SECONDS = 2 * 24 * 3600
# A cache that is gone is said to be at most this often.
QUIET_SECONDS = 60

_said_at = float("-inf")


def cache() -> BaseCache:
    """Return the cache in which visitors are counted; it holds nothing that is not forgotten in two days."""
    return caches["visitors"]


def may_be_counted(request: HttpRequest) -> bool:
    """Whether a visitor's doings may be counted: no objection was sent, and it does not say it is a robot."""
    objects = request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1"
    return not objects and not _ROBOT.search(request.headers.get("User-Agent", ""))


def client_address(request: HttpRequest) -> str:
    """Return the address the request comes from as the proxies of TRUSTED_PROXIES saw it; empty where none is told."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        # Each proxy appends whom it was asked by: what stands before those of ours is what anybody may claim.
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        address = told[-settings.TRUSTED_PROXIES] if len(told) >= settings.TRUSTED_PROXIES else address
    return address


def pseudonym(request: HttpRequest) -> str:
    """Return today's key of the visitor's network; empty where the address is not a visitor's own.

    Addresses of a machine or of a private network are those of a proxy or of the operators: counting them together
    would lock everybody out together. Raises what a cache raises that is gone.
    """
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if not address.is_global:
        return ""
    network = ipaddress.ip_network((address, IPV6_NETWORK if address.version == 6 else 32), strict=False)
    salt = cache().get_or_set(f"salt-{timezone.now():%Y%m%d}", lambda: secrets.token_hex(16), SALT_SECONDS)
    return hashlib.blake2b(str(network).encode(), key=str(salt).encode(), digest_size=12).hexdigest()


def unless_cache_fails(ask: Callable[[], T], otherwise: T) -> T:
    """Return what ``ask`` returns, or ``otherwise`` with a line in the log where the cache cannot be asked."""
    global _said_at
    try:
        return ask()
    except Exception as error:
        if time.monotonic() - _said_at > QUIET_SECONDS:
            _said_at = time.monotonic()
            logger.warning("Visitors cannot be counted, so none is held up: %s: %s", type(error).__name__, error)
        return otherwise
