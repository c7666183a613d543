"""The pages of a run, in a browser's shoes: who opens them, what they press, what they are told."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from payroll.models import PayRun, Payslip
from payroll.selectors.runs import runs_of_cohort
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(people):
    return set_scene(people)


def at(name, run):
    return reverse(f"payroll:{name}", args=[run.cohort_id, run.pk])


def opening(**changes):
    asked = {
        "month": "2026-11-01", "reserve": "20,84", "paid_on": "2026-12-10",
        "submission_key": str(uuid.uuid4()),
    }  # fmt: skip
    return asked | changes


def test_the_coordinator_goes_from_draft_to_the_host_and_the_host_to_the_papers(scene, enter):
    driss, helene = enter("driss"), enter("helene")
    answer = driss.post(reverse("payroll:runs", args=[scene.cohort.pk]), opening())
    run = PayRun.objects.get()
    assert answer.url == at("run", run)
    assert "Le pot commun" in driss.get(at("run", run)).content.decode()
    driss.post(at("freeze", run))
    driss.post(at("compute", run))
    page = driss.get(at("run", run)).content.decode()
    assert "400,00\xa0€" in page and "Amina Sarr" in page  # 800.00 between two
    driss.post(
        at("review", run),
        {"seen": PayRun.objects.get().reading, "paid_on": "2026-12-10", "read": "on"},
    )
    assert "Relue par Driss Marchal" in helene.get(at("run", run)).content.decode()
    helene.post(at("approve", run), {"seen": PayRun.objects.get().reading, "read": "on"})
    assert helene.post(at("issue", run)).url == at("papers", run)
    run.refresh_from_db()
    assert run.state == "issued"
    assert "4" in helene.get(at("papers", run)).content.decode()


def test_the_newest_month_comes_first(scene):
    """A query that counts people forgets the order of its model."""
    october = dt.date(2026, 10, 1)
    scene.sell("700.00", moved_on=october.replace(day=7))
    scene.work("amina", 300, day=october.replace(day=8))
    first = scene.issued(month=october, paid_on=dt.date(2026, 11, 26))
    last = scene.open()
    assert runs_of_cohort(scene.cohort.pk) == [last, first]


@pytest.mark.parametrize(
    ("name", "status"),
    [("dalia", 404), ("hugo", 404), ("amina", 404), ("chloe", 404), ("elsa", 404), ("nora", 404)],
)
def test_strangers_and_coworkers_find_no_run(scene, enter, name, status):
    run = scene.computed()
    client = enter(name)
    for page in ("run", "papers", "review", "approve", "issue", "reopen", "edit_draft"):
        assert client.get(at(page, run)).status_code == status, page
    for act in ("freeze", "compute"):
        assert client.post(at(act, run)).status_code == status, act
    run.refresh_from_db()
    assert run.state == "computed"


def test_a_coordinator_does_not_approve_and_a_host_does_not_prepare(scene, enter):
    run = scene.reviewed()
    assert enter("driss").post(at("approve", run), {"read": "on"}).status_code == 403
    for act in ("freeze", "compute", "review", "edit_draft"):
        assert enter("helene").post(at(act, run)).status_code == 403, act
    assert (
        enter("helene").post(reverse("payroll:runs", args=[run.cohort_id]), opening()).status_code
        == 403
    )
    run.refresh_from_db()
    assert (run.state, PayRun.objects.count()) == ("reviewed", 1)


def test_the_button_is_shown_to_whom_the_door_opens(scene, enter):
    run = scene.reviewed()
    assert "J’approuve" not in enter("driss").get(at("run", run)).content.decode()
    assert "J’approuve" in enter("helene").get(at("run", run)).content.decode()


def test_opening_twice_with_one_form_opens_one_run(scene, enter):
    driss, form = enter("driss"), opening()
    first, second = (
        driss.post(reverse("payroll:runs", args=[scene.cohort.pk]), form) for _ in "12"
    )
    assert first.url == second.url
    assert PayRun.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reserve": "beaucoup"}, "Écrivez un montant en euros"),
        ({"reserve": "-5"}, "Écrivez un montant en euros"),
        ({"paid_on": "2026-10-01"}, "ne peut pas précéder"),
        ({"paid_on": "31/02/2026"}, "Écrivez une date"),
        ({"month": "2027-01-01"}, "Sélectionnez un choix valide"),
    ],
)
def test_a_wrong_opening_says_why_beside_the_field(scene, enter, changes, sentence):
    page = enter("driss").post(reverse("payroll:runs", args=[scene.cohort.pk]), opening(**changes))
    assert sentence in page.content.decode()
    assert not PayRun.objects.exists()


def test_a_refusal_is_said_on_the_page_it_came_from(scene, enter):
    run = scene.reviewed()
    driss = enter("driss")
    page = driss.post(at("issue", run), headers={"referer": f"http://testserver{at('issue', run)}"})
    assert "pas encore donné son accord" in driss.get(page.url).content.decode()
    assert not Payslip.objects.exists()


def test_an_estimation_says_so_on_every_page(people, enter):
    scene = set_scene(people, confirmed=False)
    run = scene.reviewed()
    pages = [
        enter("driss").get(at("run", run)),
        enter("helene").get(at("run", run)),
        enter("helene").get(at("approve", run)),
    ]
    assert all("Estimation, sans valeur de bulletin" in page.content.decode() for page in pages)
    answer = enter("helene").post(at("approve", run), {"read": "on"})
    assert "sans valeur de bulletin" in answer.content.decode()
    run.refresh_from_db()
    assert run.state == "reviewed"


def test_a_draft_says_what_to_look_at_before_the_photo(scene, enter):
    scene.work("amina", 90, confirmed=False)
    scene.sell("120.00", moved_on=None)
    page = enter("driss").get(at("run", scene.open())).content.decode()
    for sentence in (
        "1\xa0h\xa030 pas encore confirmées",
        "zéro, ou oublié",
        "120,00\xa0€",
        "Le mois n’est pas fini",
    ):
        assert sentence in page


def test_the_coordinator_follows_slips_without_opening_them(
    scene, enter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run = scene.issued()
    slip = Payslip.objects.first().document_id
    door = reverse("documents:download", args=[slip])
    assert door not in enter("driss").get(at("papers", run)).content.decode()
    assert enter("driss").get(door).status_code == 404
    assert door in enter("helene").get(at("papers", run)).content.decode()
    assert enter("helene").get(door).status_code == 200


def test_the_progress_is_a_fragment_for_htmx_and_a_page_for_everybody(scene, enter):
    run = scene.issued()
    driss = enter("driss")
    fragment = driss.get(at("papers", run), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment and "0 sur 6" in fragment
    assert "<html" in driss.get(at("papers", run)).content.decode()


def test_reopening_asks_why(scene, enter):
    run = scene.reviewed()
    helene = enter("helene")
    assert (
        "pourquoi la paie est rouverte"
        in helene.post(at("reopen", run), {"reason": ""}).content.decode()
    )
    helene.post(at("reopen", run), {"reason": "La réserve n’est pas celle du vote."})
    run.refresh_from_db()
    assert run.state == "draft"


def test_no_button_acts_on_a_visit(scene, enter):
    run = scene.approved()
    for name in ("freeze", "compute"):
        assert enter("driss").get(at(name, run)).status_code == 405
    assert enter("driss").get(at("issue", run)).status_code == 200
    run.refresh_from_db()
    assert run.state == "approved"


@pytest.mark.parametrize("state", ["open", "computed", "issued"])
def test_the_page_costs_the_same_whoever_is_paid(
    scene, enter, state, django_assert_max_num_queries
):
    run = getattr(scene, state)()
    driss = enter("driss")
    driss.get(reverse("members:seats"))  # the first page of a session keeps its seat
    with django_assert_max_num_queries(20 if state == "open" else 10):
        driss.get(at("run", run))
