from django.urls import path, re_path

from cohorts.views import cohort_files, entry_files, file_places, my_file, sensitive

_PERSON = "cohortes/<int:cohort_id>/personnes/<int:enrolment_id>/dossier/"

urlpatterns = [
    path("cohortes/<int:cohort_id>/dossiers/", cohort_files.meter, name="files"),
    path(
        "cohortes/<int:cohort_id>/dossiers/operation/",
        cohort_files.operation,
        name="files_operation",
    ),
    re_path(
        r"^cohortes/(?P<cohort_id>\d{1,18})/dossiers/participants\.(?P<suffix>csv|xlsx)$",
        cohort_files.export,
        name="files_export",
    ),
    path(_PERSON, entry_files.file, name="file"),
    path(f"{_PERSON}sensible/", sensitive.of_person, name="file_sensitive"),
    path(f"{_PERSON}quartier/", file_places.place, name="file_place"),
    path(f"{_PERSON}sortie/", entry_files.leaving, name="file_exit"),
    path(f"{_PERSON}pieces/", entry_files.keep_proof, name="file_add_proof"),
    path(f"{_PERSON}pieces/<int:proof_id>/", entry_files.read_proof, name="file_proof"),
    path(f"{_PERSON}questionnaire/", entry_files.print_questionnaire, name="file_questionnaire"),
    path(f"{_PERSON}<slug:step>/", entry_files.step, name="file_step"),
    path("mon-dossier/", my_file.overview, name="my_file"),
    path("mon-dossier/sensible/", sensitive.mine, name="my_sensitive"),
    path("mon-dossier/<slug:step>/", my_file.step, name="my_file_step"),
]
