"""A withholding rate: sealed, dated, used by the pay, read by the host alone."""

import datetime as dt
import hashlib
import json
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit.crypto import unseal
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import Submission
from payroll.invariants import pay as invariants
from payroll.models import HostSettings, PersonalTerms
from payroll.selectors.personal_terms import open_rate
from payroll.services.personal_terms import write_terms
from tests import factories as make
from tests.payroll.scene import set_scene

D = Decimal
OCTOBER = dt.date(2026, 10, 1)
RATE = D("7.3")


@pytest.fixture
def scene(people):
    return set_scene(people)


def write(scene, name="amina", **changes):
    asked = {"in_force_from": OCTOBER, "pas_rate": RATE, "health_waived": False} | changes
    return write_terms(
        enrolment=scene.people.enrolments[name], actor=scene.helene, **asked
    )  # fmt: skip


def share_of(run, name="Amina"):
    return run.shares.select_related("enrolment__person").get(enrolment__person__first_name=name)


def door(scene, name="amina"):
    return reverse("payroll:write_terms", args=[scene.cohort.pk, scene.people.enrolments[name].pk])


def sent(**changes):
    return {
        "in_force_from": "2026-10-01", "pas_rate": "7,3", "submission_key": str(uuid.uuid4())
    } | changes  # fmt: skip


# --- it works
def test_the_host_writes_a_rate_and_pay_withholds_it(scene, enter):
    enter("helene").post(door(scene), sent())
    share = share_of(scene.computed())
    assert share.tax == D("18.84")  # 258.06 × 7.3 %
    assert (share.net_before_tax, share.net_paid) == (D("249.52"), D("230.68"))
    assert share_of(share.run, "Bastien").tax == D("0.00")
    assert list(invariants.stored_pay_recomputes()) == []


def test_the_rate_is_nowhere_in_clear_but_in_the_hands_of_the_engine(scene):
    terms = write(scene)
    run = scene.frozen()
    written = json.dumps(run.photograph)
    assert "7.3" not in written.replace("7.32", "") and terms.sealed_pas_rate in written
    assert "7.3" not in terms.sealed_pas_rate
    assert open_rate(str(terms.key), terms.sealed_pas_rate) == RATE


def test_a_rate_moved_to_another_row_does_not_open(scene):
    terms, other = write(scene), write(scene, "bastien", pas_rate=D("0"))
    with pytest.raises(ValueError, match="elsewhere"):
        open_rate(str(other.key), terms.sealed_pas_rate)
    assert unseal(f"payroll_personalterms|pas|{other.key}", other.sealed_pas_rate) == "0"


def test_a_rate_of_zero_is_a_rate_and_none_is_the_default_grid(scene):
    zero, none = write(scene, pas_rate=D("0")), write(scene, "bastien", pas_rate=None)
    people = {p["name"]: p["terms"] for p in scene.frozen().photograph["people"]}
    assert people["Amina Sarr"]["sealed_pas_rate"] == zero.sealed_pas_rate != ""
    assert people["Bastien Cherif"]["sealed_pas_rate"] == none.sealed_pas_rate == ""


def test_it_takes_the_terms_in_force_on_the_last_day_of_the_month(scene):
    write(scene, pas_rate=D("1"))
    write(scene, in_force_from=dt.date(2026, 11, 30), pas_rate=D("2"))
    write(scene, in_force_from=dt.date(2026, 12, 1), pas_rate=D("3"))
    share = share_of(scene.computed())
    assert share.tax == D("5.16")  # 258.06 × 2 %


def test_a_cover_is_withheld_from_a_wage_unless_waived_and_never_from_a_cape(scene):
    HostSettings.objects.filter(host=scene.world.host).update(
        health_cover=D("40.00"), health_cover_employer_share=D("60")
    )
    codes = {line["code"] for line in share_of(scene.computed()).slip["slip"]["lines"]}
    assert not codes & {"ee_health_cover", "er_health_cover"}


def test_the_cover_of_a_wage_follows_the_settings_and_the_waiver(people):
    scene = set_scene(people)
    HostSettings.objects.filter(host=scene.world.host).update(
        health_cover=D("40.00"), health_cover_employer_share=D("60")
    )
    for name in ("amina", "bastien"):
        people.enrolments[name].contracts.update(kind="cdd")
    make.ContributionProfileFactory(host=scene.world.host, code="employee")
    write(scene, "bastien", pas_rate=None, health_waived=True)
    run = scene.computed()
    lines = {
        name: {line["code"]: line["amount"] for line in share_of(run, name).slip["slip"]["lines"]}
        for name in ("Amina", "Bastien")
    }
    assert lines["Amina"]["ee_health_cover"] == "16.00"
    assert lines["Amina"]["er_health_cover"] == "24.00"
    assert "ee_health_cover" not in lines["Bastien"]


# --- who may not
@pytest.mark.parametrize(
    ("name", "status"),
    [("driss", 403), ("dalia", 404), ("hugo", 404), ("amina", 403), ("chloe", 404), ("elsa", 403)],
)
def test_only_the_seats_of_the_host_read_or_write_them(scene, enter, name, status):
    write(scene)
    client = enter(name)
    page = client.get(reverse("payroll:personal_terms", args=[scene.cohort.pk]))
    assert page.status_code == status and "7,3" not in page.content.decode()
    assert client.post(door(scene), sent(pas_rate="1")).status_code in (403, 404)
    assert PersonalTerms.objects.count() == 1


def test_the_host_reads_them_and_a_coordinator_cannot_infer_a_tax(scene, enter):
    write(scene)
    run = scene.computed()
    page = reverse("payroll:run", args=[run.cohort_id, run.pk])
    assert (
        "Taux personnel : 7,30 %"
        in enter("helene")
        .get(reverse("payroll:personal_terms", args=[scene.cohort.pk]))
        .content.decode()
    )
    coordinator, host = (enter(name).get(page).content.decode() for name in ("driss", "helene"))
    assert "249,52" in coordinator and "Net avant impôt" in coordinator
    for after_tax in ("230,68", "480,20"):  # hers, and the total
        assert after_tax not in coordinator and after_tax in host


def test_a_coordinator_follows_payments_without_their_amounts(scene, enter):
    """An amount sent is a net after tax."""
    write(scene)
    run = scene.issued()
    page = reverse("payroll:payments", args=[run.cohort_id, run.pk])
    coordinator, host = (enter(name).get(page).content.decode() for name in ("driss", "helene"))
    assert "Amina Sarr" in coordinator and "€" not in coordinator
    assert "230,68" in host


# --- what is refused
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pas_rate": "101"}, "va de 0 à 100"),
        ({"pas_rate": "beaucoup"}, "Écrivez un taux"),
        ({"in_force_from": "demain"}, "Écrivez une date"),
    ],
)
def test_wrong_terms_are_refused_beside_the_field(scene, enter, changes, sentence):
    assert sentence in enter("helene").post(door(scene), sent(**changes)).content.decode()
    assert not PersonalTerms.objects.exists()


def test_terms_never_reach_back_into_a_photographed_run(scene):
    scene.frozen()
    with pytest.raises(Refused, match="déjà photographiée"):
        write(scene)
    assert not PersonalTerms.objects.exists()
    assert write(scene, in_force_from=dt.date(2026, 12, 1)).pk


def test_the_same_day_twice_is_quiet_for_the_same_content_and_refused_for_another(scene):
    first = write(scene)
    assert write(scene) == first
    with pytest.raises(Refused, match="existe déjà"):
        write(scene, pas_rate=D("8"))
    assert PersonalTerms.objects.count() == 1


def test_the_receipt_of_the_form_does_not_betray_the_rate(people, enter):
    """The rate is sealed: a bare hash beside it would be guessed, rate by rate."""
    scene = set_scene(people)
    typed = {
        "submission_key": str(uuid.uuid4()),
        "in_force_from": "2027-01-01",
        "pas_rate": "7,3",
    }
    enrolment = people.enrolments["amina"]
    door = reverse("payroll:write_terms", args=[scene.cohort.pk, enrolment.pk])
    assert enter("helene").post(door, typed).status_code == 302
    parts = [f"{name}={value}" for name, value in sorted(typed.items())]
    bare = hashlib.sha256("\x1f".join([door, *parts]).encode()).hexdigest()
    assert Submission.objects.get(key=typed["submission_key"]).fingerprint != bare
