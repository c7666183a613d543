"""The envelope: every figure of the pot opens on its evidence, photographed or live."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Frozen, Refused
from decisions.models import Outcome
from payroll.models import HostSettings, PayRun
from payroll.services.runs import change_draft, compute_run, freeze_run
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import PAID_ON, adopt, set_scene

D = Decimal


@pytest.fixture
def scene(people):
    scene = set_scene(people)
    make.ExpenseFactory(
        project=scene.project, label="Terreau", amount=D("41.20"), recorded_by=people.driss
    )
    return scene


def at(name, run):
    return reverse(f"payroll:{name}", args=[run.cohort_id, run.pk])


def decide(run, **changes):
    asked = {"reserve": D("100.00"), "paid_on": PAID_ON} | changes
    return change_draft(run=run, **asked)


def settings_of(scene, **changes):
    HostSettings.objects.filter(host=scene.world.host).update(**changes)


@pytest.mark.parametrize("state", ["open", "frozen", "computed", "issued"])
def test_each_line_of_the_pot_opens_on_its_list(scene, enter, state):
    settings_of(scene, contribution_fixed=D("30.00"), contribution_fixed_per="person")
    run = getattr(scene, state)()
    for name in ("driss", "helene"):
        client = enter(name)
        pot = client.get(at("run", run)).content.decode()
        for place in ("ventes", "depenses", "contribution", "reserve"):
            assert f'href="{at("pot", run)}#{place}"' in pot
        page = client.get(at("pot", run)).content.decode()
        for text in (
            "Terreau", "41,20\xa0€", "Paniers du samedi", "912,04\xa0€", "Fleurs",
            # 10 % of 912.04, then 30.00 for each of the two who share.
            "91,20\xa0€", "30,00\xa0€ × 2 personnes", "60,00\xa0€", "151,20\xa0€",
        ):  # fmt: skip
            assert text in page, text


def test_the_photographed_rows_stay_what_they_were(scene, enter):
    run = scene.frozen()
    scene.project.sales.update(label="Autre chose")
    page = enter("driss").get(at("pot", run)).content.decode()
    assert "Paniers du samedi" in page and "Autre chose" not in page


def test_a_waived_month_says_why_nothing_is_taken(scene, enter):
    settings_of(scene, contribution_waived_months=3)
    run = scene.frozen()
    assert run.contribution == 0
    page = enter("helene").get(at("pot", run)).content.decode()
    assert "ne prend rien les 3 premiers mois" in page


def test_people_exempted_of_the_fixed_part_are_counted_out(scene, enter):
    settings_of(scene, contribution_fixed=D("30.00"), contribution_fixed_per="person")
    run = scene.open()
    decide(run, reserve=D("0.00"), waived_people=1)
    page = enter("driss").get(at("pot", run)).content.decode()
    assert "1 personne est dispensée" in page and "121,20\xa0€" in page


def test_idle_months_are_listed_person_by_person(scene, enter):
    settings_of(scene, idle_month_cost=D("3.95"))
    page = enter("driss").get(at("pot", scene.frozen())).content.decode()
    assert "septembre 2026, octobre 2026" in page and "7,90\xa0€" in page


def test_kept_cents_are_listed_before_and_after_the_computation(people, enter):
    scene = set_scene(people, kind="hours", sales=D("1001.82"))
    scene.sell("700.00", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 300, day=dt.date(2026, 10, 8))
    scene.work("bastien", 200, day=dt.date(2026, 10, 8))
    first = scene.issued(month=dt.date(2026, 10, 1), paid_on=dt.date(2026, 11, 10))
    kept = {s.enrolment.person.full_name: s.remainder for s in first.shares.all() if s.remainder}
    assert kept
    driss = enter("driss")
    for run in (scene.open(), None):
        page = driss.get(at("pot", run or scene_computed(scene))).content.decode()
        for name, amount in kept.items():
            assert name in page and f"{amount}".replace(".", ",") in page


def scene_computed(scene):
    driss, run = scene.driss, PayRun.objects.get(state="draft")
    return compute_run(run=freeze_run(run=run, actor=driss, at=NOW), actor=driss, at=NOW)


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("hugo", 404), ("amina", 404), ("chloe", 404), ("elsa", 404), ("nora", 404)],
)
def test_strangers_and_coworkers_find_no_envelope(scene, enter, name, status):
    assert enter(name).get(at("pot", scene.frozen())).status_code == status


# --- the decision behind the reserve
def test_the_reserve_names_the_decision_that_voted_it(scene, enter):
    run, driss = scene.open(), enter("driss")
    assert "ne repose sur aucune décision" not in driss.get(at("run", run)).content.decode()
    decide(run)
    assert "ne repose sur aucune décision" in driss.get(at("run", run)).content.decode()
    outcome = Outcome.objects.get(cohort=scene.cohort)
    form = driss.get(at("edit_draft", run)).content.decode()
    assert "Décision n° 1 du 02/10/2026 : Comment partager l’argent ?" in form
    sent = {
        "reserve": "100,00", "paid_on": "2026-12-10", "reserve_decision": outcome.pk,
        "waived_people": "0",
    }  # fmt: skip
    assert driss.post(at("edit_draft", run), sent).status_code == 302
    run.refresh_from_db()
    assert run.reserve_decision == outcome
    assert "ne repose sur aucune décision" not in driss.get(at("run", run)).content.decode()
    assert "par la décision n° 1" in driss.get(at("pot", run)).content.decode()


def test_the_decision_is_photographed_with_its_number_and_day(scene):
    run = decide(scene.open(), reserve_decision=Outcome.objects.get())
    photographed = freeze_run(run=run, actor=scene.driss, at=NOW).photograph["reserve_decision"]
    assert photographed == {
        "id": run.reserve_decision_id, "number": 1, "decided_on": "2026-10-02",
    }  # fmt: skip


def test_a_decision_of_another_cohort_or_not_adopted_is_refused(people, scene, enter):
    elsewhere = adopt(people.b.cohort, people.dalia).outcome
    run = scene.open()
    with pytest.raises(Refused, match="adoptée par cette cohorte"):
        decide(run, reserve_decision=elsewhere)
    sent = {"reserve": "100,00", "paid_on": "2026-12-10", "reserve_decision": elsewhere.pk,
            "waived_people": "0"}  # fmt: skip
    page = enter("driss").post(at("edit_draft", run), sent).content.decode()
    assert "Sélectionnez un choix valide" in page
    run.refresh_from_db()
    assert (run.reserve, run.reserve_decision) == (0, None)


def test_a_photographed_run_keeps_its_decision(scene):
    run = scene.frozen()
    with pytest.raises(Frozen):
        decide(run, reserve_decision=Outcome.objects.get())


# --- what is said before the photograph
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pay_rhythm": "final"}, "paie une seule fois, à la fin de la cohorte (décembre 2026)"),
        ({"idle_month_cost": D("0.00")}, "6 mois de CAPE sans paie"),
    ],
)
def test_a_draft_warns_about_the_money(scene, enter, changes, sentence):
    settings_of(scene, idle_month_cost=D("3.95"))
    run, driss = scene.open(), enter("driss")
    assert sentence not in driss.get(at("run", run)).content.decode()
    settings_of(scene, **changes)
    assert sentence in driss.get(at("run", run)).content.decode()


def test_a_profile_of_an_earlier_year_is_said_before_the_photograph(scene, enter):
    type(scene.profile).objects.update(in_force_from=dt.date(2025, 6, 1))
    page = enter("driss").get(at("run", scene.open())).content.decode()
    assert "Le profil de cotisations date de 2025" in page
