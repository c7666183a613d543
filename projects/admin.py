"""Support cockpit: hours and money are read here, and changed only through their services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ct_platform.kit.reading import ReadOnlyAdmin
from projects import invoice_admin  # noqa: F401 - its registrations
from projects.models import (
    Expense,
    MoneyChange,
    Project,
    Sale,
    WeekDeclaration,
    WorkChange,
    WorkEntry,
)


class ReadOnlyLines(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class WorkChanges(ReadOnlyLines):
    model = WorkChange


class MoneyChanges(ReadOnlyLines):
    model = MoneyChange


@admin.register(WorkEntry)
class WorkEntryAdmin(ReadOnlyAdmin):
    list_display = ("day", "enrolment", "minutes", "kind", "project", "state", "pay_run_key")
    list_filter = ("state", "kind")
    list_select_related = ("enrolment__person", "project")
    search_fields = ("enrolment__person__search_key", "project__name")
    date_hierarchy = "day"
    inlines = (WorkChanges,)


@admin.register(WeekDeclaration)
class WeekDeclarationAdmin(ReadOnlyAdmin):
    list_display = ("monday", "enrolment", "declared_at")
    list_select_related = ("enrolment__person",)
    search_fields = ("enrolment__person__search_key",)


@admin.register(Project)
class ProjectAdmin(ReadOnlyAdmin):
    list_display = ("name", "trade", "cohort")
    list_filter = ("trade",)
    list_select_related = ("cohort",)
    search_fields = ("name", "cohort__name")


@admin.register(Sale, Expense)
class MovementAdmin(ReadOnlyAdmin):
    list_display = ("label", "project", "amount", "moved_on", "pay_run_key", "withdrawn_at")
    list_select_related = ("project__cohort",)
    search_fields = ("label", "project__name", "project__cohort__name")
    inlines = (MoneyChanges,)
