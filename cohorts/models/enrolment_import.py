from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums import ImportState
from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit.models import Stamped


class EnrolmentImport(Stamped):
    """A spreadsheet as it was read, waiting for somebody to confirm it. Nobody is saved before."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="imports")
    filename = models.CharField(max_length=200)
    # What was read, row by row, with its errors (see cohorts.importing.rows). Who the rows might be
    # is worked out afresh for whoever looks, within what they may see.
    rows = models.JSONField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.DRAFT)
    uploaded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    # How many people the confirmation created, found again and passed over.
    created_count = models.PositiveSmallIntegerField(default=0)
    matched_count = models.PositiveSmallIntegerField(default=0)
    skipped_count = models.PositiveSmallIntegerField(default=0)

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("import")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.CONFIRMED, confirmed_at__isnull=False)
                | (~Q(state=ImportState.CONFIRMED) & Q(confirmed_at__isnull=True)),
                name="import_confirmed_has_its_instant",
            )
        ]
