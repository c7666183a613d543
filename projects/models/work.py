"""Hours: whole minutes on a civil day, confirmed by a co-worker, with a history anybody can read."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import EnrolmentScopedQuerySet
from ct_platform.kit.clock import WEEKDAYS
from ct_platform.kit.models import Stamped
from projects.enums import KIND_ICONS, Badge, WorkKind, WorkState
from projects.querysets import WorkEntryQuerySet
from projects.rules import format_span


class WorkEntry(Stamped):
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="work_entries"
    )
    # Meetings and training belong to no line of business.
    project = models.ForeignKey(
        "projects.Project",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="work_entries",
    )
    day = models.DateField(_("jour"))
    minutes = models.PositiveSmallIntegerField(_("durée"))
    # Minutes since midnight, when somebody cares to say: two moments that cross then show.
    starts_at = models.PositiveSmallIntegerField(_("heure de début"), null=True)
    kind = models.CharField(max_length=12, choices=WorkKind.choices, default=WorkKind.PRODUCTION)
    note = models.CharField(_("mot"), max_length=140, blank=True)
    state = models.CharField(
        max_length=10, choices=WorkState.choices, default=WorkState.OPEN, db_index=True
    )
    # Made by the phone (or the form): the same entry sent twice is one entry.
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entered_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    # The pay run that photographed these minutes: a plain key, since payroll stands to the right.
    pay_run_key = models.BigIntegerField(null=True, db_index=True)
    # Struck out by its author before any pay; the row and its history stay.
    withdrawn_at = models.DateTimeField(null=True)
    # Counts the changes: who confirms an older one is told that the hours moved.
    version = models.PositiveIntegerField(default=1)
    # A disagreement is a small open question, never a silent edit; its author answers it.
    question = models.CharField(_("question"), max_length=140, blank=True)
    questioned_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WorkEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name = _("heures")
        indexes = [
            models.Index(fields=["enrolment", "day"], name="work_of_person_by_day"),
            # The week of a whole network, among millions of entries.
            models.Index(fields=["day"], name="work_of_day"),
            # Hours that wait for a pay, or for somebody to confirm them: few among all that was noted.
            models.Index(
                fields=["enrolment", "day"],
                name="work_in_no_pay",
                condition=Q(state="confirmed", withdrawn_at__isnull=True),
            ),
            models.Index(
                fields=["enrolment", "day"],
                name="work_to_confirm",
                condition=Q(state__in=["open", "declared"], withdrawn_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440),
                name="work_fits_in_a_day",
                violation_error_message=_("Une journée a 24 heures au plus."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "locked"], confirmed_at__isnull=False)
                | Q(state__in=["offered", "open", "declared"], confirmed_at__isnull=True),
                name="work_confirmed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state="locked", pay_run_key__isnull=False)
                | (~Q(state="locked") & Q(pay_run_key__isnull=True)),
                name="work_locked_names_run",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(starts_at__lte=1439),
                name="work_starts_within_its_day",
                violation_error_message=_("Une journée va de 0 h à 23 h 59."),
            ),
            models.CheckConstraint(
                condition=Q(question="", questioned_by__isnull=True)
                | (~Q(question="") & Q(questioned_by__isnull=False)),
                name="work_question_has_author",
            ),
        ]

    @property
    def work_label(self) -> str:
        """What was done: "Cuisine, La Grande Marmite", or "Réunion" outside any line of business."""
        if self.project is not None and self.kind == WorkKind.PRODUCTION:
            return self.project.full_label
        return WorkKind(self.kind).label.capitalize()

    @property
    def work_value(self) -> str:
        """The tile these hours stand for, in forms and on phones: a project, or a kind without one."""
        return str(self.project_id) if self.project_id else self.kind

    @property
    def short_day(self) -> str:
        """ "Mardi 24", where the week says the month."""
        number = "1er" if self.day.day == 1 else self.day.day
        return f"{WEEKDAYS[self.day.weekday()].capitalize()} {number}"

    @property
    def trade(self) -> str:
        """Code of the trade, empty outside any line of business."""
        return self.project.trade if self.project is not None else ""

    @property
    def icon(self) -> str:
        """Where there is no trade: the icon of the kind of work."""
        return KIND_ICONS[WorkKind(self.kind)]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_offered(self) -> bool:
        return self.state == WorkState.OFFERED

    @property
    def moment(self) -> str:
        """ "9 h à 12 h 30", or nothing when nobody said at what time."""
        if self.starts_at is None:
            return ""
        return format_span(self.starts_at, self.minutes)

    @property
    def is_locked(self) -> bool:
        return self.state == WorkState.LOCKED

    @property
    def is_verified(self) -> bool:
        return self.state in (WorkState.CONFIRMED, WorkState.LOCKED)

    @property
    def badge(self) -> Badge:
        """Where these hours stand, for their author and for the group."""
        if self.is_offered:
            if self.is_withdrawn:
                return Badge("wait", "non-rond", _("Pas compté"))
            words = _("Noté par %(name)s, attend un oui") % {"name": self.entered_by.called}
            return Badge("wait", "attente", words)
        if self.is_withdrawn:
            return Badge("wait", "non-rond", _("Retiré"))
        if self.question:
            return Badge("warn", "bulle", _("Une question est posée"))
        if self.is_locked:
            return Badge("ok", "cadenas", _("Dans une paie"))
        if self.state == WorkState.CONFIRMED and self.confirmed_by is not None:
            words = _("Confirmé par %(name)s") % {"name": self.confirmed_by.called}
            return Badge("ok", "ok", words)
        return Badge("wait", "attente", _("À confirmer"))


class WorkChange(models.Model):
    """One line of the visible history: what was, what is, who changed it, when."""

    entry = models.ForeignKey(WorkEntry, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=400)

    class Meta:
        ordering = ("at", "id")


class WeekDeclaration(models.Model):
    """ "Ma semaine est complète": tells a week of zero hours from a forgotten one."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="week_declarations"
    )
    monday = models.DateField()
    declared_at = models.DateTimeField()

    objects = EnrolmentScopedQuerySet.as_manager()

    class Meta:
        ordering = ("monday", "id")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "monday"], name="week_declared_once")
        ]
