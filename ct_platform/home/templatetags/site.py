"""Texts of the public site whose code depends on the thing shown."""

from django import template
from django.utils.safestring import SafeString

from ct_platform.home.site_words import Words

register = template.Library()


@register.simple_tag
def site_text(words: Words, trade: str) -> SafeString:
    """What the site says of a trade."""
    return words[f"trade_{trade}"]
