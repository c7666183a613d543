"""Corrections of slips, for pages: what changes side by side, what waits, what a person is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month, format_minutes
from ct_platform.kit.money import ZERO, euros
from payroll.engine.codes import LINE_CODES
from payroll.engine.trace import explain
from payroll.engine.types import Line, Slip
from payroll.engine.wording import percent
from payroll.enums import CorrectionState
from payroll.models import Correction, Payslip, Share
from payroll.rules import changes as rules
from payroll.rules.figures import Figures
from payroll.rules.stored_slips import slip_from_json
from payroll.selectors.personal_terms import open_rate


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that was wrong, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One amount before and after. `kind`: line, total, or net (stands out)."""

    label: str
    old: Decimal
    new: Decimal
    kind: str = "line"

    @property
    def difference(self) -> Decimal:
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a person who agrees must have read."""

    changes: tuple[ChangeRow, ...]
    rows: tuple[FigureRow, ...]
    net: FigureRow
    remainder: FigureRow


def comparison_of(correction: Correction, old: Figures) -> Comparison:
    """A stored proposal beside the figures it corrects. No query."""
    return compare(correction.share, old, correction.figures, correction.changes)


def compare(share: Share, old: Figures, new: Figures, changes: rules.Changes) -> Comparison:
    """Two answers for one share, line by line, and what was asked differently. No query."""
    before, after = _slip(old), _slip(new)
    net = FigureRow(_("Net à payer"), before.net_paid, after.net_paid, "net")
    remainder = FigureRow(_("Reste gardé pour la suite"), old.remainder, new.remainder, "total")
    rows = (
        FigureRow(_("Brut"), before.gross, after.gross, "total"),
        *_lines(before, after, "ee"),
        FigureRow(_("Total retenu"), before.ee_total, after.ee_total, "total"),
        FigureRow(_("Montant net social"), before.net_social, after.net_social, "total"),
        FigureRow(_("Net avant impôt"), before.net_before_tax, after.net_before_tax, "total"),
        FigureRow(_("Montant net imposable"), before.net_taxable, after.net_taxable),
        FigureRow(_("Impôt prélevé à la source"), before.pas_amount, after.pas_amount),
        net,
        *_lines(before, after, "er"),
        FigureRow(_("Coût total"), old.cost, new.cost, "total"),
        remainder,
    )
    return Comparison(tuple(_changes(share, changes)), rows, net, remainder)


def corrected_from(correction: Correction) -> Figures:
    """The figures of the slip a correction corrects. Reads `corrects__correction`."""
    wrong: Payslip = correction.corrects
    earlier = wrong.correction
    return correction.share.first if earlier is None else earlier.figures


def corrections_awaiting(actor: Actor) -> list[Correction]:
    """Proposals of the actor's host that wait for a second person, oldest first. Costs one query."""
    return list(
        Correction.objects.visible_to(actor)
        .filter(state=CorrectionState.PROPOSED)
        .select_related("share__enrolment__person", "share__run__cohort", "corrects", "proposed_by")
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class OwnCorrection:
    """What a person is told of one correction of their pay, with its papers."""

    reason: str
    difference: Decimal
    wrong: Payslip
    counter: Payslip
    new: Payslip


def own_corrections(share: Share) -> list[OwnCorrection]:
    """Issued corrections of a share, oldest first. Reads `slips` and `corrections`: no query."""
    slips = {(slip.kind, slip.version): slip for slip in share.slips.all()}
    found = []
    for correction in sorted(share.corrections.all(), key=lambda one: one.pk):
        if correction.state != CorrectionState.ISSUED:
            continue
        pair = [slip for slip in slips.values() if slip.correction_id == correction.pk]
        counter, new = sorted(pair, key=lambda slip: slip.pk)
        wrong = slips["slip", counter.version]
        found.append(
            OwnCorrection(correction.reason, new.net_paid - wrong.net_paid, wrong, counter, new)
        )
    return found


def opened(rate: Mapping[str, str] | None) -> Decimal | None:
    """A sealed withholding rate, in percent; None is the default grid."""
    return open_rate(rate["key"], rate["sealed"]) if rate else None


def _slip(figures: Figures) -> Slip:
    assert figures.answer is not None  # noqa: S101  only issued slips are corrected
    return slip_from_json(dict(figures.answer["slip"]))


def _lines(before: Slip, after: Slip, side: str) -> Iterator[FigureRow]:
    old, new = ({line.code: line for line in slip.lines} for slip in (before, after))
    for code in LINE_CODES:
        line: Line | None = new.get(code) or old.get(code)
        if line is None or line.side != side:
            continue
        yield FigureRow(
            explain(line).name.replace("'", "’"),
            old[code].amount if code in old else ZERO,
            new[code].amount if code in new else ZERO,
        )


def _changes(share: Share, changes: rules.Changes) -> Iterator[ChangeRow]:
    for name in rules.NAMES:
        if name not in changes:
            continue
        old, new = changes[name]
        if name == rules.IDENTITY:
            yield from _identity(old, new)
            continue
        month = share.run.month
        yield ChangeRow(_labels()[name], _text(name, old, month), _text(name, new, month))


def _identity(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[ChangeRow]:
    labels = {
        "name": _("Nom"), "address": _("Adresse"), "place": _("Ville"), "siret": _("SIRET"),
        "ape": _("APE"), "legal_form": _("Forme juridique"), "agreement": _("Convention collective"),
    }  # fmt: skip
    parties = {"person": _("la personne"), "host": _("la coopérative hôte")}
    for party, facts in old.items():
        for key, value in facts.items():
            if new[party][key] != value:
                label = _("%(what)s de %(whom)s") % {
                    "what": labels.get(key, key),
                    "whom": parties[party],
                }
                yield ChangeRow(label, value or "–", new[party][key] or "–")


def _labels() -> dict[str, str]:
    return {
        rules.PROFILE: _("Contrat et profil de cotisations"),
        rules.MINUTES: _("Heures"),
        "presence": _("Présence dans le mois"),
        "health_waived": _("Dispense de complémentaire santé"),
        rules.PAS_RATE: _("Taux d’impôt"),
        "atmp_rate": _("Taux AT/MP"),
        "mobility_rate": _("Versement mobilité"),
        "headcount": _("Effectif légal"),
        "health_cover": _("Complémentaire santé"),
        "health_cover_employer_share": _("Part de l’hôte dans la complémentaire"),
        "hourly_rate": _("Taux horaire"),
    }


def _text(name: str, value: Any, month: Any) -> str:
    if name == rules.PROFILE:
        label = _("CAPE") if value["code"] == "cape" else _("Contrat de travail")
        return _("%(label)s, version %(version)s") % {"label": label, "version": value["version"]}
    if name == rules.PAS_RATE:
        rate = opened(value)
        return _("barème par défaut") if rate is None else percent(rate)
    if value is None:
        return "–"
    if name == rules.MINUTES:
        return format_minutes(value)
    if name == "presence":
        return _("%(days)s jours sur %(length)s") % {
            "days": days_of(Decimal(value), month),
            "length": Month(month).last.day,
        }
    if name == "health_waived":
        return _("oui") if value else _("non")
    if name == "headcount":
        return str(value)
    rates = ("atmp_rate", "mobility_rate", "health_cover_employer_share")
    return percent(Decimal(value)) if name in rates else euros(Decimal(value))


def days_of(presence: Decimal, month: Any) -> int:
    """A fraction of a month as days of its contract."""
    return int((presence * Month(month).last.day).to_integral_value())
