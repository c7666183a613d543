"""The demo's contracts, through the services: prepared, issued and signed; one is still to be signed."""

import datetime as dt

from cohorts.enums.contracts import ContractState, SendingWay
from cohorts.models import AuthorityNotice, Cohort, Contract
from cohorts.services.authority_notices import Sending, record_sending, write_letter
from cohorts.services.contract_questions import note_answers
from cohorts.services.contract_signing import Signature, sign_contract
from cohorts.services.contracts import issue_contracts, prepare_contracts
from ct_platform.home.demo.scene import Scene
from ct_platform.kit.actor import Actor


def sign_contracts(scene: Scene) -> None:
    """Everybody has a CAPE signed before the first day, but one whose paper waits for a signature."""
    cohort, at, helene = scene.cohort, scene.at, scene.voice("helene")
    prepare_contracts(cohort=cohort, actor=helene, at=at)
    drafts = list(Contract.objects.of_cohort(cohort.pk).in_state(ContractState.DRAFT))
    before = cohort.starts_on - dt.timedelta(days=4)
    answers = {one.pk: False for one in drafts}
    note_answers(drafts=drafts, answers=answers, stated_on=before, actor=helene, at=at)
    issued = issue_contracts(contracts=drafts, actor=helene, at=at)
    for one in issued[:-1]:
        signature = Signature(
            before,
            before + dt.timedelta(days=2),
            proof="Classeur CAPE, bureau de la coopérative hôte",
        )
        sign_contract(contract=one, signature=signature, actor=helene, at=at)
    _tell(cohort, before, helene, at)


def _tell(cohort: Cohort, day: dt.date, helene: Actor, at: dt.datetime) -> None:
    """URSSAF and France Travail were told of most; two notices are still to be sent, one has its letter."""
    rows = list(AuthorityNotice.objects.of_cohort(cohort.pk).due().order_by("pk"))
    for number, notice in enumerate(rows[:-2], start=1):
        record_sending(
            notice=notice,
            sending=Sending(day + dt.timedelta(days=3), SendingWay.EMAIL, f"message n° {number}"),
            actor=helene,
            at=at,
        )
    for notice in rows[-2:-1]:
        write_letter(notice=notice, actor=helene, at=at)
