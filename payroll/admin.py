"""Support cockpit, read only: pay changes through services, and issued pay does not change at all."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from payroll.models import (
    AccountEntry,
    ContributionProfile,
    HostSettings,
    PayRun,
    Payslip,
    SplitRule,
)


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PayRun)
class PayRunAdmin(ReadOnly):
    """Without the photograph: it holds everybody's hours and names."""

    list_display = (
        "cohort",
        "month",
        "state",
        "envelope",
        "reviewed_by",
        "approved_by",
        "issued_at",
    )
    list_select_related = ("cohort", "reviewed_by", "approved_by")
    list_filter = ("state",)
    search_fields = ("cohort__name",)
    exclude = ("photograph",)


@admin.register(Payslip)
class PayslipAdmin(ReadOnly):
    """Numbers and states, for support; amounts and names stay with the person and the host."""

    list_display = ("number", "month", "engine_version", "created_at")
    fields = ("number", "month", "params_hash", "engine_version", "created_at")
    search_fields = ("number",)


@admin.register(AccountEntry)
class AccountEntryAdmin(ReadOnly):
    list_display = ("id", "kind", "run", "at")
    fields = ("kind", "run", "at", "sentence")
    list_select_related = ("run",)
    list_filter = ("kind",)


@admin.register(HostSettings)
class HostSettingsAdmin(ReadOnly):
    list_display = ("host", "in_force_from", "contribution_rate", "atmp_rate", "headcount")
    list_select_related = ("host",)
    search_fields = ("host__name",)


@admin.register(ContributionProfile)
class ContributionProfileAdmin(ReadOnly):
    list_display = ("host", "code", "version", "in_force_from", "confirmed_by", "confirmed_at")
    list_select_related = ("host", "confirmed_by")
    search_fields = ("host__name",)


@admin.register(SplitRule)
class SplitRuleAdmin(ReadOnly):
    list_display = ("cohort", "version", "kind", "in_force_from")
    list_select_related = ("cohort",)
    search_fields = ("cohort__name",)
