"""Handing out checked slips: one paper each, once, and the accounts that waited for them."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month
from ct_platform.kit.errors import Frozen, Refused, Stale
from documents.models import Document
from documents.services.issue import issue_document
from documents.services.keep import KeptFile, keep_bytes
from documents.services.replace import replace_document
from payroll.enums import UPLOAD_ALLOWED, UploadState
from payroll.models import PayRun, SlipUpload, UploadedSlip
from payroll.papers.made_elsewhere import KIND, snapshot_of
from payroll.selectors import uploads as selectors
from payroll.services import host_slips
from payroll.services.run_rows import hold
from payroll.services.slip_files import forget_pieces_on_commit, held_upload, read_piece


def distribute_upload(
    *, upload: SlipUpload, seen: str = "", actor: Actor, at: dt.datetime
) -> SlipUpload:
    """Hand out every slip not set aside: one paper each, in one transaction, and settle the pay.

    The files are stored before the transaction opens. A slip whose person already has one for the
    month takes its place (the old one is marked replaced); the same bytes are never handed out twice.
    When a handed-over run of the month waits for them, cost, rest and net go on each account. Handing
    out twice changes nothing. Raises Refused with what is still missing, Frozen when discarded,
    Stale when somebody changed what the page showed (`seen`).
    """
    if SlipUpload.objects.filter(pk=upload.pk, state=UploadState.DISTRIBUTED).exists():
        upload.refresh_from_db()
        return upload
    kept = {
        slip.pk: keep_bytes(read_piece(slip))
        for slip in upload.slips.filter(left_out=False, enrolment__isnull=False)
    }
    return _distribute(upload, kept, seen, actor, at)


@transaction.atomic
def _distribute(
    upload: SlipUpload,
    kept: Mapping[int, KeptFile],
    seen: str,
    actor: Actor,
    at: dt.datetime,
) -> SlipUpload:
    run = _held_run(upload)
    # Two uploads of one group are handed out in turn: the second sees the papers of the first.
    cohort = Cohort.objects.select_for_update(no_key=True, of=("self",)).select_related("host")
    upload.cohort = cohort.get(pk=upload.cohort_id)
    upload = held_upload(upload)
    if upload.is_distributed:
        return upload
    if not upload.is_open:
        raise Frozen(_("Ce dépôt est abandonné. Déposez le fichier à nouveau."))
    found = selectors.check_of(upload)
    if seen and seen != found.reading:
        raise Stale(_("Quelqu’un vient de changer ces bulletins. Relisez-les d’abord."))
    if found.obstacles:
        raise Refused(" ".join(found.obstacles))
    standing = selectors.papers_of_month(upload.cohort_id, upload.month)
    handed = [row.slip for row in found.rows if not row.slip.left_out]
    for slip in handed:
        slip.document = _paper(upload, slip, kept, standing, run, actor, at)
    UploadedSlip.objects.bulk_update(handed, ["document"])
    states.move(
        upload,
        UploadState.DISTRIBUTED,
        allowed=UPLOAD_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        distributed_by_id=actor.person_id,
        distributed_at=at,
    )
    if run is not None:
        host_slips.settle(run=run, at=at)
    forget_pieces_on_commit(upload)
    return upload


def _paper(
    upload: SlipUpload,
    slip: UploadedSlip,
    kept: Mapping[int, KeptFile],
    standing: Mapping[int, Document],
    run: PayRun | None,
    actor: Actor,
    at: dt.datetime,
) -> Document:
    enrolment, file = slip.enrolment, kept.get(slip.pk)
    if enrolment is None or file is None or file.sha256 != slip.sha256:
        raise Stale(_("Quelqu’un vient de changer ces bulletins. Relisez-les d’abord."))
    person, snapshot = enrolment.person, snapshot_of(slip)
    held = standing.get(person.pk)
    if held is not None and held.sha256 == file.sha256:
        return held
    if held is not None:
        return replace_document(
            document=held,
            snapshot=snapshot,
            kept=file,
            reason=_("Nouveau bulletin de l’hôte"),
            actor=actor,
            at=at,
        )
    month, cohort = Month(upload.month), upload.cohort
    return issue_document(
        kind=KIND,
        title=_("Bulletin de paie, %(month)s") % {"month": month},
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=person,
        snapshot=snapshot,
        effect_key=f"hostslip:{enrolment.pk}:{upload.month:%Y-%m}",
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        batch=run.batch if run else f"hostslips:{cohort.pk}:{upload.month:%Y-%m}",
        period_from=upload.month,
        period_to=month.last,
        kept=file,
        actor=actor,
        at=at,
    )


def _held_run(upload: SlipUpload) -> PayRun | None:
    """The run first, as issuing does: whoever comes second sees what the first wrote."""
    run = selectors.run_of_upload(upload)
    return None if run is None else hold(run)
