from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.enums import ImportState
from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit.models import Stamped


class EnrolmentImport(Stamped):
    """A spreadsheet as it was read, waiting for somebody to confirm it. Nobody is saved before."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="imports")
    filename = models.CharField(max_length=200)
    # Read cells per row, errors and proposed merges: what the preview shows and confirmation uses.
    rows = models.JSONField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.DRAFT)
    uploaded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = CohortScopedQuerySet.through("cohort").as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("import")
