"""The two papers of a correction: one cancels a slip line by line, one takes its place and says so."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import Month, format_day
from ct_platform.kit.money import ZERO, signed_euros
from documents.kinds import DocumentKind, PublicFact
from payroll.models import Correction, Share
from payroll.papers.slip import PAYSLIP, TEMPLATE_VERSION, adjustments_of, slip_context, snapshot_of
from payroll.rules.changes import IDENTITY
from projects.models import Project

COUNTER_KIND = "payslip_counter"
# Columns of a printed row that change sign.
_AMOUNTS = ("base", "employee", "employer")
# Cumulated since 1 January: once the slip is cancelled, the year is where it was before.
_YEAR = {"net_taxable": "net_taxable", "pas": "pas"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """The slip that was wrong, why, and the two that follow it."""

    number: str
    issued_on: dt.date
    counter: str
    successor: str
    reason: str

    def written(self) -> dict[str, str]:
        return {
            "number": self.number,
            "issued_on": self.issued_on.isoformat(),
            "counter": self.counter,
            "successor": self.successor,
            "reason": self.reason,
        }


def counter_title(cancels: Cancelled) -> str:
    return _("Bulletin d’annulation du bulletin n° %(number)s, émis le %(day)s") % {
        "number": cancels.number,
        "day": format_day(cancels.issued_on),
    }


def counter_snapshot(
    wrong: Mapping[str, Any], cancels: Cancelled, *, year_before: Mapping[str, str]
) -> dict[str, Any]:
    """Repeat what the wrong slip printed, every amount opposite, year amounts as they were before it."""
    kept = {key: value for key, value in wrong.items() if key not in ("paper", "check", "replaces")}
    return {
        **kept,
        "number": cancels.counter,
        "title": counter_title(cancels),
        "cancels": cancels.written(),
        "notice": _(
            "Tous les montants du bulletin n° %(number)s sont repris en sens inverse. "
            "Le bulletin n° %(successor)s le remplace. Pourquoi : %(reason)s"
        )
        % cancels.written(),
        "sections": [_opposite_section(section, year_before) for section in wrong["sections"]],
        "without_tax": _opposite(wrong["without_tax"]),
        # Where the money comes from is told by the slips that stand.
        "ladder": {},
    }


def corrected_snapshot(
    correction: Correction, cancels: Cancelled, share: Share, *, title: str
) -> dict[str, Any]:
    """Write down the new slip as any other, with whom it names as agreed, and what it replaces.

    `share` carries the corrected figures. Costs two queries.
    """
    run = share.run
    trades = Project.objects.of_cohort(run.cohort_id).values_list("trade", flat=True)
    snapshot = snapshot_of(
        run=run,
        share=share,
        title=title,
        number=cancels.successor,
        trades=list(dict.fromkeys(trades)),
        people=run.shares.count(),
        adjustments=adjustments_of(share),
    )
    named = correction.changes.get(IDENTITY)
    for party, facts in (named[1] if named else {}).items():
        snapshot[party] |= facts
    difference = (correction.figures.net_paid or ZERO) - correction.corrects.net_paid
    notice = _(
        "Ce bulletin remplace le bulletin n° %(number)s, émis le %(day)s et annulé par le bulletin "
        "n° %(counter)s. Pourquoi : %(reason)s"
    ) % {**cancels.written(), "day": format_day(cancels.issued_on)}
    return {
        **snapshot,
        "replaces": {**cancels.written(), "difference": str(difference)},
        "notice": f"{notice} {difference_text(difference)}",
    }


def difference_text(difference: Decimal) -> str:
    """How the difference of net is settled, in one sentence."""
    if not difference:
        return _("Le net ne change pas.")
    return _("Différence de net : %(amount)s, avec le prochain paiement.") % {
        "amount": signed_euros(difference)
    }


def _opposite_section(section: Mapping[str, Any], year_before: Mapping[str, str]) -> dict[str, Any]:
    return {
        **section,
        "rows": [_opposite_row(row, year_before) for row in section["rows"]],
        "groups": [
            {**group, "rows": [_opposite_row(row, year_before) for row in group["rows"]]}
            for group in section["groups"]
        ],
    }


def _opposite_row(row: Mapping[str, Any], year_before: Mapping[str, str]) -> dict[str, Any]:
    opposite = {name: _opposite(row[name]) for name in _AMOUNTS}
    year = year_before[_YEAR[row["code"]]] if row["year"] is not None else None
    return {**row, **opposite, "year": year}


def _opposite(amount: str | None) -> str | None:
    if amount is None:
        return None
    value = Decimal(amount)
    return str(-value) if value else amount


def _counter_context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """As a slip; but an opposite relief is a relief cancelled, not one taken back over the year."""
    context = slip_context(snapshot)
    for section in context["sections"]:
        for row in section["rows"]:
            row["is_taken_back"] = False
    return context


def _filename(snapshot: Mapping[str, Any]) -> str:
    return f"annulation-{snapshot['month'][:7]}-{snapshot['number']}.pdf"


def _public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """Which paper it cancels, by its number: no name, no amount."""
    month = Month(dt.date.fromisoformat(snapshot["month"]))
    return [
        PublicFact(_("Période"), str(month)),
        PublicFact(_("Annule"), _("le bulletin n° %s") % snapshot["cancels"]["number"]),
    ]


COUNTER = DocumentKind(
    code=COUNTER_KIND,
    label="Bulletin d’annulation",
    template=PAYSLIP.template,
    template_version=TEMPLATE_VERSION,
    context=_counter_context,
    filename=_filename,
    open_to=frozenset({SeatKind.HOST}),
    public_facts=_public_facts,
    icon="paie",
    attached=PAYSLIP.attached,
)
