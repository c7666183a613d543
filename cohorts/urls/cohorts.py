from django.urls import path, re_path

from cohorts.views import cape_ends, cards, cohort, imports, people

urlpatterns = [
    path("cohortes/nouvelle/", cohort.create, name="create"),
    path("cohortes/<int:cohort_id>/modifier/", cohort.edit, name="edit"),
    path("cohortes/<int:cohort_id>/etape/", cohort.step, name="step"),
    path("cohortes/<int:cohort_id>/personnes/", people.people, name="people"),
    path("cohortes/<int:cohort_id>/personnes/ajouter/", people.add_person, name="add_person"),
    path(
        "cohortes/<int:cohort_id>/personnes/<int:enrolment_id>/depart/", people.leave, name="leave"
    ),
    path("cohortes/<int:cohort_id>/personnes/importer/", imports.upload, name="import"),
    re_path(
        r"^cohortes/(?P<cohort_id>\d{1,18})/personnes/importer/modele\.(?P<suffix>csv|xlsx)$",
        imports.model_file,
        name="import_model",
    ),
    path(
        "cohortes/<int:cohort_id>/personnes/importer/<int:import_id>/",
        imports.preview,
        name="import_preview",
    ),
    path(
        "cohortes/<int:cohort_id>/personnes/importer/<int:import_id>/abandonner/",
        imports.discard,
        name="import_discard",
    ),
    path("cohortes/<int:cohort_id>/personnes/cartes/", cards.join_cards, name="join_cards"),
    path("cohortes/<int:cohort_id>/papiers/", people.papers, name="papers"),
    path("cohortes/<int:cohort_id>/fins-de-cape/", cape_ends.of_cohort, name="cape_ends"),
    path(
        "cohortes/<int:cohort_id>/fins-de-cape/<int:enrolment_id>/apercu/",
        cape_ends.preview,
        name="cape_end_preview",
    ),
]
