import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from payroll.enums import EPayslipAct
from payroll.querysets import EnrolmentPayQuerySet, PersonPayQuerySet


class PersonalTerms(Stamped):
    """What the host knows of one person's pay: withholding rate from the tax office, health waiver.

    Dated, superseded, never edited. Read by the host's seats only; the rate is sealed for its row.
    """

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="pay_terms"
    )
    in_force_from = models.DateField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Percent, as text, sealed; empty: the default grid (taux neutre).
    sealed_pas_rate = models.TextField(blank=True)
    health_waived = models.BooleanField(_("dispensé de la complémentaire santé"), default=False)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = EnrolmentPayQuerySet.as_manager()

    class Meta:
        ordering = ("enrolment_id", "in_force_from")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "in_force_from"], name="pay_terms_once_a_day"
            )
        ]


class EPayslipEvent(models.Model):
    """Append-only: the person was informed of the electronic slip, asked for paper, or came back."""

    person = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="epayslip_events"
    )
    act = models.CharField(max_length=10, choices=EPayslipAct.choices)
    # The day it was said (a letter may be older than its record).
    on = models.DateField()
    how = models.CharField(_("comment"), max_length=140, blank=True)
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PersonPayQuerySet.as_manager()

    class Meta:
        ordering = ("person_id", "id")
