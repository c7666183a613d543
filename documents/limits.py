"""How often an address may ask the public pages. Counts live in the shared cache, an hour or less."""

import logging

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)


def address_of(request: HttpRequest) -> str:
    """The visitor's address, behind as many proxies as the settings trust."""
    return str(get_adapter().get_client_ip(request))


def allowed(what: str, who: str, *, tries: int, seconds: int, closed: bool = False) -> bool:
    """Count one try of `who`; False from the one after `tries` within `seconds`.

    When the cache does not answer: yes, unless `closed` (a question that guards a private fact).
    """
    key = f"limit:{what}:{who}"
    try:
        cache.add(key, 0, seconds)
        return bool(cache.incr(key) <= tries)
    except ValueError:  # the count ended between the two calls
        return True
    except Exception:
        logger.exception("the cache that counts %s does not answer", what)
        return not closed
