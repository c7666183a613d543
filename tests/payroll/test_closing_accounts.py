"""The accounts of a closing: every euro that came in is somewhere, to the cent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from payroll.rules.closing import Accounts
from payroll.selectors.closing import accounts_of, figures_of
from payroll.services.runs import freeze_run
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.payroll.scene import set_scene

D = Decimal
CENTS = some.integers(0, 10_000_000).map(lambda cents: D(cents) / 100)


def test_money_that_no_pay_counted_is_what_is_left(people):
    scene = set_scene(people)
    scene.sell("100.10", moved_on=None)
    make.ExpenseFactory(
        project=scene.project, recorded_by=people.driss, amount=D("12.05"), moved_on=TODAY
    )

    found = figures_of(scene.cohort)

    assert (found.sold, found.unpaid, found.spent) == (D("912.04"), D("100.10"), D("12.05"))
    assert found.left == found.uncounted == D("899.99")
    assert found.adds_up


def test_after_a_pay_the_reserve_and_the_late_money_are_left(people):
    scene = set_scene(people)
    run = scene.issued(reserve=D("50.00"))
    scene.sell("30.00", moved_on=TODAY)

    found = figures_of(scene.cohort)

    assert (found.shared, found.contribution) == (run.envelope, run.contribution)
    assert found.left == D("80.00")
    assert found.adds_up
    assert found.kept == sum((one.amount - one.cost for one in run.shares.all()), D("0.00"))


def test_the_page_says_the_same_figures(people):
    scene = set_scene(people)
    scene.issued(reserve=D("50.00"))
    lines = {line.label: line.amount for line in accounts_of(scene.cohort)}
    assert (
        sum(
            (
                amount
                for label, amount in lines.items()
                if "Reste" not in label and "Centimes" not in label
            ),
            D("0.00"),
        )
        == lines["Reste dans le pot"]
        == D("50.00")
    )


def test_a_draft_shares_nothing_yet(people):
    scene = set_scene(people)
    run = scene.open()
    assert figures_of(scene.cohort).runs == 0
    freeze_run(run=run, actor=scene.driss, at=NOW)
    assert figures_of(scene.cohort).runs == 1


@given(CENTS, CENTS, CENTS, CENTS, CENTS, CENTS)
def test_what_is_left_is_the_reserve_and_what_no_pay_counted(
    sales, expenses, fee, idle, reserve, late
):
    """Whatever the pays were: envelope = sales − expenses − fee − idle − reserve."""
    shared = sales - expenses - fee - idle - reserve
    found = Accounts(
        sold=sales + late, unpaid=D("0.00"), spent=expenses, uncounted=late, contribution=fee, idle=idle,
        reserve=reserve, shared=shared, kept=D("0.00"), runs=1,
    )  # fmt: skip
    assert found.adds_up
