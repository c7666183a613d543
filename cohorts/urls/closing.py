from django.urls import path

from cohorts.views import closing

urlpatterns = [
    path("cohortes/<int:cohort_id>/cloture/", closing.closing, name="closing"),
    path("cohortes/<int:cohort_id>/cloture/papiers/refaire/", closing.retry, name="closing_retry"),
    path("cohortes/<int:cohort_id>/cloture/raisons/<slug:check>/", closing.explain, name="explain"),
]
