"""The electronic slip: told, refused, taken back, given on paper; effective at once, noted for ever."""

import datetime as dt

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused
from payroll.models import EPayslipEvent, Payslip, SlipHandover
from payroll.rules.epayslip import Said, SlipWish, informed_in_time, wish_from
from payroll.selectors.epayslip import delivery_of, informed_check, wish_of
from payroll.services import epayslip
from tests.factories import NOW
from tests.payroll.scene import set_scene

D = dt.date
TODAY = D(2026, 11, 25)


@pytest.mark.parametrize(
    ("acts", "wish"),
    [
        ([], SlipWish()),
        ([Said("informed", D(2026, 9, 7))], SlipWish(D(2026, 9, 7))),
        (
            [Said("informed", D(2026, 9, 7)), Said("objected", D(2026, 10, 1), "par lettre")],
            SlipWish(D(2026, 9, 7), True, D(2026, 10, 1), "par lettre"),
        ),
        # A letter older than the last choice, recorded after it, does not undo it.
        (
            [Said("objected", D(2026, 10, 1)), Said("accepted", D(2026, 11, 2)), Said("objected", D(2026, 10, 20))],
            SlipWish(D(2026, 10, 1), False, D(2026, 11, 2)),
        ),
        # On one day, what was recorded last.
        (
            [Said("objected", TODAY), Said("accepted", TODAY)],
            SlipWish(TODAY, False, TODAY),
        ),
        ([Said("objected", TODAY)], SlipWish(TODAY, True, TODAY)),
    ],
)  # fmt: skip
def test_the_choice_said_last_wins(acts, wish):
    assert wish_from(acts) == wish


@pytest.mark.parametrize(
    ("informed_on", "first_slip_on", "arrived_on", "fine"),
    [
        (D(2026, 11, 10), D(2026, 12, 10), None, True),
        (D(2026, 11, 11), D(2026, 12, 10), None, False),
        (D(2026, 12, 9), D(2026, 12, 10), D(2026, 12, 9), True),  # on arrival
        (D(2026, 12, 9), D(2026, 12, 10), D(2026, 12, 8), False),
        (D(2026, 2, 28), D(2026, 3, 31), None, True),
        (D(2026, 3, 1), D(2026, 3, 31), None, False),
        (D(2026, 12, 10), D(2027, 1, 10), None, True),
    ],
)
def test_one_month_before_or_on_arrival(informed_on, first_slip_on, arrived_on, fine):
    assert informed_in_time(informed_on, first_slip_on=first_slip_on, arrived_on=arrived_on) is fine


def tap(client, choice, back="pay"):
    return client.post(reverse("payroll:choose_slip"), {"choice": choice, "back": back})


def acts_of(person):
    return list(EPayslipEvent.objects.filter(person=person).values_list("act", flat=True))


def test_a_person_is_told_asks_for_paper_and_comes_back(people, enter):
    amina = enter("amina")
    page = amina.get(reverse("payroll:my_pay")).content.decode()
    assert "Ton bulletin arrive ici" in page and "J’ai compris" in page
    assert tap(amina, "understood").url == reverse("payroll:my_pay")
    assert wish_of(people.amina.pk) == SlipWish(informed_on=TODAY)
    assert "J’ai compris" not in amina.get(reverse("documents:mine")).content.decode()
    assert tap(amina, "paper", "papers").url == reverse("documents:mine")
    assert wish_of(people.amina.pk).wants_paper
    assert (
        "Tu as demandé le papier le 25 novembre 2026"
        in amina.get(reverse("documents:mine")).content.decode()
    )
    tap(amina, "online")
    assert not wish_of(people.amina.pk).wants_paper
    assert acts_of(people.amina) == ["informed", "objected", "accepted"]
    assert acts_of(people.bastien) == []


def test_two_taps_write_once(people, enter):
    amina = enter("amina")
    for choice in ("understood", "understood", "paper", "paper", "online", "online"):
        tap(amina, choice)
    assert acts_of(people.amina) == ["informed", "objected", "accepted"]


def test_a_choice_that_does_not_exist_changes_nothing(people, enter):
    assert tap(enter("amina"), "everything").status_code == 302
    assert acts_of(people.amina) == []


def test_who_left_may_still_ask_for_paper(people, enter):
    tap(enter("gael"), "paper")
    assert wish_of(people.gael.pk).wants_paper


def test_a_meeting_informs_those_who_were_not(people, enter):
    tap(enter("amina"), "paper")
    door = reverse("payroll:slip_choices", args=[people.a.cohort.pk])
    driss = enter("driss")
    assert driss.post(door, {"on": "2026-11-20", "how": "réunion"}).status_code == 302
    assert wish_of(people.bastien.pk).informed_on == D(2026, 11, 20)
    assert acts_of(people.amina) == ["objected"]
    assert acts_of(people.chloe) == []
    driss.post(door, {"on": "2026-11-21", "how": "réunion"})
    assert acts_of(people.bastien) == ["informed"]
    assert "Chaque personne est informée." in driss.get(door).content.decode()


@pytest.mark.parametrize(("on", "how"), [("2026-11-26", "réunion"), ("2026-11-20", " "), ("", "x")])
def test_a_meeting_to_come_or_without_a_how_is_refused(people, enter, on, how):
    door = reverse("payroll:slip_choices", args=[people.a.cohort.pk])
    assert enter("driss").post(door, {"on": on, "how": how}).status_code == 200
    assert not EPayslipEvent.objects.exists()


@pytest.mark.parametrize("name", ["driss", "helene"])
def test_a_letter_is_recorded_for_its_person_with_its_date(people, enter, name):
    door = reverse("payroll:slip_said", args=[people.a.cohort.pk])
    sent = {"person": people.bastien.pk, "act": "paper", "on": "2026-11-12", "how": "lettre"}
    assert enter(name).post(door, sent).status_code == 302
    wish = wish_of(people.bastien.pk)
    assert (wish.wants_paper, wish.since, wish.how) == (True, D(2026, 11, 12), "lettre")
    event = EPayslipEvent.objects.get()
    assert (event.by, event.at) == (people.persons[name], NOW)


def test_a_letter_of_somebody_elsewhere_is_not_recorded(people, enter):
    door = reverse("payroll:slip_said", args=[people.a.cohort.pk])
    sent = {"person": people.chloe.pk, "act": "paper", "on": "2026-11-12", "how": "lettre"}
    assert enter("driss").post(door, sent).status_code == 200
    assert not EPayslipEvent.objects.exists()


def test_a_letter_older_than_the_last_choice_is_refused_in_words(people):
    driss = people.actor("driss")
    said = {"person": people.amina, "actor": driss, "at": NOW}
    epayslip.ask_for_paper(on=D(2026, 10, 1), how="lettre", **said)
    epayslip.take_electronic(on=D(2026, 11, 2), how="de vive voix", **said)
    with pytest.raises(Refused, match="trop ancienne"):
        epayslip.ask_for_paper(on=D(2026, 10, 20), how="lettre", **said)
    assert acts_of(people.amina) == ["objected", "accepted"]


def test_before_issuing_it_says_who_was_never_told(people):
    scene = set_scene(people)
    run = scene.computed(paid_on=D(2026, 12, 26))
    check = informed_check(run)
    assert check.tone == "warn"
    assert "Amina Sarr" in check.text and "Bastien Cherif" in check.text
    both = {
        "people": [people.amina, people.bastien],
        "how": "réunion",
        "actor": scene.driss,
        "at": NOW,
    }
    epayslip.inform(on=TODAY, **both)
    assert informed_check(run).tone == "ok"
    run.paid_on = D(2026, 12, 10)
    assert "moins d’un mois avant" in informed_check(run).text


def test_the_warning_stands_on_the_page_of_the_run_until_it_is_issued(people, enter):
    scene = set_scene(people)
    run = scene.approved()
    door = reverse("payroll:run", args=[run.cohort_id, run.pk])
    assert "Jamais informés" in enter("helene").get(door).content.decode()


@pytest.fixture
def issued(people, django_capture_on_commit_callbacks):
    scene = set_scene(people)
    with django_capture_on_commit_callbacks(execute=True):
        scene.run = scene.issued()
    return scene


def where(scene):
    return {row.name: row.state for row in delivery_of(scene.run)}


def test_the_list_follows_each_slip_from_made_to_opened(people, enter, issued):
    tap(enter("bastien"), "paper")
    assert where(issued) == {
        "Amina Sarr": "Pas ouvert, jamais informé", "Bastien Cherif": "À remettre en papier",
    }  # fmt: skip
    amina = enter("amina")
    tap(amina, "understood")
    assert where(issued)["Amina Sarr"] == "Disponible, pas encore ouvert"
    slip = Payslip.objects.get(share__enrolment__person=people.amina)
    amina.post(reverse("documents:open", args=[slip.document_id]))
    assert where(issued)["Amina Sarr"] == "Ouvert le 25 novembre 2026"


def given(scene, name, person):
    slip = Payslip.objects.get(share__enrolment__person=person)
    return reverse("payroll:slip_given", args=[scene.run.cohort_id, scene.run.pk, slip.pk])


def test_a_slip_given_by_hand_says_when_and_by_whom_once(people, enter, issued):
    tap(enter("bastien"), "paper")
    for name in ("driss", "helene"):
        assert enter(name).post(given(issued, name, people.bastien)).status_code == 302
    handover = SlipHandover.objects.get()
    assert (handover.by, handover.given_on) == (people.driss, TODAY)
    row = next(row for row in delivery_of(issued.run) if row.name == "Bastien Cherif")
    assert row.note == "Remis en main propre le 25 novembre 2026 par Driss Marchal."
    assert not row.may_be_given


def test_a_slip_that_is_not_made_yet_was_not_given(people, enter):
    scene = set_scene(people)
    scene.run = scene.issued()
    enter("driss").post(given(scene, "driss", people.amina))
    assert not SlipHandover.objects.exists()


def test_the_coordinator_sees_where_slips_are_and_never_what_they_say(people, enter, issued):
    door = reverse("payroll:slip_delivery", args=[issued.run.cohort_id, issued.run.pk])
    slip = Payslip.objects.get(share__enrolment__person=people.amina)
    opens = reverse("documents:download", args=[slip.document_id])
    for name, sees in (("driss", False), ("helene", True)):
        page = enter(name).get(door).content.decode()
        assert "Amina Sarr" in page
        assert "249,52" not in page
        assert (opens in page) is sees


def test_a_slip_of_another_run_is_not_found(people, enter, issued):
    slip = Payslip.objects.first()
    door = reverse("payroll:slip_given", args=[people.a.cohort.pk, issued.run.pk + 1, slip.pk])
    assert enter("driss").post(door).status_code == 404
    assert not SlipHandover.objects.exists()


def test_a_slip_is_announced_by_a_link_but_not_to_who_asked_for_paper(
    people, enter, mailoutbox, django_capture_on_commit_callbacks
):
    for person in (people.amina, people.bastien):
        person.email = f"{person.first_name.lower()}@exemple.test"
        person.save()
    tap(enter("bastien"), "paper")
    with django_capture_on_commit_callbacks(execute=True):
        set_scene(people).issued()
    (letter,) = mailoutbox
    assert letter.to == ["amina@exemple.test"]
    assert "249" not in letter.subject + letter.body and letter.attachments == []
