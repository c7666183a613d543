"""Support cockpit: papers can be looked at, never changed here."""

from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from documents.models import Counter, Document, Notice, Rendering


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
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
class RenderingAdmin(ReadOnlyAdmin):
    list_display = ("document", "status", "attempts", "sent_at", "finished_at", "error")
    list_filter = ("status",)
    list_select_related = ("document",)
    exclude = ("lease_token",)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("document", "status", "attempts", "sent_at", "finished_at", "error")
    list_filter = ("status",)
    list_select_related = ("document",)
    exclude = ("lease_token",)


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    list_display = ("issuer_key", "series", "year", "last")
