"""From minutes to euros and back, for one person's share: the page of the hours, the page of one hour."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit.clock import format_day, format_minutes, of_month
from ct_platform.kit.money import euros, from_cents, to_cents
from payroll.enums import SplitKind
from payroll.models import PayRun, Share
from payroll.rules.sharing import counted_minutes, parts_in_cents
from payroll.rules.trace import MinuteTrace, Worked, Worth, trace_minutes
from projects.models import WorkEntry
from projects.worth import HourWorth


@dataclass(frozen=True, slots=True)
class Piece:
    """Euros of a share, and euros of the net (None when no slip was made)."""

    share: Decimal
    net: Decimal | None

    @property
    def is_empty(self) -> bool:
        return not self.share


@dataclass(frozen=True, slots=True)
class HourRow:
    """One entry with what it brings. `counts`: its kind is one the rule counts."""

    entry: WorkEntry
    counts: bool
    piece: Piece

    @property
    def day(self) -> str:
        return format_day(self.entry.day, year=False)


@dataclass(frozen=True, slots=True)
class CountedHours:
    """Every entry of a pay, then what no hour in particular brings; the total is the share."""

    rows: tuple[HourRow, ...]
    equal: Piece
    carried: Piece
    total: Piece
    worked: int  # minutes, all kinds
    counted: int  # minutes the rule counts
    rule: str  # SplitKind code

    @property
    def is_equal(self) -> bool:
        return self.rule == SplitKind.EQUAL

    @property
    def is_half(self) -> bool:
        return self.rule == SplitKind.HALF


def counted_hours(share: Share) -> CountedHours:
    """Each hour of the share with its euros. `share` comes with_run(). Costs one query."""
    traced = _trace(share)
    rule = share.run.photograph["rule"]
    entries = (
        WorkEntry.objects.filter(pay_run_key=share.run_id, enrolment_id=share.enrolment_id)
        .select_related("project", "confirmed_by")
        .order_by("day", "pk")
    )
    return CountedHours(
        rows=tuple(
            HourRow(entry, entry.kind in rule["counted_kinds"], _piece(traced.by_entry[entry.pk]))
            for entry in entries
        ),
        equal=_piece(traced.equal),
        carried=_piece(traced.carried),
        total=_piece(traced.total),
        worked=sum(share.minutes_by_kind.values()),
        counted=share.minutes,
        rule=rule["kind"],
    )


def worth_of_hour(entry: WorkEntry) -> HourWorth | None:
    """What one entry became, once its pay is issued. Costs two queries, none before it is paid."""
    if entry.pay_run_key is None:
        return None
    share = (
        Share.objects.issued()
        .filter(run_id=entry.pay_run_key, enrolment_id=entry.enrolment_id)
        .with_run()
        .first()
    )
    if share is None:
        return None
    piece = _piece(_trace(share).by_entry[entry.pk])
    url = reverse("payroll:my_pay_hours", args=[share.pk])
    return HourWorth(_worth_sentence(entry, share.run, piece), f"{url}#heure-{entry.pk}")


def _worth_sentence(entry: WorkEntry, run: PayRun, piece: Piece) -> str:
    words = {
        "time": format_minutes(entry.minutes),
        "share": euros(piece.share),
        "net": euros(piece.net),
        "month": f"{of_month(run.month)} {run.month.year}",
    }
    if entry.kind not in run.photograph["rule"]["counted_kinds"]:
        return (
            _(
                "%(time)s dans la paie %(month)s. La règle du groupe ne compte pas cette sorte d’heures."
            )
            % words
        )
    if run.photograph["rule"]["kind"] == SplitKind.EQUAL:
        return (
            _(
                "%(time)s dans la paie %(month)s. La part est égale pour tous : "
                "les heures ne la changent pas."
            )
            % words
        )
    if piece.net is None:
        return _("%(time)s comptent pour %(share)s de ta part dans la paie %(month)s.") % words
    return (
        _(
            "%(time)s comptent pour %(share)s de ta part dans la paie %(month)s. "
            "Cela fait %(net)s de net."
        )
        % words
    )


def _trace(share: Share) -> MinuteTrace:
    """The cents of a share, from the photograph of its run and the slip that stands."""
    run: PayRun = share.run
    photograph: dict[str, Any] = run.photograph
    rule, people = photograph["rule"], photograph["people"]
    minutes = counted_minutes(
        {person["enrolment"]: person["minutes_by_kind"] for person in people},
        rule["counted_kinds"],
    )
    pieces = parts_in_cents(rule["kind"], to_cents(run.envelope), minutes)
    equal, by_hours = pieces[share.enrolment_id]
    own = next(person for person in people if person["enrolment"] == share.enrolment_id)
    return trace_minutes(
        [Worked(key, minutes, kind) for key, _day, minutes, kind in own["entries"]],
        rule["counted_kinds"],
        equal=equal,
        by_hours=by_hours,
        carried=to_cents(share.carried_in),
        net=to_cents(share.payslip.net_paid) if share.payslip else None,
    )


def _piece(worth: Worth) -> Piece:
    return Piece(from_cents(worth.share), None if worth.net is None else from_cents(worth.net))
