"""A line of funding: asked, decided, agreed, paid to the cent, closed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.money import ZERO
from reports.enums.funding import FundingAim, FundingState, ReceiptKind
from reports.models import FundingDue, FundingLine, FundingReceipt, FundingShare
from reports.services.funding import dues, lines, receipts
from reports.services.funding.hold import shares_of
from tests.factories import NOW, TODAY
from tests.personas import People
from tests.reports import funding_verbs as funds

pytestmark = pytest.mark.django_db


def told(people: People) -> dict:
    return {"actor": people.actor("driss"), "at": NOW}


def test_a_line_goes_from_the_request_to_its_balance(people):
    line = funds.agreed(people, "9000.00")
    funds.paid(people, line, "3000.00")
    funds.paid(people, line, "6000.00", ReceiptKind.BALANCE, dt.date(2026, 11, 2))
    lines.close_line(line=line, closed_on=TODAY, **told(people))
    line.refresh_from_db()
    assert line.state == FundingState.CLOSED
    assert sum(one.amount for one in line.receipts.all()) == Decimal("9000.00")


def test_cohorts_share_it_equally_and_no_cent_is_lost(people):
    keys = [people.a.cohort.pk, *(funds.another_cohort(people, f"C{n}").pk for n in range(2))]
    line = funds.asked(people, "1000.00", cohorts=keys)
    assert sorted(shares_of(line).values()) == [
        Decimal("333.33"), Decimal("333.33"), Decimal("333.34"),
    ]  # fmt: skip


def test_when_less_is_granted_the_parts_shrink_alike_to_the_cent(people):
    other = funds.another_cohort(people)
    line = funds.asked(people, "1000.00", cohorts=[people.a.cohort.pk, other.pk])
    lines.share_line(
        line=line, shares={people.a.cohort.pk: Decimal("750.00"), other.pk: Decimal("250.00")},
        **told(people),
    )  # fmt: skip
    lines.grant_line(line=line, decided_on=TODAY, granted_amount=Decimal("333.33"), **told(people))
    assert shares_of(line) == {people.a.cohort.pk: Decimal("250.00"), other.pk: Decimal("83.33")}


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        (("600.00", "399.99"), "Il reste 0,01"),
        (("600.00", "400.01"), "dépassent de 0,01"),
        ((), "au moins une cohorte"),
    ],
)
def test_shares_that_do_not_sum_are_refused_and_nothing_moves(people, amounts, words):
    other = funds.another_cohort(people)
    line = funds.asked(people, "1000.00")
    keys = [people.a.cohort.pk, other.pk]
    shares = {key: Decimal(amount) for key, amount in zip(keys, amounts, strict=False)}
    with pytest.raises(Refused, match=words):
        lines.share_line(line=line, shares=shares, **told(people))
    assert shares_of(line) == {people.a.cohort.pk: Decimal("1000.00")}


def test_a_cohort_of_another_territory_gets_nothing(people):
    with pytest.raises(Refused, match="concernée"):
        funds.asked(people, cohorts=[people.b.cohort.pk])
    assert not FundingLine.objects.exists()


def test_an_operation_pays_only_the_cohorts_that_say_its_number(people):
    operation, other = funds.an_operation(people), funds.another_cohort(people)
    aim = {"aim": FundingAim.OPERATION, "operation": operation}
    with pytest.raises(Refused, match="concernée"):
        funds.asked(people, cohorts=[other.pk], **aim)
    assert shares_of(funds.asked(people, cohorts=[], **aim)) == {}


def test_more_than_was_asked_is_not_granted(people):
    line = funds.asked(people, "1000.00")
    with pytest.raises(Refused) as refusal:
        lines.grant_line(
            line=line, decided_on=TODAY, granted_amount=Decimal("1000.01"), **told(people)
        )
    assert refusal.value.field == "granted_amount"
    line.refresh_from_db()
    assert line.state == FundingState.ASKED


def test_a_commitment_number_serves_once_by_funder(people):
    funds.agreed(people, number="EJ-7")
    second = funds.granted(people, name="Autre action")
    with pytest.raises(Refused, match="déjà une ligne avec ce numéro"):
        lines.agree_line(line=second, commitment_number=" EJ-7 ", agreed_on=TODAY, **told(people))
    elsewhere = funds.agreed(people, number="EJ-7", by=people.b.partner)
    assert elsewhere.commitment_number == "EJ-7"


def test_dates_do_not_cross(people):
    line = funds.asked(people, asked_on=dt.date(2026, 6, 1))
    day_before = dt.date(2026, 5, 31)
    with pytest.raises(Refused, match="précède la demande"):
        lines.grant_line(
            line=line, decided_on=day_before, granted_amount=Decimal("10.00"), **told(people)
        )
    with pytest.raises(Refused, match="pas encore venue"):
        lines.refuse_line(line=line, decided_on=TODAY + dt.timedelta(days=1), **told(people))
    agreed = funds.granted(people)
    with pytest.raises(Refused, match="précède leur début"):
        lines.agree_line(
            line=agreed, commitment_number="X", agreed_on=TODAY, eligible_from=TODAY,
            eligible_to=day_before, **told(people),
        )  # fmt: skip
    with pytest.raises(Refused, match="précède la décision"):
        lines.agree_line(
            line=agreed, commitment_number="X", agreed_on=dt.date(2026, 4, 9), **told(people)
        )


def test_more_than_what_is_granted_is_never_received(people):
    line = funds.agreed(people, "1000.00")
    funds.paid(people, line, "600.00")
    with pytest.raises(Refused, match=r"reste 400,00"):
        funds.paid(people, line, "400.01", ReceiptKind.INSTALMENT)
    assert line.receipts.count() == 1


def test_nothing_is_received_before_an_agreement_nor_after_the_balance(people):
    with pytest.raises(Refused, match="entre la convention et le solde"):
        funds.paid(people, funds.granted(people), "10.00")
    line = funds.agreed(people, "1000.00")
    funds.paid(people, line, "500.00", ReceiptKind.BALANCE)
    with pytest.raises(Refused, match="solde est déjà noté"):
        funds.paid(people, line, "10.00", ReceiptKind.INSTALMENT)


def test_a_payment_noted_by_mistake_has_its_counter_entry_once(people):
    line = funds.agreed(people, "1000.00")
    wrong = funds.paid(people, line, "1000.00", ReceiptKind.BALANCE)
    for _time in range(2):
        receipts.reverse(receipt=wrong, reason="Montant mal lu", **told(people))
    assert [one.amount for one in line.receipts.all()] == [Decimal("1000.00"), Decimal("-1000.00")]
    funds.paid(people, line, "900.00", ReceiptKind.BALANCE)
    counter = FundingReceipt.objects.get(kind=ReceiptKind.COUNTER)
    with pytest.raises(Refused, match="ne s’annule pas"):
        receipts.reverse(receipt=counter, reason="Non", **told(people))


def test_the_database_refuses_to_change_a_payment_or_a_line_that_is_over(people):
    line = funds.agreed(people, "1000.00")
    paid = funds.paid(people, line, "1000.00", ReceiptKind.BALANCE)
    with pytest.raises(DatabaseError), transaction.atomic():
        FundingReceipt.objects.filter(pk=paid.pk).update(amount=Decimal("1.00"))
    lines.close_line(line=line, closed_on=TODAY, **told(people))
    with pytest.raises(DatabaseError), transaction.atomic():
        FundingLine.objects.filter(pk=line.pk).update(name="Autre")
    with pytest.raises(DatabaseError), transaction.atomic():
        FundingShare.objects.filter(line=line).update(amount=Decimal("1.00"))
    with pytest.raises(Refused, match="ne change plus"):
        lines.share_line(line=line, shares={}, **told(people))


def test_a_line_is_not_closed_while_something_is_to_hand_over(people):
    line = funds.agreed(people)
    funds.paid(people, line, "100.00")
    due = funds.due(people, line)
    with pytest.raises(Refused, match="attend encore"):
        lines.close_line(line=line, closed_on=TODAY, **told(people))
    with pytest.raises(Refused, match="ce qui le prouve"):
        dues.hand_over(due=due, handed_on=TODAY, proof=" ", **told(people))
    dues.hand_over(due=due, handed_on=TODAY, proof="Dépôt n° 12", **told(people))
    lines.close_line(line=line, closed_on=TODAY, **told(people))
    assert FundingDue.objects.get().proof == "Dépôt n° 12"


def test_a_refused_line_and_a_dropped_one_end_there(people):
    refused, dropped = funds.asked(people), funds.asked(people)
    lines.refuse_line(line=refused, decided_on=TODAY, **told(people))
    lines.drop_line(line=dropped, reason="Trop tard", **told(people))
    for line in (refused, dropped):
        with pytest.raises(Refused):
            lines.grant_line(
                line=line, decided_on=TODAY, granted_amount=Decimal("1.00"), **told(people)
            )


def test_an_older_page_does_not_erase_a_newer_one(people):
    line = funds.asked(people)
    words = {
        "measure": "", "conditions": "", "is_eu": False, "keep_years": 5, "keep_source": "Convention",
    }  # fmt: skip
    lines.edit_line(line=line, name="Un", seen_version=1, **words, **told(people))
    with pytest.raises(Stale):
        lines.edit_line(line=line, name="Deux", seen_version=1, **words, **told(people))
    line.refresh_from_db()
    assert line.name == "Un" and line.amount != ZERO
