"""Each rung of the ladder opens on its source; what to declare has its date; other rules, side by side."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit.money import ZERO
from payroll.models import Share
from payroll.selectors.declaring import declaration_of
from payroll.selectors.my_pot import pot_in_full
from payroll.selectors.payments import sent_on
from payroll.selectors.sharing import scale_of
from payroll.selectors.what_if import what_if
from tests import factories as make
from tests.payroll.correcting import add_colleague, corrected
from tests.payroll.scene import set_scene
from tests.payroll.test_bad_luck import as_wages
from tests.payroll.test_correct_and_pay import pay_everybody

pytestmark = pytest.mark.django_db
D = Decimal


def share_of(name):
    return Share.objects.with_run().get(enrolment__person__first_name=name)


def text(answer):
    assert answer.status_code == 200
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


def test_the_ladder_names_the_decision_and_leads_to_it(people, enter):
    scene = set_scene(people, kind="half")
    scene.issued()
    page = text(enter("amina").get(reverse("payroll:my_pay")))
    decision = reverse("decisions:poll", args=[scene.rule.outcome.poll_id])
    assert f'<a href="{decision}">Voir la décision n° 1</a>' in page
    for words in (
        "410,42\xa0€ en 2 parts égales", "tes 43\xa0h\xa030 sur 64\xa0h\xa030", "Voir chaque heure",
        "10 % des ventes", "Réserve votée",
    ):  # fmt: skip
        assert words in page, words


def test_the_sums_of_the_ladder_are_right(people):
    scene = set_scene(people, kind="half")
    scene.issued()
    from payroll.selectors.ladder import pieces_of

    for name in ("Amina", "Bastien"):
        share = share_of(name)
        pieces = pieces_of(share)
        assert pieces.equal + pieces.by_hours == share.amount
        assert pieces.pot_by_hours == D("410.42")


def test_the_pot_shows_each_sale_and_each_expense(people, enter):
    scene = set_scene(people)
    make.ExpenseFactory(
        project=scene.project, label="Terreau", amount=D("50.00"), recorded_by=people.driss
    )
    scene.issued()
    share = share_of("Amina")
    pot = pot_in_full(share)
    assert pot.sold - pot.spent + sum((one.amount for one in pot.deductions), ZERO) == pot.amount
    assert sum((row.amount for row in pot.sales), ZERO) == pot.sold
    page = text(enter("amina").get(reverse("payroll:my_pay_pot", args=[share.pk])))
    assert "Terreau" in page and "50,00\xa0€" in page
    assert enter("bastien").get(reverse("payroll:my_pay_pot", args=[share.pk])).status_code == 404


def test_another_rule_shows_my_own_line_against_the_adopted_one(people, enter):
    set_scene(people).issued()
    lines = {line.label: line for line in what_if(share_of("Amina")).lines}
    assert [line.adopted for line in lines.values()] == [True, False, False]
    equal, hours = lines["Égal pour tous"], lines["Aux heures"]
    assert (equal.amount, equal.change) == (D("410.42"), ZERO)
    assert hours.amount == D("553.59") and hours.change == D("143.17")
    page = text(enter("amina").get(reverse("payroll:my_pay_what_if", args=[share_of("Amina").pk])))
    assert "143,17\xa0€ de plus" in page
    # Two people: the spread would be the other one's part.
    assert "267,25" not in page
    assert "Le groupe est petit" in page


@pytest.mark.parametrize(
    ("amounts", "scale"),
    [
        (["223.47", "476.48"], ("220", "480")),
        (["220.00", "480.00"], ("220", "480")),
        (["0.00", "0.01"], ("0", "20")),
        ([], ("0", "0")),
    ],
)
def test_every_circle_stands_on_the_line(amounts, scale):
    assert scale_of([D(amount) for amount in amounts]) == tuple(D(end) for end in scale)


def test_the_spread_of_a_group_bears_no_name(people, enter):
    scene = set_scene(people)
    for number in range(3):
        person = make.PersonFactory(first_name=f"Zoé{number}", last_name="Colin")
        enrolment = make.EnrolmentFactory(cohort=people.a.cohort, person=person)
        make.WorkEntryFactory(
            enrolment=enrolment, minutes=60, confirmed=True, day=dt.date(2026, 11, 4)
        )
    scene.issued()
    share = share_of("Amina")
    assert what_if(share).shows_group
    page = text(enter("amina").get(reverse("payroll:my_pay_what_if", args=[share.pk])))
    assert "Dans le groupe : de" in page
    assert "Zoé" not in page and "Bastien" not in page


@pytest.mark.parametrize(
    ("today", "tone", "words"),
    [
        (dt.date(2026, 11, 27), "wait", "Du 28 novembre au 15 décembre 2026"),
        (dt.date(2026, 11, 28), "warn", "Avant le 15 décembre 2026, minuit"),
        (dt.date(2026, 12, 15), "warn", "Avant le 15 décembre 2026, minuit"),
        (dt.date(2026, 12, 16), "wait", "C’était avant le 15 décembre 2026"),
    ],
)
def test_france_travail_is_told_before_the_15th(people, today, tone, words):
    set_scene(people).issued()
    told = declaration_of(share_of("Amina"), today).told[0]
    assert (told.tone, told.when) == (tone, words)
    assert "300,00\xa0€" in " ".join(told.texts)  # the gross, as on the slip


def test_the_caf_asks_about_the_month_the_money_came(people, enter):
    set_scene(people).issued()
    told = declaration_of(share_of("Amina"), dt.date(2026, 11, 25)).told[1]
    assert told.when == "En février, mars ou avril 2027"
    assert any("décembre 2026" in text for text in told.texts)
    page = text(enter("amina").get(reverse("payroll:my_pay")))
    assert "249,52\xa0€" in page and told.when in page


def test_a_quarter_over_the_new_year_names_both_years(people):
    set_scene(people).issued(paid_on=dt.date(2026, 11, 30))
    told = declaration_of(share_of("Amina"), dt.date(2026, 11, 25)).told[1]
    assert told.when == "En janvier, février ou mars 2027"
    share = share_of("Amina")
    share.run.paid_on = dt.date(2026, 10, 31)
    assert (
        declaration_of(share, dt.date(2026, 11, 25)).told[1].when
        == "En décembre 2026, janvier ou février 2027"
    )


def test_the_caf_is_told_the_month_the_money_left_not_the_one_that_was_planned(people, enter):
    """The slip plans 10 December; the host paid on 25 November: November is the month to fill in."""
    scene = set_scene(people)
    pay_everybody(scene, scene.issued())
    page = text(enter("amina").get(reverse("payroll:my_pay")))
    assert "Payé le 25 novembre 2026" in page
    assert "Le mois à remplir : novembre 2026" in page
    assert "En janvier, février ou mars 2027" in page


def test_a_correction_paid_later_does_not_move_the_month_of_the_pay(people):
    add_colleague(people)
    scene = set_scene(people)
    run = scene.issued()
    pay_everybody(scene, run)
    corrected(scene, run, asked={"atmp_rate": D("1.00")})
    run.refresh_from_db()
    pay_everybody(scene, run, day=dt.date(2026, 12, 2))
    assert sent_on(share_of("Amina")) == dt.date(2026, 11, 25)


def test_france_travail_is_told_the_hours_of_the_slip_when_they_follow_the_share(people):
    scene = set_scene(people)
    as_wages(people, hourly_rate=D("12.31"))
    scene.issued()
    share = share_of("Amina")
    told = " ".join(declaration_of(share, dt.date(2026, 11, 27)).told[0].texts)
    assert share.payslip.document.snapshot["hours"].startswith(
        f"{share.paid_hours}".replace(".", ",")
    )
    assert f"tes heures : {share.paid_hours} heures.".replace(".", ",", 1) in told


def test_without_a_slip_there_is_nothing_to_declare(people, enter):
    scene = set_scene(people, kind="hours", sales=D("10.00"))
    scene.work("gael", 1, day=dt.date(2026, 9, 30))
    scene.issued()
    assert declaration_of(share_of("Gaël"), dt.date(2026, 12, 1)) is None
    page = text(enter("gael").get(reverse("payroll:my_pay")))
    assert "Pas de bulletin ce mois-ci" in page and 'id="declarer"' not in page


def test_the_button_of_the_slip_notes_that_it_was_opened(
    people, enter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        set_scene(people).issued()
    paper = share_of("Amina").payslip.document
    page = text(enter("amina").get(reverse("payroll:my_pay")))
    assert f'action="{reverse("documents:open", args=[paper.pk])}"' in page
