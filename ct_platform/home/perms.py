"""Who writes on the public site."""

from ct_platform.kit.actor import Actor


def can_write_site(actor: Actor) -> bool:
    """Texts, partners and what people ask from the site: whoever sits for the network."""
    return actor.is_network
