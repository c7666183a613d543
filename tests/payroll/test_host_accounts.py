"""A host books its pays in its own accounts; each change is a dated version of its settings."""

import datetime as dt
import uuid

import pytest

from ct_platform.kit.errors import Refused
from payroll.models import HostSettings
from payroll.rules.accounts import PLAN, plan_of
from payroll.services.accounts import set_accounts
from tests.payroll.scene import set_scene
from tests.payroll.test_host_settings import terms

pytestmark = pytest.mark.django_db
PAGE = "/coop-hote/comptes/"


def typed(**changes):
    numbers = {role: account.number for role, account in PLAN.items()}
    key = {"in_force_from": "2026-11-01", "submission_key": str(uuid.uuid4())}
    return numbers | key | changes


def versions(people):
    return HostSettings.objects.filter(host=people.a.host).order_by("in_force_from")


def test_other_numbers_are_a_new_version_and_the_rest_is_copied(people, enter):
    first = versions(people).get()
    assert enter("helene").post(PAGE, typed(cape_pay=" 6411 00 ", bank="512ca1")).status_code == 302
    before, after = versions(people)
    assert before.accounts == {} and after.accounts == {"cape_pay": "641100", "bank": "512CA1"}
    assert after.in_force_from == dt.date(2026, 11, 1)
    assert after.written_by_id == people.helene.pk
    assert (after.contribution_rate, after.atmp_rate, after.headcount, after.slip_series) == (
        first.contribution_rate, first.atmp_rate, first.headcount, first.slip_series,
    )  # fmt: skip
    assert plan_of(after.accounts)["cape_pay"].number == "641100"
    assert plan_of(after.accounts)["urssaf"].number == "431000"


def test_a_later_change_of_rates_keeps_the_accounts(people, enter):
    helene = enter("helene")
    helene.post(PAGE, typed(bank="512100"))
    helene.post("/coop-hote/reglages/", terms())
    assert versions(people).last().accounts == {"bank": "512100"}


def test_a_month_already_paid_is_no_obstacle_and_its_run_keeps_its_version(people, enter):
    run = set_scene(people).issued()
    assert enter("helene").post(PAGE, typed(bank="512100")).status_code == 302
    run.refresh_from_db()
    assert run.settings.in_force_from == dt.date(2026, 1, 1)
    assert versions(people).count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"bank": "51"}, "commence par trois chiffres"),
        ({"bank": "BNP512"}, "commence par trois chiffres"),
        ({"bank": "=1+1"}, "commence par trois chiffres"),
        ({"bank": "641000"}, "Ce compte est de classe 5"),
        ({"urssaf": ""}, "Donnez un numéro"),
        ({"in_force_from": "2025-12-31"}, "commencent après cette date"),
        ({"in_force_from": "2026-01-01", "bank": "512100"}, "existe déjà à cette date"),
    ],
)
def test_a_wrong_number_is_refused_beside_its_field(people, enter, changes, sentence):
    page = enter("helene").post(PAGE, typed(**changes))
    assert page.status_code == 200 and sentence in page.content.decode()
    assert versions(people).count() == 1


def test_the_same_numbers_again_change_nothing(people):
    numbers = {role: account.number for role, account in PLAN.items()}
    asked = {"host": people.a.host, "actor": people.actor("helene")}
    set_accounts(in_force_from=dt.date(2026, 11, 1), numbers=numbers, **asked)
    assert versions(people).count() == 1
    for day in (dt.date(2026, 11, 1), dt.date(2026, 11, 2)):
        set_accounts(in_force_from=day, numbers=numbers | {"bank": "512100"}, **asked)
    assert versions(people).count() == 2


def test_a_host_without_settings_is_told_to_fill_them_first(people, enter):
    HostSettings.objects.all().delete()
    assert "Pas encore de réglages" in enter("helene").get(PAGE).content.decode()
    with pytest.raises(Refused):
        set_accounts(
            host=people.a.host, in_force_from=dt.date(2026, 11, 1), numbers={},
            actor=people.actor("helene"),
        )  # fmt: skip


def test_the_neighbour_host_sets_its_own_accounts_only(people, enter):
    enter("hugo").post(PAGE, typed(bank="512900"))
    assert versions(people).get().accounts == {}
    assert HostSettings.objects.filter(host=people.b.host, accounts={"bank": "512900"}).exists()


@pytest.mark.parametrize("name", ["driss", "amina", "elsa"])
def test_nobody_else_opens_the_page(people, enter, name):
    assert enter(name).get(PAGE).status_code == 403
