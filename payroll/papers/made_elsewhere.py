"""The slip made by the host's own software, as a paper of the chain: its bytes are the photograph."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import Month
from documents.kinds import DocumentKind, PublicFact
from payroll.models import UploadedSlip
from payroll.selectors.epayslip import is_electronic

KIND = "host_payslip"


def snapshot_of(slip: UploadedSlip) -> dict[str, Any]:
    """What was checked by a person when the slip was handed out; amounts in euros, as text."""
    return {
        "month": slip.upload.month.isoformat(),
        "upload": slip.upload_id,
        "pages": [slip.first_page, slip.last_page],
        "sha256": slip.sha256,
        "net_paid": str(slip.net_paid),
        "total_cost": "" if slip.total_cost is None else str(slip.total_cost),
    }


def _filename(snapshot: Mapping[str, Any]) -> str:
    return f"bulletin-{snapshot['month'][:7]}.pdf"


def _public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    return [PublicFact(_("Période"), str(Month(dt.date.fromisoformat(snapshot["month"]))))]


# Open to the person and the host, as the slips the platform makes: never to a coordinator.
HOST_PAYSLIP = DocumentKind(
    code=KIND,
    label="Bulletin de paie",
    template="",
    template_version="",
    context=lambda snapshot: {},
    filename=_filename,
    open_to=frozenset({SeatKind.HOST}),
    public_facts=_public_facts,
    icon="paie",
    announced_to=is_electronic,
)
