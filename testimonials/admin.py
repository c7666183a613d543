from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from testimonials.models import (
    Agreement,
    AuthorNotice,
    ParentalAgreement,
    Publication,
    Testimonial,
    WithdrawalRequest,
)


@admin.register(Testimonial)
class TestimonialAdmin(ReadOnlyAdmin):
    """Reading only: publishing and withdrawing go through the site."""

    list_display = ("signed_as", "state", "created_at")
    list_filter = ("state",)


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ("testimonial", "what", "use", "how", "ended_at")
    list_filter = ("what", "use", "ended_why")
    list_select_related = ("testimonial",)


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ("testimonial", "use", "name", "published_on", "flagged_at", "settled_at")
    list_filter = ("use",)
    list_select_related = ("testimonial",)


@admin.register(ParentalAgreement)
class ParentalAgreementAdmin(ReadOnlyAdmin):
    list_display = ("testimonial", "holder", "quality", "agreed_on", "ended_at")
    list_select_related = ("testimonial",)


@admin.register(WithdrawalRequest)
class WithdrawalRequestAdmin(ReadOnlyAdmin):
    list_display = ("testimonial", "asked_by", "name", "noted_at")
    list_select_related = ("testimonial",)


@admin.register(AuthorNotice)
class AuthorNoticeAdmin(ReadOnlyAdmin):
    list_display = ("testimonial", "kind", "status", "created_at")
    list_filter = ("status", "kind")
    list_select_related = ("testimonial",)
