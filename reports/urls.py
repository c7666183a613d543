from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("suivi/", views.follow, name="follow"),
    path("cohortes/<int:cohort_id>/resultats/", views.of_cohort, name="of_cohort"),
    path("cohortes/<int:cohort_id>/resultats/figer/", views.freeze, name="freeze"),
    path("rapports/<int:snapshot_id>/", views.snapshot, name="snapshot"),
    path("rapports/<int:snapshot_id>/pdf/", views.pdf, name="pdf"),
    path("rapports/<int:snapshot_id>/tableur/", views.sheet, name="sheet"),
]
