"""The components: a tag for each template of templates/components (parameters on its line 1)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ct_platform.kit import charts, trades
from ct_platform.kit.actor import Seat
from ct_platform.kit.components import Progress, Rung

register = template.Library()

STATE_ICONS = {"ok": "ok", "bad": "alerte", "wait": "attente"}
VERDICT_ICONS = {"ok": "ok-rond", "warn": "refaire", "bad": "non-rond", "wait": "attente"}
SEAT_ICONS = {
    "coordinator": "groupe",
    "cooperant": "maison",
    "host": "paie",
    "partner": "graphique",
    "network": "cle",
}


@register.simple_block_tag
def note(content: str, icon: str = "info", *, tone: str = "", live: bool = False) -> SafeString:
    """Help read before acting. `tone`: "", ok, warn, bad, off (dashed). `live` announces itself."""
    return render_to_string(
        "components/note.html", {"content": content, "icon": icon, "tone": tone, "live": live}
    )


@register.simple_block_tag
def card(
    content: str,
    title: str,
    *,
    id: str = "",
    size: str = "h5",
    classes: str = "mb-3",
    icon: str = "",
    hidden: bool = False,
) -> SafeString:
    """One subject under its h2. `size` is the class of the title: h5 (default) or "" for larger."""
    return render_to_string(
        "components/card.html",
        {
            "content": content,
            "title": title,
            "id": id or charts.key_for(str(title)),
            "size": size,
            "classes": classes,
            "icon": icon,
            "hidden": hidden,
        },
    )


@register.simple_block_tag
def cheque(
    content: str, *, issuer: str, person: str, amount: Decimal, weave: Sequence[str] = ()
) -> SafeString:
    """Money sent to a person: issuer, name, amount, amount in words, then the body."""
    return render_to_string(
        "components/cheque.html",
        {
            "content": content,
            "issuer": issuer,
            "person": person,
            "amount": amount,
            "threads": weave,
        },
    )


@register.inclusion_tag("components/call.html")
def call(
    *, title: str, url: str, action: str, text: str = "", icon: str = "urne", id: str = "appel"
) -> dict[str, Any]:
    return {"title": title, "url": url, "action": action, "text": text, "icon": icon, "id": id}


@register.inclusion_tag("components/thread.html")
def thread(steps: Iterable[Any], *, large: bool = False, label: str = "") -> dict[str, Any]:
    """Six one-word steps fit across a phone; six longer ones go down it instead."""
    several = list(steps)
    stacked = large or (len(several) > 5 and max(len(step.label) for step in several) > 8)
    return {"steps": several, "large": large, "label": label, "stacked": stacked}


@register.inclusion_tag("components/row.html")
def row(
    *,
    title: str,
    text: str = "",
    url: str = "",
    icon: str = "papier",
    trade: str = "",
    tone: str = "",
    state: str = "",
    state_icon: str = "",
    action: str = "",
    plain: bool = False,
) -> dict[str, Any]:
    return {
        "title": title,
        "text": text,
        "url": url,
        "icon": icon,
        "trade": trade,
        "tone": tone,
        "state": state,
        "state_icon": state_icon or STATE_ICONS.get(tone, "horloge"),
        "action": action,
        "plain": plain,
    }


@register.inclusion_tag("components/week.html")
def week_strip(days: Iterable[Any]) -> dict[str, Any]:
    return {"days": days}


@register.inclusion_tag("components/ladder.html")
def ladder(rungs: Iterable[Rung]) -> dict[str, Any]:
    return {
        "rungs": [
            {
                "rung": rung,
                "number": number,
                "squares": charts.squares(title=rung.label, count=rung.people, own=0)
                if rung.people
                else None,
                "width": charts.track(rung.amount, rung.of) if rung.of else None,
                "fill": charts.RUNG_FILLS[rung.tone],
            }
            for number, rung in enumerate(rungs, start=1)
        ]
    }


@register.inclusion_tag("components/facts.html")
def facts(items: Iterable[Any]) -> dict[str, Any]:
    return {"facts": items}


@register.inclusion_tag("components/progress.html")
def progress(items: Iterable[Progress], *, caption: str) -> dict[str, Any]:
    return {
        "caption": caption,
        "rows": [
            {
                "item": item,
                "width": charts.track(Decimal(item.done), Decimal(item.total)),
                "fill": "#07503f" if item.done >= item.total else charts.PLUM,
            }
            for item in items
        ],
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    return {
        "page": page,
        "request": context.get("request"),
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": page.paginator.ELLIPSIS,
    }


@register.inclusion_tag("components/empty.html")
def empty(
    *, title: str, text: str = "", url: str = "", action: str = "", icon: str = "info"
) -> dict[str, Any]:
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("components/verdict.html")
def verdict(tone: str, *, title: str, text: str = "") -> dict[str, Any]:
    return {"tone": tone, "title": title, "text": text, "icon": VERDICT_ICONS[tone]}


@register.inclusion_tag("components/quote.html")
def quote(
    *, text: str, person: str, place: str = "", trade: str = "", note: str = ""
) -> dict[str, Any]:
    return {
        "text": text,
        "person": person,
        "place": place,
        "trade": trades.trade(trade) if trade else None,
        "note": note,
    }


@register.inclusion_tag("components/choices.html")
def choices(field: BoundField, *, columns: str = "four", icons: bool = False) -> dict[str, Any]:
    """Show a radio field as large tiles; `icons` takes the icon of the trade that is the value."""
    return {"field": field, "columns": columns, "icons": icons}


@register.filter
def trade_icon(code: str) -> str:
    """The icon of a trade, or nothing for a value that is not a trade."""
    return trades.TRADES[code].icon if code in trades.TRADES else ""


@register.inclusion_tag("components/seats.html", takes_context=True)
def seat_switcher(context: Context, seats: Iterable[Seat], url: str) -> dict[str, Any]:
    """List the seats of a person, one button each; the current one is said, not offered."""
    actor = context.get("actor")
    return {
        "url": url,
        "csrf_token": context.get("csrf_token"),
        "seats": [
            {
                "seat": seat,
                "icon": SEAT_ICONS[seat.kind],
                "current": actor is not None and seat.key == actor.seat.key,
            }
            for seat in seats
        ],
    }


@register.inclusion_tag("components/eu.html")
def eu_block() -> dict[str, Any]:
    return {}


@register.inclusion_tag("components/masked.html")
def masked() -> dict[str, Any]:
    """A whole table cell for a figure that would show somebody."""
    return {}
