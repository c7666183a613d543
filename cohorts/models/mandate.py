from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import MandateQuerySet
from ct_platform.kit.models import Stamped


class Mandate(Stamped):
    """A charge given to somebody by a decision of the group, and ended by another or by its date."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="mandates"
    )
    title = models.CharField(_("mandat"), max_length=80)  # "trésorière", "commission ventes"
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # last day, included
    # The decisions stand to the right: their numbers are kept, as a paper would print them.
    decision_number = models.PositiveSmallIntegerField()
    ended_by_number = models.PositiveSmallIntegerField(null=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "id")
        verbose_name = _("mandat")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mandate_ends_after_start",
            )
        ]
