"""Support cockpit of getting paid: looked at here, never changed."""

from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from projects.models import (
    BankLine,
    BankMatch,
    BankStatement,
    CashAgreement,
    CashCount,
    CashHandover,
    CashTally,
    CashTotal,
    Payment,
    Reminder,
    ReminderMail,
)


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ("received_on", "invoice", "amount", "means", "reference", "recorded_by")
    list_filter = ("means",)
    list_select_related = ("invoice", "recorded_by")
    search_fields = ("invoice__number", "reference")
    date_hierarchy = "received_on"


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("invoice", "number", "level", "way", "left_amount", "at")
    list_select_related = ("invoice",)
    search_fields = ("invoice__number",)


@admin.register(ReminderMail)
class ReminderMailAdmin(ReadOnlyAdmin):
    list_display = ("reminder", "status", "attempts", "sent_at", "error")
    list_filter = ("status",)
    list_select_related = ("reminder__invoice",)


@admin.register(BankStatement)
class BankStatementAdmin(ReadOnlyAdmin):
    """Never the file itself: it is the host's business."""

    list_display = ("host", "state", "kind", "first_on", "last_on", "kept", "known", "at")
    list_filter = ("state", "kind")
    list_select_related = ("host",)
    exclude = ("content",)


@admin.register(BankLine)
class BankLineAdmin(ReadOnlyAdmin):
    """The day and the amount; not the words, which name people who are none of ours."""

    list_display = ("host", "day", "amount", "forgotten_at")
    list_select_related = ("host",)
    exclude = ("words",)


@admin.register(BankMatch)
class BankMatchAdmin(ReadOnlyAdmin):
    list_display = ("line", "payment", "confirmed_by", "at")
    list_select_related = ("line", "payment__invoice", "confirmed_by")


@admin.register(CashCount)
class CashCountAdmin(ReadOnlyAdmin):
    list_display = ("day", "project", "label", "attempt", "float_amount", "opened_by", "reason")
    list_select_related = ("project__cohort", "opened_by")
    search_fields = ("project__name", "project__cohort__name")
    date_hierarchy = "day"


@admin.register(CashTally)
class CashTallyAdmin(ReadOnlyAdmin):
    list_display = ("count", "round", "counted_by", "cash_amount", "card_amount", "cheque_amount")
    list_select_related = ("count__project", "counted_by")


@admin.register(CashAgreement)
class CashAgreementAdmin(ReadOnlyAdmin):
    list_display = ("count", "cash_amount", "card_amount", "cheque_amount", "agreed_by", "reason")
    list_select_related = ("count__project", "agreed_by")


@admin.register(CashTotal)
class CashTotalAdmin(ReadOnlyAdmin):
    list_display = ("agreement", "category", "way", "gross_amount", "vat_percent", "net_amount")
    list_select_related = ("agreement",)


@admin.register(CashHandover)
class CashHandoverAdmin(ReadOnlyAdmin):
    list_display = ("handed_on", "cohort", "amount", "given_by", "given_to", "recorded_by")
    list_select_related = ("cohort", "recorded_by")
    search_fields = ("cohort__name",)
