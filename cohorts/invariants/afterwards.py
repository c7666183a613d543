"""What must always be true of what is asked after an exit, and of who came back."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment, FollowUp, FollowUpChoice, FollowUpMessage
from cohorts.rules.follow_ups import MONTHS
from ct_platform.kit.delivery import DeliveryStatus
from ct_platform.kit.invariants import Invariant, register


def _consents() -> Iterable[str]:
    """A message left to somebody who never said yes."""
    said = FollowUpChoice.objects.filter(
        enrolment_id=OuterRef("follow_up__enrolment_id"), agrees=True
    )
    sent = FollowUpMessage.objects.filter(~Exists(said), status=DeliveryStatus.DONE)
    for one in sent.order_by("pk").iterator():
        yield _("Le message de suivi %d est parti sans accord.") % one.pk


def _questions() -> Iterable[str]:
    """Who has one question has the three: the rates count rows."""
    rows = FollowUp.objects.order_by().values("enrolment_id").annotate(n=Count("pk"))
    for row in rows.exclude(n=len(MONTHS)).order_by("enrolment_id"):
        yield _("Le parcours %d n’a pas ses trois questions de suivi.") % row["enrolment_id"]


def _returns() -> Iterable[str]:
    """Times away follow each other, within the cohort, and before a departure noted since."""
    for one in Enrolment.objects.exclude(away=[]).select_related("cohort").order_by("pk"):
        first, last = one.cohort.starts_on.isoformat(), one.cohort.ends_on.isoformat()
        days = [day for left, back, *_reason in one.away for day in (left, back)]
        left_on = [one.left_on.isoformat()] if one.left_on else []
        ordered = [first, *days, *left_on, last]
        if ordered != sorted(ordered) or one.state == EnrolmentState.SELECTED:
            yield _("Le parcours %d porte des absences qui se contredisent.") % one.pk


def register_all() -> None:
    register(Invariant("cohorts.follow_up_consents", _("Rien ne part sans accord."), _consents))
    register(Invariant("cohorts.follow_ups", _("Une sortie a ses trois questions."), _questions))
    register(Invariant("cohorts.returns", _("Les absences se suivent."), _returns))
