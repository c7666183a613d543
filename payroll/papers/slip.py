"""The pay slip as a paper: its photograph, made at issue, and what the template and the world read of it.

Wording and order of the sections come from the engine; nothing is computed again at rendering.

Against the official "rénové" model (annexe de l'arrêté du 25 février 2016, read 2026-11): same sections,
labels, order and columns. Ours besides: the nature of the pay and its decision above the gross, the
ladder, the check code. Left out: rows without an amount (Apec, cotisations statutaires, CSG/CRDS sur
les revenus non imposables, facultatives, heures exonérées) and the NIR. Under a CAPE two column heads
differ (engine.bulletin.COLUMNS), and the title is the host's.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cohorts.enums import ContractKind
from cohorts.rules import spaced_siret
from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import Month, format_day, format_minutes, format_period
from ct_platform.kit.money import cents, euros
from ct_platform.kit.trades import TRADES
from documents.kinds import DocumentKind, PublicFact
from payroll.engine.bulletin import COLUMNS, Adjustment, PrintedSection, printed_bulletin
from payroll.engine.types import Slip
from payroll.engine.wording import percent
from payroll.enums import AdjustmentKind, SplitKind
from payroll.models import PayRun, Share
from payroll.papers.figures import embedded
from payroll.rules.stored_slips import slip_from_json
from payroll.selectors.epayslip import is_electronic

KIND = "payslip"
TEMPLATE_VERSION = "2"


def snapshot_of(
    *,
    run: PayRun,
    share: Share,
    title: str,
    number: str,
    trades: list[str],
    people: int,
    adjustments: Sequence[Adjustment] = (),
) -> dict[str, Any]:
    """Write down everything one slip prints. `people` share the pot. No NIR, ever.

    `adjustments` are those of the share (`adjustments_of`): they add up to what it withholds.
    """
    slip = slip_from_json(share.slip["slip"])
    person = share.enrolment.person
    host = run.cohort.host
    return {
        "number": number,
        "title": title,
        "month": run.month.isoformat(),
        "paid_on": run.paid_on.isoformat() if run.paid_on else "",
        "profile": slip.profile_code,
        "columns": list(COLUMNS[slip.profile_code]),
        "threads": [TRADES[code].css for code in trades if code in TRADES],
        "host": {
            "name": host.name,
            "legal_form": host.legal_form,
            "address": host.address,
            "place": f"{host.postcode} {host.city}".strip(),
            "siret": host.siret,
            "ape": host.ape,
            "agreement": run.settings.collective_agreement if run.settings else "",
        },
        "eu": run.cohort.eu_funded,
        "cohort": run.cohort.name,
        "person": {
            "name": person.civil_name,
            "address": person.address,
            "place": f"{person.postcode} {person.city}".strip(),
        },
        "activity": share.enrolment.activity,
        "contract": _photographed(run, share)["contract"],
        "pay_item": _pay_item(run, share),
        "hours": _hours(run, share),
        "sections": [_section(section) for section in _sections(slip, adjustments)],
        "ladder": ladder_of(run=run, share=share, slip=slip, people=people),
        "without_tax": str(slip.net_before_tax - share.withheld),
    }


def adjustments_of(share: Share) -> list[Adjustment]:
    """What the pay takes from the net, as it is printed. Reads `withholdings` with their adjustment."""
    return [_adjustment(one.adjustment, one.amount) for one in share.withholdings.all()]


def _adjustment(source: Any, taken: Decimal) -> Adjustment:
    named = {"day": format_day(source.given_on), "reason": source.reason}
    if source.kind == AdjustmentKind.ADVANCE:
        label = _("Acompte reçu le %(day)s, %(reason)s") % named
    else:
        label = _("Retenue du %(day)s, décision n° %(number)s : %(reason)s") % {
            **named,
            "number": source.decision.number,
        }
    if taken < source.amount:
        label += _(" (une partie, sur %(whole)s)") % {"whole": euros(source.amount)}
    return Adjustment(label, -taken)


def ladder_of(*, run: PayRun, share: Share, slip: Slip, people: int) -> dict[str, str]:
    """The figures of the ladder, in euros as text: pot → share → cost → gross → net → to declare."""
    return {
        "pot": str(run.envelope),
        "people": str(people),
        "idle": str(run.idle_cost),
        "share": str(share.amount + share.carried_in),
        "carried_in": str(share.carried_in),
        "rule": str(SplitKind(run.photograph["rule"]["kind"]).label),
        "cost": str(share.cost),
        "remainder": str(share.remainder),
        "gross": str(slip.gross),
        "employer": str(slip.er_total_net_of_rgdu),
        "net": str(slip.net_paid - share.withheld),
        "withheld": str(slip.ee_total),
        "advances": str(share.withheld),
        "tax": str(slip.pas_amount),
        "net_social": str(slip.net_social),
    }


def _photographed(run: PayRun, share: Share) -> dict[str, Any]:
    found: dict[str, Any] = next(
        person for person in run.photograph["people"] if person["enrolment"] == share.enrolment_id
    )
    return found


def _pay_item(run: PayRun, share: Share) -> str:
    """The nature of the base: a part of the surplus, by which rule, by which decision."""
    rule = run.photograph["rule"]
    worked = sum(share.minutes_by_kind.values())
    hours = _("%(hours)s confirmées") % {"hours": format_minutes(worked)}
    if share.minutes != worked:
        hours += _(", dont %(counted)s comptées") % {"counted": format_minutes(share.minutes)}
    return _(
        "Part de l’excédent partagé : règle n° %(rule)s, décision n° %(decision)s du %(day)s (%(hours)s)"
    ) % {
        "rule": rule["version"],
        "day": format_day(dt.date.fromisoformat(rule["decided_on"])),
        "decision": rule["decision"],
        "hours": hours,
    }


def _hours(run: PayRun, share: Share) -> str:
    """Hours paid under an employment contract: those that follow the share, else the confirmed ones.

    With their rate when it makes the gross (C. trav. R3243-1, 5°): a reader multiplies the two.
    """
    if share.paid_hours is None:
        return format_minutes(sum(share.minutes_by_kind.values()))
    hours = _("%(hours)s heures") % {"hours": euros(share.paid_hours, sign=False)}
    rate = Decimal(run.photograph.get("settings", {}).get("hourly_rate") or 0)
    if cents(share.paid_hours * rate) != share.gross:
        return hours
    return _("%(hours)s à %(rate)s") % {"hours": hours, "rate": euros(rate)}


def _sections(slip: Slip, adjustments: Sequence[Adjustment]) -> tuple[PrintedSection, ...]:
    after = slip.ytd_after
    return printed_bulletin(
        slip,
        slip.lines,
        year_net_taxable=after.net_taxable,
        year_pas=after.pas,
        adjustments=adjustments,
    )


def _section(section: PrintedSection) -> dict[str, Any]:
    """Decimals as text, and the typographic apostrophe the official labels are printed with."""

    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return str(value)
        if isinstance(value, str):
            return value.replace("'", "’")
        if isinstance(value, Mapping):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [plain(inner) for inner in value]
        return value

    written: dict[str, Any] = plain(asdict(section))
    return written


def slip_context(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """From the photograph alone to what the template writes: dates and decimals read back."""
    month = dt.date.fromisoformat(snapshot["month"])
    contract = snapshot["contract"]
    return {
        **snapshot,
        "month": month,
        "paid_on": dt.date.fromisoformat(snapshot["paid_on"]),
        "weave": snapshot["threads"],
        "issuer": _issuer(snapshot),
        "who": {
            "name": snapshot["person"]["name"],
            "lines": _address(snapshot["person"]),
        },
        "contract_label": _contract_label(snapshot),
        "period": format_period(month, Month(month).last),
        "contract_period": _contract_period(contract) if contract else "",
        "is_cape": snapshot["profile"] == "cape",
        "sections": [_read_section(section) for section in snapshot["sections"]],
        # A counter-slip has none: its money comes from nowhere.
        "ladder": _read_ladder(snapshot["ladder"]) if snapshot["ladder"] else {},
        "without_tax": Decimal(snapshot["without_tax"]),
    }


def _read_ladder(written: Mapping[str, str]) -> dict[str, Any]:
    read: dict[str, Any] = {
        key: value if key == "rule" else int(value) if key == "people" else Decimal(value)
        for key, value in written.items()
    }
    # A month whose yearly relief exceeds its contributions costs less than its gross.
    return {**read, "given_back": -read["employer"]}


def _contract_label(snapshot: Mapping[str, Any]) -> str:
    if snapshot["profile"] == "cape":
        return _("CAPE")
    kind = (snapshot["contract"] or {}).get("kind")
    return _("CDD") if kind == ContractKind.CDD else _("Contrat de travail")


def _issuer(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    host = snapshot["host"]
    identity = [_("SIRET %s") % spaced_siret(host["siret"])] if host["siret"] else []
    identity += [_("APE %s") % host["ape"]] if host["ape"] else []
    return {
        "name": host["name"],
        "role": _("coopérative hôte") if snapshot["profile"] == "cape" else host["legal_form"],
        # The SIRET is that of the establishment at this address.
        "lines": [
            *(_("Établissement : %s") % line for line in _address(host)),
            *([" · ".join(identity)] if identity else []),
        ],
        "for": _("Coopérative de territoire « %s »") % snapshot["cohort"],
    }


def _address(party: Mapping[str, str]) -> list[str]:
    line = ", ".join(part for part in (party["address"], party["place"]) if part)
    return [line] if line else []


def _contract_period(contract: Mapping[str, str]) -> str:
    return format_period(
        dt.date.fromisoformat(contract["starts_on"]), dt.date.fromisoformat(contract["ends_on"])
    )


def _read_section(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **section,
        "rows": [_read_row(row) for row in section["rows"]],
        "groups": [
            {
                "label": group["label"],
                # One row under its own name needs no heading above it.
                "alone": len(group["rows"]) == 1 and group["rows"][0]["label"] == group["label"],
                "rows": [_read_row(row) for row in group["rows"]],
            }
            for group in section["groups"]
        ],
    }


def _read_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Amounts as they are printed in the columns: "5 991,60", blank when the line has none."""
    figures = ("base", "employee", "employer", "year")
    return {
        "code": row["code"],
        "label": row["label"],
        "rate": percent(Decimal(row["rate"])) if row["rate"] is not None else "",
        # A relief that comes out positive takes back what earlier months were granted.
        "is_taken_back": Decimal(row["employer"] or 0) > 0,
        **{key: _figure(row[key]) for key in figures},
    }


def _figure(written: str | None) -> str:
    return "" if written is None else euros(Decimal(written), sign=False)


def _filename(snapshot: Mapping[str, Any]) -> str:
    return f"bulletin-{snapshot['month'][:7]}-{snapshot['number']}.pdf"


def _public_facts(snapshot: Mapping[str, Any]) -> list[PublicFact]:
    """Neither a name nor an amount: the period is enough to recognise the paper in one's hand."""
    return [PublicFact(_("Période"), str(Month(dt.date.fromisoformat(snapshot["month"]))))]


# Open to the host only besides the person: a coordinator reads the run, not the slip (who holds a
# slip knows a tax rate and an address).
PAYSLIP = DocumentKind(
    code=KIND,
    label="Bulletin de paie",
    template="pdf/payslip.html",
    template_version=TEMPLATE_VERSION,
    context=slip_context,
    filename=_filename,
    open_to=frozenset({SeatKind.HOST}),
    public_facts=_public_facts,
    icon="paie",
    announced_to=is_electronic,
    attached=embedded,
)
