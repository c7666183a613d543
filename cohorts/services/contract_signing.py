"""Two parties sign a contract, a renewal or an amendment; the later day makes it binding."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.contracts import (
    AMENDMENT_ALLOWED,
    CONTRACT_ALLOWED,
    ContractState,
    FilePurpose,
    NoticeEvent,
    SignatureWay,
)
from cohorts.models import Contract, ContractAmendment
from cohorts.rules.contract_terms import may_renew_on
from cohorts.services.authority_notices import owe_notices
from cohorts.services.contract_checks import hold_contract
from cohorts.services.contract_files import keep_file
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.states import move


@dataclass(frozen=True, slots=True)
class Signature:
    """`scan`: the signed paper; `proof`: where the original is, when no copy is attached."""

    person_signed_on: dt.date
    host_signed_on: dt.date
    scan: bytes | None = None
    proof: str = ""

    @property
    def binding_on(self) -> dt.date:
        return max(self.person_signed_on, self.host_signed_on)


@transaction.atomic
def sign_contract(
    *, contract: Contract, signature: Signature, actor: Actor, at: dt.datetime
) -> Contract:
    """Record that both signed, with the proof: the contract binds, URSSAF and France Travail are due.

    Signing again changes nothing. Raises Refused: a day to come, no proof, a renewal signed after the
    end of the term it renews (C. com. L127-2: in writing, while it runs). Frozen: not to be signed.
    """
    held = hold_contract(contract)
    if held.is_signed or held.state == ContractState.ENDED:
        return held
    if not held.is_to_sign:
        raise Frozen(_("Ce contrat n’attend pas de signature."))
    if held.renews is not None and not may_renew_on(signature.binding_on, held.renews.last_day):
        raise Refused(
            _("Le terme d’avant a fini le %(day)s : un renouvellement se signe avant cette fin.")
            % {"day": format_day(held.renews.last_day)},
            field="host_signed_on",
        )
    stamps = _stamps(held, signature, actor, at)
    move(
        held,
        ContractState.SIGNED,
        allowed=CONTRACT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        **stamps,
    )
    event = NoticeEvent.RENEWAL if held.renews_id else NoticeEvent.SIGNATURE
    owe_notices(contract=held, event=event, happened_on=signature.binding_on, at=at)
    return held


@transaction.atomic
def sign_amendment(
    *, amendment: ContractAmendment, signature: Signature, actor: Actor, at: dt.datetime
) -> ContractAmendment:
    """Record that both signed an amendment. Again: nothing more. Raises as `sign_contract`."""
    contract = hold_contract(amendment.contract)
    held: ContractAmendment = ContractAmendment.objects.select_related("scan").get(pk=amendment.pk)
    if held.state == ContractState.SIGNED:
        return held
    if not held.is_to_sign:
        raise Frozen(_("Cet avenant n’attend pas de signature."))
    if not contract.is_signed:
        raise Frozen(_("Le contrat est fini : son avenant ne se signe plus."))
    move(
        held,
        ContractState.SIGNED,
        allowed=AMENDMENT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        **_stamps(contract, signature, actor, at),
    )
    return held


def _stamps(
    contract: Contract, signature: Signature, actor: Actor, at: dt.datetime
) -> dict[str, Any]:
    today = civil_day(at)
    for field in ("person_signed_on", "host_signed_on"):
        if getattr(signature, field) > today:
            raise Refused(_("Ce jour n’est pas encore venu."), field=field)
    if signature.scan is None and len(signature.proof.strip()) < 5:
        raise Refused(_("Joignez la copie signée, ou dites où est l’original."), field="proof")
    scan = None
    if signature.scan is not None:
        scan = keep_file(
            contract=contract, purpose=FilePurpose.SIGNED, content=signature.scan, actor=actor
        )
    return {
        "person_signed_on": signature.person_signed_on,
        "host_signed_on": signature.host_signed_on,
        "signed_on": signature.binding_on,
        "signature_way": SignatureWay.SCAN if scan else SignatureWay.KEPT,
        "signature_proof": signature.proof.strip(),
        "scan": scan,
        "signature_recorded_by_id": actor.person_id,
        "signature_recorded_at": at,
    }
