"""Telling URSSAF and France Travail, and keeping the proof (C. trav. R5142-1).

The article says "dès la conclusion" and no number of days: a notice is due so many days after its event
as the host gave itself, and is late after them.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.contracts import (
    AUTHORITY_NOTICE_ALLOWED,
    Authority,
    AuthorityNoticeState,
    FilePurpose,
    NoticeEvent,
    SendingWay,
)
from cohorts.models import AuthorityNotice, Contract
from cohorts.papers.authority_notices import letter_of
from cohorts.selectors.contract_terms import proposed
from cohorts.services.contract_files import keep_file
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from documents.models import Document
from documents.services.issue import issue_document


def owe_notices(
    *, contract: Contract, event: NoticeEvent, happened_on: dt.date, at: dt.datetime
) -> None:
    """Write that both authorities are to be told of an event, once each. Nothing for employment.

    Call it in the transaction of the event. Two queries.
    """
    if not contract.nature.is_told_to_authorities:
        return
    terms = proposed(contract.enrolment.cohort.host_id, contract.kind, civil_day(at))
    due_on = happened_on + dt.timedelta(days=terms.notice_days)
    AuthorityNotice.objects.bulk_create(
        [
            AuthorityNotice(
                contract=contract, authority=authority, event=event, happened_on=happened_on, due_on=due_on
            )
            for authority in Authority
        ],
        ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def write_letter(*, notice: AuthorityNotice, actor: Actor, at: dt.datetime) -> Document:
    """Write the letter of a notice; asked again, the same letter. Five queries."""
    held = _hold(notice)
    if held.letter is not None:
        return held.letter
    day = civil_day(at)
    terms = proposed(held.contract.enrolment.cohort.host_id, held.contract.kind, day)
    paper = letter_of(held, terms.terms, day=day, effect_key=f"cape_notice:{held.pk}")
    letter = issue_document(
        **{name: getattr(paper, name) for name in paper.__dataclass_fields__}, actor=actor, at=at
    )
    held.letter = letter
    held.save(update_fields=["letter"])
    return letter


@dataclass(frozen=True, slots=True)
class Sending:
    """How a notice was sent. `reference`: number of the registered letter, the message or the receipt."""

    sent_on: dt.date
    way: SendingWay
    reference: str = ""
    proof: bytes | None = None


@transaction.atomic
def record_sending(
    *, notice: AuthorityNotice, sending: Sending, actor: Actor, at: dt.datetime
) -> AuthorityNotice:
    """Record that an authority was told: when, how, and the proof. Again changes nothing.

    Raises Refused for a day to come or before the event, and without a number nor a file.
    """
    held = _hold(notice)
    if not held.is_due:
        return held
    if sending.sent_on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="sent_on")
    if sending.sent_on < held.happened_on:
        raise Refused(
            _("L’événement est du %(day)s : l’envoi ne peut pas être avant.")
            % {"day": format_day(held.happened_on)},
            field="sent_on",
        )
    if not sending.reference.strip() and sending.proof is None:
        raise Refused(
            _("Donnez une preuve : un numéro d’envoi, ou le fichier de l’accusé."),
            field="reference",
        )
    proof = None
    if sending.proof is not None:
        proof = keep_file(
            contract=held.contract, purpose=FilePurpose.PROOF, content=sending.proof, field="proof", actor=actor
        )  # fmt: skip
    move(
        held,
        AuthorityNoticeState.SENT,
        allowed=AUTHORITY_NOTICE_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        sent_on=sending.sent_on,
        way=sending.way,
        reference=sending.reference.strip(),
        proof=proof,
        recorded_by_id=actor.person_id,
    )
    return held


def _hold(notice: AuthorityNotice) -> AuthorityNotice:
    held: AuthorityNotice = (
        AuthorityNotice.objects.select_for_update(of=("self",))
        .select_related(
            "letter", "contract__renews",
            "contract__enrolment__person", "contract__enrolment__cohort__host",
            "contract__enrolment__cohort__territory",
        )
        .get(pk=notice.pk)
    )  # fmt: skip
    return held
