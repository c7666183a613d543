"""The group adopts its rules of voting once; afterwards only a decision changes them."""

import pytest
from django.urls import reverse

from ct_platform.kit.errors import Refused
from decisions.models import Statutes
from decisions.selectors.statutes import voting_rules
from decisions.services.statutes import adopt_statutes
from tests import factories as make
from tests.decisions.assembly import all_vote, close, fill, put_to_vote
from tests.factories import TODAY

RULES = {
    "quorum_numerator": 2,
    "quorum_denominator": 3,
    "majority_base": "roll",
    "notice_hours": 48,
    "proxies_per_holder": 2,
    "tie_rule": "lot",
    "seal_persons": True,
    "seal_money": False,
    "concerned_vote": False,
    "consent_rounds": 2,
}
TYPED = {
    "quorum": "2/3",
    "majority_base": "roll",
    "notice_hours": "48",
    "proxies_per_holder": "2",
    "tie_rule": "lot",
    "seal_persons": "yes",
    "seal_money": "no",
    "concerned_vote": "no",
    "consent_rounds": "2",
    "agreed": "12",
}


@pytest.fixture
def fifteen(people):
    fill(people.a.cohort, 15)
    return people


def adopt(people, at, **changes):
    asked = {"cohort": people.a.cohort, "rules": RULES, "agreed": 12, "at": at}
    return adopt_statutes(**asked | {"actor": people.actor("driss")} | changes)


def page_of(people, cohort=None):
    return reverse("decisions:statutes", args=[(cohort or people.a.cohort).pk])


def words(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_first_rules_are_adopted_as_version_one(fifteen, at):
    Statutes.objects.all().delete()
    adopted = adopt(fifteen, at)
    assert (adopted.version, adopted.in_force_from) == (1, TODAY)
    assert (adopted.adopted_at, adopted.adopted_by_count) == (at, 12)
    assert adopted.noted_by == fifteen.driss
    assert {name: getattr(adopted, name) for name in RULES} == RULES


def test_rules_nobody_adopted_are_followed_by_a_new_version(fifteen, at):
    """Those a first vote wrote silently stay, for that vote was opened under them."""
    poll = put_to_vote(fifteen)
    adopted = adopt(fifteen, at)
    poll.refresh_from_db()
    assert (poll.statutes.version, adopted.version) == (1, 2)
    assert poll.statutes.quorum_denominator == 2


def test_adopted_rules_drive_the_next_vote(fifteen, at):
    adopt(fifteen, at, rules=RULES | {"notice_hours": 0})
    poll = put_to_vote(fifteen)
    assert (poll.statutes.version, poll.quorum) == (2, "10/15")
    assert poll.lot_commitment


def test_adopted_rules_are_not_adopted_again(fifteen, at):
    adopt(fifteen, at)
    with pytest.raises(Refused, match="par une décision"):
        adopt(fifteen, at, rules=RULES | {"quorum_numerator": 1})
    assert Statutes.objects.of_cohort(fifteen.a.cohort.pk).count() == 2


def test_once_a_vote_was_counted_only_a_decision_changes_them(fifteen, at):
    voters = fill(fifteen.a.cohort, 15)
    poll = put_to_vote(fifteen)
    all_vote(poll, voters, "m" * 15)
    close(poll)
    with pytest.raises(Refused, match="par une décision"):
        adopt(fifteen, at)
    assert Statutes.objects.of_cohort(fifteen.a.cohort.pk).count() == 1


def test_the_count_of_another_cohort_closes_nothing_here(fifteen, at):
    elsewhere = put_to_vote(fifteen, cohort=fifteen.b.cohort, actor=fifteen.actor("dalia"))
    close(elsewhere)
    assert adopt(fifteen, at).is_adopted


@pytest.mark.parametrize(
    ("agreed", "sentence"), [(9, "10 sur 15"), (0, "10 sur 15"), (16, "15 personnes peuvent voter")]
)
def test_two_people_in_three_must_agree(fifteen, at, agreed, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        adopt(fifteen, at, agreed=agreed)
    assert refusal.value.field == "agreed"
    assert not Statutes.objects.filter(adopted_at__isnull=False).exists()


def test_two_thirds_exactly_are_enough(fifteen, at):
    assert adopt(fifteen, at, agreed=10).adopted_by_count == 10


def test_a_cohort_without_voters_adopts_nothing(people, at):
    make.Enrolment.objects.filter(cohort=people.a.cohort).update(votes_from=None)
    with pytest.raises(Refused, match="Personne ne peut encore voter"):
        adopt(people, at)


def test_an_archived_cohort_adopts_nothing(fifteen, at):
    fifteen.a.cohort.state = "archived"
    with pytest.raises(Refused, match="archivée"):
        adopt(fifteen, at)


def test_every_rule_is_said_in_a_sentence(fifteen, at):
    adopt(fifteen, at)
    rules = voting_rules(fifteen.a.cohort.pk, TODAY, 15)
    said = " ".join(rules.sentences)
    for part in (
        "deux tiers des personnes inscrites",
        "10 sur 15",
        "toute la liste",
        "on tire au sort",
        "Au moins 48 heures",
        "la voix de 2 autres",
        "sur des personnes sont scellés",
        "sur l’argent sont ouverts",
        "dont on parle ne vote pas",
        "2 tours au plus",
        "15 jours",
    ):
        assert part in said, part
    assert rules.adopted
    assert "adoptée le 25 novembre 2026 : 12 personnes d’accord" in rules.origin


def test_the_page_explains_each_choice_with_the_number_of_the_cohort(enter, fifteen):
    page = words(enter("driss").get(page_of(fifteen)))
    assert "La moitié de 15, c’est 8." in page
    assert "Un tiers de 15, c’est 5." in page
    assert "il faut 10 pour sur 15" in page
    assert "Les 14 autres votent." in page


def test_the_coordinator_notes_what_the_group_agreed(enter, fifteen):
    answer = enter("driss").post(page_of(fifteen), TYPED)
    assert answer.status_code == 302
    adopted = Statutes.objects.get(version=2)
    assert {name: getattr(adopted, name) for name in RULES} == RULES
    page = words(enter("driss").get(page_of(fifteen)))
    assert "Noter : ce sont nos règles" not in page
    assert "Elles ne changent plus que par une décision du groupe." in page


def test_a_refusal_stands_beside_the_number(enter, fifteen):
    page = words(enter("driss").post(page_of(fifteen), TYPED | {"agreed": "3"}))
    assert "Il faut l’accord de deux personnes sur trois : 10 sur 15." in page
    assert "invalid-feedback" in page
    assert not Statutes.objects.filter(adopted_at__isnull=False).exists()


def test_a_forgotten_question_is_told(enter, fifteen):
    page = words(enter("driss").post(page_of(fifteen), TYPED | {"quorum": ""}))
    assert "Choisissez une réponse." in page
    assert not Statutes.objects.filter(adopted_at__isnull=False).exists()


def test_coop_members_read_them_on_their_phone(enter, fifteen, at):
    adopt(fifteen, at)
    page = words(enter("amina").get(reverse("decisions:rules")))
    assert "Aujourd’hui : 10 sur 15 personnes." in page
    assert "12 personnes d’accord" in page


@pytest.mark.parametrize(("name", "status"), [("dalia", 404), ("amina", 403), ("helene", 403)])
def test_nobody_else_adopts(enter, fifteen, name, status):
    client = enter(name)
    assert client.get(page_of(fifteen)).status_code == status
    assert client.post(page_of(fifteen), TYPED).status_code == status
    assert not Statutes.objects.filter(adopted_at__isnull=False).exists()
