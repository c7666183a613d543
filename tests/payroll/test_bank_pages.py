"""Who enters an account, who sees its last four signs, and that the whole number is nowhere."""

import io
import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse

from ct_platform.kit.errors import Refused
from members.models import BankDetails, User
from members.services.bank import enter_bank_details, open_iban
from payroll.models import HostBankDetails
from payroll.services.host_bank import enter_host_bank
from tests import factories as make
from tests.factories import NOW
from tests.ibans import AMINA, BASTIEN, HOST
from tests.payroll.sessions import grown_old

pytestmark = pytest.mark.django_db


def of(people, name):
    return reverse("payroll:bank_account_of", args=[people.a.cohort.pk, people.enrolments[name].pk])


def test_a_cooperant_gives_their_own_and_never_sees_it_whole_again(people, enter):
    amina, door = enter("amina"), reverse("payroll:my_bank")
    assert "Par chèque" in amina.get(door).content.decode()
    amina.post(door, {"iban": AMINA, "holder": "Amina Sarr"})
    page = amina.get(door).content.decode()
    assert f"•••• {AMINA[-4:]}" in page and AMINA not in page and AMINA[:15] not in page
    assert BankDetails.objects.get().person == people.amina
    amina.post(door, {"remove": "1"})
    assert "Par chèque" in amina.get(door).content.decode()


def test_a_typo_is_said_beside_the_field(people, enter):
    answer = enter("amina").post(
        reverse("payroll:my_bank"), {"iban": AMINA[:-1] + "9", "holder": "Amina"}
    )
    assert answer.status_code == 200 and "Un chiffre est faux" in answer.content.decode()
    assert not BankDetails.objects.exists()


def test_the_host_enters_replaces_and_removes(people, enter):
    helene, door = enter("helene"), of(people, "amina")
    helene.post(door, {"iban": AMINA, "holder": "Amina Sarr"})
    helene.post(door, {"iban": BASTIEN, "holder": "Amina Sarr"})
    page = helene.get(reverse("payroll:bank_accounts", args=[people.a.cohort.pk])).content.decode()
    assert BASTIEN[-4:] in page and "Hélène Hôte" in page and BASTIEN not in page
    helene.post(door, {"remove": "1"})
    assert not BankDetails.objects.current().exists() and BankDetails.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("hugo", 404), ("dalia", 404), ("chloe", 404), ("driss", 403), ("amina", 403),
        ("bastien", 403), ("elsa", 403), ("farid", 404), ("nora", 403),
    ],
)  # fmt: skip
def test_nobody_else_sees_even_four_signs(people, enter, name, status):
    enter("amina").post(reverse("payroll:my_bank"), {"iban": AMINA, "holder": "Amina Sarr"})
    client = enter(name)
    for door in (of(people, "amina"), reverse("payroll:bank_accounts", args=[people.a.cohort.pk])):
        answer = client.get(door)
        assert answer.status_code == status and AMINA[-4:] not in answer.content.decode()
    assert client.post(of(people, "amina"), {"remove": "1"}).status_code == status
    assert BankDetails.objects.current().count() == 1


def test_a_host_reaches_nobody_of_another_cohort_by_number(people, enter):
    door = reverse(
        "payroll:bank_account_of", args=[people.a.cohort.pk, people.enrolments["chloe"].pk]
    )
    assert enter("helene").post(door, {"iban": AMINA, "holder": "C"}).status_code == 404
    assert not BankDetails.objects.exists()


def enter_host(people, **changes):
    asked = {"iban": HOST, "holder": "Le Ferment", "bic": ""} | changes
    return enter_host_bank(host=people.a.host, actor=people.actor("helene"), at=NOW, **asked)


def test_the_host_keeps_one_account_of_its_own(people):
    first = enter_host(people)
    assert enter_host(people) == first
    second = enter_host(people, bic="AGRIFRPP")
    first.refresh_from_db()
    assert first.ended_at == NOW and HostBankDetails.objects.get(ended_at=None) == second
    with pytest.raises(Refused) as refusal:
        enter_host(people, bic="AGRI")
    assert refusal.value.field == "bic" and HostBankDetails.objects.count() == 2


def test_an_old_session_is_asked_again_and_what_it_typed_is_dropped(people, enter, settings):
    """allauth would keep the whole POST in the session while it asks: an IBAN in clear."""
    helene = enter("helene")
    settings.SECOND_FACTOR_REQUIRED = True
    grown_old(helene, people.user("helene"))
    for door in (of(people, "amina"), reverse("payroll:host_bank")):
        answer = helene.post(door, {"iban": AMINA, "holder": "Amina"})
        assert (answer.status_code, answer.url) == (302, door)
        assert "second-code" in helene.get(door).url
    kept = [one.get_decoded() for one in Session.objects.all()]
    assert AMINA not in str(kept)
    assert not BankDetails.objects.exists() and not HostBankDetails.objects.exists()


def test_the_number_is_in_no_dump_no_log_and_no_admin_page(people, enter, client, caplog):
    caplog.set_level(logging.DEBUG)
    helene = enter("helene")
    enter("amina").post(reverse("payroll:my_bank"), {"iban": AMINA, "holder": "Amina Sarr"})
    helene.post(reverse("payroll:my_bank"), {"iban": BASTIEN})
    helene.post(of(people, "bastien"), {"iban": BASTIEN, "holder": "Bastien"})
    helene.post(reverse("payroll:host_bank"), {"iban": HOST, "holder": "Le Ferment"})
    assert open_iban(BankDetails.objects.get(person=people.bastien)) == BASTIEN  # they were stored
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)
    boss = User.objects.create(email="boss@exemple.test", is_staff=True, is_superuser=True)
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    pages = [client.get("/gestion/").content.decode()]
    pages += [client.get(f"/gestion/members/person/{people.amina.pk}/change/").content.decode()]
    for number in (AMINA, BASTIEN, HOST):
        for sign in (number, number[4:], number[4:-4]):
            assert sign not in dump.getvalue() and sign not in caplog.text
            assert not [page for page in pages if sign in page]


def test_a_former_host_neither_sees_nor_moves_the_account_of_who_went_to_another(people, enter):
    """The account is the person's: changed by the host they left, the next pay would go astray."""
    enter_bank_details(
        person=people.amina, iban=AMINA, holder="Amina", actor=people.actor("helene"), at=NOW
    )
    helene, door = enter("helene"), of(people, "amina")
    cohort = people.b.cohort
    first = people.enrolments["amina"]
    type(first).objects.filter(pk=first.pk).update(state="left", left_on="2026-10-01")
    later = make.EnrolmentFactory(cohort=cohort, person=people.amina, state="selected")
    assert helene.get(door).status_code == 200
    type(later).objects.filter(pk=later.pk).update(state="active")
    page = helene.get(reverse("payroll:bank_accounts", args=[people.a.cohort.pk])).content.decode()
    assert "suivi par une autre coopérative" in page
    assert AMINA[-4:] not in page and door not in page
    for asked in ({"iban": BASTIEN, "holder": "Amina"}, {"remove": "1"}):
        assert helene.post(door, asked).status_code == 403
    assert BankDetails.objects.get().ended_at is None
    hugo = enter("hugo")
    there = reverse("payroll:bank_account_of", args=[cohort.pk, later.pk])
    assert hugo.post(there, {"iban": BASTIEN, "holder": "Amina"}).status_code == 302
