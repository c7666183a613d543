"""Mes heures comptées, and one hour's own page: minutes to euros, both ways, and nobody else's."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit.money import ZERO
from payroll.models import Share
from payroll.selectors.minutes import counted_hours, worth_of_hour
from projects.models import WorkEntry
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db


def share_of(name):
    return Share.objects.with_run().get(enrolment__person__first_name=name)


def text(answer):
    assert answer.status_code == 200
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


@pytest.mark.parametrize("kind", ["equal", "hours", "half"])
def test_the_lines_sum_to_the_share_and_to_the_cheque(people, kind):
    scene = set_scene(people, kind=kind)
    scene.issued()
    for name in ("Amina", "Bastien"):
        share = share_of(name)
        hours = counted_hours(share)
        pieces = [*(row.piece for row in hours.rows), hours.equal, hours.carried]
        assert sum((piece.share for piece in pieces), ZERO) == share.amount + share.carried_in
        assert sum((piece.net for piece in pieces), ZERO) == share.payslip.net_paid
        assert (hours.total.share, hours.total.net) == (share.amount, share.payslip.net_paid)


def test_half_and_half_shows_the_equal_half_on_its_own_line(people, enter):
    set_scene(people, kind="half").issued()
    share = share_of("Amina")
    hours = counted_hours(share)
    assert hours.equal.share == Decimal("205.21")
    page = text(enter("amina").get(reverse("payroll:my_pay_hours", args=[share.pk])))
    for words in (
        "Part égale",
        "205,21\xa0€",
        ">2 novembre</a>",
        "L’autre moitié",
        "43\xa0h\xa030",
    ):
        assert words in page, words


def test_an_equal_rule_says_that_hours_change_nothing(people, enter):
    set_scene(people).issued()
    page = text(enter("amina").get(reverse("payroll:my_pay_hours", args=[share_of("Amina").pk])))
    assert "Tes heures ne changent pas ta part" in page
    assert page.count("249,52\xa0€") == 2  # the equal part, and the total


def test_kept_cents_have_their_line(people):
    scene = set_scene(people, kind="hours", sales=Decimal("1001.82"))
    scene.sell("611.11", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 300, day=dt.date(2026, 10, 8))
    scene.work("bastien", 200, day=dt.date(2026, 10, 8))
    scene.issued(month=dt.date(2026, 10, 1), paid_on=dt.date(2026, 11, 10))
    scene.issued()
    kept = [
        share
        for share in Share.objects.with_run().filter(run__month="2026-11-01")
        if share.carried_in
    ]
    assert kept
    for share in kept:
        assert counted_hours(share).carried.share == share.carried_in


def test_an_hour_says_what_it_became(people, enter):
    scene = set_scene(people, kind="hours")
    scene.issued()
    entry = WorkEntry.objects.get(enrolment=people.enrolments["amina"], day=dt.date(2026, 11, 6))
    row = next(row for row in counted_hours(share_of("Amina")).rows if row.entry == entry)
    page = text(enter("amina").get(reverse("projects:entry", args=[entry.pk])))
    euros = str(row.piece.share).replace(".", ",")
    assert (
        f"3\xa0h\xa030 comptent pour {euros}\xa0€ de ta part dans la paie de novembre 2026." in page
    )
    assert reverse("payroll:my_pay_hours", args=[share_of("Amina").pk]) in page


def test_an_hour_outside_the_rule_says_so(people, enter):
    scene = set_scene(people, kind="hours")
    scene.rule.counted_kinds = ["production"]
    scene.rule.save()
    entry = scene.work("amina", 90, day=dt.date(2026, 11, 9), kind="meeting", project=None)
    scene.issued()
    page = text(enter("amina").get(reverse("projects:entry", args=[entry.pk])))
    assert "ne compte pas cette sorte d’heures" in page
    hours = counted_hours(share_of("Amina"))
    assert (hours.worked, hours.counted) == (2700, 2610)
    assert [row.piece.share for row in hours.rows if not row.counts] == [ZERO]


def test_an_hour_says_nothing_before_its_pay_is_issued(people, enter):
    scene = set_scene(people, kind="hours")
    entry = WorkEntry.objects.filter(enrolment=people.enrolments["amina"]).first()
    assert worth_of_hour(entry) is None
    scene.approved()
    entry.refresh_from_db()
    assert worth_of_hour(entry) is None
    page = text(enter("amina").get(reverse("projects:entry", args=[entry.pk])))
    assert "comptent pour" not in page
    assert "Ces heures sont dans une paie" in page


def test_a_share_too_small_for_a_slip_has_no_net(people, enter):
    scene = set_scene(people, kind="hours", sales=Decimal("10.00"))
    entry = scene.work("gael", 1, day=dt.date(2026, 9, 30))
    scene.issued()
    share = share_of("Gaël")
    assert share.slip is None
    assert counted_hours(share).total.net is None
    page = text(enter("gael").get(reverse("payroll:my_pay_hours", args=[share.pk])))
    assert '<th scope="col" class="n">Net</th>' not in page
    entry.refresh_from_db()
    assert "1\xa0min comptent pour 0,00\xa0€ de ta part" in worth_of_hour(entry).sentence


def test_the_pages_cost_few_queries(people, enter, django_assert_max_num_queries):
    scene = set_scene(people, kind="half")
    scene.issued()
    entry = WorkEntry.objects.filter(enrolment=people.enrolments["amina"]).first()
    amina = enter("amina")
    for address in (
        reverse("payroll:my_pay_hours", args=[share_of("Amina").pk]),
        reverse("projects:entry", args=[entry.pk]),
    ):
        amina.get(address)
        with django_assert_max_num_queries(15):
            amina.get(address)
