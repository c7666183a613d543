"""Lists of people as a coordinator sends them: upload, preview, confirm."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cohorts.models import Cohort, Enrolment, EnrolmentImport
from tests.cohorts.sheets import csv_bytes

HEAD = "Nom;Prénom;Date de naissance;Téléphone;E-mail"


def send(client, cohort, content: bytes, name: str = "liste.csv", key: uuid.UUID | None = None):
    return client.post(
        reverse("cohorts:import", args=[cohort.pk]),
        {"submission_key": key or uuid.uuid4(), "file": SimpleUploadedFile(name, content)},
    )


def preview_url(found: EnrolmentImport) -> str:
    return reverse("cohorts:import_preview", args=[found.cohort_id, found.pk])


def started(client, cohort, *lines: str) -> EnrolmentImport:
    answer = send(client, cohort, csv_bytes(HEAD, *lines))
    assert answer.status_code == 302, answer.context["form"].errors
    return EnrolmentImport.objects.get()


def confirm(client, found: EnrolmentImport, **choices: str):
    seen = client.get(preview_url(found)).context["preview"].seen
    return client.post(preview_url(found), {"seen": seen, **choices})


def names_in(cohort: Cohort) -> set[str]:
    return {
        e.person.civil_name for e in Enrolment.objects.of_cohort(cohort.pk).select_related("person")
    }
