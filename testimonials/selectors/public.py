"""The only door to the public: each read asks the consent of the day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.trades import TRADES, Trade
from testimonials.enums import Use, What
from testimonials.models import Agreement, Publication, Testimonial


@dataclass(frozen=True, slots=True)
class PublicWord:
    """What a stranger may read of a testimonial, and nothing else."""

    text: str
    signed_as: str
    place: str
    trade: str
    note: str
    url: str = ""
    photo_url: str = ""
    on: dt.date | None = None
    territory: str = ""
    band: Trade | None = None


def words_for_home(*, day: dt.date, limit: int) -> list[PublicWord]:
    """Published testimonials whose consent holds on `day`, newest first. One query."""
    return [_word(row) for row in _on_site(day)[:limit]]


def words_of_cohorts(cohorts: Sequence[int], *, day: dt.date, limit: int) -> list[PublicWord]:
    """Published testimonials of these cohorts, newest first. One query."""
    return [_word(row) for row in _on_site(day).filter(enrolment__cohort__in=cohorts)[:limit]]


def words_of_trade(trade: str, *, day: dt.date, limit: int) -> list[PublicWord]:
    """Published testimonials of a trade, those with a portrait first. One query."""
    rows = _on_site(day).filter(trade=trade).order_by("-shows_photo", "-decided_at", "-id")
    return [_word(row) for row in rows[:limit]]


def told_trades(*, day: dt.date) -> dict[str, int]:
    """How many published testimonials a trade has. One query."""
    counted = Testimonial.objects.on_site(day).order_by().values_list("trade")
    return dict(counted.annotate(n=Count("pk")))


def story_codes(*, day: dt.date) -> list[str]:
    """Every story a stranger may read. One query."""
    return list(Testimonial.objects.on_site(day).values_list("code", flat=True))


@dataclass(frozen=True, slots=True)
class Stories:
    words: list[PublicWord]
    trades: list[tuple[Trade, int]]
    territories: list[tuple[int, str, int]]
    trade: str
    territory: int | None


def stories(*, day: dt.date, trade: str = "", territory: str = "", limit: int) -> Stories:
    """The list, with what it may be narrowed to; an unknown trade or territory narrows nothing. Three queries."""
    rows = Testimonial.objects.on_site(day)
    trades = dict(rows.order_by().values_list("trade").annotate(n=Count("pk")))
    counted = (
        rows.order_by()
        .values_list("enrolment__cohort__territory")
        .annotate(n=Count("pk"))
        .values_list("enrolment__cohort__territory", "enrolment__cohort__territory__name", "n")
    )
    places = sorted(counted, key=lambda one: one[1])
    chosen = _on_site(day)
    kept_trade = trade if trade in trades and trade in TRADES else ""
    if kept_trade:
        chosen = chosen.filter(trade=kept_trade)
    kept_place = next((key for key, _name, _n in places if str(key) == territory), None)
    if kept_place is not None:
        chosen = chosen.filter(enrolment__cohort__territory=kept_place)
    return Stories(
        words=[_word(row) for row in chosen[:limit]],
        trades=[(TRADES[code], n) for code, n in trades.items() if code in TRADES],
        territories=[(key, name, n) for key, name, n in places],
        trade=kept_trade,
        territory=kept_place,
    )


def story(*, code: str, day: dt.date) -> Testimonial | None:
    """A story that a stranger may read on `day`, annotated as `_word` needs it. One query."""
    found: Testimonial | None = _on_site(day).filter(code=code).first()
    return found


def word_of(row: Testimonial) -> PublicWord:
    return _word(row)


def was_public(code: str) -> bool:
    """It stood on the site once: the page says that it was taken away, and nothing of it."""
    return bool(Publication.objects.filter(testimonial__code=code, use=Use.SITE).exists())


def _on_site(day: dt.date) -> QuerySet[Any]:
    photo = Agreement.objects.standing(day).filter(
        testimonial=OuterRef("pk"), use=Use.SITE, what=What.PHOTO
    )
    until = Agreement.objects.standing(day).filter(
        testimonial=OuterRef("pk"), use=Use.SITE, what=What.WORDS
    )
    found: QuerySet[Any] = (
        Testimonial.objects.on_site(day)
        .annotate(shows_photo=Exists(photo), until=until.values("consent__expires_on")[:1])
        .select_related("enrolment__cohort__territory")
    )
    return found


def _word(row: Any) -> PublicWord:
    shown = row.shows_photo and row.photo
    return PublicWord(
        text=row.text,
        signed_as=row.signed_as,
        place=row.enrolment.cohort.name,
        trade=row.trade,
        note=_("Publié avec son accord jusqu’au %(day)s.") % {"day": format_day(row.until)},
        url=reverse("testimonials:story", args=[row.code]),
        photo_url=reverse("testimonials:story_photo", args=[row.code]) if shown else "",
        on=civil_day(row.decided_at) if row.decided_at else None,
        territory=row.enrolment.cohort.territory.name,
        band=TRADES.get(row.trade),
    )
