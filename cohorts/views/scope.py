"""Finding, within what the seat may see, what an address or a form names. A stranger gets 404."""

from collections.abc import Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from cohorts.models import Cohort, Enrolment, EnrolmentImport, FileProof
from cohorts.selectors.people import enrolments_of
from ct_platform.kit.actor import Actor


def cohort_in_sight(actor: Actor, cohort_id: int) -> Cohort:
    return get_object_or_404(
        Cohort.objects.visible_to(actor).select_related("territory", "host"), pk=cohort_id
    )


def enrolment_in(cohort: Cohort, actor: Actor, enrolment_id: int) -> Enrolment:
    rows = (
        Enrolment.objects.visible_to(actor).of_cohort(cohort.pk).select_related("person", "cohort")
    )
    return get_object_or_404(rows, pk=enrolment_id)


def import_in(cohort: Cohort, actor: Actor, import_id: int) -> EnrolmentImport:
    rows = EnrolmentImport.objects.visible_to(actor).of_cohort(cohort.pk)
    return get_object_or_404(rows, pk=import_id)


def enrolments_in(cohort: Cohort, keys: Sequence[int]) -> list[Enrolment]:
    """All of these enrolments, of a cohort already found in sight."""
    found = enrolments_of(cohort, keys)
    if len(found) != len(set(keys)):
        raise Http404
    return found


def own_enrolment_of(actor: Actor) -> Enrolment:
    """That of the coopérant's seat."""
    rows = Enrolment.objects.visible_to(actor).select_related("person", "cohort")
    return get_object_or_404(rows, pk=actor.enrolment_id)


def proof_in(enrolment: Enrolment, actor: Actor, proof_id: int) -> FileProof:
    rows = FileProof.objects.visible_to(actor).select_related("enrolment__cohort")
    return get_object_or_404(rows, pk=proof_id, enrolment_id=enrolment.pk)
