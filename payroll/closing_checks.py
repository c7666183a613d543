"""What a closing looks at among pays."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts import archive
from cohorts.closing import Check, Line, lines, register, register_accounts
from cohorts.enums.closing import Severity
from cohorts.models import Cohort
from ct_platform.kit.clock import of_month
from payroll.enums import PayRunState
from payroll.models import PayRun
from payroll.selectors.closing import accounts_of
from payroll.selectors.refunds import owed_refunds

_UNDER_WAY = (
    PayRunState.FROZEN,
    PayRunState.COMPUTED,
    PayRunState.REVIEWED,
    PayRunState.APPROVED,
)


def _runs(code: str, *states: PayRunState) -> Any:
    def rows(cohort: Cohort, today: dt.date) -> Any:
        found = PayRun.objects.of_cohort(cohort.pk).filter(state__in=states)
        return lines(code, found, words="state", day="month")

    return rows


def _refunds(cohort: Cohort, today: dt.date) -> Any:
    rows = owed_refunds(today).filter(cohort=cohort)
    return lines("refunds", rows, person="person")


def _words(line: Line) -> str:
    month = f"{of_month(line.day)} {line.day.year}" if line.day else ""
    state = PayRunState(line.words).label
    return _say("Paie %(month)s : %(state)s.") % {"month": month, "state": state}


def _to_run(cohort: Cohort, line: Line | None) -> str:
    if line is None:
        return reverse("payroll:runs", args=[cohort.pk])
    return reverse("payroll:run", args=[cohort.pk, int(line.key)])


def keep_open() -> None:
    """What is owed outlives the group: money still to send, slips still to hand out or to correct."""
    archive.keep_open(
        "A wrong slip is corrected for three years (C. trav. L3245-1).",
        "payroll:correct", "payroll:issue_correction", "payroll:drop_correction",
    )  # fmt: skip
    archive.keep_open(
        "Pay that is issued is sent, sent again when a bank returns it, and booked.",
        "payroll:payments", "payroll:close", "payroll:order", "payroll:order_file",
        "payroll:order_list", "payroll:order_letters", "payroll:reject_payment", "payroll:export",
        "payroll:my_bank", "payroll:bank_account_of", "payroll:refund", "payroll:cancel_refund",
        "payroll:cohort_book", "payroll:refunds", "payroll:refund_order", "payroll:refund_file",
        "payroll:refund_list", "payroll:refund_letters", "payroll:reject_refund",
    )  # fmt: skip
    archive.keep_open(
        "A slip is due, as the person wants it (C. trav. L3243-2, D3243-7).",
        "payroll:choose_slip", "payroll:slip_said", "payroll:slip_given", "payroll:uploads",
        "payroll:upload", "payroll:uploaded_slip", "payroll:join_slip", "payroll:distribute_upload",
        "payroll:discard_upload",
    )  # fmt: skip


def register_checks() -> None:
    """Called once, from PayrollConfig.ready()."""
    keep_open()
    for check in (
        Check(
            code="pay_under_way",
            title=_("Paies commencées, pas encore émises"),
            settled=_("Aucune paie n’est en chemin."),
            why=_("Des heures et de l’argent y sont photographiés : elle s’émet, ou se rouvre."),
            severity=Severity.BLOCKS,
            icon="paie",
            rows=_runs("pay_under_way", *_UNDER_WAY),
            tell=_words,
            mend=_to_run,
        ),
        Check(
            code="pay_drafts",
            title=_("Paies en brouillon"),
            settled=_("Aucune paie n’est restée en brouillon."),
            why=_("Un brouillon ne paie personne."),
            severity=Severity.WARNS,
            icon="paie",
            rows=_runs("pay_drafts", PayRunState.DRAFT),
            tell=_words,
            mend=_to_run,
        ),
        Check(
            code="unpaid_pay",
            title=_("Paies émises, pas encore versées"),
            settled=_("Toutes les paies émises sont versées."),
            why=_("La coopérative hôte note les virements et les chèques partis."),
            severity=Severity.WARNS,
            icon="paie",
            rows=_runs("unpaid_pay", PayRunState.ISSUED),
            tell=_words,
            mend=_to_run,
        ),
        Check(
            code="refunds",
            title=_("Frais avancés, pas encore rendus"),
            settled=_("Ce que les personnes ont avancé leur est rendu."),
            why=_("Elles ont payé pour le groupe : la coopérative hôte le leur doit."),
            severity=Severity.WARNS,
            icon="cagnotte",
            rows=_refunds,
            tell=lambda line: _say("A avancé de l’argent, à lui rendre."),
            mend=lambda cohort, line: reverse("payroll:refunds", args=[cohort.pk]),
        ),
    ):
        register(check)
    register_accounts(accounts_of)
