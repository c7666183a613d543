from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from testimonials.models import Testimonial


@admin.register(Testimonial)
class TestimonialAdmin(ReadOnlyAdmin):
    """Reading only: publishing and withdrawing go through the site."""

    list_display = ("signed_as", "state", "created_at")
    list_filter = ("state",)
