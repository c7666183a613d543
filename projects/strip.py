"""The week strip: seven days with what stands on each, as the component of the same name draws it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.clock import NBSP, WEEKDAYS, format_day, format_minutes
from ct_platform.kit.components import Day
from projects.enums import WorkState
from projects.selectors.my_hours import OwnDay, OwnWeek


def day_url(day: dt.date) -> str:
    return f"{reverse('projects:my_hours')}?jour={day.isoformat()}"


def strip(week: OwnWeek, *, chosen: dt.date, today: dt.date) -> list[Day]:
    return [_cell(one, chosen, today) for one in week.days]


def _cell(one: OwnDay, chosen: dt.date, today: dt.date) -> Day:
    icon, state = _state(one, today)
    return Day(
        url=day_url(one.day),
        short=WEEKDAYS[one.day.weekday()][:3].capitalize(),
        number=one.day.day,
        long=format_day(one.day, weekday=True, year=False),
        # A day is 48 px wide on a phone: "3 h 30" loses its spaces, "4 h" keeps its own.
        text=_short(one.minutes) if one.entries else ("–" if one.day <= today else ""),
        icon=icon,
        state=state,
        current=one.day == chosen,
    )


def _short(minutes: int) -> str:
    text = format_minutes(minutes)
    return text.replace(NBSP, "") if minutes % 60 else text


def _state(one: OwnDay, today: dt.date) -> tuple[str, str]:
    if not one.entries:
        return ("plus", _("à noter")) if one.day == today else ("", "")
    if any(entry.question for entry in one.entries):
        return "bulle", _("une question est posée")
    if all(entry.state == WorkState.LOCKED for entry in one.entries):
        return "cadenas", _("dans une paie")
    if all(entry.is_verified for entry in one.entries):
        return "ok", _("confirmé")
    return "attente", _("à confirmer")
