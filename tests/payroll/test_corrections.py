"""Correcting an issued slip: a counter-slip and a new one, both visible, nothing edited."""

from decimal import Decimal

import pytest
from django.db import transaction

from ct_platform.kit.errors import Refused, Stale
from documents.models import Counter, Document
from payroll.engine.params import load_params
from payroll.engine.solve import solve_gross
from payroll.engine.types import Ytd
from payroll.models import AccountEntry, Correction, Payslip, PayslipLine
from payroll.rules.changes import person_in
from payroll.rules.stored_slips import slip_from_json
from payroll.selectors.corrections import opened
from payroll.services import corrections as services
from payroll.services.computing import pay_input, year_to_date
from payroll.services.corrections import drop_correction, issue_correction
from payroll.services.drafting import draft_correction
from payroll.services.ledger import kept_cents
from projects.models import WorkEntry
from tests import factories as make
from tests.factories import NOW
from tests.payroll.correcting import (
    NEW_RATE,
    add_colleague,
    corrected,
    proposed,
    share_of,
)
from tests.payroll.scene import set_scene

D = Decimal
WATCHED = (Payslip, PayslipLine, Document, AccountEntry, Correction)


@pytest.fixture
def scene(people):
    add_colleague(people)
    return set_scene(people)


@pytest.fixture
def run(scene):
    return scene.issued()


def counts():
    numbers = dict(Counter.objects.values_list("pk", "last"))
    return [model.objects.count() for model in WATCHED], numbers


def refused(sentence, act, error=Refused):
    before = counts()
    with pytest.raises(error, match=sentence), transaction.atomic():
        act()
    assert counts() == before


def test_a_proposal_solves_the_same_share_again_and_issues_nothing(scene, run):
    first = share_of(run)
    correction = proposed(scene, run)
    slip = slip_from_json(correction.answer["slip"])
    assert correction.changes["atmp_rate"] == ["1.55000", "2.10"]
    assert slip.gross < first.gross
    assert correction.cost + correction.remainder == first.amount + first.carried_in
    assert share_of(run).standing.gross == first.gross
    assert Payslip.objects.count() == 2 and AccountEntry.objects.count() == 6


def test_issuing_writes_two_numbers_two_slips_two_papers(scene, run):
    correction = corrected(scene, run)
    wrong, counter, new = Payslip.objects.filter(share=correction.share).order_by("pk")
    assert [wrong.number, counter.number, new.number] == [
        "2026-R-00001", "2026-R-00003", "2026-R-00004",
    ]  # fmt: skip
    assert (counter.kind, counter.version, counter.cancels) == ("counter", 1, wrong)
    assert (new.kind, new.version, new.correction) == ("slip", 2, correction)
    assert [wrong.document.status, counter.document.status, new.document.status] == [
        "replaced", "valid", "valid",
    ]  # fmt: skip
    assert wrong.document.replaced_by == new.document
    assert share_of(run).payslip == new
    assert correction.decided_by == scene.people.irene


def test_the_counter_slip_is_the_opposite_of_the_slip_to_the_line(scene, run):
    corrected(scene, run)
    counter = Payslip.objects.get(kind="counter")
    wrong = counter.cancels
    for name in ("gross", "net_before_tax", "net_social", "net_taxable", "tax", "net_paid",
                 "total_cost"):  # fmt: skip
        assert getattr(counter, name) == -getattr(wrong, name), name
    lines = [
        {line.code: (line.base, line.amount) for line in slip.lines.all()}
        for slip in (wrong, counter)
    ]
    assert lines[1] == {code: (-base, -amount) for code, (base, amount) in lines[0].items()}


def test_nothing_issued_before_is_touched(scene, run):
    slips, lines = list(Payslip.objects.values()), list(PayslipLine.objects.values())
    entries, share = list(AccountEntry.objects.values()), share_of(run)
    corrected(scene, run)
    assert list(Payslip.objects.filter(correction=None).values()) == slips
    kept = PayslipLine.objects.filter(payslip__correction=None).order_by("payslip_id", "position")
    assert list(kept.values()) == lines
    assert list(AccountEntry.objects.filter(correction=None).values()) == entries
    after = share_of(run)
    assert (after.gross, after.cost, after.slip) == (share.gross, share.cost, share.slip)


def test_the_account_reverses_cost_remainder_and_net_then_says_the_new_ones(people):
    add_colleague(people)
    scene = set_scene(people, kind="hours", sales=D("1001.82"))
    run = scene.issued()
    share = share_of(run)
    correction = corrected(scene, run)
    entries = AccountEntry.objects.filter(enrolment=share.enrolment)
    reversals = entries.filter(reverses__isnull=False)
    assert {e.kind for e in reversals} <= {"cost", "remainder", "net"}
    assert all(e.amount == -e.reverses.amount for e in reversals)
    sums = {}
    for entry in entries:
        sums[entry.kind] = sums.get(entry.kind, 0) + entry.amount
    new = correction.figures
    assert sums["cost"] == -new.cost and sums["net"] == new.net_paid
    assert sums["share"] + sums["cost"] + sums["remainder"] == 0
    assert kept_cents([share.enrolment_id])[share.enrolment_id] == new.remainder
    assert sum(sums.values()) == new.net_paid


def test_it_pays_what_a_run_at_the_right_rate_would_have_paid(scene, run):
    """Bastien's share is the same; his pay is computed at the right rate from the start, elsewhere."""
    correction = corrected(scene, run)
    photograph = {**run.photograph}
    photograph["settings"] = photograph["settings"] | {"atmp_rate": "2.10"}
    person = person_in(photograph, correction.share.enrolment_id)
    slip, rest = solve_gross(
        D("410.42"), pay_input(photograph, person, run.month), Ytd.empty(), load_params(run.month)
    )
    assert slip_from_json(correction.answer["slip"]) == slip
    assert correction.remainder == rest


def test_a_correction_is_corrected_in_turn(scene, run):
    corrected(scene, run)
    correction = corrected(
        scene, run, asked={"atmp_rate": D("1.80")}, reason="Encore le mauvais taux."
    )
    assert correction.changes["atmp_rate"] == ["2.10", "1.80"]
    slips = Payslip.objects.filter(share=correction.share).order_by("pk")
    assert [(s.kind, s.version) for s in slips] == [
        ("slip", 1), ("counter", 1), ("slip", 2), ("counter", 2), ("slip", 3),
    ]  # fmt: skip
    assert [s.number[-1] for s in slips] == ["1", "3", "4", "5", "6"]
    assert Payslip.objects.standing().filter(share=correction.share).get().version == 3
    statuses = [s.document.status for s in slips]
    assert statuses == ["replaced", "valid", "replaced", "valid", "valid"]
    net = AccountEntry.objects.filter(enrolment=correction.share.enrolment, kind="net")
    assert sum(e.amount for e in net) == correction.figures.net_paid


def test_coming_back_to_the_first_rate_gives_the_first_figures(scene, run):
    first = share_of(run)
    corrected(scene, run)
    back = corrected(scene, run, asked={"atmp_rate": D("1.55")}, reason="Il était juste.")
    assert (back.figures.gross, back.cost) == (first.gross, first.cost)


# --- names and addresses


def test_a_new_address_alone_is_reprinted_with_the_same_amounts(scene, run):
    first = share_of(run).payslip
    type(scene.people.amina).objects.filter(pk=scene.people.amina.pk).update(
        address="3 rue des Lilas"
    )
    correction = corrected(scene, run, asked={}, reason="La rue était fausse.")
    new = share_of(run).payslip
    assert list(correction.changes) == ["identity"]
    assert new.document.snapshot["person"]["address"] == "3 rue des Lilas"
    assert first.document.snapshot["person"]["address"] == "8 allée des Tilleuls"
    assert (new.net_paid, new.gross) == (first.net_paid, first.gross)


def test_the_paper_names_who_was_agreed_even_if_they_move_meanwhile(scene, run):
    person = type(scene.people.amina).objects.filter(pk=scene.people.amina.pk)
    person.update(address="3 rue des Lilas")
    correction = proposed(scene, run, asked={}, reason="La rue était fausse.")
    person.update(address="9 place Neuve")
    issue_correction(correction=correction, actor=scene.people.actor("irene"), at=NOW)
    assert share_of(run).payslip.document.snapshot["person"]["address"] == "3 rue des Lilas"


# --- a contract of another kind


def test_a_wrong_profile_is_corrected_by_a_confirmed_one(scene, run):
    other = make.ContributionProfileFactory(
        host=scene.world.host, confirmed=True, confirmed_by=scene.people.helene, version=2,
        disabled_lines=["er_ags"],
    )  # fmt: skip
    correction = corrected(scene, run, asked={"profile": other}, reason="L’AGS n’est pas due.")
    assert correction.profile == other
    codes = set(share_of(run).payslip.lines.values_list("code", flat=True))
    assert "er_ags" not in codes and "er_unemployment" in codes


def test_a_change_of_contract_starts_from_the_year_of_that_contract(scene, run):
    employee = make.ContributionProfileFactory(
        host=scene.world.host, confirmed=True, confirmed_by=scene.people.helene, code="employee"
    )
    asked = {"profile": employee, "minutes": 1200}
    correction = corrected(scene, run, asked=asked, reason="C’était un CDD.")
    assert correction.answer["after_slip"] is None
    person, host = scene.people.amina.pk, scene.world.host.pk

    def last(code):
        return year_to_date([person], host_id=host, year=2026, profile_code=code).get(person)

    assert last("cape") is None
    assert last("employee")[0] == share_of(run).payslip.pk


# --- what is known of one person


def test_a_personal_tax_rate_is_sealed_in_the_correction_and_taken_on_the_slip(scene, run):
    correction = corrected(scene, run, asked={"pas_rate": D("10")}, reason="Le taux est arrivé.")
    old, new = correction.changes["pas_rate"]
    assert old is None and "10" not in new["sealed"][:4] and opened(new) == D("10")
    slip = share_of(run).payslip
    assert slip.tax == D("25.81") and slip.net_paid == slip.net_before_tax - slip.tax
    back = corrected(scene, run, asked={"pas_rate": None}, reason="Il n’était pas pour elle.")
    assert back.figures.tax == 0 and back.changes["pas_rate"][1] is None


def test_the_same_tax_rate_is_no_change(scene, run):
    corrected(scene, run, asked={"pas_rate": D("10")})
    refused("Rien ne change", lambda: proposed(scene, run, asked={"pas_rate": D("10.0")}))


def test_a_health_waiver_forgotten_gives_the_cover_back(people):
    add_colleague(people)
    scene = set_scene(people, sales=D("14000.00"))
    scene.world.host.pay_settings.update(health_cover=40, health_cover_employer_share=50)
    for name in ("amina", "bastien", "gael"):
        people.enrolments[name].contracts.update(kind="cdd")
    scene.profile.code = "employee"
    scene.profile.save()
    run = scene.issued()
    corrected(scene, run, asked={"health_waived": True}, reason="Elle était dispensée.")
    wrong, _counter, new = Payslip.objects.filter(share=share_of(run)).order_by("pk")
    covered = {"ee_health_cover", "er_health_cover"}
    assert covered <= set(wrong.lines.values_list("code", flat=True))
    assert not covered & set(new.lines.values_list("code", flat=True))
    assert new.net_before_tax > wrong.net_before_tax


# --- what is refused


def test_the_person_who_proposed_does_not_issue(scene, run):
    correction = proposed(scene, run)
    refused(
        "n’est pas celle qui a proposé",
        lambda: issue_correction(correction=correction, actor=scene.helene, at=NOW),
    )


def test_no_change_is_refused(scene, run):
    refused("Rien ne change", lambda: proposed(scene, run, asked={"atmp_rate": D("1.55")}))
    refused("Rien ne change", lambda: proposed(scene, run, asked={}))
    # Hours are no base of pay under a CAPE, and are not printed as such.
    refused("Rien ne change", lambda: proposed(scene, run, asked={"minutes": 60}))


def test_a_reason_is_compulsory(scene, run):
    refused("en une phrase", lambda: proposed(scene, run, reason="  "))


def test_a_second_proposal_waits_for_the_first(scene, run):
    proposed(scene, run)
    refused("attend déjà", lambda: proposed(scene, run, asked={"atmp_rate": D("3")}))


def test_a_profile_that_is_not_confirmed_or_not_the_hosts_is_refused(scene, run):
    mine = make.ContributionProfileFactory(host=scene.world.host, version=2)
    theirs = make.ContributionProfileFactory(
        host=scene.people.b.host, confirmed=True, confirmed_by=scene.people.hugo
    )
    for profile in (mine, theirs):
        refused("n’est pas confirmé", lambda p=profile: proposed(scene, run, asked={"profile": p}))


def test_a_profile_unconfirmed_meanwhile_stops_the_issue(scene, run):
    other = make.ContributionProfileFactory(
        host=scene.world.host, confirmed=True, confirmed_by=scene.people.helene, version=2,
        disabled_lines=["er_ags"],
    )  # fmt: skip
    correction = proposed(scene, run, asked={"profile": other})
    type(other).objects.filter(pk=other.pk).update(confirmed_by=None, confirmed_at=None)
    refused(
        "n’est pas confirmé",
        lambda: issue_correction(correction=correction, actor=scene.people.actor("irene"), at=NOW),
    )


def test_what_the_engine_refuses_is_said_with_the_name(scene, run):
    refused("Amina Sarr.*100 %", lambda: proposed(scene, run, asked={"atmp_rate": D("101")}))


def test_a_net_that_no_longer_covers_an_advance_is_refused(scene, run):
    share = share_of(run)
    type(share).objects.filter(pk=share.pk).update(withheld=share.net_paid)
    refused("ne couvre plus", lambda: proposed(scene, run))


def test_a_person_without_a_slip_has_nothing_to_correct(people):
    add_colleague(people)
    scene = set_scene(people, kind="hours")
    WorkEntry.objects.filter(enrolment=scene.people.enrolments["bastien"]).delete()
    run = scene.issued()
    refused("n’a pas de bulletin", lambda: proposed(scene, run, "Bastien"))


# --- dropped, twice


def test_a_dropped_proposal_changes_nothing_and_leaves_room_for_another(scene, run):
    correction = proposed(scene, run)
    drop_correction(correction=correction, actor=scene.helene, at=NOW)
    assert drop_correction(correction=correction, actor=scene.helene, at=NOW).state == "dropped"
    refused(
        "abandonnée",
        lambda: issue_correction(correction=correction, actor=scene.people.actor("irene"), at=NOW),
    )
    assert corrected(scene, run).state == "issued"


def test_an_issued_correction_is_not_dropped(scene, run):
    correction = corrected(scene, run)
    refused(
        "ne s’abandonne plus",
        lambda: drop_correction(correction=correction, actor=scene.helene, at=NOW),
    )


def test_issuing_twice_issues_once(scene, run):
    correction = proposed(scene, run)
    irene = scene.people.actor("irene")
    issue_correction(correction=correction, actor=irene, at=NOW)
    before = counts()
    issue_correction(correction=correction, actor=irene, at=NOW)
    assert counts() == before


def test_figures_that_moved_since_the_page_was_read_are_not_sent(scene, run):
    draft = draft_correction(share=share_of(run), asked=NEW_RATE)
    refused(
        "ont changé",
        lambda: proposed(scene, run, asked={"atmp_rate": D("2.20")}, seen=draft.seen),
        Stale,
    )
    assert proposed(scene, run, seen=draft.seen).state == "proposed"


def test_a_failure_gives_the_numbers_back(scene, run, monkeypatch):
    correction = proposed(scene, run)
    before = counts()

    def fails(**_):
        raise RuntimeError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(services.ledger, "write_correction", fails)
        with pytest.raises(RuntimeError):
            issue_correction(correction=correction, actor=scene.people.actor("irene"), at=NOW)
    assert counts() == before
    correction.refresh_from_db()
    assert correction.state == "proposed"
