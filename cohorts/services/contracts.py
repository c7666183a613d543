"""Preparing the contracts of a cohort, and issuing them for signature."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.enums.contracts import (
    CONTRACT_ALLOWED,
    ContractKind,
    ContractState,
    FilePurpose,
)
from cohorts.models import Cohort, Contract, ContractEligibility, ContractPoint, Enrolment
from cohorts.papers.contracts import paper_of
from cohorts.rules.contract_points import NUMBERS, Answer
from cohorts.selectors.contract_checks import other_contracts
from cohorts.selectors.contract_terms import Proposed, proposed
from cohorts.services.closing import refuse_archived
from cohorts.services.contract_checks import (
    hold_contract,
    require_ready,
    require_term,
)
from cohorts.services.contract_files import keep_file
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.states import move
from documents.models import Document
from documents.services.issue import Paper, issue_documents
from documents.services.revoke import revoke_document


@transaction.atomic
def prepare_contracts(
    *, cohort: Cohort, kind: ContractKind = ContractKind.CAPE, actor: Actor, at: dt.datetime
) -> int:
    """Prepare a draft for everybody in the cohort who has no contract, and fill what is blank.

    A draft runs over the dates of the cohort and begins with the host's words for each point; what
    was already written in a draft is left. Returns how many drafts were made or completed; again, 0.
    """
    refuse_archived(cohort)
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    terms = proposed(cohort.host_id, kind, civil_day(at))
    made = Contract.objects.bulk_create(
        Contract(
            enrolment=enrolment, kind=kind, starts_on=cohort.starts_on, ends_on=cohort.ends_on,
            terms=terms.terms,
        )
        for enrolment in _without_contract(cohort)
    )  # fmt: skip
    drafts = list(
        Contract.objects.of_cohort(cohort.pk)
        .in_state(ContractState.DRAFT)
        .filter(kind=kind)
        .prefetch_related("points")
    )
    blank = [
        ContractPoint(contract=one, number=number, text=answer.text, more=answer.more, amount=answer.amount)
        for one in drafts
        for number, answer in sorted(terms.answers().items())
        if number not in {point.number for point in one.points.all()}
    ]  # fmt: skip
    # Two people press at once: what the other wrote stands.
    ContractPoint.objects.bulk_create(blank, ignore_conflicts=True)
    return len({one.pk for one in made} | {point.contract_id for point in blank})


def _without_contract(cohort: Cohort) -> list[Enrolment]:
    in_it = [EnrolmentState.SELECTED, EnrolmentState.ACTIVE]
    bound = Contract.objects.of_cohort(cohort.pk).standing().values("enrolment_id")
    return list(cohort.enrolments.filter(state__in=in_it).exclude(pk__in=bound))


@transaction.atomic
def change_dates(
    *, contract: Contract, starts_on: dt.date, ends_on: dt.date, actor: Actor, at: dt.datetime
) -> Contract:
    """Give a draft other days, both counted. Raises Frozen once issued, Refused when they cannot be."""
    held = hold_contract(contract)
    _require_draft(held)
    if held.renews is not None and starts_on <= held.renews.last_day:
        raise Refused(
            _("Un renouvellement commence après la fin du terme d’avant."), field="starts_on"
        )
    held.starts_on, held.ends_on = starts_on, ends_on
    terms = proposed(held.enrolment.cohort.host_id, held.kind, civil_day(at))
    require_term(held, terms, held.enrolment.person.full_name, other_contracts(held))
    held.save(update_fields=["starts_on", "ends_on"])
    return held


@transaction.atomic
def answer_points(
    *,
    contract: Contract,
    answers: Mapping[int, Answer],
    files: Mapping[int, bytes],
    actor: Actor,
    at: dt.datetime,
) -> Contract:
    """Write the answers to points of a draft, by number; amounts in euros, files as received.

    A file already attached stays until another comes. Raises Frozen once the contract is issued.
    """
    held = hold_contract(contract)
    _require_draft(held)
    for number in sorted(NUMBERS & set(answers)):
        answer = answers[number]
        values: dict[str, object] = {
            "text": answer.text.strip(),
            "more": answer.more.strip(),
            "amount": answer.amount,
        }
        if number in files:
            values["file"] = keep_file(
                contract=held, purpose=FilePurpose.POINT, content=files[number],
                field=f"file_{number}", actor=actor,
            )  # fmt: skip
        ContractPoint.objects.update_or_create(contract=held, number=number, defaults=values)
    return held


@transaction.atomic
def note_eligibility(
    *,
    contract: Contract,
    employed_full_time: bool,
    stated_on: dt.date,
    consent_by: str = "",
    consent_on: dt.date | None = None,
    consent: bytes | None = None,
    actor: Actor,
    at: dt.datetime,
) -> ContractEligibility:
    """Write down what somebody answered before their contract, and the consent for a minor.

    Source: C. com. L127-1 (not employed full time). Raises Frozen once the contract is issued, Refused
    for a day to come.
    """
    held = hold_contract(contract)
    _require_draft(held)
    if stated_on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="stated_on")
    values: dict[str, object] = {
        "employed_full_time": employed_full_time,
        "stated_on": stated_on,
        "consent_by": consent_by.strip(),
        "consent_on": consent_on,
        "checked_by_id": actor.person_id,
        "checked_at": at,
    }
    if consent is not None:
        values["consent_file"] = keep_file(
            contract=held,
            purpose=FilePurpose.CONSENT,
            content=consent,
            field="consent",
            actor=actor,
        )
    noted: ContractEligibility = ContractEligibility.objects.update_or_create(
        contract=held, defaults=values
    )[0]
    return noted


@transaction.atomic
def issue_contracts(
    *, contracts: Sequence[Contract], actor: Actor, at: dt.datetime
) -> list[Contract]:
    """Issue contracts for signature, all or none: their papers are drawn afterwards by the workers.

    A contract already issued is left as it is. A contract of employment is drawn by the host's own
    tools: it only becomes "to sign". Raises Refused, naming whom and all that lacks, for one that is
    not complete (eight points, C. com. R127-1; eligibility, L127-1; dates, L127-2).
    """
    day = civil_day(at)
    held = [hold_contract(one) for one in sorted(contracts, key=lambda one: one.enrolment_id)]
    fresh = [one for one in held if one.is_draft]
    for one in fresh:
        require_ready(one, day)
    drawn = [one for one in fresh if one.nature.is_drawn_here]
    papers = issue_documents(papers=[_paper(one, day) for one in drawn], actor=actor, at=at)
    documents = {one.pk: paper for one, paper in zip(drawn, papers, strict=True)}
    for one in fresh:
        move(
            one,
            ContractState.TO_SIGN,
            allowed=CONTRACT_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            document=documents.get(one.pk),
        )
    return held


def _paper(contract: Contract, day: dt.date) -> Paper:
    earlier = Document.objects.filter(effect_key__startswith=f"contract:{contract.pk}:").count()
    return paper_of(contract, day=day, effect_key=f"contract:{contract.pk}:{earlier}")


@transaction.atomic
def withdraw_contract(
    *, contract: Contract, reason: str, actor: Actor, at: dt.datetime
) -> Contract:
    """Take back a contract nobody has signed: its paper is revoked, it can be corrected.

    A draft is left as it is. Raises Refused without a reason, Frozen once signed.
    """
    held = hold_contract(contract)
    if held.is_draft:
        return held
    if not held.is_to_sign:
        raise Frozen(_("Ce contrat n’attend plus de signature : il ne se reprend plus."))
    _revoke(held, reason, actor, at)
    move(
        held,
        ContractState.DRAFT,
        allowed=CONTRACT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=reason,
        document=None,
    )
    return held


@transaction.atomic
def cancel_contract(*, contract: Contract, reason: str, actor: Actor, at: dt.datetime) -> Contract:
    """Give up a contract that will not be signed; it stays, cancelled. Again: nothing more.

    Raises Refused without a reason, Frozen once signed: what is signed is ended, never cancelled.
    """
    held = hold_contract(contract)
    if held.state == ContractState.CANCELLED:
        return held
    if not (held.is_draft or held.is_to_sign):
        raise Frozen(_("Ce contrat est signé : il se termine, il ne s’annule pas."))
    if not reason.strip():
        raise Refused(_("Dites pourquoi, en quelques mots."), field="reason")
    _revoke(held, reason, actor, at)
    move(
        held,
        ContractState.CANCELLED,
        allowed=CONTRACT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=reason.strip(),
    )
    return held


def _revoke(contract: Contract, reason: str, actor: Actor, at: dt.datetime) -> None:
    if not reason.strip():
        raise Refused(_("Dites pourquoi, en quelques mots."), field="reason")
    if contract.document is not None:
        revoke_document(document=contract.document, reason=reason, actor=actor, at=at)


def _require_draft(contract: Contract) -> None:
    if not contract.is_draft:
        raise Frozen(_("Ce contrat est émis : reprenez-le d’abord, s’il n’est pas signé."))


def terms_of(contract: Contract, day: dt.date) -> Proposed:
    """What the host proposes for the kind of a contract, on a day. One query."""
    return proposed(contract.enrolment.cohort.host_id, contract.kind, day)
