"""What a cohort itself leaves to the next: its frame, its phases, its calendar."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.enums import PhaseKind
from cohorts.enums.sessions import Half, SessionKind
from cohorts.models import Cohort, Phase, Slot
from cohorts.rules.cycles import days_between
from cohorts.rules.holidays import holiday_on
from cohorts.rules.sessions import slot_fault
from cohorts.rules.starter_kits import day_at, place_of
from cohorts.services.session_wishes import HalfDay, SessionWishes
from cohorts.services.sessions import plan_sessions
from cohorts.starter_kit import Item, Part, register
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import WEEKDAYS, format_day

MOST_WEEKS = 60


def whole(item: Item, name: str, low: int, high: int) -> bool:
    """Whether the item has a whole number of that name, between the two."""
    found = item.get(name)
    return isinstance(found, int) and not isinstance(found, bool) and low <= found <= high


def text(item: Item, name: str, longest: int, *, required: bool = True) -> bool:
    """Whether the item has a text of that name, not longer than that."""
    found = item.get(name, "")
    return (
        isinstance(found, str) and len(found) <= longest and (bool(found.strip()) or not required)
    )


# --- the frame


def _frame(cohort: Cohort) -> list[dict[str, Any]]:
    return [
        {
            "days": days_between(cohort.starts_on, cohort.ends_on),
            "seats": cohort.seats,
            "pitch": cohort.pitch,
            "eu_funded": cohort.eu_funded,
            "programme": cohort.programme.code,
        }
    ]


def _frame_fault(item: Item) -> str:
    good = (
        whole(item, "days", 7, 366)
        and whole(item, "seats", 3, 40)
        and text(item, "pitch", 200, required=False)
        and text(item, "programme", 12, required=False)
        and isinstance(item.get("eu_funded", False), bool)
    )
    return "" if good else _say("Le cadre de la coopérative (durée, places) est illisible.")


def _frame_said(item: Item) -> str:
    said = _say("%(days)d jours, %(seats)d places") % {"days": item["days"], "seats": item["seats"]}
    return f"{said}. {item['pitch']}" if item.get("pitch") else said


def _nothing(cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime) -> list[str]:
    """The frame is in the wishes of the new cohort."""
    return []


# --- phases


def _phases(cohort: Cohort) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "starts": list(place_of(one.starts_on, cohort.starts_on)),
            "ends": list(place_of(one.ends_on, cohort.starts_on)),
        }
        for one in cohort.phases.all()
    ]


def _is_place(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and whole({"week": value[0]}, "week", 0, MOST_WEEKS)
        and whole({"weekday": value[1]}, "weekday", 0, 6)
    )


def _phase_fault(item: Item) -> str:
    if item.get("kind") not in PhaseKind.values:
        return _say("Une phase a un nom inconnu.")
    if not (_is_place(item.get("starts")) and _is_place(item.get("ends"))):
        return _say("Une phase n’a pas ses deux jours (semaine, jour).")
    return ""


def _lay_phases(cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime) -> list[str]:
    """By weekday, kept between the first and the last day of the new cohort."""
    first, last = cohort.starts_on, cohort.ends_on
    for item in items:
        begins, ends = (
            min(max(day_at(*item[end], first), first), last) for end in ("starts", "ends")
        )
        Phase.objects.update_or_create(
            cohort=cohort,
            kind=item["kind"],
            defaults={"starts_on": begins, "ends_on": max(begins, ends)},
        )
    return []


# --- sessions


def _sessions(cohort: Cohort) -> list[dict[str, Any]]:
    """Title, kind and hours. Places are addresses, trainers and guests are people: left behind."""
    found: dict[int, dict[str, Any]] = {}
    rows = Slot.objects.of_cohort(cohort.pk).planned().select_related("session")
    for slot in rows.order_by("session__day", "session_id", "starts", "pk"):
        one = slot.session
        week, weekday = place_of(one.day, cohort.starts_on)
        item = found.setdefault(
            one.pk,
            {
                "kind": one.kind,
                "title": one.title,
                "note": one.note,
                "week": week,
                "weekday": weekday,
                "halves": [],
            },
        )
        item["halves"].append(
            {"half": slot.half, "starts": f"{slot.starts:%H:%M}", "ends": f"{slot.ends:%H:%M}"}
        )
    return list(found.values())


def _hour(value: Any) -> dt.time | None:
    try:
        return dt.time.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _session_fault(item: Item) -> str:
    if item.get("kind") not in SessionKind.values or not text(item, "title", 100):
        return _say("Une séance n’a pas de titre, ou son genre est inconnu.")
    if not text(item, "note", 300, required=False):
        return _say("Le mot d’une séance est trop long.")
    if not (whole(item, "week", 0, MOST_WEEKS) and whole(item, "weekday", 0, 6)):
        return _say("Une séance n’a pas son jour (semaine, jour).")
    halves = item.get("halves")
    if not isinstance(halves, list) or not 1 <= len(halves) <= len(Half.values):
        return _say("Une séance n’a pas ses demi-journées.")
    for half in halves:
        named = isinstance(half, dict) and half.get("half") in Half.values
        starts, ends = (_hour(half.get(end)) if named else None for end in ("starts", "ends"))
        if starts is None or ends is None or slot_fault(starts, ends) is not None:
            return _say("Une séance a des heures impossibles.")
    return ""


def _session_said(item: Item) -> str:
    return _say("Semaine %(week)d, %(day)s : %(title)s") % {
        "week": item["week"] + 1,
        "day": WEEKDAYS[item["weekday"]],
        "title": item["title"],
    }


def _plan(cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime) -> list[str]:
    """At the same civil hours, whatever the clocks do. Holidays and days outside are said, not planned."""
    left = []
    for item in items:
        day = day_at(item["week"], item["weekday"], cohort.starts_on)
        holiday = holiday_on(day)
        if holiday:
            left.append(
                _say("« %(title)s » : le %(day)s est férié (%(what)s).")
                % {"title": item["title"], "day": format_day(day), "what": holiday}
            )
        elif not cohort.starts_on <= day <= cohort.ends_on:
            left.append(
                _say("« %(title)s » : le %(day)s est hors de la coopérative.")
                % {"title": item["title"], "day": format_day(day)}
            )
        else:
            plan_sessions(cohort=cohort, wishes=_wishes(item, day), repeat=None, actor=actor, at=at)
    return left


def _wishes(item: Item, day: dt.date) -> SessionWishes:
    return SessionWishes(
        kind=item["kind"],
        title=item["title"],
        place=_say("Lieu à préciser"),
        note=item.get("note", ""),
        day=day,
        halves=tuple(
            HalfDay(
                one["half"],
                dt.time.fromisoformat(one["starts"]),
                dt.time.fromisoformat(one["ends"]),
            )
            for one in item["halves"]
        ),
    )


def register_parts() -> None:
    """Called once, from CohortsConfig.ready()."""
    register(Part("frame", _("Le cadre"), _frame, _frame_said, _frame_fault, _nothing))
    register(
        Part(
            "phases",
            _("Les phases"),
            _phases,
            lambda item: str(PhaseKind(item["kind"]).label),
            _phase_fault,
            _lay_phases,
        )
    )
    register(Part("sessions", _("Le calendrier"), _sessions, _session_said, _session_fault, _plan))
