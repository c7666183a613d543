"""The small signs: icon, mark, crate, weave, badges, and charts."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ct_platform.kit import trades

register = template.Library()

TONES = ("ok", "warn", "bad", "wait")


@register.simple_tag
def icon(name: str, classes: str = "", *, label: str = "") -> SafeString:
    """Draw an icon of the sprite: silent beside a word, named by `label` when it stands alone."""
    target = f"{static('img/icons.svg')}#{name}"
    css = f"ct-i {classes}".rstrip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, target
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, target)


@register.simple_tag
def mark(size: int = 40) -> SafeString:
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="">', static("img/mark.svg"), size, size
    )


@register.simple_tag
def crate(width: int = 140, *, hero: bool = False) -> SafeString:
    """Draw the crate of the harvest; `hero` is the one with a pale sun, for the mimosa ground."""
    return format_html(
        '<img class="ct-crate" src="{}" width="{}" height="{}" alt="">',
        static("img/crate-hero.svg" if hero else "img/crate.svg"),
        width,
        width * 3 // 4,
    )


@register.simple_tag
def weave(threads: Iterable[str] | None = None, *, large: bool = False) -> SafeString:
    """Draw the stripes of a cooperative: a thread per trade class, all four when none is named."""
    classes = list(threads or ()) or [one.css for one in trades.TRADES.values()]
    return format_html(
        '<div class="ct-weave{}" aria-hidden="true">{}</div>',
        " ct-weave-l" if large else "",
        format_html_join("", '<i class="{}"></i>', ((css,) for css in classes[:4])),
    )


@register.simple_tag
def state_badge(tone: str, icon_name: str, label: str) -> SafeString:
    """Show a fact that changes, in one to four words. Raises ValueError for an unknown tone."""
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone!r}")
    return format_html('<span class="ct-state ct-{}">{}{}</span>', tone, icon(icon_name), label)


@register.simple_tag
def trade_badge(code: str, *, small: bool = False, label: str = "") -> SafeString:
    """Draw a trade; `label` is its word where a group named its own."""
    one = trades.trade(code)
    size = " ct-trade-s" if small else ""
    return format_html(
        '<span class="ct-trade{} {}">{}<span>{}</span></span>',
        size,
        one.css,
        icon(one.icon),
        label or one.label,
    )


@register.simple_tag
def trade_tile(code: str) -> SafeString:
    one = trades.trade(code)
    return format_html('<span class="{}">{}</span>', one.css, icon(one.icon, "ct-tile"))


@register.simple_tag
def trade_picture(code: str) -> str:
    """Address of the picture of a trade, drawn for the house."""
    return static(f"img/metiers/{trades.trade(code).code}.svg")


@register.simple_tag
def chart(drawing: Any, *, table: bool = True, paper: bool = False) -> SafeString:
    """Draw a value of kit.charts or kit.timeline, with its table unless `table` is False.

    On `paper` nothing folds and no icon is fetched: keys are words, the table stands open.
    """
    return render_to_string(drawing.template, {"chart": drawing, "table": table, "paper": paper})
