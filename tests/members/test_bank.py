"""An IBAN is checked at entry, sealed at rest, shown by four signs; a new one ends the former."""

import datetime as dt

import pytest

from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from members.models import BankDetails
from members.rules import IbanProblem, bic_of, iban_length, read_iban
from members.services.bank import enter_bank_details, open_iban, remove_bank_details
from tests.factories import NOW
from tests.ibans import AMINA, BASTIEN

GOOD = "FR7630006000011234567890189"  # the specimen of the French banking federation


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (GOOD, GOOD),
        ("fr76 3000 6000 0112 3456 7890 189", GOOD),
        ("IBAN : FR76-3000.6000\xa00112 3456 7890 189\n", GOOD),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("", IbanProblem.EMPTY),
        (" - ", IbanProblem.EMPTY),
        ("F", IbanProblem.COUNTRY),
        ("XX7630006000011234567890189", IbanProblem.COUNTRY),
        ("30006000011234567890189", IbanProblem.COUNTRY),
        ("TN5910006035183598478831", IbanProblem.OUTSIDE_SEPA),
        ("TR330006100519786457841326", IbanProblem.OUTSIDE_SEPA),
        (GOOD[:-1], IbanProblem.LENGTH),
        (GOOD + "0", IbanProblem.LENGTH),
        ("FR76", IbanProblem.LENGTH),
        (GOOD.replace("3000", "3OOO"), IbanProblem.SIGNS),
        ("FRA6" + GOOD[4:], IbanProblem.SIGNS),
    ],
)
def test_an_iban_is_read_as_people_type_it(typed, read):
    assert read_iban(typed) == read


def test_every_single_mistyped_digit_and_every_swap_is_seen():
    for place in range(2, 27):
        wrong = GOOD[:place] + str((int(GOOD[place]) + 1) % 10) + GOOD[place + 1 :]
        assert read_iban(wrong) is IbanProblem.CHECKSUM, wrong
    for place in range(2, 26):
        a, b = GOOD[place], GOOD[place + 1]
        if a != b:
            wrong = GOOD[:place] + b + a + GOOD[place + 2 :]
            assert read_iban(wrong) is IbanProblem.CHECKSUM, wrong


def test_the_length_is_the_country_s():
    assert (iban_length("FR"), iban_length("DE"), iban_length("ZZ")) == (27, 22, None)


def test_a_bic_may_be_left_out():
    assert (bic_of(""), bic_of(" agrifrpp "), bic_of("AGRI")) == ("", "AGRIFRPP", None)


def enter(people, iban=GOOD, holder="Amina Sarr", by="amina", at=NOW):
    return enter_bank_details(
        person=people.amina, iban=iban, holder=holder, actor=people.actor(by), at=at
    )


def test_it_is_sealed_for_its_row_and_opens_there_only(people):
    mine = enter(people)
    theirs = enter_bank_details(
        person=people.bastien, iban=BASTIEN, holder="B", actor=people.actor("helene"), at=NOW
    )
    assert (mine.last4, mine.masked, open_iban(mine)) == ("0189", "•••• 0189", GOOD)
    assert GOOD not in mine.sealed and mine.entered_by == people.amina
    mine.sealed = theirs.sealed
    with pytest.raises(ValueError, match="belongs elsewhere"):
        open_iban(mine)


def test_a_new_account_ends_the_former_which_stays(people):
    first = enter(people)
    second = enter(people, iban=AMINA, by="helene", at=NOW + dt.timedelta(hours=1))
    first.refresh_from_db()
    assert first.ended_at == NOW + dt.timedelta(hours=1)
    assert list(BankDetails.objects.current()) == [second]
    assert BankDetails.objects.count() == 2
    log = TransitionLog.objects.get(model="members.bankdetails")
    assert (log.row_id, log.new, log.by_person_id) == (first.pk, "ended", people.helene.pk)


def test_the_same_account_again_changes_nothing(people):
    first = enter(people)
    again = enter(people, iban="fr76 3000 6000 0112 3456 7890 189", by="helene")
    assert (again, BankDetails.objects.count()) == (first, 1)


def test_removing_it_twice_is_quiet(people):
    enter(people)
    for _time in "12":
        remove_bank_details(person=people.amina, actor=people.actor("amina"), at=NOW)
    assert not BankDetails.objects.current().exists()
    assert TransitionLog.objects.filter(model="members.bankdetails").count() == 1


@pytest.mark.parametrize(
    ("iban", "holder", "field", "words"),
    [
        (GOOD[:-1] + "8", "Amina", "iban", "Un chiffre est faux"),
        (GOOD[:-2], "Amina", "iban", "25 lettres et chiffres. Il en faut 27"),
        ("TN5910006035183598478831", "Amina", "iban", "hors de la zone SEPA"),
        ("AA12", "Amina", "iban", "deux lettres d’un pays"),
        ("", "Amina", "iban", "manque"),
        (GOOD.replace("000", "OOO"), "Amina", "iban", "à la place d’un chiffre"),
        (GOOD, "  ", "holder", "titulaire"),
        (GOOD, "A" * 71, "holder", "70"),
    ],
)
def test_a_wrong_one_is_refused_in_words_that_do_not_repeat_it(people, iban, holder, field, words):
    with pytest.raises(Refused) as refusal:
        enter(people, iban=iban, holder=holder)
    assert refusal.value.field == field and words in str(refusal.value)
    assert not iban or iban not in str(refusal.value)
    assert not BankDetails.objects.exists()
