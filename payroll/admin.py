"""Support cockpit, read only: pay changes through services, and issued pay does not change at all."""

from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from payroll.models import (
    AccountEntry,
    ContributionProfile,
    HostSettings,
    PayRun,
    Payslip,
    Refund,
    SplitRule,
)


@admin.register(PayRun)
class PayRunAdmin(ReadOnlyAdmin):
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
class PayslipAdmin(ReadOnlyAdmin):
    """Numbers and states, for support; amounts and names stay with the person and the host."""

    list_display = ("number", "month", "engine_version", "created_at")
    fields = ("number", "month", "params_hash", "engine_version", "created_at")
    search_fields = ("number",)


@admin.register(AccountEntry)
class AccountEntryAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "run", "at")
    fields = ("kind", "run", "at", "sentence")
    list_select_related = ("run",)
    list_filter = ("kind",)


@admin.register(HostSettings)
class HostSettingsAdmin(ReadOnlyAdmin):
    list_display = ("host", "in_force_from", "contribution_rate", "atmp_rate", "headcount")
    list_select_related = ("host",)
    search_fields = ("host__name",)


@admin.register(ContributionProfile)
class ContributionProfileAdmin(ReadOnlyAdmin):
    list_display = ("host", "code", "version", "in_force_from", "confirmed_by", "confirmed_at")
    list_select_related = ("host", "confirmed_by")
    search_fields = ("host__name",)


@admin.register(SplitRule)
class SplitRuleAdmin(ReadOnlyAdmin):
    list_display = ("cohort", "version", "kind", "in_force_from")
    list_select_related = ("cohort",)
    search_fields = ("cohort__name",)


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    """Days and states, for support; amounts and names stay with the person and the host."""

    list_display = ("pk", "means", "paid_on", "cancelled_at")
    fields = ("means", "paid_on", "recorded_at", "cancelled_at")
