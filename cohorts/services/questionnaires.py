"""Issuing the questionnaire to sign, and naming the operation it belongs to."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from cohorts.papers.questionnaires import KIND, snapshot_of, title
from cohorts.perms import can_edit_cohort
from cohorts.perms.entry_files import can_correct_file
from cohorts.selectors.entry_files import file_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from documents.enums import DocumentStatus
from documents.models import Document
from documents.services.issue import issue_document
from documents.services.replace import replace_document


@transaction.atomic
def issue_questionnaire(*, enrolment: Enrolment, actor: Actor, at: dt.datetime) -> Document:
    """Issue the questionnaire of a file as it stands; unchanged, it is the paper already issued.

    Changed answers replace the earlier paper, which stays. Raises Refused to another seat than the
    coordinator's, or once the cohort is archived.
    """
    # Two at once would issue two papers of one file.
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    file = file_of(enrolment, civil_day(at))
    cohort = Cohort.objects.select_related("host", "territory").get(pk=enrolment.cohort_id)
    if not can_correct_file(actor, file.enrolment):
        raise Refused(_("Ce dossier ne peut plus être modifié d’ici."))
    snapshot = snapshot_of(file, host_name=cohort.host.name, city=cohort.territory.city)
    given = Document.objects.of_cohort(cohort.pk).filter(kind=KIND, subject=file.person)
    valid: Document | None = given.filter(status=DocumentStatus.VALID).first()
    if valid is not None:
        if all(valid.snapshot.get(name) == value for name, value in snapshot.items()):
            return valid
        return replace_document(document=valid, snapshot=snapshot, actor=actor, at=at)
    return issue_document(
        kind=KIND,
        title=title(),
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=file.person,
        snapshot=snapshot,
        # Numbered past the revoked ones: printing again after a mistake is another effect.
        effect_key=f"{KIND}:{enrolment.pk}:{given.count()}",
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        actor=actor,
        at=at,
    )


@transaction.atomic
def name_operation(*, cohort: Cohort, operation: str, actor: Actor) -> None:
    """Say of which FSE+ operation a cohort is part; "" for none. Raises Refused once archived."""
    if not can_edit_cohort(actor, cohort):
        raise Refused(_("Cette cohorte ne se modifie plus."))
    Cohort.objects.filter(pk=cohort.pk).update(operation=operation.strip())
