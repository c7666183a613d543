"""Coins brought to the host leave the cash account of the group's books, and a wrong line comes back."""

import datetime as dt
import uuid
from decimal import Decimal as D

import pytest

from payroll.exports.cohort.entries import entries
from payroll.exports.cohort.offer import make
from payroll.selectors.sales_journal import Period, controls_of, expenses_of, journal_of
from projects.models import CashHandover
from projects.services import cash
from tests.factories import NOW, TODAY
from tests.payroll.scene import set_scene
from tests.projects.verbs_of_cash import agreed, shares

NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
LATER = NOW + dt.timedelta(days=10)


@pytest.fixture
def scene(people):
    """74 € of coins in the box, and 16,50 € by card."""
    scene = set_scene(people)
    shares(people, agreed(people, scene.project), ("food", "storable", "90.50"))
    return scene


def hand(scene, amount: str = "50.00") -> CashHandover:
    return cash.hand_over(
        cohort=scene.cohort, amount=D(amount), handed_on=TODAY, given_by="Amina Sarr",
        given_to="Hélène Hôte", note="", client_uuid=uuid.uuid4(), actor=scene.driss, at=NOW,
    )  # fmt: skip


def ends(scene, period=None) -> dict[str, D]:
    """Where the coins are, in the books."""
    handed = CashHandover.objects.select_related("reverses").order_by("pk")
    sums: dict[str, D] = {}
    for one in entries(journal_of(scene.cohort), [], expenses_of(scene.cohort), [], handed):
        for posting in one.postings:
            if posting.role in ("cash", "handed") and (period is None or period.holds(one.on)):
                sums[posting.role] = sums.get(posting.role, D(0)) + posting.amount
    return {role: amount for role, amount in sums.items() if amount}


def test_what_was_brought_left_the_box_and_waits_where_the_bank_will_clear_it(scene):
    assert ends(scene) == {"cash": D("74.00")}
    hand(scene)
    assert ends(scene) == {"cash": D("24.00"), "handed": D("50.00")}


def test_a_wrong_line_is_taken_back_on_its_day_and_the_first_stays_in_its_period(scene):
    cash.take_back(handover=hand(scene), actor=scene.driss, at=LATER)

    assert ends(scene, NOVEMBER) == {"cash": D("24.00"), "handed": D("50.00")}
    assert ends(scene) == {"cash": D("74.00")}


def test_the_file_says_who_received_it_and_still_meets_the_pay(scene):
    run = scene.issued()
    one = hand(scene)

    text = b"".join(make("ecritures", scene.cohort, NOVEMBER).pieces).decode("iso8859-15")

    lines = [line.split("\t") for line in text.split("\r\n") if f"H-{one.pk}\t" in line]
    assert [(line[0], line[4], line[11], line[12]) for line in lines] == [
        ("CA", "580000", "50,00", "0,00"), ("CA", "530000", "0,00", "50,00"),
    ]  # fmt: skip
    assert "Espèces remises à Hélène Hôte" in text
    (control,) = controls_of(scene.cohort, journal_of(scene.cohort), [])
    assert control.journal_sales == run.sales
