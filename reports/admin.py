from django.contrib import admin
from django.http import HttpRequest

from reports.models import Snapshot


@admin.register(Snapshot)
class SnapshotAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Reading only: a report is frozen on the site, and never changed. Its basis is not shown."""

    list_display = ("cohort", "frozen_at", "period_from", "period_to")
    list_select_related = ("cohort",)
    search_fields = ("cohort__name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Snapshot | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Snapshot | None = None) -> bool:
        return False
