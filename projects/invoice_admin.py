"""Support cockpit of invoices: read only, drafts included; state moves on the site alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ct_platform.kit.reading import ReadOnlyAdmin
from projects.models import Invoice, InvoiceLine, InvoiceMessage


class Lines(admin.TabularInline):  # type: ignore[type-arg]
    model = InvoiceLine
    fk_name = "invoice"
    extra = 0
    can_delete = False
    raw_id_fields = ("project", "product", "deposit")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    list_display = (
        "number",
        "kind",
        "state",
        "title",
        "customer",
        "total_amount",
        "issued_on",
        "cohort",
    )
    list_filter = ("state", "kind")
    list_select_related = ("customer", "cohort")
    search_fields = ("number", "title", "customer__name", "cohort__name")
    date_hierarchy = "issued_on"
    inlines = (Lines,)


@admin.register(InvoiceMessage)
class InvoiceMessageAdmin(ReadOnlyAdmin):
    list_display = ("invoice", "by_hand", "status", "sent_at", "finished_at", "error")
    list_filter = ("status", "by_hand")
    list_select_related = ("invoice",)
    search_fields = ("invoice__number",)
