"""Two hosts at the very same moment. SQLite serialises writers and hides these: PostgreSQL only."""

import datetime as dt

import pytest

from cohorts.models import AuthorityNotice, Contract, ContractPoint
from cohorts.services import contract_alerts, contracts
from cohorts.services.contract_signing import Signature, sign_contract
from ct_platform.kit.models import TransitionLog
from documents.models import Document
from tests.cohorts.contracting import Contracting
from tests.factories import NOW
from tests.projects.races import while_uncommitted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
D = dt.date


@pytest.fixture
def host(people):
    return Contracting(people)


def test_two_renewals_of_one_contract_at_once_are_one(host):
    contract = host.signed()

    def renew(ends_on):
        return lambda: host.renewal(contract, ends_on)

    one, other = while_uncommitted(renew(D(2027, 6, 30)), renew(D(2027, 5, 31)))
    assert Contract.objects.filter(renews=contract).count() == 1
    assert other == one


def test_one_contract_issued_twice_at_once_has_one_paper(host):
    contract = host.asked(host.prepared())

    def issue():
        return contracts.issue_contracts(contracts=[contract], **host.who)

    while_uncommitted(issue, issue)
    assert Document.objects.filter(kind="cape_contract").count() == 1
    assert TransitionLog.objects.filter(model="cohorts.contract", new="to_sign").count() == 1


def test_one_contract_signed_twice_at_once_owes_two_notices(host):
    contract = host.issued()
    day = D(2026, 9, 4)

    def sign():
        return sign_contract(
            contract=contract, signature=Signature(day, day, proof="Classeur"), **host.who
        )

    while_uncommitted(sign, sign)
    assert AuthorityNotice.objects.count() == 2
    assert TransitionLog.objects.filter(model="cohorts.contract", new="signed").count() == 1


def test_a_cohort_prepared_twice_at_once_has_eight_points_a_contract(host, people):
    def prepare():
        return contracts.prepare_contracts(cohort=people.a.cohort, **host.who)

    while_uncommitted(prepare, prepare)
    assert ContractPoint.objects.filter(contract=host.first).count() == 8


def test_two_clocks_write_each_alert_once(people):
    at = NOW

    def write():
        return contract_alerts.write_due(at=at)

    while_uncommitted(write, write)
    assert contract_alerts.ContractAlert.objects.count() == 4
