"""Slips made by the host's own software: received, cut apart, checked by a person, handed out."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clean_pdf import join_pieces
from ct_platform.kit.clock import Month
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Frozen, Refused, Stale
from payroll.enums import UPLOAD_ALLOWED, MatchKind, UploadState
from payroll.models import SlipUpload, UploadedSlip
from payroll.rules.matching import LIKELY, NONE, SURE
from payroll.selectors import uploads as selectors
from payroll.services.distributing import distribute_upload
from payroll.services.slip_files import (
    forget_files,
    forget_pieces_on_commit,
    held_upload,
    read_piece,
    store_piece,
)
from payroll.services.splitting import MOST_BYTES, Piece, split_slips, too_big

__all__ = [
    "MOST_BYTES", "SlipAnswer", "discard_upload", "distribute_upload", "join_slip", "receive_slips", "save_check",
    "too_big",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SlipAnswer:
    """What a person says of one slip. Amounts in euros."""

    enrolment_id: int | None
    net_paid: Decimal | None
    total_cost: Decimal | None
    left_out: bool = False


def receive_slips(
    *, cohort: Cohort, month: dt.date, name: str, content: bytes, actor: Actor, at: dt.datetime
) -> SlipUpload:
    """Cut a file of slips apart and keep the pieces, to be checked; `month` is any day of it.

    Not atomic: the file is read and stored before any transaction opens (some 20 ms a page). The
    same file for the same month, while it is still to check, is the upload that exists. Raises
    Refused with the reason a file cannot be taken (see services.splitting).
    """
    first, sha256 = month.replace(day=1), hashlib.sha256(content).hexdigest()
    twin = SlipUpload.objects.filter(
        cohort=cohort, month=first, sha256=sha256, state=UploadState.TO_CHECK
    ).first()
    if isinstance(twin, SlipUpload):
        return twin
    people = selectors.people_of(cohort.pk)
    pieces = split_slips(
        content, selectors.candidates_of(people), selectors.places_of(cohort, people)
    )
    files = [store_piece(piece.content) for piece in pieces]
    try:
        with refusing(SlipUpload), transaction.atomic():
            upload = SlipUpload.objects.create(
                cohort=cohort,
                month=first,
                name=name[-140:],
                sha256=sha256,
                size=len(content),
                uploaded_by_id=actor.person_id,
                at=at,
            )
            UploadedSlip.objects.bulk_create(_slips(upload, pieces, files))
    except BaseException:
        forget_files(files)
        raise
    return upload


@transaction.atomic
def save_check(
    *, upload: SlipUpload, answers: Mapping[int, SlipAnswer], actor: Actor
) -> SlipUpload:
    """Write down whose each slip is and what it says, by key of slip. Slips left out keep nothing.

    Raises Frozen once handed out or discarded; Refused: somebody outside the group, two slips for one
    person, a cost below its net; nothing is then written.
    """
    upload = held_upload(upload)
    _require_open(upload)
    slips = {slip.pk: slip for slip in upload.slips.all()}
    people = {enrolment.pk: enrolment for enrolment in selectors.people_of(upload.cohort_id)}
    given: dict[int, UploadedSlip] = {}
    for key, answer in answers.items():
        if key not in slips or (answer.enrolment_id and answer.enrolment_id not in people):
            raise Refused(_("Cette personne ou ce bulletin n’est pas de ce groupe."))
        slip = slips[key]
        _answer(slip, answer)
        twin = given.get(slip.enrolment_id or 0)
        if slip.enrolment_id and not slip.left_out:
            if twin:
                raise Refused(
                    _(
                        "Deux bulletins vont à %(name)s : n° %(one)s et n° %(other)s. Mettez-en un de côté."
                    )
                    % {
                        "name": people[slip.enrolment_id].person.full_name,
                        "one": twin.position,
                        "other": slip.position,
                    }
                )
            given[slip.enrolment_id] = slip
    # Two people may swap their slips: the constraint is met once everybody has let go.
    upload.slips.filter(pk__in=answers).update(enrolment=None)
    with refusing(UploadedSlip):
        UploadedSlip.objects.bulk_update(
            [slips[key] for key in answers],
            ["enrolment", "match", "net_paid", "total_cost", "left_out"],
        )
    return upload


def join_slip(*, slip: UploadedSlip, actor: Actor, at: dt.datetime) -> UploadedSlip:
    """Put the pages of a slip at the end of the one before it, of the same file; it goes away.

    Raises Refused when it follows nothing, Frozen once handed out or discarded.
    """
    before = (
        UploadedSlip.objects.filter(
            upload=slip.upload_id,
            source=slip.source,
            last_page=slip.first_page - 1,
            # Two folders of a ZIP may hold files of one name: the nearest before is of the same file.
            position__lt=slip.position,
        )
        .order_by("-position")
        .first()
    )
    if before is None:
        raise Refused(_("Ce bulletin ne suit aucun autre : il n’y a rien à réunir."))
    content = join_pieces(read_piece(before), read_piece(slip))
    file = store_piece(content)
    try:
        with transaction.atomic():
            _require_open(held_upload(slip.upload))
            removed, _rows = UploadedSlip.objects.filter(
                pk=slip.pk, sha256=slip.sha256, first_page=before.last_page + 1
            ).delete()
            changed = UploadedSlip.objects.filter(pk=before.pk, sha256=before.sha256).update(
                file=file,
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
                last_page=slip.last_page,
                net_paid=slip.net_paid if before.net_paid is None else before.net_paid,
                total_cost=slip.total_cost if before.total_cost is None else before.total_cost,
            )
            if not (removed and changed):
                raise Stale(_("Quelqu’un vient de changer ces bulletins. Rechargez la page."))
            transaction.on_commit(partial(forget_files, [str(before.file), str(slip.file)]))
    except BaseException:
        forget_files([file])
        raise
    joined: UploadedSlip = UploadedSlip.objects.get(pk=before.pk)
    return joined


@transaction.atomic
def discard_upload(*, upload: SlipUpload, actor: Actor, at: dt.datetime) -> SlipUpload:
    """Drop an upload before it is handed out: its files are destroyed, its trace stays.

    Discarding twice changes nothing. Raises Frozen once handed out.
    """
    upload = held_upload(upload)
    if upload.state == UploadState.DISCARDED:
        return upload
    if upload.is_distributed:
        raise Frozen(_("Ces bulletins sont distribués : ils ne peuvent plus être abandonnés."))
    states.move(
        upload,
        UploadState.DISCARDED,
        allowed=UPLOAD_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
    )
    forget_pieces_on_commit(upload)
    return upload


def _slips(upload: SlipUpload, pieces: Sequence[Piece], files: Sequence[str]) -> list[UploadedSlip]:
    """Rows of a new upload. Of two slips for one person the second is nobody's yet: a person decides."""
    taken: set[int] = set()
    rows = []
    for position, (piece, file) in enumerate(zip(pieces, files, strict=True), start=1):
        kind, key, reason = piece.match.kind, piece.match.key, piece.match.reason
        read = piece.figures.month
        if kind == SURE and read is not None and read != upload.month:
            kind, reason = LIKELY, f"{reason} ; {_wrong_month(read)}"
        if key in taken:
            kind, key, reason = NONE, None, _("un autre bulletin de ce dépôt porte le même nom")
        if key is not None:
            taken.add(key)
        rows.append(
            UploadedSlip(
                upload=upload,
                position=position,
                source=piece.source,
                first_page=piece.first_page,
                last_page=piece.last_page,
                file=file,
                sha256=hashlib.sha256(piece.content).hexdigest(),
                size=len(piece.content),
                enrolment_id=key,
                match=kind,
                matched_on=reason[:200],
                net_paid=piece.figures.net_paid,
                total_cost=piece.figures.total_cost,
            )
        )
    return rows


def _wrong_month(read: dt.date) -> str:
    return _("mais la page dit %(month)s") % {"month": Month(read)}


def _answer(slip: UploadedSlip, answer: SlipAnswer) -> None:
    net, cost = answer.net_paid, answer.total_cost
    if not answer.left_out and net is not None and cost is not None and cost < net:
        raise Refused(
            _("Bulletin n° %(n)s : le total versé par l’employeur est plus petit que le net.")
            % {"n": slip.position}
        )
    if answer.enrolment_id is None:
        slip.match = MatchKind.NONE
    elif slip.match != MatchKind.SURE or answer.enrolment_id != slip.enrolment_id:
        slip.match = MatchKind.HAND
    slip.enrolment_id, slip.left_out = answer.enrolment_id, answer.left_out
    slip.net_paid, slip.total_cost = net, cost


def _require_open(upload: SlipUpload) -> None:
    if not upload.is_open:
        raise Frozen(_("Ce dépôt est déjà distribué ou abandonné : il ne change plus."))
