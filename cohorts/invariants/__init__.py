"""What must always be true of cohorts, checked over the whole database by `check_consistency`."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.translation import gettext as _

from cohorts import rules
from cohorts.enums import EnrolmentState
from cohorts.invariants import afterwards, contracts, events, recruiting
from cohorts.models import Cohort, Enrolment, Phase
from ct_platform.kit.invariants import Invariant, register


def _durations() -> Iterable[str]:
    for cohort in Cohort.objects.select_related("programme").order_by("pk").iterator():
        bounds = cohort.programme.bounds
        if rules.duration_fault(cohort.starts_on, cohort.ends_on, bounds) is not None:
            yield _("La cohorte %(pk)d dure %(days)d jours.") % {
                "pk": cohort.pk,
                "days": rules.days_between(cohort.starts_on, cohort.ends_on),
            }


def _phases() -> Iterable[str]:
    outside = Phase.objects.filter(
        Q(starts_on__lt=F("cohort__starts_on")) | Q(ends_on__gt=F("cohort__ends_on"))
    )
    for phase in outside.order_by("pk").iterator():
        yield _("La phase %(kind)s de la cohorte %(cohort)d sort de ses dates.") % {
            "kind": phase.kind,
            "cohort": phase.cohort_id,
        }


def _enrolments() -> Iterable[str]:
    outside = Enrolment.objects.filter(
        Q(left_on__lt=F("cohort__starts_on"))
        | Q(left_on__gt=F("cohort__ends_on"))
        | Q(votes_from__lt=F("cohort__starts_on"))
        | Q(votes_from__gt=F("cohort__ends_on"))
        | (Q(state=EnrolmentState.LEFT) & Q(left_on__isnull=True))
    )
    for enrolment in outside.order_by("pk").iterator():
        yield _("Le parcours %(pk)d porte une date hors de la cohorte %(cohort)d.") % {
            "pk": enrolment.pk,
            "cohort": enrolment.cohort_id,
        }


def register_all() -> None:
    recruiting.register_all()
    register(
        Invariant("cohorts.durations", _("Une cohorte dure ce que dit son programme."), _durations)
    )
    register(Invariant("cohorts.phases", _("Les phases restent dans leur cohorte."), _phases))
    register(
        Invariant("cohorts.enrolments", _("Départs et votes restent dans la cohorte."), _enrolments)
    )
    contracts.register_all()
    events.register_all()
    afterwards.register_all()
