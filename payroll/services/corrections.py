"""An issued slip was wrong: a counter-slip cancels it, a new one follows. Nothing issued is edited."""

import copy
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month, civil_day
from ct_platform.kit.errors import Refused, Stale
from documents.models import Document
from documents.services.issue import issue_document
from documents.services.numbers import take_numbers
from documents.services.replace import replace_document
from payroll.enums import CORRECTION_ALLOWED, CorrectionState, PaymentState
from payroll.models import Correction, Payment, Payslip, PayslipLine, Share
from payroll.papers import corrected as papers
from payroll.rules.stored_slips import slip_from_json
from payroll.selectors.payments import due_now
from payroll.services import ledger
from payroll.services.drafting import draft_correction, require_confirmed, still_stands
from payroll.services.paying import reopen_payment
from payroll.services.payments import hold_for_payment
from payroll.services.run_rows import frozen_settings, hold
from payroll.services.slip_rows import counter_lines, counter_row, line_rows, slip_row


@transaction.atomic
def propose_correction(
    *,
    share: Share,
    reason: str,
    asked: Mapping[str, Any],
    seen: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Correction:
    """Propose to correct the slip of a share; another person of the host will issue it.

    `asked` and refusals: see `draft_correction`. `reason` is printed on both papers and read by the
    person. `seen` names the figures that were shown; raises Stale when they are others by now.
    """
    hold(share.run)
    share = Share.objects.to_correct().get(pk=share.pk)
    if not reason.strip():
        raise Refused(_("Dites en une phrase ce qui était faux."), field="reason")
    draft = draft_correction(share=share, asked=asked)
    if seen and seen != draft.seen:
        raise Stale(_("Les chiffres ont changé depuis que vous avez ouvert cette page."))
    return Correction.objects.create(
        share=share,
        corrects=draft.corrects,
        reason=reason.strip(),
        changes=draft.changes,
        answer=draft.new.answer,
        profile=draft.profile,
        cost=draft.new.cost,
        remainder=draft.new.remainder,
        proposed_by_id=actor.person_id,
        proposed_at=at,
    )


@transaction.atomic
def issue_correction(*, correction: Correction, actor: Actor, at: dt.datetime) -> Correction:
    """Issue a proposed correction: counter-slip and new slip, their papers, the movements, at once.

    Two numbers follow each other in the host's series: the counter-slip's, then the new slip's. The
    paper of the wrong slip becomes "replaced" by the new one; that of the counter-slip stands by
    itself. What advances and deductions took stays taken. Issuing an issued correction changes
    nothing. Raises Refused (same person as the proposer, dropped, profile no longer confirmed, a
    later slip, a payment prepared on the old figures) and Stale when another pay was issued meanwhile.
    Source: no slip is edited (C. trav. L3243-2, D3243-8); numbers, CGI ann. II 242 nonies A.
    """
    run = hold_for_payment(correction.share.run)
    correction = _held(correction)
    if correction.state == CorrectionState.ISSUED:
        return correction
    if correction.state == CorrectionState.DROPPED:
        raise Refused(_("Cette correction est abandonnée."))
    _require_no_payment_prepared(correction.share)
    if correction.proposed_by_id == actor.person_id:
        raise Refused(_("La personne qui émet n’est pas celle qui a proposé."))
    require_confirmed(correction.profile, correction.share)
    # The counter row of the host stays locked until commit: no other pay is issued meanwhile.
    numbers = take_numbers(
        issuer_key=run.cohort.host_id,
        series=frozen_settings(run).slip_series,
        year=civil_day(at).year,
        count=2,
    )
    still_stands(correction)
    counter_paper, new_paper = _papers(correction, numbers, actor, at)
    _write_slips(correction, numbers, counter_paper, new_paper)
    ledger.write_correction(correction=correction, at=at)
    _decide(correction, CorrectionState.ISSUED, actor, at)
    if due_now([correction.share.enrolment_id])[correction.share.enrolment_id] > 0:
        reopen_payment(run=run, reason=correction.reason, actor=actor, at=at)
    return correction


@transaction.atomic
def drop_correction(*, correction: Correction, actor: Actor, at: dt.datetime) -> Correction:
    """Drop a proposal: the slip stands as it is. Dropping twice changes nothing.

    Raises Refused once it is issued.
    """
    hold(correction.share.run)
    correction = _held(correction)
    if correction.state == CorrectionState.DROPPED:
        return correction
    if correction.state == CorrectionState.ISSUED:
        raise Refused(_("Cette correction est émise : elle ne s’abandonne plus."))
    _decide(correction, CorrectionState.DROPPED, actor, at)
    return correction


def _held(correction: Correction) -> Correction:
    held: Correction = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    held.share = Share.objects.to_correct().get(pk=held.share_id)
    held.corrects = Payslip.objects.select_related("document", "correction").get(
        pk=held.corrects_id
    )
    held.corrects.share = held.share
    return held


def _require_no_payment_prepared(share: Share) -> None:
    """A prepared payment carries the old net: it leaves first, or is cancelled first."""
    if Payment.objects.filter(enrolment_id=share.enrolment_id, state=PaymentState.PLANNED).exists():
        raise Refused(
            _(
                "Un paiement de %(name)s est préparé avec les anciens montants. "
                "Marquez-le payé, ou annulez-le, puis émettez la correction."
            )
            % {"name": share.enrolment.person.full_name}
        )


def _decide(correction: Correction, to: CorrectionState, actor: Actor, at: dt.datetime) -> None:
    states.move(
        correction,
        to,
        allowed=CORRECTION_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        decided_by_id=actor.person_id,
        decided_at=at,
    )


def _papers(
    correction: Correction, numbers: list[str], actor: Actor, at: dt.datetime
) -> tuple[Document, Document]:
    wrong = correction.corrects.document
    cancels = papers.Cancelled(
        number=correction.corrects.number,
        issued_on=civil_day(wrong.issued_at),
        counter=numbers[0],
        successor=numbers[1],
        reason=correction.reason,
    )
    counter = issue_document(
        kind=papers.COUNTER_KIND,
        title=papers.counter_title(cancels),
        number=numbers[0],
        issuer_key=wrong.issuer_key,
        issuer_name=wrong.issuer_name,
        subject=wrong.subject,
        snapshot=papers.counter_snapshot(
            wrong.snapshot, cancels, year_before=correction.corrects.answer["ytd_before"]
        ),
        effect_key=f"payslip:{correction.share_id}:counter:{correction.corrects.version}",
        cohort_key=wrong.cohort_key,
        territory_key=wrong.territory_key,
        batch=wrong.batch,
        period_from=wrong.period_from,
        period_to=wrong.period_to,
        actor=actor,
        at=at,
    )
    heading = (
        f"{frozen_settings(correction.share.run).slip_title}, {Month(correction.share.run.month)}"
    )
    version = _("version %(n)s") % {"n": correction.corrects.version + 1}
    new = replace_document(
        document=wrong,
        snapshot=papers.corrected_snapshot(
            correction, cancels, as_corrected(correction), title=heading
        ),
        # The version tells two papers apart in a list; on the paper itself the note below says it.
        title=f"{heading}, {version}",
        number=numbers[1],
        reason=correction.reason,
        actor=actor,
        at=at,
    )
    return counter, new


def as_corrected(correction: Correction) -> Share:
    """The share with the corrected figures, to be printed and never saved."""
    share: Share = copy.copy(correction.share)
    figures = correction.figures
    for name in ("cost", "remainder", "gross", "net_before_tax", "net_social", "net_taxable"):
        setattr(share, name, getattr(figures, name))
    share.tax, share.net_paid, share.slip = figures.tax, figures.net_paid, figures.answer
    share.paid_hours = figures.paid_hours
    return share


def _write_slips(
    correction: Correction, numbers: list[str], counter_paper: Document, new_paper: Document
) -> None:
    wrong, slip = correction.corrects, slip_from_json(correction.answer["slip"])
    counter = counter_row(
        cancelled=wrong, number=numbers[0], document=counter_paper, correction=correction
    )
    new = slip_row(
        share=correction.share,
        slip=slip,
        number=numbers[1],
        document=new_paper,
        version=wrong.version + 1,
        correction=correction,
    )
    counter.save(force_insert=True)
    new.save(force_insert=True)
    PayslipLine.objects.bulk_create(
        [*counter_lines(counter, wrong.lines.all()), *line_rows(new, slip)]
    )
