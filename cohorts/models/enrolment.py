from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums import EnrolmentState, LeavingReason
from cohorts.querysets import EnrolmentQuerySet
from ct_platform.kit.models import Stamped


class Enrolment(Stamped):
    """A person in a cohort: their seat, their vote, their hours, their pay."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="enrolments"
    )
    person = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="enrolments"
    )
    state = models.CharField(
        max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.ACTIVE
    )
    # A newcomer votes from a date on; null means not yet.
    votes_from = models.DateField(_("vote à partir du"), null=True, blank=True)
    left_on = models.DateField(_("date de départ"), null=True, blank=True)
    left_reason = models.CharField(
        _("raison du départ"), max_length=12, choices=LeavingReason.choices, blank=True
    )
    # Times away, oldest first: who left and was taken back (rules.stays). In the row, since every list
    # of who is awaited on a day reads it: a table would cost each of them a query.
    away = models.JSONField(default=list, blank=True, editable=False)
    activity = models.CharField(_("activité"), max_length=120, blank=True)
    # What was agreed at entry, in minutes a week; a hint for planning, never a basis for pay.
    planned_weekly_minutes = models.PositiveSmallIntegerField(
        _("heures prévues par semaine"), null=True, blank=True
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ("person__last_name", "person__first_name", "id")
        verbose_name = _("parcours")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                name="enrolment_once_per_cohort",
                violation_error_message=_("Cette personne est déjà dans la cohorte."),
            ),
            models.CheckConstraint(
                condition=Q(state=EnrolmentState.LEFT, left_on__isnull=False)
                | (~Q(state=EnrolmentState.LEFT) & Q(left_on__isnull=True)),
                name="enrolment_left_has_its_day",
                violation_error_message=_("Un départ porte sa date."),
            ),
        ]
