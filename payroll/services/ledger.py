"""The account of each coopérant: append-only movements, each with its reason."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from ct_platform.kit.clock import Month
from ct_platform.kit.money import ZERO, cents
from payroll.enums import EntryKind
from payroll.models import AccountEntry, Correction, PayRun, Share


def kept_cents(enrolment_ids: Iterable[int]) -> dict[int, Decimal]:
    """What earlier runs kept for each person, in euros, zero included. Costs one query.

    A "remainder" movement is negative when cents are put aside, positive when they are taken back.
    """
    wanted = list(enrolment_ids)
    sums = dict(
        AccountEntry.objects.filter(enrolment_id__in=wanted, kind=EntryKind.REMAINDER)
        .values_list("enrolment_id")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    # SQLite sums floats: back to whole cents.
    return {key: -cents(sums.get(key, ZERO)) for key in wanted}


def write_run(*, run: PayRun, shares: Iterable[Share], at: dt.datetime) -> list[AccountEntry]:
    """Write the movements of an issued run: share in, cost out, remainder aside (or back), net owed.

    Per person share − cost − (remainder − carried in) = 0, to the cent; the net of the slip is then
    owed until it is paid. Movements of zero are left out. The database refuses a second movement of
    the same kind for a person and run.
    """
    month = Month(run.month)
    sentences = {
        EntryKind.SHARE: _("Part du pot commun, %(month)s") % {"month": month},
        EntryKind.COST: _("Coût de la paie, %(month)s") % {"month": month},
        EntryKind.NET: _("Net du bulletin, %(month)s") % {"month": month},
    }
    entries = [
        AccountEntry(
            enrolment_id=share.enrolment_id,
            kind=kind,
            amount=amount,
            at=at,
            sentence=sentences.get(kind) or _remainder(amount, month),
            run=run,
        )
        for share in shares
        for kind, amount in (
            (EntryKind.SHARE, share.amount),
            (EntryKind.COST, -share.cost),
            (EntryKind.REMAINDER, share.carried_in - share.remainder),
            (EntryKind.NET, share.net_paid or ZERO),
        )
        if amount
    ]
    return AccountEntry.objects.bulk_create(entries)


# What a correction takes back and writes again; the share, a part of a divided pot, stays.
CORRECTED = (EntryKind.COST, EntryKind.REMAINDER, EntryKind.NET)


def write_correction(*, correction: Correction, at: dt.datetime) -> list[AccountEntry]:
    """Reverse the cost, remainder and net that stood for a share, then write those of its new slip.

    Advances and deductions stay. Movements of zero are left out. The database refuses a second
    reversal of a movement, and a second movement of a kind for a correction.
    """
    share = correction.share
    month = Month(share.run.month)
    standing = AccountEntry.objects.filter(
        run=share.run_id,
        enrolment=share.enrolment_id,
        kind__in=CORRECTED,
        reverses__isnull=True,
        reversed_by__isnull=True,
    ).order_by("pk")
    written = [
        AccountEntry(
            enrolment_id=share.enrolment_id,
            kind=entry.kind,
            amount=-entry.amount,
            at=at,
            sentence=_("%(what)s, annulé") % {"what": entry.sentence},
            run=share.run,
            correction=correction,
            reverses=entry,
        )
        for entry in standing
    ]
    set_aside = share.carried_in - correction.remainder
    named = {
        "month": month,
        "version": correction.corrects.version + 1,
        "remainder": _remainder(set_aside, month),
    }
    written += [
        AccountEntry(
            enrolment_id=share.enrolment_id,
            kind=kind,
            amount=amount,
            at=at,
            sentence=sentence % named,
            run=share.run,
            correction=correction,
        )
        for kind, amount, sentence in (
            (
                EntryKind.COST,
                -correction.cost,
                _("Coût de la paie, %(month)s, version %(version)s"),
            ),
            (
                EntryKind.REMAINDER,
                set_aside,
                _("%(remainder)s, version %(version)s"),
            ),
            (
                EntryKind.NET,
                correction.figures.net_paid or ZERO,
                _("Net du bulletin, %(month)s, version %(version)s"),
            ),
        )
        if amount
    ]
    return AccountEntry.objects.bulk_create(written)


def _remainder(amount: Decimal, month: Month) -> str:
    """Cents taken back from an earlier pay are not cents put aside."""
    sentence = _("Reste mis de côté, %(month)s") if amount < 0 else _("Reste repris, %(month)s")
    return sentence % {"month": month}
