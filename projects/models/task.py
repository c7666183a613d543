"""Work to be done together: how many people, where, from when to when, and who comes."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import EnrolmentScopedQuerySet
from cohorts.rules.sessions import minutes_between
from ct_platform.kit.clock import PARIS
from ct_platform.kit.models import Stamped
from projects.enums import KIND_ICONS, Badge, SignUpState, TaskState, WorkKind
from projects.querysets import TaskQuerySet


class Task(Stamped):
    """ "Il faut 3 personnes samedi, 8 h – 12 h." Written by anyone of the cohort."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="tasks")
    # Null: for the whole cooperative, outside any line of business.
    project = models.ForeignKey(
        "projects.Project", null=True, on_delete=models.PROTECT, related_name="tasks"
    )
    title = models.CharField(_("quoi"), max_length=120)
    place = models.CharField(_("où"), max_length=140, blank=True)
    # Civil times in Paris, within one day: hours are minutes on a civil date.
    day = models.DateField(_("jour"))
    starts = models.TimeField(_("de"))
    ends = models.TimeField(_("à"))
    needed = models.PositiveSmallIntegerField(_("combien de personnes"))
    # Places taken. Counted here so that the last place goes to one person: a guarded UPDATE.
    taken = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=WorkKind.choices, default=WorkKind.PRODUCTION)
    note = models.CharField(_("mot"), max_length=280, blank=True)
    created_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=TaskState.choices, default=TaskState.OPEN, db_index=True
    )
    version = models.PositiveIntegerField(default=1)
    # What moved last, said to those who had signed up before.
    last_change = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("day", "starts", "id")
        verbose_name = _("tâche")
        indexes = [models.Index(fields=["cohort", "day"], name="task_of_cohort_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(needed__gte=1),
                name="task_needs_somebody",
                violation_error_message=_("Il faut au moins une personne."),
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="task_ends_after_start",
                violation_error_message=_("L’heure de fin est après l’heure de début."),
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("needed")),
                name="task_holds_no_more_than_needed",
                violation_error_message=_("Toutes les places sont prises."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="task_closed_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, self.starts, tzinfo=PARIS)

    @property
    def ends_at(self) -> dt.datetime:
        return dt.datetime.combine(self.day, self.ends, tzinfo=PARIS)

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts, self.ends)

    @property
    def missing(self) -> int:
        return int(self.needed) - int(self.taken)

    @property
    def is_full(self) -> bool:
        return self.missing <= 0

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    @property
    def is_cancelled(self) -> bool:
        return self.state == TaskState.CANCELLED

    @property
    def is_done(self) -> bool:
        return self.state == TaskState.DONE

    @property
    def trade(self) -> str:
        return self.project.trade if self.project is not None else ""

    @property
    def icon(self) -> str:
        return KIND_ICONS[WorkKind(self.kind)]

    @property
    def badge(self) -> Badge:
        if self.is_cancelled:
            return Badge("bad", "non-rond", _("Annulée"))
        if self.is_done:
            return Badge("ok", "ok-rond", _("Faite"))
        if self.is_full:
            return Badge("ok", "groupe", _("Complet"))
        if self.missing == 1:
            return Badge("warn", "attente", _("Il manque 1 personne"))
        return Badge("warn", "attente", _("Il manque %(n)s personnes") % {"n": self.missing})


class TaskSignUp(models.Model):
    """One person and one task: comes, waits for a place, cannot any more; and whether they came."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="sign_ups")
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="task_sign_ups"
    )
    state = models.CharField(max_length=10, choices=SignUpState.choices)
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    # Said less than a day before. No reason is asked: it is nobody's business, often health.
    is_late = models.BooleanField(default=False)
    came = models.BooleanField(null=True)

    objects = EnrolmentScopedQuerySet.as_manager()

    class Meta:
        ordering = ("signed_at", "id")
        verbose_name = _("inscription à une tâche")
        constraints = [
            models.UniqueConstraint(fields=["task", "enrolment"], name="task_sign_up_once"),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, is_late=False)),
                name="task_sign_up_withdrawn_has_date",
            ),
        ]

    @property
    def is_signed(self) -> bool:
        return self.state == SignUpState.SIGNED

    @property
    def is_waiting(self) -> bool:
        return self.state == SignUpState.WAITING

    @property
    def is_withdrawn(self) -> bool:
        return self.state == SignUpState.WITHDRAWN
