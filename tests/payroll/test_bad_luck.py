"""Bad input and bad luck in a pay: each has one decided outcome, said in a sentence."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused
from payroll.invariants import pay as invariants
from payroll.models import AccountEntry, ContributionProfile, HostSettings, PayRun, Share
from payroll.rules.photographs import VERSION, fingerprint
from payroll.rules.stored_slips import slip_from_json
from payroll.services.asking import pay_input
from payroll.services.computing import compute_run
from payroll.services.freezing import freeze_run
from payroll.services.issuing import issue_run
from payroll.services.runs import approve_run, open_run, review_run
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import NOVEMBER, PAID_ON, SHARE, adopt, set_scene

D = Decimal


def share_of(run, name):
    return run.shares.get(enrolment__person__first_name=name)


def person_of(run, name):
    return next(p for p in run.photograph["people"] if p["name"].startswith(name))


def refused(scene, sentence, **changes):
    """The photograph is refused with that sentence, and nothing is locked."""
    run = scene.open(**changes)
    with pytest.raises(Refused, match=sentence):
        freeze_run(run=run, actor=scene.driss, at=NOW)
    run.refresh_from_db()
    assert (run.state, run.photograph) == ("draft", None)


def as_wages(people, **settings):
    """Everybody under a fixed-term contract, and a confirmed profile for it."""
    for enrolment in people.enrolments.values():
        enrolment.contracts.update(kind="cdd")
    make.ContributionProfileFactory(
        host=people.a.host, code="employee", confirmed=True, confirmed_by=people.helene
    )
    HostSettings.objects.filter(host=people.a.host).update(**settings)


# --- nothing to share, or nearly
def test_zero_hours_under_an_equal_rule_is_a_share_like_the_others_for_a_cape(people):
    scene = set_scene(people)
    people.enrolments["bastien"].work_entries.all().delete()
    bastien = share_of(scene.computed(), "Bastien")
    assert (bastien.minutes, bastien.amount, bastien.gross) == (0, SHARE, D("300.00"))


def test_zero_hours_by_hours_is_no_slip_and_nothing_kept(people):
    scene = set_scene(people, kind="hours")
    people.enrolments["bastien"].work_entries.all().delete()
    run = scene.issued()
    bastien = share_of(run, "Bastien")
    assert (bastien.slip, bastien.remainder) == (None, 0)
    assert not AccountEntry.objects.filter(enrolment=bastien.enrolment).exists()


def test_a_zero_pot_is_refused(people):
    scene = set_scene(people, sales=D("200.00"))
    refused(scene, "rien à partager", reserve=D("180.00"))


def test_a_negative_pot_is_refused(people):
    scene = set_scene(people)
    make.ExpenseFactory(project=scene.project, amount=D("5000.00"), recorded_by=people.driss)
    refused(scene, "ne couvrent pas les dépenses")


def test_no_sale_at_all_is_refused_in_plain_words(people):
    scene = set_scene(people)
    scene.project.sales.all().delete()
    refused(scene, "Aucune vente payée")


def test_a_share_under_one_cent_of_gross_is_carried_whole_then_paid(people):
    """0.01 € of gross costs 0.01 € and more: a share of one cent may pay nothing."""
    HostSettings.objects.filter(host=people.a.host).update(contribution_rate=0)
    scene = set_scene(people, sales=D("0.02"))
    # One cent of gross with an AT rate of 60 % costs two cents.
    HostSettings.objects.filter(host=people.a.host).update(atmp_rate=D("60"))
    run = scene.issued()
    amina = share_of(run, "Amina")
    assert (amina.amount, amina.cost, amina.remainder, amina.slip) == (
        D("0.01"), D("0.00"), D("0.01"), None,
    )  # fmt: skip
    assert amina.payslip is None
    assert [(e.kind, e.amount) for e in AccountEntry.objects.filter(enrolment=amina.enrolment)] == [
        ("share", D("0.01")), ("remainder", D("-0.01")),
    ]  # fmt: skip


# --- people and contracts
def test_who_left_in_the_month_is_present_until_their_last_day_and_has_a_last_slip(people):
    scene = set_scene(people)
    bastien = people.enrolments["bastien"]
    type(bastien).objects.filter(pk=bastien.pk).update(state="left", left_on=dt.date(2026, 11, 15))
    run = scene.issued()
    # The contract runs to 18 December: leaving ends the presence, not the paper.
    assert person_of(run, "Bastien")["presence"] == "0.500000"
    assert person_of(run, "Amina")["presence"] == "1.000000"
    half = slip_from_json(share_of(run, "Bastien").slip["slip"])
    assert half.pss == D("2002.50")  # half of 4,005
    assert share_of(run, "Bastien").payslip is not None


def test_two_contracts_of_one_kind_in_a_month_make_one_presence(people):
    scene = set_scene(people)
    people.enrolments["bastien"].contracts.update(ends_on=dt.date(2026, 11, 10))
    make.ContractFactory(
        enrolment=people.enrolments["bastien"],
        starts_on=dt.date(2026, 11, 16), ends_on=dt.date(2026, 12, 18),
    )  # fmt: skip
    assert person_of(scene.frozen(), "Bastien")["presence"] == "0.833333"  # 25 days of 30


def test_two_kinds_of_contract_in_a_month_for_one_person_are_refused_by_name(people):
    scene = set_scene(people)
    people.enrolments["bastien"].contracts.update(ends_on=dt.date(2026, 11, 10))
    make.ContractFactory(
        enrolment=people.enrolments["bastien"], kind="cdd",
        starts_on=dt.date(2026, 11, 16), ends_on=dt.date(2026, 12, 18),
    )  # fmt: skip
    refused(scene, "Bastien Cherif : un CAPE et un contrat de travail")


def test_one_person_in_two_cohorts_of_a_host_has_two_slips_and_one_year(people):
    scene = set_scene(people)
    first = scene.issued()
    other = make.CohortFactory(territory=scene.world.territory, host=scene.world.host)
    make.ContractFactory(enrolment=make.EnrolmentFactory(cohort=other, person=people.amina))
    adopt(other, people.driss)
    make.SaleFactory(
        project=make.ProjectFactory(cohort=other), amount=D("500.00"), recorded_by=people.driss
    )
    run = open_run(cohort=other, month=NOVEMBER, paid_on=PAID_ON, actor=scene.driss, at=NOW)
    run = freeze_run(run=run, actor=scene.driss, at=NOW)
    run = compute_run(run=run, actor=scene.driss, at=NOW)
    run = review_run(run=run, actor=scene.driss, at=NOW)
    run = approve_run(run=run, actor=scene.helene, at=NOW)
    issue_run(run=run, actor=scene.driss, at=NOW)
    one, two = share_of(first, "Amina"), share_of(run, "Amina")
    assert two.slip["ytd_before"] == one.slip["slip"]["ytd_after"]
    assert two.slip["after_slip"] == one.payslip.pk
    assert one.payslip.number != two.payslip.number


# --- what the host decided, too old or missing
def test_a_profile_of_an_earlier_year_is_refused_until_a_new_version(people):
    scene = set_scene(people)
    ContributionProfile.objects.update(in_force_from=dt.date(2025, 6, 1))
    refused(scene, "date de 2025")
    make.ContributionProfileFactory(host=scene.world.host, version=2, confirmed=True)
    assert freeze_run(run=PayRun.objects.get(), actor=scene.driss, at=NOW).state == "frozen"


def test_an_unconfirmed_profile_is_computed_and_never_approved(people):
    scene = set_scene(people, confirmed=False)
    run = scene.reviewed()
    with pytest.raises(Refused, match="sans valeur de bulletin"):
        approve_run(run=run, actor=scene.helene, at=NOW)
    run.refresh_from_db()
    assert run.state == "reviewed"


def test_a_newer_unconfirmed_version_stops_the_slips_of_the_older_confirmed_one(people):
    scene = set_scene(people)
    make.ContributionProfileFactory(
        host=scene.world.host, version=2, in_force_from=dt.date(2026, 11, 1)
    )
    run = scene.reviewed()
    assert run.profile.version == 2
    with pytest.raises(Refused, match="sans valeur de bulletin"):
        approve_run(run=run, actor=scene.helene, at=NOW)


def test_a_month_without_parameters_is_refused_and_never_carried_forward(people):
    scene = set_scene(people)
    run = scene.open()
    PayRun.objects.filter(pk=run.pk).update(month=dt.date(2025, 11, 1))
    scene.cohort.starts_on = dt.date(2025, 9, 1)
    scene.cohort.save()
    for model in (HostSettings, ContributionProfile):
        model.objects.update(in_force_from=dt.date(2025, 1, 1))
    people.enrolments["amina"].contracts.update(starts_on=dt.date(2025, 9, 7))
    with pytest.raises(Refused, match="novembre 2025"):
        freeze_run(run=run, actor=scene.driss, at=NOW)
    run.refresh_from_db()
    assert run.photograph is None


def test_more_people_exempted_than_people_is_refused(people):
    scene = set_scene(people)
    run = scene.open()
    PayRun.objects.filter(pk=run.pk).update(waived_people=3)
    with pytest.raises(Refused, match="3 personnes dispensées"):
        freeze_run(run=run, actor=scene.driss, at=NOW)


# --- wages
def test_hours_follow_the_share_at_the_hourly_rate_of_the_host(people):
    scene = set_scene(people)
    as_wages(people, hourly_rate=D("12.31"))
    run = scene.issued()
    amina = share_of(run, "Amina")
    assert amina.gross == (amina.paid_hours * D("12.31")).quantize(D("0.01"))
    assert amina.amount == amina.cost + amina.remainder
    assert amina.remainder < D("0.30")  # a hundredth of an hour costs about as much
    hours = f"{amina.paid_hours}".replace(".", ",")
    assert amina.payslip.document.snapshot["hours"] == f"{hours} heures à 12,31\xa0€"
    assert list(invariants.stored_pay_recomputes()) == []


def test_a_wage_without_a_job_is_pointed_out_before_its_slip_is_issued(people, enter):
    """C. trav. R3243-1, 4°: the slip names the job. A CAPE has none."""
    scene = set_scene(people)
    as_wages(people, hourly_rate=D("12.31"))
    people.enrolments["bastien"].activity = "Fleuriste, niveau I"
    people.enrolments["bastien"].save()
    run = scene.computed()
    page = enter("helene").get(reverse("payroll:run", args=[run.cohort_id, run.pk]))
    assert "pourtant obligatoires : Amina Sarr." in page.content.decode()


def test_a_cape_is_not_asked_for_a_job(people, enter):
    run = set_scene(people).computed()
    page = enter("helene").get(reverse("payroll:run", args=[run.cohort_id, run.pk]))
    assert "sans emploi" not in page.content.decode()


def test_hours_stay_the_confirmed_ones_without_an_hourly_rate_and_for_a_cape(people):
    scene = set_scene(people)
    HostSettings.objects.filter(host=people.a.host).update(hourly_rate=D("12.31"))
    assert share_of(scene.computed(), "Amina").paid_hours is None


def test_an_hourly_rate_under_the_smic_of_the_month_is_refused(people):
    scene = set_scene(people)
    as_wages(people, hourly_rate=D("12.30"))
    refused(scene, "sous le SMIC de novembre 2026")


def test_nobody_is_declared_at_work_who_was_not(people):
    """An equal share at an hourly rate would invent hours: without any, it is carried."""
    scene = set_scene(people)
    as_wages(people, hourly_rate=D("12.31"))
    people.enrolments["bastien"].work_entries.all().delete()
    bastien = share_of(scene.computed(), "Bastien")
    assert (bastien.slip, bastien.paid_hours, bastien.remainder) == (None, None, SHARE)


# --- profiles and photographs
def test_a_pay_honours_every_answer_of_the_profile(people):
    scene = set_scene(people)
    ContributionProfile.objects.update(
        disabled_lines=["er_ags"], enabled_lines=["ee_cet", "er_ceg_t1"], rgdu=True,
        tdelta_override=D("0.3141"),
    )  # fmt: skip
    run = scene.computed()
    asked = pay_input(run.photograph, person_of(run, "Amina"), run.month).profile
    assert "er_ags" in asked.disabled_lines
    assert not {"ee_cet", "er_ceg_t1"} & asked.disabled_lines
    assert (asked.rgdu, asked.tdelta_override) == (True, D("0.3141"))
    codes = {line["code"] for line in share_of(run, "Amina").slip["slip"]["lines"]}
    assert {"rgdu", "er_ceg_t1"} <= codes and "er_ags" not in codes


def test_a_photograph_of_the_first_version_still_recomputes(people):
    run = set_scene(people).issued()
    old = run.photograph | {"version": 1}
    for key in ("idle", "waived_people", "cohort_month", "reserve_decision"):
        del old[key]
    old["settings"] = {
        key: old["settings"][key]
        for key in ("id", "in_force_from", "contribution_base", "contribution_rate",
                    "contribution_fixed", "atmp_rate", "mobility_rate", "headcount")
    }  # fmt: skip
    old["profile"] = {
        key: old["profile"][key] for key in ("id", "code", "version", "disabled_lines")
    }
    for person in old["people"]:
        del person["terms"]
    PayRun.objects.filter(pk=run.pk).update(photograph=old, photograph_hash=fingerprint(old))
    assert VERSION == 2
    assert list(invariants.stored_pay_recomputes()) == []
    assert list(invariants.the_photograph_is_unaltered()) == []


# --- the end
def test_what_is_left_at_the_end_of_a_cohort_is_said_with_what_to_do(people, enter):
    scene = set_scene(people, kind="hours", sales=D("1001.82"))
    scene.cohort.ends_on = dt.date(2026, 11, 30)
    scene.cohort.save()
    run = scene.issued()
    kept = sum(share.remainder for share in Share.objects.all())
    assert kept > 0
    page = enter("driss").get(reverse("payroll:run", args=[run.cohort_id, run.pk]))
    assert "Fin de la cohorte" in page.content.decode()


def test_before_the_last_month_nobody_is_told_that_it_ends(people, enter):
    scene = set_scene(people, kind="hours", sales=D("1001.82"))
    run = scene.issued()
    page = enter("driss").get(reverse("payroll:run", args=[run.cohort_id, run.pk]))
    assert "Fin de la cohorte" not in page.content.decode()
