"""Support cockpit: papers can be looked at, never changed here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from documents.models import Counter, Document, Rendering


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    list_display = ("title", "number", "issuer_name", "issued_at", "status", "is_ready")
    list_filter = ("kind", "status")
    search_fields = ("number", "title", "effect_key", "sha256")
    date_hierarchy = "issued_at"
    # The photograph holds amounts, and the code opens the public page: neither is support's need.
    exclude = ("snapshot", "code")

    @admin.display(boolean=True, description="fichier fait")
    def is_ready(self, document: Document) -> bool:
        return document.is_ready


@admin.register(Rendering)
class RenderingAdmin(ReadOnly):
    list_display = ("document", "status", "attempts", "sent_at", "finished_at", "error")
    list_filter = ("status",)
    list_select_related = ("document",)
    exclude = ("lease_token",)


@admin.register(Counter)
class CounterAdmin(ReadOnly):
    list_display = ("issuer_key", "series", "year", "last")
