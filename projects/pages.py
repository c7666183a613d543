"""What the pages of *Mes heures* need, gathered once; templates only lay it out."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import WEEKDAYS, format_day, format_minutes
from ct_platform.kit.components import Day
from projects import perms, selectors
from projects.models import Project, WorkEntry
from projects.rules import Overwork, monday_of, nearest_day
from projects.selectors import LastDay, OwnDay, OwnWeek, Waiting
from projects.selectors.proposed import Proposed, proposed_in_week
from projects.strip import day_url, strip
from projects.worth import HourWorth, worth_of


@dataclass(frozen=True, slots=True)
class MyHoursPage:
    enrolment: Enrolment
    day: dt.date
    week: OwnWeek
    strip: list[Day]
    projects: list[Project]
    last_day: LastDay | None
    last_work: WorkEntry | None
    questions: list[WorkEntry]
    offers: list[WorkEntry]  # written by others, waiting for a yes or a no
    proposed: list[Proposed]  # by the half-days signed and the tasks done this week
    waiting: Waiting
    title: str  # of the card: "Aujourd’hui, mercredi 25"
    like: str  # on the button: "Comme hier"
    like_day: str  # above it: "Hier"
    refusal: str  # why nothing can be noted on that day; empty when it can
    week_label: str
    before_url: str  # the week before and the one after, empty at the ends
    after_url: str
    may_note: bool
    may_complete: bool

    @property
    def proposal(self) -> dict[str, object]:
        """What the fragment of proposed hours shows."""
        return {"hours": self.proposed, "projects": self.projects, "may_note": self.may_note}

    @property
    def own_day(self) -> OwnDay:
        return self.week.day(self.day)

    @property
    def usual(self) -> list[WorkEntry]:
        """The last work of this day or before: what a phone without a network proposes to repeat."""
        return self.own_day.entries or (self.last_day.entries if self.last_day else [])

    @property
    def offers_repeat(self) -> bool:
        """Once something stands on the day, one more tap must not double it."""
        return not self.refusal and self.last_day is not None and not self.own_day.entries


def my_hours_page(
    actor: Actor, own: Enrolment, asked: dt.date | None, today: dt.date
) -> MyHoursPage:
    """The page of a day, brought back inside the cohort. Ten queries at most."""
    cohort = own.cohort
    day = nearest_day(asked or today, cohort.starts_on, cohort.ends_on)
    monday = monday_of(day)
    week = selectors.own_week(own.pk, monday)
    last_day = selectors.last_worked_day(own.pk, day)
    may_note = perms.may_note(actor, own)
    asked_of_me = selectors.asked_of(own.pk)
    before, after = monday - dt.timedelta(days=1), monday + dt.timedelta(days=7)
    return MyHoursPage(
        enrolment=own,
        day=day,
        week=week,
        strip=strip(week, chosen=day, today=today),
        projects=selectors.projects_of(own.cohort_id),
        last_day=last_day,
        last_work=selectors.last_work(own.pk),
        questions=asked_of_me.questions,
        offers=asked_of_me.offers if may_note else [],
        proposed=proposed_in_week(own.pk, week),
        waiting=selectors.waiting_for_me(own),
        title=_title(day, today),
        like=_like(last_day, day, today),
        like_day=_like_day(last_day, day, today),
        refusal=_refusal(own, day, today, may_note=may_note),
        week_label=_week_label(monday, today),
        before_url=day_url(before) if before >= cohort.starts_on else "",
        after_url=day_url(after) if after <= min(today, cohort.ends_on) else "",
        may_note=may_note,
        may_complete=may_note and monday <= today,
    )


@dataclass(frozen=True, slots=True)
class EntryPage:
    entry: WorkEntry
    projects: list[Project]
    back_url: str
    can_change: bool
    can_answer: bool  # written by another: yes or no
    worth: HourWorth | None  # in euros, once paid


def entry_page(actor: Actor, entry: WorkEntry) -> EntryPage:
    """One entry with its history. One query besides the entry's own, three once it is paid."""
    open_to_change = not (entry.is_locked or entry.is_withdrawn or entry.is_offered)
    return EntryPage(
        entry=entry,
        projects=selectors.projects_of(entry.enrolment.cohort_id),
        back_url=day_url(entry.day),
        can_change=open_to_change and perms.may_change(actor, entry),
        can_answer=entry.is_offered and not entry.is_withdrawn and perms.may_answer(actor, entry),
        worth=worth_of(entry),
    )


def warnings_about(entry: WorkEntry) -> list[str]:
    """Long days, long weeks, two moments that cross: said, never in the way. Two queries."""
    week = selectors.own_week(entry.enrolment_id, monday_of(entry.day))
    said = {
        Overwork.DAY: _("%s dans la journée : c’est beaucoup. Pense à te reposer.")
        % format_minutes(week.day(entry.day).minutes),
        Overwork.WEEK: _("%s dans la semaine : c’est beaucoup. Pense à te reposer.")
        % format_minutes(week.minutes),
    }
    crossing = _("Deux moments se croisent : %(one)s, et %(other)s. Regarde si c’est bien ça.")
    return [
        *(said[found] for found in week.overwork(entry.day)),
        *(
            crossing % {"one": entry.moment, "other": other.moment}
            for other in week.crossing(entry)
        ),
    ]


def _short_day(day: dt.date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {'1er' if day.day == 1 else day.day}"


def _title(day: dt.date, today: dt.date) -> str:
    if day == today:
        return _("Aujourd’hui, %s") % _short_day(day)
    if day == today - dt.timedelta(days=1):
        return _("Hier, %s") % _short_day(day)
    return format_day(day, weekday=True, year=False).capitalize()


def _like(last: LastDay | None, day: dt.date, today: dt.date) -> str:
    """Says plainly which day is repeated: "Comme hier" only when it was yesterday."""
    if last is None:
        return ""
    if day == today and last.day == today - dt.timedelta(days=1):
        return _("Comme hier")
    if day - last.day < dt.timedelta(days=7):
        return _("Comme %s") % _short_day(last.day)
    return _("Comme le %s") % format_day(last.day, year=False)


def _like_day(last: LastDay | None, day: dt.date, today: dt.date) -> str:
    if last is None:
        return ""
    if day == today and last.day == today - dt.timedelta(days=1):
        return _("Hier")
    return format_day(last.day, weekday=True, year=False).capitalize()


def _refusal(own: Enrolment, day: dt.date, today: dt.date, *, may_note: bool) -> str:
    if not may_note:
        return _("Ton parcours est terminé. Tu peux encore lire tes heures ici.")
    if own.cohort.starts_on > today:
        return _("La coopérative commence le %s.") % format_day(own.cohort.starts_on)
    if day > today:
        return _("Ce jour n’est pas encore là. Note tes heures après le travail.")
    return ""


def _week_label(monday: dt.date, today: dt.date) -> str:
    if monday == monday_of(today):
        return _("Cette semaine")
    return _("Semaine du %s") % format_day(monday, year=False)
