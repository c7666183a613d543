"""What must always be true of attendance."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from cohorts.enums.sessions import SIGNS
from cohorts.models import Attendance, AttendanceSignature, Session
from ct_platform.kit.invariants import Invariant, register


def _signatures() -> Iterable[str]:
    """A signature without a presence, or a presence that says it is signed without a signature."""
    held = Attendance.objects.filter(slot=OuterRef("slot"), enrolment=OuterRef("enrolment"))
    for one in AttendanceSignature.objects.filter(~Exists(held)).order_by("pk").iterator():
        yield _("La signature %d n’a pas de présence.") % one.pk
    signed = AttendanceSignature.objects.filter(
        slot=OuterRef("slot"), enrolment=OuterRef("enrolment")
    )
    claimed = Attendance.objects.filter(~Exists(signed), way__in=SIGNS)
    for presence in claimed.order_by("pk").iterator():
        yield _("La présence %d se dit signée et ne l’est pas.") % presence.pk


def _windows() -> Iterable[str]:
    """A phone or a tablet signs around its half-day, never afterwards."""
    rows = AttendanceSignature.objects.exclude(way="paper").select_related("slot__session")
    for one in rows.order_by("pk").iterator():
        if not one.slot.opens_at <= one.at <= one.slot.closes_at:
            yield _("La signature %d est hors de sa demi-journée.") % one.pk


def _half_days() -> Iterable[str]:
    for session in Session.objects.filter(slots__isnull=True).order_by("pk").iterator():
        yield _("La séance %d n’a pas de demi-journée.") % session.pk


def register_all() -> None:
    register(Invariant("cohorts.signatures", _("Chaque signature a sa présence."), _signatures))
    register(Invariant("cohorts.windows", _("On signe autour de sa demi-journée."), _windows))
    register(
        Invariant("cohorts.half_days", _("Une séance a une demi-journée au moins."), _half_days)
    )
