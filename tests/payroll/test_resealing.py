"""A new key comes first in FIELD_KEYS: bank numbers are sealed again under it, none lost, none shown."""

import io

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from ct_platform.kit.crypto import is_under_newest_key
from members.models import BankDetails
from members.services.bank import blind_of, enter_bank_details, open_iban
from payroll.services import resealing
from payroll.services.host_bank import enter_host_bank
from tests import ibans
from tests.factories import NOW

NEW = Fernet.generate_key().decode()


@pytest.fixture
def accounts(people, settings):
    """Two people and a host gave theirs under the old key; then a new one comes first."""
    helene = people.actor("helene")
    for name, iban in (("amina", ibans.AMINA), ("bastien", ibans.BASTIEN)):
        person = people.persons[name]
        enter_bank_details(person=person, iban=iban, holder=name, actor=helene, at=NOW)
    enter_host_bank(
        host=people.a.host, iban=ibans.HOST, holder="Le Ferment", bic="", actor=helene, at=NOW
    )
    settings.FIELD_KEYS = [NEW, *settings.FIELD_KEYS]
    return BankDetails.objects.order_by("pk")


def run(*options: str) -> str:
    said = io.StringIO()
    call_command("reseal_ibans", *options, stdout=said)
    return said.getvalue()


def test_they_leave_the_old_key_and_open_with_the_new_one_alone(accounts, settings):
    assert "comptes des personnes : 2 refermés" in run()
    settings.FIELD_KEYS = [NEW]
    assert [open_iban(row) for row in accounts] == [ibans.AMINA, ibans.BASTIEN]
    assert [row.blind for row in accounts] == [blind_of(ibans.AMINA), blind_of(ibans.BASTIEN)]


def test_once_done_it_does_nothing_more(accounts):
    run()
    before = list(accounts.values_list("sealed", flat=True))
    assert "comptes des personnes : 0 refermés, 2 à jour" in run()
    assert list(accounts.values_list("sealed", flat=True)) == before


def test_counting_writes_nothing(accounts):
    assert "comptes des personnes : 2 à refermer" in run("--check")
    assert not any(is_under_newest_key(row.sealed) for row in accounts)


def test_stopped_half_way_it_goes_on(accounts, monkeypatch):
    monkeypatch.setattr(resealing, "LOT", 1)
    sealed = resealing.seal
    calls = []

    def stopped(place, number):
        if calls:
            raise KeyboardInterrupt
        calls.append(place)
        return sealed(place, number)

    monkeypatch.setattr(resealing, "seal", stopped)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert [is_under_newest_key(row.sealed) for row in accounts] == [True, False]
    monkeypatch.setattr(resealing, "seal", sealed)
    assert "comptes des personnes : 1 refermés, 1 à jour" in run()


def test_a_number_no_key_opens_is_said_and_the_others_are_done(accounts):
    BankDetails.objects.filter(pk=accounts[0].pk).update(sealed="illisible")
    with pytest.raises(CommandError, match="Lignes illisibles : 1"):
        run()
    assert is_under_newest_key(accounts[1].sealed)


def test_no_number_is_written_out(accounts):
    said = run()
    assert ibans.AMINA not in said
    assert ibans.AMINA[-4:] not in said
