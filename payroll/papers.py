"""The pay slip as a paper: its photograph, made at issue, and what the template and the world read of it.

Wording and order of the sections come from the engine; nothing is computed again at rendering.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.actor import SeatKind
from ct_platform.kit.clock import NBSP, Month, format_day, format_minutes, format_period
from ct_platform.kit.money import euros
from ct_platform.kit.trades import TRADES
from documents.kinds import DocumentKind, PublicFact
from payroll.engine.bulletin import PrintedSection, printed_bulletin
from payroll.engine.types import Slip
from payroll.enums import SplitKind
from payroll.models import PayRun, Share
from payroll.rules.stored_slips import slip_from_json

KIND = "payslip"
TEMPLATE_VERSION = "1"


def snapshot_of(
    *, run: PayRun, share: Share, title: str, number: str, trades: list[str], people: int
) -> dict[str, Any]:
    """Write down everything one slip prints. `people` share the pot. No NIR, ever."""
    slip = slip_from_json(share.slip["slip"])
    person = share.enrolment.person
    host = run.cohort.host
    return {
        "number": number,
        "title": title,
        "month": run.month.isoformat(),
        "paid_on": run.paid_on.isoformat() if run.paid_on else "",
        "profile": slip.profile_code,
        "threads": [TRADES[code].css for code in trades if code in TRADES],
        "host": {
            "name": host.name,
            "legal_form": host.legal_form,
            "address": host.address,
            "place": f"{host.postcode} {host.city}".strip(),
            "siret": host.siret,
            "ape": host.ape,
        },
        "cohort": run.cohort.name,
        "person": {
            "name": person.civil_name,
            "address": person.address,
            "place": f"{person.postcode} {person.city}".strip(),
        },
        "activity": share.enrolment.activity,
        "contract": _photographed(run, share)["contract"],
        "pay_item": _pay_item(run, share),
        "hours": format_minutes(sum(share.minutes_by_kind.values())),
        "sections": [_section(section) for section in _sections(slip)],
        "ladder": ladder_of(run=run, share=share, slip=slip, people=people),
        "without_tax": str(slip.net_before_tax),
        "relief": str(slip.rgdu),
    }


def ladder_of(*, run: PayRun, share: Share, slip: Slip, people: int) -> dict[str, str]:
    """The figures of the ladder, in euros as text: pot → share → cost → gross → net → to declare."""
    return {
        "pot": str(run.envelope),
        "people": str(people),
        "share": str(share.amount + share.carried_in),
        "carried_in": str(share.carried_in),
        "rule": str(SplitKind(run.photograph["rule"]["kind"]).label),
        "cost": str(share.cost),
        "remainder": str(share.remainder),
        "gross": str(slip.gross),
        "employer": str(slip.er_total_net_of_rgdu),
        "net": str(slip.net_paid),
        "withheld": str(slip.ee_total),
        "tax": str(slip.pas_amount),
        "net_social": str(slip.net_social),
    }


def _photographed(run: PayRun, share: Share) -> dict[str, Any]:
    found: dict[str, Any] = next(
        person for person in run.photograph["people"] if person["enrolment"] == share.enrolment_id
    )
    return found


def _pay_item(run: PayRun, share: Share) -> str:
    rule = run.photograph["rule"]
    return _(
        "Part de l’excédent partagé, règle n° %(rule)s votée le %(day)s (%(hours)s confirmées)"
    ) % {
        "rule": rule["version"],
        "day": format_day(dt.date.fromisoformat(rule["decided_on"])),
        "hours": format_minutes(sum(share.minutes_by_kind.values())),
    }


def _sections(slip: Slip) -> tuple[PrintedSection, ...]:
    after = slip.ytd_after
    return printed_bulletin(
        slip, slip.lines, year_net_taxable=after.net_taxable, year_pas=after.pas
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
        "contract_label": _("CAPE") if snapshot["profile"] == "cape" else _("Contrat de travail"),
        "period": format_period(month, Month(month).last),
        "contract_period": _contract_period(contract) if contract else "",
        "is_cape": snapshot["profile"] == "cape",
        "sections": [_read_section(section) for section in snapshot["sections"]],
        "ladder": {
            key: value if key in ("rule", "people") else Decimal(value)
            for key, value in snapshot["ladder"].items()
        },
        "without_tax": Decimal(snapshot["without_tax"]),
        "relief": Decimal(snapshot["relief"]),
    }


def _issuer(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    host = snapshot["host"]
    identity = [_("SIRET %s") % _spaced(host["siret"])] if host["siret"] else []
    identity += [_("APE %s") % host["ape"]] if host["ape"] else []
    return {
        "name": host["name"],
        "role": _("coopérative hôte") if snapshot["profile"] == "cape" else host["legal_form"],
        "lines": [*_address(host), *([" · ".join(identity)] if identity else [])],
        "for": _("Coopérative de territoire « %s »") % snapshot["cohort"],
    }


def _spaced(siret: str) -> str:
    """A SIRET as it is printed: 732 829 320 00074."""
    return NBSP.join(part for part in (siret[:3], siret[3:6], siret[6:9], siret[9:]) if part)


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
    figures = ("base", "rate", "employee", "employer", "year")
    return {
        "code": row["code"],
        "label": row["label"],
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
)
