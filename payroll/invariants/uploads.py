"""What must always be true of slips made elsewhere (`check_consistency`)."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.money import ZERO
from payroll.enums import UploadState
from payroll.models import Share, UploadedSlip
from payroll.rules.host_slips import COST, NET, REMAINDER, movements_of
from payroll.selectors.host_slips import figures_of, standing_slip


def said_elsewhere(share: Share) -> dict[str, Decimal]:
    """What the account must say of an issued share whose slip the host makes. Costs one query."""
    said = movements_of(
        share.amount, figures_of(standing_slip(share)), expected=share.slip is not None
    )
    return {kind: said.get(kind, ZERO) for kind in (COST, REMAINDER, NET)}


def handed_slips_are_their_persons_paper() -> Iterator[str]:
    """A slip handed out is a paper of its own person, with the very bytes that were cut out."""
    slips = UploadedSlip.objects.filter(upload__state=UploadState.DISTRIBUTED, left_out=False)
    for slip in slips.select_related("document", "enrolment").order_by("pk").iterator():
        paper, enrolment = slip.document, slip.enrolment
        if paper is None or enrolment is None or slip.net_paid is None:
            yield _(
                "Bulletin déposé %(slip)s : distribué sans papier, sans personne ou sans net."
            ) % {"slip": slip.pk}
        elif paper.subject_id != enrolment.person_id or paper.sha256 != slip.sha256:
            yield _("Bulletin déposé %(slip)s : son papier est celui d’un autre.") % {
                "slip": slip.pk
            }


def register_invariants() -> None:
    register(
        Invariant(
            "payroll.host_slips",
            "Un bulletin fait ailleurs est le papier de sa personne, octet pour octet.",
            handed_slips_are_their_persons_paper,
        )
    )
