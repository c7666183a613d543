"""The calendar of a cohort: sessions of one day, each with its half-days and who leads it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.sessions import SESSION_ICONS, Half, SessionKind, SessionState
from cohorts.querysets.sessions import OfSessionQuerySet, SessionQuerySet, SlotQuerySet
from cohorts.rules.attendance import closes_at, may_sign, opens_at
from cohorts.rules.sessions import instant, minutes_between
from ct_platform.kit.models import Stamped


class SessionSeries(Stamped):
    """Sessions planned together, week after week. Each then lives its own life."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="+")
    every_weeks = models.PositiveSmallIntegerField(default=1)
    until = models.DateField()

    class Meta:
        ordering = ("id",)


class Session(Stamped):
    """Something that gathers the group on one day: training, production, meeting, assembly."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(_("genre"), max_length=12, choices=SessionKind.choices)
    title = models.CharField(_("titre"), max_length=100)
    place = models.CharField(_("lieu"), max_length=150)
    day = models.DateField(_("jour"))
    note = models.CharField(_("à savoir"), max_length=300, blank=True)
    # False: only those invited are expected.
    is_for_all = models.BooleanField(default=True)
    invited = models.ManyToManyField("cohorts.Enrolment", blank=True, related_name="+")
    series = models.ForeignKey(
        SessionSeries, null=True, on_delete=models.PROTECT, related_name="sessions"
    )
    state = models.CharField(
        max_length=10, choices=SessionState.choices, default=SessionState.PLANNED
    )
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(_("raison"), max_length=200, blank=True)
    created_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # Counts the edits: an older page never erases a newer one, and calendars know what is newest.
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("day", "id")
        verbose_name = _("séance")
        indexes = [models.Index(fields=["cohort", "day"], name="session_of_cohort_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | Q(state="planned", cancelled_at__isnull=True, cancel_reason=""),
                name="session_cancelled_says_why",
                violation_error_message=_("Une séance annulée dit pourquoi."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def icon(self) -> str:
        return SESSION_ICONS[SessionKind(self.kind)]


class SessionTrainer(models.Model):
    """Who leads a session: a name, often of somebody without an account here."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="trainers")
    name = models.CharField(_("nom"), max_length=120)
    organisation = models.CharField(_("organisme"), max_length=120, blank=True)
    key = models.CharField(max_length=120)  # folded: what conflicts are looked up by
    # Raised when a link was given to the wrong person: the links before it open nothing.
    link_version = models.PositiveSmallIntegerField(default=1)

    objects = OfSessionQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["session", "key"], name="trainer_once_per_session")
        ]

    @property
    def full(self) -> str:
        return f"{self.name}, {self.organisation}" if self.organisation else self.name


class Slot(models.Model):
    """A half-day of a session, in civil hours of Paris: what people sign."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="slots")
    half = models.CharField(max_length=10, choices=Half.choices)
    starts = models.TimeField(_("début"))
    ends = models.TimeField(_("fin"))

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ("starts", "id")
        verbose_name = _("demi-journée")
        constraints = [
            models.UniqueConstraint(fields=["session", "half"], name="slot_once_per_half"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="slot_ends_after_start",
                violation_error_message=_("La fin précède le début."),
            ),
        ]

    @property
    def starts_at(self) -> dt.datetime:
        return instant(self.session.day, self.starts)

    @property
    def ends_at(self) -> dt.datetime:
        return instant(self.session.day, self.ends)

    @property
    def opens_at(self) -> dt.datetime:
        return opens_at(self.starts_at)

    @property
    def closes_at(self) -> dt.datetime:
        return closes_at(self.ends_at)

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts, self.ends)

    def is_signable(self, at: dt.datetime) -> bool:
        return not self.session.is_cancelled and may_sign(self.starts_at, self.ends_at, at)
