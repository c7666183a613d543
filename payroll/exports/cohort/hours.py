"""The hours of a period, person by person: it names people, so each download is on their record."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.exports import Cell, csv_of
from payroll.exports.workbook import HOURS, Sheet, workbook
from payroll.selectors.sales_journal import Period
from projects.models import WorkEntry


def hours_between(cohort: Cohort, period: Period) -> list[WorkEntry]:
    """Standing entries, in the order of days then names. One query."""
    rows = WorkEntry.objects.of_cohort(cohort.pk).standing().between(period.first, period.last)
    return list(
        rows.select_related("enrolment__person", "project").order_by(
            "day", "enrolment__person__last_name", "enrolment__person__first_name", "pk"
        )
    )


def header() -> list[str]:
    return [
        _("Jour"), _("Personne"), _("Activité"), _("Sorte"), _("Minutes"), _("Heures"), _("État"),
        _("Confirmée"),
    ]  # fmt: skip


def cells(entries: Sequence[WorkEntry]) -> list[list[Cell]]:
    """Minutes are exact; hours have two decimals, for reading."""
    return [
        [
            one.day, one.enrolment.person.full_name, one.project.name if one.project else "",
            str(one.get_kind_display()), one.minutes, decimal_hours(one.minutes),
            str(one.get_state_display()), _("oui") if one.is_verified else _("non"),
        ]
        for one in entries
    ]  # fmt: skip


def decimal_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def hours_csv(entries: Sequence[WorkEntry]) -> bytes:
    return csv_of(header(), cells(entries))


def hours_xlsx(cohort: Cohort, entries: Sequence[WorkEntry], period: Period) -> bytes:
    people: dict[str, list[int]] = {}
    for one in entries:
        mine = people.setdefault(one.enrolment.person.full_name, [0, 0])
        mine[0 if one.is_verified else 1] += one.minutes
    totals: list[list[Cell]] = [
        [name, sure, still, decimal_hours(sure + still)]
        for name, (sure, still) in sorted(people.items())
    ]
    everything = sum(one.minutes for one in entries)
    sure = sum(one.minutes for one in entries if one.is_verified)
    totals.append([_("Total"), sure, everything - sure, decimal_hours(everything)])
    hours = ((_("Heures"), HOURS),)
    return workbook(
        title=_("Heures, %(cohort)s") % {"cohort": cohort.name},
        company=cohort.host.name,
        created=period.last,
        sheets=[
            Sheet(_("Heures"), header(), cells(entries), hours),
            Sheet(
                _("Par personne"),
                [_("Personne"), _("Minutes confirmées"), _("Minutes à confirmer"), _("Heures")],
                totals,
                hours,
            ),
        ],
    )
