from django.urls import path

from cohorts.views import closing, starter_kits

urlpatterns = [
    path("cohortes/<int:cohort_id>/cloture/", closing.closing, name="closing"),
    path("cohortes/<int:cohort_id>/cloture/papiers/refaire/", closing.retry, name="closing_retry"),
    path("cohortes/<int:cohort_id>/cloture/raisons/<slug:check>/", closing.explain, name="explain"),
    path("cohortes/<int:cohort_id>/reprendre/", starter_kits.clone, name="clone"),
    path("cohortes/<int:cohort_id>/reprendre/kit.json", starter_kits.kit_file, name="kit_file"),
    path("cohortes/nouvelle/kit/", starter_kits.import_kit, name="import_kit"),
]
