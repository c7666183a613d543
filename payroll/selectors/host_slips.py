"""Slips made by the host's own software, once handed out: which one stands for whom."""

import datetime as dt

from payroll.enums import UploadState
from payroll.models import PayRun, Share, UploadedSlip
from payroll.rules.host_slips import HostFigures


def standing_slips(cohort_id: int, month: dt.date) -> dict[int, UploadedSlip]:
    """The last slip handed out to each person for a month, by enrolment. Costs one query."""
    slips = (
        UploadedSlip.objects.filter(
            upload__cohort_id=cohort_id,
            upload__month=month,
            upload__state=UploadState.DISTRIBUTED,
            left_out=False,
            document__isnull=False,
        )
        .select_related("document")
        .order_by("upload__distributed_at", "upload_id")
    )
    return {slip.enrolment_id: slip for slip in slips if slip.enrolment_id is not None}


def standing_slip(share: Share) -> UploadedSlip | None:
    """The host's slip of one share, None while it has not come. Costs one query."""
    run: PayRun = share.run
    return standing_slips(run.cohort_id, run.month).get(share.enrolment_id)


def figures_of(slip: UploadedSlip | None) -> HostFigures | None:
    """What a slip says once checked; None without a slip, or without the cost a pay needs."""
    if slip is None or slip.net_paid is None or slip.total_cost is None:
        return None
    return HostFigures(slip.net_paid, slip.total_cost)


def awaited(run: PayRun) -> list[str]:
    """Who a slip of the host is awaited for, once the run is handed over; by name.

    Costs two queries, none for a run whose slips we make.
    """
    if run.makes_slips or not run.is_issued:
        return []
    received = standing_slips(run.cohort_id, run.month)
    shares = run.shares.filter(slip__isnull=False).select_related("enrolment__person")
    return [
        share.enrolment.person.full_name
        for share in shares.exclude(enrolment_id__in=received).order_by(
            "enrolment__person__last_name", "enrolment_id"
        )
    ]
