"""How many times something may be tried. Counted in the shared cache, in fixed windows."""

import ipaddress
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` per `seconds`, for each source."""

    name: str
    tries: int
    seconds: int

    def take(self, source: str) -> bool:
        """Count one try; False when it is one too many. Two at once are both counted."""
        key = f"limit:{self.name}:{source}"
        cache.add(key, 0, self.seconds)
        try:
            return int(cache.incr(key)) <= self.tries
        except ValueError:  # the window ended between the two lines
            return True

    def give_back(self, source: str) -> None:
        """The try was good: it does not count."""
        try:
            cache.decr(f"limit:{self.name}:{source}")
        except ValueError:
            return


def address_of(request: HttpRequest) -> str:
    """Whose tries these are. A whole IPv6 /64 is one household, hence one address."""
    address = get_adapter(request).get_client_ip(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return str(address)
    if parsed.version == 6:
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False).network_address)
    return str(parsed)
