"""Fill: contracts were dates until now; those whose first day has come are taken as signed on it.

A cohort at work has signed on paper: nothing else was possible here. Its contracts are signed by both
on their first day, "original kept by the host", and say where that comes from. Those whose last day is
past have ended on it, at their term: nobody's early end is invented (pay goes on counting the day
somebody left). Those still to begin stay to be completed. The CAPEs of one person become a chain of
renewals, as papers already told them. No notice to URSSAF nor France Travail is written: whether they
were told is not known here.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

PROOF = "Repris des dates notées avant la tenue des contrats ici"


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    contract = apps.get_model("cohorts", "Contract")
    today = dt.datetime.now(ZoneInfo("Europe/Paris")).date()
    untouched = contract.objects.filter(state="draft", signed_on__isnull=True)
    signed = {
        "signed_on": F("starts_on"),
        "person_signed_on": F("starts_on"),
        "host_signed_on": F("starts_on"),
        "signature_way": "kept",
        "signature_proof": PROOF,
    }
    untouched.filter(ends_on__lt=today).update(
        state="ended", ended_on=F("ends_on"), end_reason="term", **signed
    )
    untouched.filter(starts_on__lte=today).update(state="signed", **signed)
    before: tuple[int, int] | None = None
    chain = contract.objects.filter(kind="cape").order_by("enrolment_id", "starts_on", "pk")
    for pk, enrolment in list(chain.values_list("pk", "enrolment_id")):
        if before is not None and before[0] == enrolment:
            contract.objects.filter(pk=pk).update(renews=before[1])
        before = (enrolment, pk)


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    contract = apps.get_model("cohorts", "Contract")
    contract.objects.update(
        state="draft", renews=None, ended_on=None, end_reason="", signed_on=None,
        person_signed_on=None, host_signed_on=None, signature_way="", signature_proof="",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0013_write_contracts_down")]

    operations = [migrations.RunPython(fill, empty)]
