"""Two people let somebody back in: who may not, the card, the old contact that stops everything."""

import datetime as dt
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cohorts.models import CoordinatorSeat, ExitSituation, RecoveryNotice, RecoveryRequest
from cohorts.perms.recovery import can_renew_card
from cohorts.rules.recovery import Signer, may_sign_second
from cohorts.services import recovery
from cohorts.services.recovery import Checked
from cohorts.services.recovery_notices import block, sweep
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.models import TransitionLog
from members.models import AccessRecord, JoinCard
from members.services.join_cards import CardRefused, use_card
from tests import factories as make
from tests.cohorts.recovering import (
    BORN,
    NEW_PHONE,
    approved,
    asks,
    checked,
    former,
    host_colleague,
    in_seat,
    secret_in,
    told,
)
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila(people):
    return former(people)


@pytest.fixture
def helene(people):
    return people.actor("helene")


@pytest.fixture
def driss(people):
    return people.actor("driss")


def seen_by(actor) -> list[RecoveryRequest]:
    return list(RecoveryRequest.objects.visible_to(actor))


def typed(**changes):
    return {
        "submission_key": str(uuid.uuid4()), "site": "", "first_name": "Leïla", "last_name": "Benali",
        "birth_date": "1985-03-12", "phone": "06 39 98 00 99",
    } | changes  # fmt: skip


# --- two people


@pytest.mark.parametrize(
    ("first", "second", "fine"),
    [
        (Signer(1, True), Signer(2, False), True),
        (Signer(1, False), Signer(2, True), True),
        (Signer(1, True), Signer(2, True), True),
        (Signer(1, False), Signer(2, False), False),
        (Signer(1, True), Signer(1, False), False),  # two seats, one person
        (Signer(1, True), Signer(1, True), False),
    ],
)
def test_two_different_people_sign_and_the_host_is_one_of_them(first, second, fine):
    assert may_sign_second(first=first, second=second) is fine


def test_she_comes_back_her_other_devices_leave_and_only_then_her_contact_changes(
    leila, helene, driss, people
):
    old_phone = Client()
    old_phone.force_login(leila.user, backend="django.contrib.auth.backends.ModelBackend")
    assert old_phone.get(reverse("documents:mine")).status_code == 200
    request = checked(asks(email="nouveau@exemple.test"), leila, driss)
    card = approved(request, helene)
    leila.refresh_from_db()
    assert leila.phone == "+33639980011"
    assert old_phone.get(reverse("documents:mine")).status_code == 200
    new_phone = Client()
    entered = new_phone.post(reverse("members:join", args=[card.token]))
    assert entered.status_code == 302
    assert new_phone.get(reverse("documents:mine")).status_code == 200
    assert old_phone.get(reverse("documents:mine")).status_code == 302
    leila.refresh_from_db()
    assert (leila.phone, leila.email) == (NEW_PHONE, "nouveau@exemple.test")
    leila.user.refresh_from_db()
    assert leila.user.email == "nouveau@exemple.test"
    request.refresh_from_db()
    assert request.state == "entered"
    log = TransitionLog.objects.filter(model="cohorts.recoveryrequest", row_id=request.pk)
    assert [one.new for one in log] == ["checked", "approved", "entered"]
    said = AccessRecord.objects.about(leila.pk).filter(subject=recovery.SUBJECT)
    assert {one.by_person_id for one in said} == {driss.person_id, helene.person_id, leila.pk}


def test_two_seats_of_the_host_suffice(leila, helene, people):
    request = checked(asks(), leila, helene)
    assert approved(request, host_colleague(people)).person == leila


def nothing_came_of(request: RecoveryRequest, state: str) -> None:
    request.refresh_from_db()
    assert request.state == state
    assert not JoinCard.objects.filter(revoked_at__isnull=True).exists()


def test_who_checked_does_not_approve(leila, helene, enter):
    request = checked(asks(), leila, helene)
    with pytest.raises(Refused):
        approved(request, helene)
    answer = enter("helene").post(
        reverse("cohorts:approve_recovery", args=[request.pk]), {"way": "paper"}
    )
    assert answer.status_code == 403
    nothing_came_of(request, "checked")


def test_who_checked_does_not_approve_from_another_of_their_seats(leila, helene, people):
    CoordinatorSeat.objects.create(
        person=people.helene, territory=people.a.territory, starts_on=TODAY
    )
    other = in_seat(people.helene, "coordinator")
    request = checked(asks(), leila, helene)
    with pytest.raises(Refused):
        approved(request, other)
    nothing_came_of(request, "checked")


def test_two_coordinations_without_the_host_do_not_suffice(leila, driss, people):
    make.CoordinatorSeatFactory(person=people.dalia, territory=people.a.territory)
    colleague = in_seat(people.dalia, "coordinator", last=True)
    assert seen_by(colleague) == []
    request = checked(asks(), leila, driss)
    assert seen_by(colleague) == [request]
    with pytest.raises(Refused):
        approved(request, colleague)
    nothing_came_of(request, "checked")


@pytest.mark.parametrize("name", ["dalia", "hugo"])
def test_staff_of_elsewhere_neither_see_nor_approve(leila, helene, people, enter, name):
    request = checked(asks(territory=people.b.territory), leila, helene)
    client = enter(name)
    assert client.get(reverse("cohorts:recovery", args=[request.pk])).status_code == 404
    page = reverse("cohorts:approve_recovery", args=[request.pk])
    assert client.post(page, {"way": "paper"}).status_code == 404
    with pytest.raises(Refused):
        approved(request, people.actor(name))
    nothing_came_of(request, "checked")


def test_staff_of_elsewhere_do_not_say_it_is_somebody_of_here(leila, people):
    request = asks(territory=people.b.territory)
    with pytest.raises(Refused, match="pas de vos coopératives"):
        checked(request, leila, people.actor("dalia"))
    nothing_came_of(request, "received")


def test_nobody_opens_the_door_to_themselves(people, helene, driss):
    """Driss once was a coopérant: he neither checks nor approves his own return."""
    make.EnrolmentFactory(cohort=people.a.cohort, person=people.driss)
    request = asks(first_name="Driss", last_name="Marchal")
    with pytest.raises(Refused, match="soi-même"):
        checked(request, people.driss, driss)
    nothing_came_of(request, "received")
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryRequest.objects.filter(pk=request.pk).update(
            person=people.driss, approved_by=people.driss
        )


def test_who_has_a_seat_of_staff_needs_the_operator(people, helene):
    make.EnrolmentFactory(cohort=people.a.cohort, person=people.driss)
    request = asks(first_name="Driss", last_name="Marchal")
    with pytest.raises(Refused, match="administrateur"):
        checked(request, people.driss, helene)
    nothing_came_of(request, "received")


def test_a_seat_of_staff_taken_after_the_check_stops_the_approval(leila, helene, driss, people):
    request = checked(asks(), leila, helene)
    make.CoordinatorSeatFactory(person=leila, territory=people.b.territory)
    with pytest.raises(Refused, match="administrateur"):
        approved(request, driss)
    nothing_came_of(request, "checked")


def test_a_second_factor_is_not_gone_round(leila, helene):
    Authenticator.objects.create(user=leila.user, type="totp", data={})
    with pytest.raises(Refused, match="administrateur"):
        checked(asks(), leila, helene)


def test_a_closed_account_stays_closed(leila, helene, driss):
    """Somebody who died, or an account neutralised after a theft."""
    leila.user.is_active = False
    leila.user.save()
    request = asks()
    with pytest.raises(Refused, match="fermé"):
        checked(request, leila, helene)
    leila.user.is_active = True
    leila.user.save()
    request = checked(request, leila, helene)
    leila.user.is_active = False
    leila.user.save()
    with pytest.raises(Refused, match="fermé"):
        approved(request, driss)
    nothing_came_of(request, "checked")


def test_nobody_enters_for_somebody_who_died(leila, helene, people):
    request = asks()
    own = leila.enrolments.get()
    said = {"enrolment": own, "written_by": people.driss, "written_at": NOW, "known_on": TODAY}
    said |= {"left_on": TODAY}
    ExitSituation.objects.create(number=1, status="death", **said)
    with pytest.raises(Refused, match="dossier est clos"):
        checked(request, leila, helene)
    nothing_came_of(request, "received")
    ExitSituation.objects.create(number=2, status="moved", reason="Erreur de saisie", **said)
    assert checked(request, leila, helene).person == leila


def test_two_files_of_one_name_are_looked_at_before_one_is_chosen(leila, helene, people):
    make.PersonFactory(first_name="Leila", last_name="Benali", birth_date=BORN)
    request = asks()
    with pytest.raises(Refused) as caught:
        checked(request, leila, helene)
    assert caught.value.field == "saw_namesake"
    assert checked(request, leila, helene, saw_namesake=True).person == leila


def test_one_request_at_a_time_goes_on_for_a_person(leila, helene, driss):
    first, second = asks(), asks(phone="+33639980077")
    checked(first, leila, helene)
    with pytest.raises(Refused, match="déjà en cours"):
        checked(second, leila, driss)
    nothing_came_of(second, "received")


def test_a_card_nobody_used_in_time_makes_room_for_another_request(leila, helene, driss):
    first = checked(asks(), leila, helene)
    card = approved(first, driss)
    later = NOW + dt.timedelta(days=15)
    with pytest.raises(CardRefused, match="plus valable"):
        use_card(token=card.token, at=later)
    second = asks(phone="+33639980077")
    recovery.check(
        request=second, person=leila, checked=Checked(how="called"), actor=driss, at=later
    )
    first.refresh_from_db()
    assert first.state == "lapsed"


def test_approving_twice_makes_one_card(leila, helene, driss, people):
    request = checked(asks(), leila, driss)
    approved(request, helene)
    with pytest.raises(Stale):
        approved(request, host_colleague(people))
    assert JoinCard.objects.count() == 1


# --- the card


def test_a_card_that_served_serves_no_more(leila, helene, driss):
    card = approved(checked(asks(), leila, driss), helene)
    use_card(token=card.token, browser="hers", at=NOW)
    with pytest.raises(CardRefused):
        use_card(token=card.token, browser="another", at=NOW)
    with pytest.raises(CardRefused):
        use_card(code=card.code, at=NOW)


def test_it_is_given_on_paper_once_and_made_again_by_one_of_the_two(leila, helene, driss, enter):
    request = checked(asks(), leila, driss)
    answer = enter("helene").post(
        reverse("cohorts:approve_recovery", args=[request.pk]), {"way": "paper"}
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    first = JoinCard.objects.get()
    again = reverse("cohorts:renew_recovery_card", args=[request.pk])
    assert enter("driss").post(again, {"way": "paper"}).content.startswith(b"%PDF")
    first.refresh_from_db()
    assert first.revoked_at is not None
    request.refresh_from_db()
    assert request.card == JoinCard.objects.get(revoked_at__isnull=True)


def test_a_third_person_does_not_make_it_again(leila, helene, driss, people):
    request = checked(asks(), leila, driss)
    approved(request, helene)
    request.refresh_from_db()
    assert can_renew_card(helene, request)
    assert not can_renew_card(host_colleague(people), request)


def test_it_is_sent_to_the_new_mail_and_its_secret_is_then_wiped(leila, helene, driss):
    request = checked(asks(email="nouveau@exemple.test"), leila, driss)
    told()
    card = approved(request, helene, way="mail")
    (body,) = told()
    assert card.token in body
    assert mail.outbox[-1].to == ["nouveau@exemple.test"]
    assert set(RecoveryNotice.objects.values_list("sealed", flat=True)) == {""}
    assert told() == []
    assert sweep(at=NOW + dt.timedelta(hours=1)) == 0


def test_a_secret_waits_sealed(leila, helene, driss):
    request = checked(asks(email="nouveau@exemple.test"), leila, driss)
    card = approved(request, helene, way="mail")
    assert card.token not in RecoveryNotice.objects.get(kind="card").sealed


def test_it_is_not_sent_where_nobody_said(leila, helene, driss):
    request = checked(asks(), leila, driss)
    with pytest.raises(Refused, match="moyen"):
        approved(request, helene, way="mail")
    nothing_came_of(request, "checked")


# --- the old contact


def test_the_old_contact_is_warned_and_stops_everything(leila, helene, driss, client):
    request = checked(asks(), leila, driss)
    (body,) = told()
    assert mail.outbox[-1].to == ["ancien@exemple.test"]
    card = approved(request, helene)
    link = reverse("cohorts:not_me", args=[secret_in(body)])
    page = client.get(link)
    assert "tout arrêter" in page.content.decode()
    assert "Benali" not in page.content.decode()
    request.refresh_from_db()
    assert request.state == "approved"  # showing stops nothing
    assert "C’est arrêté" in client.post(link).content.decode()
    assert client.post(link).status_code == 200  # twice is as good as once
    request.refresh_from_db()
    assert request.state == "blocked"
    with pytest.raises(CardRefused):
        use_card(token=card.token, at=NOW)
    leila.refresh_from_db()
    assert leila.phone == "+33639980011"


def test_after_an_entry_the_link_puts_the_intruder_out(leila, helene, driss):
    request = checked(asks(), leila, driss)
    (body,) = told()
    intruder = Client()
    intruder.post(reverse("members:join", args=[approved(request, helene).token]))
    assert intruder.get(reverse("documents:mine")).status_code == 200
    block(secret=secret_in(body), at=NOW)
    assert intruder.get(reverse("documents:mine")).status_code == 302


def test_an_unknown_or_old_link_stops_nothing(leila, driss, client):
    request = checked(asks(), leila, driss)
    (body,) = told()
    assert client.post(reverse("cohorts:not_me", args=["inconnu"])).status_code == 404
    with pytest.raises(Refused):
        block(secret=secret_in(body), at=NOW + dt.timedelta(days=61))
    request.refresh_from_db()
    assert request.state == "checked"


def test_a_blocked_card_is_not_approved_nor_sent(leila, helene, driss):
    request = checked(asks(), leila, driss)
    (body,) = told()
    block(secret=secret_in(body), at=NOW)
    with pytest.raises(Stale):
        approved(request, helene)
