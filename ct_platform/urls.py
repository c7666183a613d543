"""Every door of the house. The only place, with celery.py, that knows all apps."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("ct_platform.home.urls")),
    # Before the admin, two of whose pages it replaces.
    path("", include("members.account_urls")),
    path("gestion/", admin.site.urls),
    path("", include("members.urls")),
    path("", include("documents.urls")),
    path("", include("cohorts.urls")),
    path("", include("projects.urls")),
    path("", include("decisions.urls")),
    path("", include("payroll.urls")),
    path("", include("testimonials.urls")),
    path("", include("reports.urls")),
]
handler403 = "ct_platform.home.views.errors.forbidden"
handler404 = "ct_platform.home.views.errors.not_found"
handler500 = "ct_platform.home.views.errors.broken"
