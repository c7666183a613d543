"""Tokens: shown once, kept as a keyed hash, closed with what gave them."""

import datetime as dt
import logging

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.views.debug import get_exception_reporter_filter

from cohorts.models import PartnerSeat, Partnership
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import TransitionLog
from members.services.sign_in import close_account
from reports.enums import ClosedWhy, TokenState
from reports.models import ApiToken, TokenNotice
from reports.services import token_notices
from reports.services.tokens import close_token, close_what_ended, make_token
from reports.tasks import follow_tokens
from reports.views import api_door
from tests.factories import NOW, TODAY
from tests.reports.api.machine import API, Machine, token_of

DAY = dt.timedelta(days=1)


def typed(**other) -> dict[str, str]:
    return {
        "submission_key": "5a1f4b52-0f0f-4e7b-8a53-6f0d8ad0ab4e",
        "name": "Tableau",
        "purpose": "Notre tableau de bord",
        "expires_on": (TODAY + 90 * DAY).isoformat(),
    } | other


def test_it_is_made_shown_once_and_opens(enter):
    elsa = enter("elsa")
    assert elsa.post("/suivi/jetons/creer/", typed()).status_code == 302
    page = elsa.get("/suivi/jetons/").content.decode()
    secret = page.split('id="jeton"')[1].split('value="')[1].split('"')[0]
    assert secret.startswith("ctp_") and len(secret) == 47
    assert Machine(secret).get("/rapports")[0] == 200
    again = elsa.get("/suivi/jetons/").content.decode()
    assert secret not in again and secret[:10] in again


def test_a_double_tap_makes_one(enter):
    elsa = enter("elsa")
    for _tap in range(2):
        assert elsa.post("/suivi/jetons/creer/", typed()).status_code == 302
    assert ApiToken.objects.count() == 1


def test_the_database_holds_no_secret(people):
    token, secret = token_of(people)
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert secret[10:] not in str(row)
    log = TransitionLog.objects.get(model="reports.apitoken")
    assert (log.new, log.by_person_id) == ("open", people.elsa.pk)
    assert secret[10:] not in str(vars(log))


def test_its_last_day_is_kept_once_a_day_and_nothing_of_what_was_read(
    people, django_assert_num_queries
):
    token, secret = token_of(people)
    machine = Machine(secret)
    machine.get("/rapports")
    token.refresh_from_db()
    assert token.used_on == TODAY
    with django_assert_num_queries(2):  # the token, the report: the day was kept already
        machine.get("/rapports/999999")


def test_neither_the_log_nor_a_page_of_error_repeats_it(people, caplog, rf):
    _token, secret = token_of(people)
    with caplog.at_level(logging.DEBUG):
        Machine(secret).get("/rapports/999999")
        Machine(secret + "x").get("/rapports")
    assert secret[10:] not in caplog.text
    request = rf.get("/", headers={"Authorization": f"Bearer {secret}"})
    safe = get_exception_reporter_filter(request).get_safe_request_meta(request)
    assert secret not in str(safe)


# --- who may


@pytest.mark.parametrize("name", ["amina", "driss", "helene"])
def test_who_is_no_partner_has_none(enter, name):
    client = enter(name)
    assert client.get("/suivi/jetons/").status_code == 403
    assert client.post("/suivi/jetons/creer/", typed()).status_code == 403
    assert ApiToken.objects.count() == 0


def test_a_partner_sees_and_closes_its_own_and_never_its_neighbour_s(people, enter):
    mine, _s = token_of(people)
    theirs, _s = token_of(people, "farid", called="Voisin")
    elsa = enter("elsa")
    page = elsa.get("/suivi/jetons/").content.decode()
    assert "Tableau" in page and "Voisin" not in page
    assert elsa.post(f"/suivi/jetons/{theirs.pk}/fermer/").status_code == 404
    assert elsa.post(f"/suivi/jetons/{mine.pk}/fermer/").status_code == 302
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (mine.state, mine.closed_why) == (TokenState.CLOSED, ClosedWhy.OWN)
    assert theirs.state == TokenState.OPEN


def test_the_network_sees_all_makes_none_and_may_close_one(people, enter):
    token, secret = token_of(people)
    nora = enter("nora")
    assert "Tableau" in nora.get("/suivi/jetons/").content.decode()
    assert nora.post("/suivi/jetons/creer/", typed()).status_code == 403
    nora.post(f"/suivi/jetons/{token.pk}/fermer/")
    status, body, _h = Machine(secret).get("/rapports")
    assert (status, body["type"]) == (401, "/api/#jeton-ferme")
    assert "fermé par le réseau" in body["detail"]


def test_a_session_opens_nothing_and_a_token_no_page(people, enter):
    elsa = enter("elsa")
    assert elsa.get(f"{API}/rapports").status_code == 401
    _token, secret = token_of(people)
    answer = Machine().client.get("/suivi/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 302
    # Farid's session beside Elsa's token: the token speaks.
    beside = enter("farid").get(
        f"{API}/cooperatives", headers={"Authorization": f"Bearer {secret}"}
    )
    assert [one["nom"] for one in beside.json()["lignes"]] == ["Les Racines du Plateau"]


# --- what is refused


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"expires_on": TODAY.isoformat()}, "expires_on"),
        ({"expires_on": (TODAY + 366 * DAY).isoformat()}, "expires_on"),
        ({"name": ""}, "name"),
        ({"purpose": " "}, "purpose"),
    ],
)
def test_it_says_what_is_missing_beside_its_field(enter, other, field):
    answer = enter("elsa").post("/suivi/jetons/creer/", typed(**other))
    assert answer.status_code == 422
    assert answer.context["form"].errors.get(field)
    assert ApiToken.objects.count() == 0


def test_five_open_ones_are_enough_and_a_name_is_used_once(people):
    token_of(people)
    with pytest.raises(Refused, match="porte déjà ce nom"):
        token_of(people)
    for n in range(4):
        token_of(people, called=f"Autre {n}")
    with pytest.raises(Refused, match="déjà cinq"):
        token_of(people, called="De trop")
    token_of(people, "farid")  # the neighbour's count is its own


def test_an_organisation_that_follows_nothing_gets_none(people):
    Partnership.objects.filter(organisation=people.a.partner).update(ends_on=TODAY - DAY)
    with pytest.raises(Refused, match="ne suit rien"):
        token_of(people)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "jeton-absent"),
        ("Basic abc", "jeton-absent"),
        ("Bearer ", "jeton-absent"),
        ("Bearer ctp_" + "a" * 43, "jeton-inconnu"),
        ("Bearer " + "é" * 300, "jeton-inconnu"),
    ],
)
def test_without_a_good_token_nothing_opens(client, db, given, code):
    answer = client.get(f"{API}/rapports", headers={"Authorization": given} if given else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["type"] == f"/api/#{code}"


def test_a_token_in_the_address_is_not_read(people):
    _token, secret = token_of(people)
    assert Machine().client.get(f"{API}/rapports?token={secret}").status_code == 401


# --- what ends it, at once


def ends(people, **change) -> None:
    Partnership.objects.filter(organisation=people.a.partner).update(**change)


@pytest.mark.parametrize(
    ("what", "why"),
    [("partnership", ClosedWhy.PARTNERSHIP), ("seat", ClosedWhy.SEAT), ("day", ClosedWhy.EXPIRED)],
)
def test_it_opens_nothing_the_moment_what_gave_it_is_over_and_the_task_writes_it_down(
    people, what, why
):
    token, secret = token_of(people)
    moment = NOW
    if what == "partnership":
        ends(people, ends_on=TODAY - DAY)
    elif what == "seat":
        PartnerSeat.objects.filter(person=people.elsa).update(ends_on=TODAY - DAY)
    else:
        moment = NOW + 91 * DAY
    with time_machine.travel(moment, tick=False):
        status, body, _h = Machine(secret).get("/rapports")
    assert (status, body["type"]) == (401, "/api/#jeton-ferme")
    assert str(why.label) in body["detail"]
    assert close_what_ended(at=moment) == 1
    assert close_what_ended(at=moment) == 0
    token.refresh_from_db()
    assert token.closed_why == why


def test_it_opens_on_its_last_day(people):
    _token, secret = token_of(people)
    with time_machine.travel(NOW + 90 * DAY, tick=False):
        assert Machine(secret).get("/rapports")[0] == 200


def test_once_closed_it_never_opens_again_even_by_hand(people):
    token, _secret = token_of(people)
    close_token(token=token, actor=people.actor("elsa"), at=NOW)
    close_token(token=token, actor=people.actor("nora"), at=NOW)  # twice is quiet
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reports_apitoken SET state = 'open', closed_at = NULL, closed_why = ''"
        )
    assert TransitionLog.objects.filter(model="reports.apitoken", new="closed").count() == 1


# --- how often


def test_one_token_may_call_so_often_and_is_told_how_long_to_wait(people, monkeypatch):
    monkeypatch.setattr(api_door, "CALLS", api_door.Limit("api", tries=3, seconds=60))
    machine, other = Machine(token_of(people)[1]), Machine(token_of(people, called="Autre")[1])
    assert [machine.get("/rapports")[0] for _n in range(4)] == [200, 200, 200, 429]
    _status, body, headers = machine.get("/rapports")
    assert (headers["Retry-After"], body["type"]) == ("60", "/api/#trop-de-demandes")
    assert other.get("/rapports")[0] == 200


def test_guessing_is_stopped_and_a_good_token_costs_no_try(people, monkeypatch):
    monkeypatch.setattr(api_door, "WRONG", api_door.Limit("api-wrong", tries=3, seconds=600))
    good = Machine(token_of(people)[1])
    assert [good.get("/rapports")[0] for _n in range(5)] == [200] * 5
    guess = Machine("ctp_" + "b" * 43)
    assert [guess.get("/rapports")[0] for _n in range(4)] == [401, 401, 401, 429]


# --- its end is told


def test_its_organisation_is_told_once_three_weeks_before(
    people, django_capture_on_commit_callbacks
):
    token, secret = token_of(people)
    follow_tokens()
    assert TokenNotice.objects.count() == 0
    with time_machine.travel(NOW + 70 * DAY, tick=False):
        for _hour in range(3):
            with django_capture_on_commit_callbacks():
                follow_tokens()
        notice = TokenNotice.objects.get()
        assert token_notices.tell(notice_id=notice.pk, at=NOW + 70 * DAY)
        assert not token_notices.tell(notice_id=notice.pk, at=NOW + 70 * DAY)
    (sent,) = mail.outbox
    assert sent.to == ["elsa@exemple.test"]
    assert token.prefix in sent.body and "/suivi/jetons/" in sent.body
    assert secret[10:] not in sent.body


def test_a_token_closed_meanwhile_is_not_told(people):
    token, _secret = token_of(people)
    later = NOW + 70 * DAY
    token_notices.remind(at=later)
    close_token(token=token, actor=people.actor("elsa"), at=later)
    assert not token_notices.tell(notice_id=TokenNotice.objects.get().pk, at=later)
    assert mail.outbox == []


def test_a_refused_name_leaves_no_trace(people):
    token_of(people)
    before = TransitionLog.objects.count()
    with pytest.raises(Refused):
        make_token(
            name="Tableau", purpose="x", expires_on=TODAY + DAY, actor=people.actor("elsa"), at=NOW
        )
    assert TransitionLog.objects.count() == before


def test_it_closes_with_the_account_of_who_made_it(people):
    """The operator closes an account at once; the seat is ended later, if anybody thinks of it."""
    token, secret = token_of(people)
    close_account(user=people.user("elsa"))
    status, said, _headers = Machine(secret).get("/rapports")
    assert (status, said["type"].rsplit("#")[-1]) == (401, "jeton-ferme")
    assert close_what_ended(at=NOW) == 1
    token.refresh_from_db()
    assert token.closed_why == ClosedWhy.SEAT
