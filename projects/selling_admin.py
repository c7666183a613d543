"""Support cockpit of selling: read only; links of customers are not shown, and are not kept either."""

from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from projects.models import Customer, Product, Quote, QuoteMessage, SellerTerms, VatDecision


@admin.register(SellerTerms)
class SellerTermsAdmin(ReadOnlyAdmin):
    list_display = ("host", "in_force_from", "vat_regime", "series", "asks_to_validate")
    list_select_related = ("host",)
    search_fields = ("host__name",)


@admin.register(VatDecision)
class VatDecisionAdmin(ReadOnlyAdmin):
    list_display = ("host", "category", "way", "percent", "in_force_from", "reason")
    list_select_related = ("host",)
    list_filter = ("category",)
    search_fields = ("host__name", "reason")


@admin.register(Customer)
class CustomerAdmin(ReadOnlyAdmin):
    # Where to reach somebody is the coordination's business, not support's.
    exclude = ("email", "phone", "address", "delivery_address")
    list_display = ("name", "kind", "city", "cohort", "archived_at")
    list_select_related = ("cohort",)
    list_filter = ("kind",)
    search_fields = ("name", "siret", "cohort__name")


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    list_display = ("name", "category", "usual_price", "project", "is_active")
    list_select_related = ("project",)
    list_filter = ("category", "is_active")
    search_fields = ("name", "project__name", "project__cohort__name")


@admin.register(Quote)
class QuoteAdmin(ReadOnlyAdmin):
    exclude = ("link_digest",)
    list_display = ("title", "number", "state", "customer", "total_amount", "cohort", "sent_on")
    list_select_related = ("customer", "cohort")
    list_filter = ("state",)
    search_fields = ("number", "title", "customer__name", "cohort__name")


@admin.register(QuoteMessage)
class QuoteMessageAdmin(ReadOnlyAdmin):
    exclude = ("link_digest", "to", "word")
    list_display = ("quote", "status", "sent_at", "finished_at", "error")
    list_select_related = ("quote",)
    list_filter = ("status",)
