"""The link of a message: it shows a page, it is used once, and it opens one open vote at most."""

import datetime as dt
import logging

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from cohorts.models import Enrolment
from ct_platform.kit.middleware import HideKeys
from decisions.models import Ballot, Elector, Poll, VoteNotice
from decisions.services import notices, polls, vote_links
from decisions.views.vote_link import WRONG
from members.services.sign_in import close_account
from tests import factories as make
from tests.decisions.assembly import CLOSES_AT, SETTINGS, put_to_vote
from tests.decisions.mailbox import give_address, link_in, received, write_to
from tests.factories import NOW


@pytest.fixture
def poll(people):
    write_to(people, "amina", "bastien")
    return put_to_vote(people)


@pytest.fixture
def link(poll, people, at):
    def of(name="amina"):
        notice = VoteNotice.objects.get(recipient=people.persons[name])
        notices.tell(notice_id=notice.pk, at=at)
        return link_in(received(name)[-1])

    return of


def words(answer):
    return answer.content.decode().replace("\u00a0", " ")


def address(poll):
    return reverse("decisions:poll", args=[poll.pk])


def test_opening_it_shows_a_page_and_does_nothing_whoever_opens_it(link, poll):
    path = link()
    for _ in range(5):
        robot = Client()
        page = robot.get(path)
        assert page.status_code == 200
        assert "_auth_user_id" not in robot.session
        assert robot.head(path).status_code == 200
    assert "C’est toi, Amina ?" in words(page)
    assert "Sarr" not in words(page)
    assert VoteNotice.objects.filter(link_used_at__isnull=False).count() == 0
    assert not Ballot.objects.exists()
    assert not Elector.objects.filter(used=True).exists()


def test_confirming_enters_and_shows_the_vote_without_voting(link, poll):
    phone = Client()
    path = link()
    phone.get(path)
    answer = phone.post(path)
    assert (answer.status_code, answer.url) == (302, address(poll))
    assert "Je vote" in words(phone.get(address(poll)))
    assert not Ballot.objects.exists()
    phone.post(address(poll), {"choice": "half"})
    assert Ballot.objects.get().elector.enrolment.person.first_name == "Amina"


def test_its_session_opens_that_vote_and_nothing_else_for_two_hours(link, poll):
    phone = Client()
    path = link()
    phone.get(path)
    phone.post(path)
    for name in ("payroll:my_pay", "members:profile", "decisions:to_decide", "payroll:my_bank"):
        answer = phone.get(reverse(name))
        assert answer.status_code == 403
        assert "Le lien ouvre une seule page" in words(answer)
    assert phone.get(f"/a-decider/{poll.pk}0/").status_code == 403
    assert 0 < phone.session.get_expiry_age() <= 2 * 3600
    with time_machine.travel(NOW + dt.timedelta(hours=2, minutes=1), tick=False):
        assert phone.get(address(poll)).status_code == 302
    assert phone.post(reverse("members:sign_out")).status_code == 302


def test_it_serves_once(link, poll):
    path = link()
    Client().post(path)
    stranger = Client()
    for answer in (stranger.get(path), stranger.post(path)):
        assert answer.status_code == 410
        assert "Ce lien a déjà servi" in words(answer)
    assert "_auth_user_id" not in stranger.session


def test_the_browser_that_used_it_may_tap_again_when_the_answer_was_lost(link, poll):
    phone = Client()
    path = link()
    phone.get(path)
    before = phone.cookies["sessionid"].value
    phone.post(path)
    phone.cookies["sessionid"] = before
    assert phone.post(path).url == address(poll)
    phone.cookies["sessionid"] = before
    with time_machine.travel(NOW + dt.timedelta(minutes=11), tick=False):
        assert phone.post(path).status_code == 410


def test_the_key_is_kept_nowhere(link, poll):
    path = link()
    secret = path.split("/")[2].partition("-")[2]
    notice = VoteNotice.objects.get(recipient__first_name="Amina")
    assert secret not in str(VoteNotice.objects.filter(pk=notice.pk).values().get())
    assert len(secret) >= 22


@pytest.mark.parametrize("given", ["jeton", "1-", "-", "1-abc", "²-a", "9" * 30 + "-a", "0-x"])
def test_an_unknown_link_says_so(poll, given):
    answer = Client().post(reverse("decisions:vote_link", args=[given]))
    assert answer.status_code == 404
    assert "Ce lien n’est pas connu" in words(answer)


def test_a_link_of_somebody_else_with_my_key_does_not_open(link, people, poll):
    mine, theirs = link("amina"), link("bastien")
    key = theirs.split("/")[2].partition("-")[0]
    forged = f"{key}-{mine.split('/')[2].partition('-')[2]}"
    assert Client().post(reverse("decisions:vote_link", args=[forged])).status_code == 404


def test_a_second_message_ends_the_link_of_the_first(link, people):
    first = link()
    VoteNotice.objects.filter(recipient=people.amina).update(status="waiting", attempts=0)
    second = link()
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


@pytest.mark.parametrize("days", [3, 9])
def test_it_ends_with_the_vote_and_after_eight_days(people, at, days):
    write_to(people, "amina")
    poll = put_to_vote(
        people,
        closes_at=NOW + dt.timedelta(days=20 if days == 9 else 2),
        effect_settings=SETTINGS | {"in_force_from": "2027-01-01"},
    )
    notices.tell(notice_id=VoteNotice.objects.get(poll=poll).pk, at=at)
    path = link_in(received("amina")[0])
    with time_machine.travel(NOW + dt.timedelta(days=days), tick=False):
        answer = Client().post(path)
    assert answer.status_code == 410
    assert ("plus de 8 jours" if days == 9 else "Ce vote est fini") in words(answer)


def test_a_cancelled_vote_is_said(link, poll, people, at):
    path = link()
    polls.cancel_poll(poll=poll, reason="Erreur de date", actor=people.actor("driss"), at=at)
    answer = Client().get(path)
    assert answer.status_code == 410
    assert "Ce vote a été annulé" in words(answer)
    assert "Erreur de date" not in words(answer)


def test_who_is_already_in_goes_straight_to_the_vote_with_their_own_session(link, poll, enter):
    amina, path = enter("amina"), link()
    assert amina.post(path).url == address(poll)
    assert amina.get(reverse("payroll:my_pay")).status_code == 200
    assert VoteNotice.objects.get(recipient__first_name="Amina").link_used_at is None


def test_somebody_else_s_session_is_never_taken_over(link, poll, enter):
    bastien, path = enter("bastien"), link()
    before = bastien.session["_auth_user_id"]
    page = words(bastien.get(path))
    assert "Ce lien est pour Amina" in page
    assert "Voir le vote</button>" not in page
    assert bastien.post(path).url == path
    assert bastien.session["_auth_user_id"] == before
    assert VoteNotice.objects.filter(link_used_at__isnull=False).count() == 0


def test_a_coordinator_who_was_sent_a_link_does_not_become_the_voter(link, enter):
    driss, path = enter("driss"), link()
    assert driss.post(path).url == path
    assert "Ce lien est pour Amina" in words(driss.get(path))


def door(poll):
    return f"{reverse('members:sign_in')}?next=%2Fa-decider%2F{poll.pk}%2F"


@pytest.mark.parametrize(
    "why", ["contact address", "closed account", "no account address", "staff", "partner", "left"]
)
def test_it_leads_to_the_usual_door_where_a_message_is_no_proof(poll, people, link, why):
    match why:
        case "contact address":
            give_address(people.amina, "coordination@exemple.test", opens=False)
        case "closed account":
            close_account(user=people.user("amina"))
        case "no account address":
            people.user("amina").email = None
            people.amina.user.email = None
            people.amina.user.save()
        case "staff":
            people.amina.user.is_staff = True
            people.amina.user.save()
        case "partner":
            make.PartnerSeatFactory(person=people.amina, organisation=people.a.partner)
        case "left":
            Enrolment.objects.filter(person=people.amina).update(state="selected")
    notice = VoteNotice.objects.get(recipient=people.amina)
    notices.tell(notice_id=notice.pk, at=NOW)
    path = link_in(mail.outbox[-1])
    phone = Client()
    assert "entrer comme d’habitude" in words(phone.get(path))
    assert phone.post(path).url == door(poll)
    assert "_auth_user_id" not in phone.session
    assert VoteNotice.objects.get(pk=notice.pk).link_used_at is None


@pytest.mark.parametrize("secrecy", ["secret", "sealed"])
def test_a_secret_vote_asks_for_the_usual_door_and_keeps_no_time(poll, people, link, secrecy, at):
    link("amina")
    notice = VoteNotice.objects.select_related("poll", "recipient__user").get(
        recipient=people.amina
    )
    notice.poll.secrecy = secrecy
    assert vote_links._seat(notice, at) is None
    notice.poll.secrecy = "open"
    assert vote_links._seat(notice, at) is not None


def test_a_mailbox_the_person_has_left_opens_nothing(link, people):
    path = link()
    give_address(people.amina, "nouvelle@exemple.test")
    assert Client().get(path).status_code == 404


def test_its_pages_stay_out_of_caches_referers_and_searches(link):
    path = link()
    phone = Client()
    for answer in (phone.get(path), phone.post(path), phone.get(path), phone.get("/vote/rien/")):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex"


def test_a_refused_link_is_logged_without_its_key(link, settings):
    path = link()
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Forbidden", path), None
    )
    assert HideKeys().filter(record)
    assert record.getMessage() == "Forbidden: /vote/…/"
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["request_id", "keys"]


def test_a_forged_post_from_another_site_is_refused(link):
    strict = Client(enforce_csrf_checks=True)
    path = link()
    strict.get(path)
    assert strict.post(path).status_code == 403
    assert VoteNotice.objects.filter(link_used_at__isnull=False).count() == 0


def test_guessing_is_held_and_right_links_are_not(link, poll):
    path = link()
    for _ in range(WRONG.tries):
        assert Client().post(reverse("decisions:vote_link", args=["1-faux"])).status_code == 404
    assert Client().post(reverse("decisions:vote_link", args=["1-faux"])).status_code == 429
    assert Client().get(path).status_code == 200


def test_a_session_of_one_link_takes_the_next_link_of_the_same_person(people, at):
    write_to(people, "amina")
    first = put_to_vote(people)
    polls.close_poll(poll=first, actor=None, at=CLOSES_AT)
    with time_machine.travel(CLOSES_AT, tick=False):
        phone, paths = Client(), []
        for _ in range(2):
            poll = put_to_vote(people, at=CLOSES_AT, closes_at=CLOSES_AT + dt.timedelta(days=2))
            notice = VoteNotice.objects.get(poll=poll)
            notices.tell(notice_id=notice.pk, at=CLOSES_AT)
            paths.append((poll, link_in(received("amina")[-1])))
            phone.post(paths[-1][1])
            assert phone.get(address(poll)).status_code == 200
            assert Poll.objects.get(pk=poll.pk).is_open
            polls.cancel_poll(poll=poll, reason="Essai", actor=people.actor("driss"), at=CLOSES_AT)
