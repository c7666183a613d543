from django.contrib import admin
from django.http import HttpRequest

from testimonials.models import Testimonial


@admin.register(Testimonial)
class TestimonialAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Reading only: publishing and withdrawing go through the site."""

    list_display = ("signed_as", "state", "created_at")
    list_filter = ("state",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Testimonial | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Testimonial | None = None) -> bool:
        return False
