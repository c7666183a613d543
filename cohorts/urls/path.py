from django.urls import path

from cohorts.views import path as views

urlpatterns = [
    path("mon-parcours/", views.mine, name="my_path"),
    path("cohortes/<int:cohort_id>/personnes/<int:enrolment_id>/", views.of_person, name="path"),
]
