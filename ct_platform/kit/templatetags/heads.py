"""What machines read of a public page: its own address, its card, its facts."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# What could end the element early, or start a comment in it.
_HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def page_card(context: Context, *, title: str, text: str, kind: str = "website") -> SafeString:
    """Description, canonical address and the card that networks show, from our own origin.

    The address is the one of the page, without what was asked of it (`?metier=…`).
    """
    path = context["request"].path
    return render_to_string(
        "components/page_card.html",
        {
            "title": title,
            "text": text,
            "kind": kind,
            "address": f"{settings.PUBLIC_ORIGIN}{path}",
            "picture": f"{settings.PUBLIC_ORIGIN}{static('img/card.png')}",
        },
    )


@register.simple_tag
def json_ld(said: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> SafeString:
    """Facts as schema.org reads them. A block of data: no browser runs it, and no policy is asked."""
    several = [said] if isinstance(said, Mapping) else list(said)
    if not several:
        return mark_safe("")
    graph = {"@context": "https://schema.org", "@graph": several}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above
