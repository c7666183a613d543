"""The variables handed over to the host's own payroll software, as CSV or as a workbook. No NIR."""

from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.enums import ContractKind
from ct_platform.kit.clock import Month
from ct_platform.kit.exports import csv_of
from payroll.exports.workbook import HOURS, RATE, Sheet, workbook
from payroll.models import PayRun
from payroll.selectors.book_rows import auxiliary
from payroll.selectors.variables import Variables
from projects.enums import WorkKind


def handover_csv(run: PayRun, people: list[Variables]) -> bytes:
    sheet = handover_sheet(run, people)
    return csv_of(sheet.header, sheet.rows)


def handover_xlsx(run: PayRun, people: list[Variables]) -> bytes:
    return workbook(
        title=_("Variables de paie, %(month)s") % {"month": Month(run.month)},
        company=run.cohort.host.name,
        created=run.month,
        sheets=[handover_sheet(run, people)],
    )


def handover_sheet(run: PayRun, people: list[Variables]) -> Sheet:
    """One row a person; every row says whether its figures are an estimate."""
    kinds = {kind: _("Heures : %(kind)s") % {"kind": kind.label} for kind in WorkKind}
    presence, hours = _("Présence, part du mois"), _("Heures, total")
    state = _("Bulletin émis") if run.is_issued else _("Estimation, sans valeur de bulletin")
    return Sheet(
        _("Variables de paie"),
        [
            _("État"), _("Mois"), _("Compte auxiliaire"), _("Nom"), _("Prénom"),
            _("Date de naissance"), _("Adresse"), _("Code postal"), _("Commune"), _("Contrat"),
            _("Début du contrat"), _("Fin du contrat"), presence, *kinds.values(), hours,
            _("Part : coût total à atteindre"), _("Dont repris de la paie d’avant"),
            _("Brut estimé"), _("Net avant impôt estimé"), _("Acomptes"), _("Retenues"),
            _("Dispense de complémentaire santé"),
        ],
        [
            [
                state,
                run.month,
                auxiliary(one.person.pk),
                one.person.last_name,
                one.person.first_name,
                one.person.birth_date,
                one.person.address,
                one.person.postcode,
                one.person.city,
                contract_kind(one),
                one.day("starts_on"),
                one.day("ends_on"),
                one.presence,
                *(one.hours_by_kind.get(kind, Decimal("0.00")) for kind in kinds),
                one.hours,
                one.share,
                one.carried_in,
                one.gross,
                one.net_before_tax,
                one.advances,
                one.deductions,
                _("oui") if one.health_waived else _("non"),
            ]
            for one in people
        ],
        ((presence, RATE), (hours, HOURS), *((title, HOURS) for title in kinds.values())),
    )  # fmt: skip


def contract_kind(one: Variables) -> str:
    return str(ContractKind(one.contract["kind"]).label) if one.contract else _("à compléter")
