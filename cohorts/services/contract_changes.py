"""What happens to a signed contract: a renewal, an amendment, its end. What was signed is never edited."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.contracts import (
    AMENDMENT_ALLOWED,
    AUTHORITY_NOTICE_ALLOWED,
    CONTRACT_ALLOWED,
    AuthorityNoticeState,
    ContractState,
    EndReason,
    NoticeEvent,
)
from cohorts.models import Contract, ContractAmendment, ContractPoint
from cohorts.papers.contracts import amendment_paper
from cohorts.rules.contract_terms import may_renew_on
from cohorts.selectors.contract_checks import other_contracts
from cohorts.services.authority_notices import owe_notices
from cohorts.services.contract_checks import hold_contract, require_term
from cohorts.services.contracts import terms_of
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.states import move
from documents.services.issue import issue_documents
from documents.services.revoke import revoke_document


@transaction.atomic
def prepare_renewal(
    *, contract: Contract, ends_on: dt.date, actor: Actor, at: dt.datetime
) -> Contract:
    """Prepare the renewal of a signed contract: a draft from the day after its end to `ends_on`, counted.

    It begins with the points of the term it renews, and with what was asked before it. Asked again,
    or by two people at once, it is the renewal that exists. Raises Refused: a third renewal, more than
    twelve months, or the term is over (C. com. L127-2: in writing, twice at most); Frozen: not signed.
    """
    held = hold_contract(contract)
    standing: Contract | None = held.renewals.standing().first()
    if standing is not None:
        return standing
    if not held.is_signed:
        raise Frozen(_("Seul un contrat signé, et qui court encore, se renouvelle."))
    if not may_renew_on(civil_day(at), held.last_day):
        raise Refused(
            _("Ce contrat a fini le %(day)s : il ne se renouvelle plus. Faites un nouveau contrat.")
            % {"day": format_day(held.last_day)}
        )
    terms = terms_of(held, civil_day(at))
    renewal = Contract(
        enrolment=held.enrolment, kind=held.kind, renews=held, terms=terms.terms,
        starts_on=held.ends_on + dt.timedelta(days=1), ends_on=ends_on,
    )  # fmt: skip
    require_term(renewal, terms, held.enrolment.person.full_name, other_contracts(renewal))
    with refusing(Contract):
        renewal.save(force_insert=True)
    ContractPoint.objects.bulk_create(
        ContractPoint(
            contract=renewal, number=point.number, text=point.text, more=point.more,
            amount=point.amount, file=point.file,
        )
        for point in held.points.all()
    )  # fmt: skip
    # The consent of parents is asked anew for each term; the full time of a job, too.
    return renewal


@transaction.atomic
def write_amendment(
    *,
    contract: Contract,
    subject: str,
    text: str,
    in_force_from: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> ContractAmendment:
    """Write an amendment of a running contract, other than a renewal, and issue its paper for signature.

    Raises Refused without words or for a day outside the contract, Frozen when it is not running.
    """
    held = hold_contract(contract)
    if not held.is_signed:
        raise Frozen(_("Un avenant change un contrat signé qui court encore."))
    if not held.nature.is_drawn_here:
        raise Refused(_("Les avenants d’un contrat de travail se font avec vos propres outils."))
    if not subject.strip() or not text.strip():
        raise Refused(_("Dites ce que l’avenant change."), field="text")
    if not held.starts_on <= in_force_from <= held.ends_on:
        raise Refused(_("Ce jour est hors du contrat."), field="in_force_from")
    amendment = ContractAmendment(
        contract=held,
        number=held.amendments.count() + 1,
        subject=subject.strip(),
        text=text.strip(),
        in_force_from=in_force_from,
        written_by_id=actor.person_id,
    )
    with refusing(ContractAmendment):
        amendment.save(force_insert=True)
    paper = amendment_paper(
        amendment, day=civil_day(at), effect_key=f"contract_amendment:{amendment.pk}"
    )
    amendment.document = issue_documents(papers=[paper], actor=actor, at=at)[0]
    amendment.save(update_fields=["document"])
    return amendment


@transaction.atomic
def cancel_amendment(
    *, amendment: ContractAmendment, reason: str, actor: Actor, at: dt.datetime
) -> ContractAmendment:
    """Give up an amendment nobody signed: its paper is revoked. Again: nothing more. Frozen once signed."""
    hold_contract(amendment.contract)
    held: ContractAmendment = ContractAmendment.objects.select_related("document").get(
        pk=amendment.pk
    )
    if held.state == ContractState.CANCELLED:
        return held
    if not held.is_to_sign:
        raise Frozen(_("Cet avenant est signé."))
    _drop_amendment(held, reason, actor, at)
    return held


def _drop_amendment(
    held: ContractAmendment, reason: str, actor: Actor | None, at: dt.datetime
) -> None:
    if held.document is not None:
        revoke_document(document=held.document, reason=reason, actor=actor, at=at)
    move(
        held,
        ContractState.CANCELLED,
        allowed=AMENDMENT_ALLOWED,
        by_person_id=actor.person_id if actor else None,
        at=at,
        reason=reason,
    )


@transaction.atomic
def end_contract(
    *,
    contract: Contract,
    ended_on: dt.date,
    reason: EndReason,
    note: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Contract:
    """End a signed contract on a day, counted, and say why. Before its term, both authorities are due.

    A renewal still to come falls with it. Again changes nothing. Raises Refused for a day outside the
    term or still to come, or "the term" before its day; Frozen when it is not signed.
    """
    held = hold_contract(contract)
    if held.state == ContractState.ENDED:
        return held
    if not held.is_signed:
        raise Frozen(_("Ce contrat n’est pas signé : il ne peut pas finir."))
    if not held.starts_on <= ended_on <= held.ends_on:
        raise Refused(_("Ce jour est hors du contrat."), field="ended_on")
    if ended_on > civil_day(at):
        raise Refused(
            _("Ce jour n’est pas encore venu. Notez la fin ce jour-là."), field="ended_on"
        )
    early = ended_on < held.ends_on
    if (reason == EndReason.TERM) is early:
        raise Refused(
            _("Avant le dernier jour prévu, dites pourquoi le contrat finit.")
            if early
            else _("Ce jour est le terme prévu : la raison est le terme."),
            field="reason",
        )
    _end(held, ended_on, reason, note, actor, at)
    if early:
        owe_notices(contract=held, event=NoticeEvent.EARLY_END, happened_on=ended_on, at=at)
        for renewal in held.renewals.standing().select_related("document"):
            _fall(renewal, actor, at)
    return held


def _end(
    held: Contract,
    ended_on: dt.date,
    reason: EndReason,
    note: str,
    actor: Actor | None,
    at: dt.datetime,
) -> None:
    move(
        held,
        ContractState.ENDED,
        allowed=CONTRACT_ALLOWED,
        by_person_id=actor.person_id if actor else None,
        at=at,
        reason=reason,
        ended_on=ended_on,
        end_reason=reason,
        end_note=note.strip()[:200],
    )
    pending = held.amendments.filter(state=ContractState.TO_SIGN).select_related("document")
    for amendment in pending:
        _drop_amendment(amendment, _("Le contrat a fini avant sa signature."), actor, at)


def _fall(renewal: Contract, actor: Actor, at: dt.datetime) -> None:
    reason = _("Le terme d’avant a fini avant son jour.")
    if renewal.document is not None:
        revoke_document(document=renewal.document, reason=reason, actor=actor, at=at)
    move(
        renewal,
        ContractState.CANCELLED,
        allowed=CONTRACT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=reason,
    )
    for notice in renewal.notices.due():
        move(
            notice,
            AuthorityNoticeState.MOOT,
            allowed=AUTHORITY_NOTICE_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            reason=reason,
        )


def end_due(*, at: dt.datetime) -> int:
    """End by themselves the contracts whose last day is past; how many. Run twice, it ends none more."""
    today, done = civil_day(at), 0
    over = Contract.objects.in_state(ContractState.SIGNED).filter(ends_on__lt=today)
    for key in list(over.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            held = hold_contract(Contract(pk=key, enrolment_id=_enrolment_of(key)))
            if held.is_signed:
                _end(held, held.ends_on, EndReason.TERM, "", None, at)
                done += 1
    return done


def _enrolment_of(key: int) -> int:
    return int(Contract.objects.values_list("enrolment_id", flat=True).get(pk=key))
