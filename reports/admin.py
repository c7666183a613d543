from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from reports.models import Snapshot


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Reading only: a report is frozen on the site, and never changed. Its basis is not shown."""

    list_display = ("cohort", "frozen_at", "period_from", "period_to")
    list_select_related = ("cohort",)
    search_fields = ("cohort__name",)
