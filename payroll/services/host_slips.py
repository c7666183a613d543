"""A pay whose slips are made elsewhere: what the account says when it is handed over, and after."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.clock import Month
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import ZERO
from payroll.enums import EntryKind
from payroll.models import AccountEntry, PayRun, Share, UploadedSlip
from payroll.rules.host_slips import movements_of
from payroll.selectors.host_slips import figures_of, standing_slips

_FOLLOWING = (EntryKind.COST, EntryKind.REMAINDER, EntryKind.NET)


def refuse_if_handed_out(run: PayRun) -> None:
    """Raises Refused when slips of this month, made elsewhere, are already with the people."""
    if standing_slips(run.cohort_id, run.month):
        raise Refused(
            _(
                "Des bulletins de ce mois, faits par le logiciel de l’hôte, sont déjà distribués. "
                "La plateforme ne peut pas en émettre d’autres."
            )
        )


def hand_over(*, run: PayRun, shares: Iterable[Share], at: dt.datetime) -> None:
    """Write each share on its account; cost, rest and net follow when the host's slips come.

    Slips already distributed for this month are settled at once.
    """
    sentence = _("Part du pot commun, %(month)s") % {"month": Month(run.month)}
    AccountEntry.objects.bulk_create(
        AccountEntry(
            enrolment_id=share.enrolment_id,
            kind=EntryKind.SHARE,
            amount=share.amount,
            at=at,
            sentence=sentence,
            run=run,
        )
        for share in shares
        if share.amount
    )
    settle(run=run, at=at)


def settle(*, run: PayRun, at: dt.datetime) -> int:
    """Bring the accounts of a handed-over run to what the host's slips say; returns how many rows.

    Where an amount differs, the movement that stood is reversed and a new one written, linked to
    its slip; nothing is done twice. Call it with the run held, in the transaction of its reason.
    """
    slips = standing_slips(run.cohort_id, run.month)
    written = _standing_movements(run)
    moved: list[AccountEntry] = []
    for share in run.shares.order_by("enrolment_id"):
        slip = slips.get(share.enrolment_id)
        wanted = movements_of(share.amount, figures_of(slip), expected=share.slip is not None)
        for kind in _FOLLOWING:
            stood = written.get((share.enrolment_id, kind))
            amount = wanted.get(kind, ZERO)
            if (stood.amount if stood else ZERO) == amount:
                continue
            if stood:
                moved.append(_reversal(stood, at))
            if amount:
                moved.append(_movement(run, share, kind, amount, slip, at))
    AccountEntry.objects.bulk_create(moved)
    return len(moved)


def _standing_movements(run: PayRun) -> dict[tuple[int, str], AccountEntry]:
    """Movements of the run that nothing reversed yet, by person and kind. Costs one query."""
    entries = AccountEntry.objects.filter(
        run=run, kind__in=_FOLLOWING, reverses__isnull=True, reversed_by__isnull=True
    )
    return {(entry.enrolment_id, entry.kind): entry for entry in entries}


def _reversal(entry: AccountEntry, at: dt.datetime) -> AccountEntry:
    return AccountEntry(
        enrolment_id=entry.enrolment_id,
        kind=entry.kind,
        amount=-entry.amount,
        at=at,
        sentence=(_("Annulé, bulletin remplacé : %(was)s") % {"was": entry.sentence})[:200],
        run_id=entry.run_id,
        uploaded_slip_id=entry.uploaded_slip_id,
        reverses=entry,
    )


def _movement(
    run: PayRun,
    share: Share,
    kind: EntryKind,
    amount: Decimal,
    slip: UploadedSlip | None,
    at: dt.datetime,
) -> AccountEntry:
    month = {"month": Month(run.month)}
    sentence = {
        EntryKind.COST: _("Coût de la paie, bulletin de l’hôte, %(month)s"),
        EntryKind.REMAINDER: _("Reste mis de côté, %(month)s")
        if amount < 0
        else _("Reste repris, %(month)s"),
        EntryKind.NET: _("Net du bulletin de l’hôte, %(month)s"),
    }[kind]
    return AccountEntry(
        enrolment_id=share.enrolment_id,
        kind=kind,
        amount=amount,
        at=at,
        sentence=sentence % month,
        run=run,
        uploaded_slip=slip,
    )
