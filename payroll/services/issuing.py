"""Issuing: numbers, slips, papers and ledger in one transaction, once, whatever is pressed twice."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month, civil_day
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.money import euros
from documents.models import Document
from documents.services.issue import Paper, issue_documents
from documents.services.numbers import take_numbers
from payroll.engine.floor import is_below_minimum
from payroll.engine.params import load_params
from payroll.engine.types import Slip
from payroll.enums import RUN_ALLOWED, PayRunState
from payroll.models import PayRun, Payslip, PayslipLine, Share
from payroll.papers.hours import issue_hours_statements
from payroll.papers.slip import KIND, adjustments_of, snapshot_of
from payroll.rules.stored_slips import slip_from_json
from payroll.selectors.idle import charged_twice
from payroll.services import host_slips, ledger
from payroll.services.computing import pay_input, year_to_date
from payroll.services.run_rows import frozen_settings, hold, require_confirmed
from payroll.services.slip_rows import line_rows, slip_row
from payroll.services.withholding import require_same_withholdings
from projects.models import Project
from projects.services.attestations import issue_participation


@transaction.atomic
def issue_run(*, run: PayRun, actor: Actor, at: dt.datetime) -> PayRun:
    """Issue an approved run: gapless numbers, slips with their lines, papers, ledger movements.

    All in one transaction; the PDFs are drawn afterwards by the workers. Issuing an issued run
    changes nothing: a double click, a retry or a second issuer find the papers of the first.
    When the host's own software makes the slips, issuing hands the run over to it: shares on the
    accounts and papers of hours; the slips, their cost and net come back by services.uploads.
    Raises Refused (not approved, unconfirmed profile, pay under the SMIC for a wage) and Stale when
    another run of the same host moved year-to-date amounts or kept cents meanwhile.
    Source: numbers, CGI ann. II 242 nonies A by analogy; SMIC, C. trav. L3231-2 (not for a CAPE).
    """
    run = hold(run)
    if run.is_issued:
        return run
    require_confirmed(run)
    if run.state != PayRunState.APPROVED:
        raise Refused(_("La coopérative hôte n’a pas encore donné son accord."))
    shares = list(
        run.shares.select_related("enrolment__person")
        .prefetch_related("withholdings__adjustment__decision")
        .order_by("enrolment_id")
    )
    trades = _trades(run)
    if run.makes_slips:
        _issue_slips(run, shares, trades, actor, at)
    else:
        _require_nothing_moved(run, shares)
        require_same_withholdings(shares)
        host_slips.hand_over(run=run, shares=shares, at=at)
    issue_hours_statements(run=run, shares=shares, trades=trades, actor=actor, at=at)
    issue_participation(
        enrolments=[share.enrolment for share in shares],
        batch=run.batch,
        cohort=run.cohort,
        actor=actor,
        at=at,
    )
    states.move(
        run,
        PayRunState.ISSUED,
        allowed=RUN_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        issued_by_id=actor.person_id,
        issued_at=at,
    )
    return run


def _issue_slips(
    run: PayRun, shares: Sequence[Share], trades: list[str], actor: Actor, at: dt.datetime
) -> None:
    host_slips.refuse_if_handed_out(run)
    paid = [share for share in shares if share.slip is not None]
    slips = [slip_from_json(share.slip["slip"]) for share in paid]
    _require_floor(run, paid, slips)
    numbers = _numbers(run, len(paid), at)
    _require_nothing_moved(run, shares)
    require_same_withholdings(shares)
    papers = _papers(run, paid, numbers, trades, len(shares))
    documents = issue_documents(papers=papers, actor=actor, at=at)
    _write_slips(paid, slips, numbers, documents)
    ledger.write_run(run=run, shares=shares, at=at)


def _numbers(run: PayRun, count: int, at: dt.datetime) -> list[str]:
    """The counter row of the host stays locked until commit: two runs of a host issue in turn."""
    if not count:
        return []
    return take_numbers(
        issuer_key=run.cohort.host_id,
        series=frozen_settings(run).slip_series,
        year=civil_day(at).year,
        count=count,
    )


def _require_floor(run: PayRun, shares: Sequence[Share], slips: Sequence[Slip]) -> None:
    people = {person["enrolment"]: person for person in run.photograph["people"]}
    params = load_params(run.month)
    for share, slip in zip(shares, slips, strict=True):
        inp = pay_input(run.photograph, people[share.enrolment_id], run.month)
        hours = inp.hours if share.paid_hours is None else share.paid_hours
        if is_below_minimum(replace(inp, gross=slip.gross, hours=hours), params):
            raise Refused(
                _("%(name)s : le brut (%(gross)s) est sous le SMIC pour ces heures.")
                % {"name": share.enrolment.person.full_name, "gross": euros(slip.gross)}
            )


def _require_nothing_moved(run: PayRun, shares: Sequence[Share]) -> None:
    """Kept cents, year-to-date amounts and idle months must still be those of the photograph."""
    kept = ledger.kept_cents(share.enrolment_id for share in shares)
    last = year_to_date(
        [share.enrolment.person_id for share in shares],
        host_id=run.cohort.host_id,
        year=run.month.year,
        profile_code=run.photograph["profile"]["code"],
    )
    again = charged_twice(run)
    if again:
        raise Stale(
            _(
                "Une autre paie a déjà compté des mois sans paie de %(names)s. Rouvrez cette paie et "
                "recalculez-la."
            )
            % {"names": ", ".join(again)}
        )
    for share in shares:
        now = last.get(share.enrolment.person_id)
        moved = share.slip is not None and share.slip["after_slip"] != (now[0] if now else None)
        if moved or kept[share.enrolment_id] != share.carried_in:
            raise Stale(
                _(
                    "Une autre paie de %(name)s a été émise depuis le calcul. "
                    "Rouvrez cette paie et recalculez-la."
                )
                % {"name": share.enrolment.person.full_name}
            )


def _trades(run: PayRun) -> list[str]:
    """The threads of the cohort's weave, at the head of its papers."""
    codes = Project.objects.of_cohort(run.cohort_id).values_list("trade", flat=True)
    return list(dict.fromkeys(codes))


def _papers(
    run: PayRun,
    shares: Sequence[Share],
    numbers: Sequence[str],
    trades: list[str],
    people: int,
) -> list[Paper]:
    month = Month(run.month)
    title = f"{frozen_settings(run).slip_title}, {month}"
    return [
        Paper(
            kind=KIND,
            title=title,
            number=number,
            issuer_key=run.cohort.host_id,
            issuer_name=run.cohort.host.name,
            subject=share.enrolment.person,
            snapshot=snapshot_of(
                run=run,
                share=share,
                title=title,
                number=number,
                trades=trades,
                people=people,
                adjustments=adjustments_of(share),
            ),
            effect_key=f"payslip:{share.pk}",
            cohort_key=run.cohort_id,
            territory_key=run.cohort.territory_id,
            batch=run.batch,
            period_from=run.month,
            period_to=month.last,
        )
        for share, number in zip(shares, numbers, strict=True)
    ]


def _write_slips(
    shares: Sequence[Share],
    slips: Sequence[Slip],
    numbers: Sequence[str],
    documents: Sequence[Document],
) -> None:
    written = Payslip.objects.bulk_create(
        slip_row(share=share, slip=slip, number=number, document=document)
        for share, slip, number, document in zip(shares, slips, numbers, documents, strict=True)
    )
    PayslipLine.objects.bulk_create(
        line
        for payslip, slip in zip(written, slips, strict=True)
        for line in line_rows(payslip, slip)
    )
