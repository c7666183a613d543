"""How a waiting line is shown: what, why, by which law, before which day. For one cohort or many."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.waiting import Line
from ct_platform.kit.clock import format_day

# A deadline this near is said in the colour of what presses.
SOON = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of "Ce qui vous attend"."""

    icon: str
    title: str
    text: str
    url: str
    tone: str
    state: str
    state_icon: str


def shown(line: Line, today: dt.date) -> Waiting:
    reasons = [line.text, f"{line.law}." if line.law else ""]
    if line.by_host:
        reasons.append(_("La coopérative hôte s’en charge."))
    tone, state, icon = _moment(line, today)
    text = " ".join(one for one in reasons if one)
    return Waiting(line.icon, line.title, text, line.url, tone, state, icon)


def _moment(line: Line, today: dt.date) -> tuple[str, str, str]:
    """(tone, words, icon) of the badge: the deadline when there is one."""
    if line.due_on is None:
        return line.tone or "warn", line.state, "alerte" if line.tone == "bad" else "horloge"
    day = format_day(line.due_on, year=line.due_on.year != today.year)
    if line.due_on < today:
        return "bad", _("Depuis le %(day)s") % {"day": day}, "alerte"
    if line.due_on == today:
        return "bad", _("Aujourd’hui"), "alerte"
    tone = "warn" if line.due_on <= today + SOON else "wait"
    return line.tone or tone, _("Avant le %(day)s") % {"day": day}, "calendrier"
