"""A result by every method: what came out, why, the figures, who, the lot, and what comes next."""

import re

import pytest
from django.urls import reverse

from decisions.enums import OutcomeKind, Secrecy
from decisions.models import Outcome, Statutes
from decisions.rules.terms import Terms
from decisions.selectors import secrecy
from decisions.selectors.results import result_of
from decisions.services.proposals import write_version
from tests.decisions.assembly import CLOSES_AT, close, fill, put_to_vote
from tests.decisions.questions import ask, say

pytestmark = pytest.mark.usefixtures("questions_of_every_kind")


def told_by(enter, poll, name="amina"):
    address = reverse("decisions:poll", args=[poll.pk])
    page = enter(name).get(address).content.decode().replace("\u00a0", " ")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def decided(people, method, lines, rule=None, **extra):
    """Lines of (how many people, their ballot); the rest of the fifteen stays home. Counted."""
    voters = iter(fill(people.a.cohort, 15))
    poll = ask(people, method, rule, **extra)
    for number, ballot in lines:
        for _ in range(number):
            say(poll, next(voters), **ballot)
    close(poll)
    poll.refresh_from_db()
    return poll


MAJORITY = [
    ([(7, "for"), (5, "against"), (3, "abstain")], {}, "Le groupe a dit oui.",
     "7 pour, 5 contre. Il fallait au moins 7 pour."),
    ([(7, "for"), (7, "against")], {}, "Le groupe n’a pas adopté ce texte.",
     "Autant de pour que de contre : 7."),
    ([(9, "for"), (5, "against")], {"majority": "qualified"}, "n’a pas adopté",
     "9 pour, 5 contre. Il fallait au moins 10 pour."),
    ([(7, "for"), (2, "abstain")], {"majority": "absolute", "base": "roll"}, "n’a pas adopté",
     "Il fallait au moins 8 pour."),
    ([(9, "abstain")], {}, "n’a pas adopté", "Personne n’a dit pour ni contre."),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "rule", "headline", "why"), MAJORITY)
def test_a_majority_says_how_many_it_needed(enter, people, lines, rule, headline, why):
    poll = decided(people, "majority", [(n, {"choice": one}) for n, one in lines], rule)
    page = told_by(enter, poll)
    assert headline in page
    assert why in page


EVERY_METHOD = [
    ("choice", [(8, {"choice": "half"}), (5, {"choice": "equal"})],
     "Le groupe a choisi « Moitié égal, moitié heures ».", "8 voix sur 13 exprimées"),
    ("consent", [(8, {"voice": "consent"}), (1, {"voice": "concern", "text": "Le bruit"})],
     "Le groupe a dit oui.", "Personne ne garde d’objection."),
    ("consent", [(8, {"voice": "consent"}), (1, {"voice": "objection", "text": "Trop tôt"})],
     "Une objection reste.", "1 objection n’est ni retirée ni prise en compte."),
    ("majority-judgment", [(6, {"grades": {"half": 3, "equal": 1}}), (4, {"grades": {"half": 4}})],
     "Le groupe a choisi « Moitié égal, moitié heures ».",
     "La moitié des personnes au moins lui donne « Bien » ou mieux."),
    ("majority-judgment", [(9, {"grades": {}})],
     "Aucune réponse n’a une assez bonne mention.", "Il fallait « Passable » au milieu, ou mieux."),
    ("approval", [(7, {"approve": ["half", "hours"]}), (2, {"approve": ["half"]})],
     "Le groupe a choisi « Moitié égal, moitié heures ».", "cochée par 9 sur 9"),
    ("approval", [(9, {"approve": ["half", "hours"]})],
     "Égalité.", "« Aux heures » et « Moitié égal, moitié heures » ont autant de voix"),
    ("ranked", [(6, {"ranking": [["half"], ["hours"]]}), (3, {"ranking": [["hours"]]})],
     "Le groupe a choisi « Moitié égal, moitié heures ».", "gagne tous ses duels."),
    ("ranked",
     [(3, {"ranking": [["equal"], ["hours"], ["half"]]}), (3, {"ranking": [["hours"], ["half"], ["equal"]]}),
      (3, {"ranking": [["half"], ["equal"], ["hours"]]})],
     "Égalité.", "Les duels ne départagent pas"),
    ("ranked", [(9, {"blank": True})], "Aucune réponse n’est choisie.", "Personne n’a donné de classement."),
    ("equal-shares",
     [(5, {"approve": ["outils", "bache"]}), (4, {"approve": ["fete"]}), (2, {"approve": ["fete", "don"]}),
      (2, {"approve": ["don", "tabliers"]}), (1, {"approve": ["outils", "tabliers"]})],
     "Le groupe paie « Des outils », « Un don » et « Une bâche ».", "270,00 € dépensés, 30,00 € gardés."),
    ("equal-shares", [(9, {"approve": []})], "Rien n’est payé.", "0,00 € dépensés, 300,00 € gardés."),
]  # fmt: skip


@pytest.mark.parametrize(("method", "lines", "headline", "why"), EVERY_METHOD)
def test_it_says_what_came_out_and_why_in_one_sentence(enter, people, method, lines, headline, why):
    page = told_by(enter, decided(people, method, lines))
    assert headline in page
    assert why in page
    assert "Comment on a compté" in page


def test_ranked_without_a_winner_of_all_duels_says_so(enter, people):
    """voting.md, §2: 5 a, 4 b>c, 3 c>b, 2 (a=b)>c gives b, which beats nobody twice."""
    lines = [
        (5, {"ranking": [["equal"]]}),
        (4, {"ranking": [["hours"], ["half"]]}),
        (3, {"ranking": [["half"], ["hours"]]}),
        (2, {"ranking": [["equal", "hours"], ["half"]]}),
    ]
    page = told_by(enter, decided(people, "ranked", lines))
    assert "Le groupe a choisi « Aux heures »." in page
    assert "avant" in page


def figures(people, method, lines, rule=None):
    poll = decided(people, method, lines, rule)
    return result_of(poll, people.actor("amina")).told


def test_grades_are_drawn_and_written_with_the_same_numbers(people):
    lines = [(6, {"grades": {"half": 3, "equal": 1}}), (4, {"grades": {"half": 4}})]
    told = figures(people, "majority-judgment", lines)
    best = told.judged.rows[0]
    assert (best.label, best.median) == ("Moitié égal, moitié heures", "Bien")
    assert best.counts == (0, 0, 0, 6, 4)
    drawn = [segment[4] for segment in best.chart.segments]
    assert drawn == ["6", "4"]
    assert "Bien 6, Très bien 4" in best.chart.title
    assert [word for word, _fill in told.judged.keys] == [
        "À rejeter", "Passable", "Assez bien", "Bien", "Très bien",
    ]  # fmt: skip


def test_duels_are_drawn_winner_first(people):
    lines = [(6, {"ranking": [["half"], ["hours"]]}), (3, {"ranking": [["hours"]]})]
    told = figures(people, "ranked", lines)
    first = told.chart.rows[0].bar
    assert first.label == "Moitié égal, moitié heures avant Aux heures"
    assert (first.value, first.text) == (6, "6 à 3")
    assert told.ranking[0] == "«\u00a0Moitié égal, moitié heures\u00a0»"


def test_a_budget_shows_what_is_paid_and_what_is_not(people):
    told = figures(people, "equal-shares", EVERY_METHOD[-2][1])
    assert [row.bar.label for row in told.chart.rows] == [
        "Des outils – payé à parts égales",
        "Un don – payé à parts égales",
        "Une bâche – payé avec le reste",
        "Une fête – pas payé",
        "Des tabliers – pas payé",
    ]
    assert told.chart.total[1] == "270,00\u00a0€"


# Who chose what: open votes, members only.


@pytest.mark.parametrize(
    ("method", "ballot", "heading"),
    [
        ("choice", {"choice": "half"}, "Moitié égal, moitié heures (1)"),
        ("majority", {"choice": "against"}, "Contre (1)"),
        ("consent", {"voice": "abstain"}, "Je m’abstiens (1)"),
        (
            "majority-judgment",
            {"grades": {"half": 4}},
            "Moitié égal, moitié heures : Très bien (1)",
        ),
        ("approval", {"approve": []}, "Aucune de ces réponses (1)"),
        ("ranked", {"ranking": [["half"]]}, "Moitié égal, moitié heures (1)"),
        ("equal-shares", {"approve": ["don"]}, "Un don (1)"),
        ("ranked", {"blank": True}, "Blanc (1)"),
    ],
)
def test_members_read_who_chose_what_and_others_do_not(enter, people, method, ballot, heading):
    fill(people.a.cohort, 3)
    poll = ask(people, method)
    for name in ("amina", "bastien"):
        say(poll, people.enrolments[name], **(ballot if name == "bastien" else {"blank": True}))
    close(poll)
    page = told_by(enter, poll)
    assert heading in page or heading.replace("(1)", "(2)") in page
    assert "Bastien Cherif" in page
    assert "N’ont pas voté" in page
    page = told_by(enter, poll, "gael")  # who left before the vote
    assert "Qui a choisi quoi" not in page
    assert "Bastien" not in page


# Publication: a secret vote says what it may.


@pytest.fixture
def secretly(people, monkeypatch):
    """`secretly(9)`: nine of the fifteen judge in secret; counted."""
    monkeypatch.setattr(secrecy, "offered", lambda: tuple(Secrecy))

    def decide(number):
        voters = fill(people.a.cohort, 15)
        poll = put_to_vote(people, terms=Terms("majority-judgment", {}, "secret"))
        for voter in voters[:number]:
            say(poll, voter, grades={"half": 3})
        close(poll)
        poll.refresh_from_db()
        return poll

    return decide


def test_few_secret_ballots_say_the_outcome_and_why_no_more(enter, people, secretly):
    poll = secretly(9)
    page = told_by(enter, poll)
    assert "Le groupe a choisi « Moitié égal, moitié heures »." in page
    assert "Moins de 10 bulletins" in page
    assert "9 personnes sur 15 ont voté." in page
    for kept in ("Comment on a compté", "La moitié des personnes", "Qui a choisi quoi", "« Bien »"):
        assert kept not in page


def test_after_a_secret_vote_members_read_who_voted_and_never_what(enter, people, secretly):
    poll = secretly(9)
    assert [
        (one.label, len(one.names)) for one in result_of(poll, people.actor("amina")).voices
    ] == [
        ("Ont voté", 9),
        ("N’ont pas voté", 6),
    ]
    page = told_by(enter, poll)
    assert "Qui a voté" in page
    assert "Bastien Cherif" in page
    assert "Bastien" not in told_by(enter, poll, "gael")


def test_a_secret_vote_that_missed_its_quorum_shows_nothing_of_its_urn(enter, people, secretly):
    page = told_by(enter, secretly(3))
    assert "Il manque des voix." in page
    assert "L’urne est détruite sans être ouverte" in page
    assert "Comment on a compté" not in page


def test_ten_secret_ballots_give_the_figures_and_no_name(enter, people, secretly):
    page = told_by(enter, secretly(10))
    assert "La moitié des personnes au moins lui donne « Bien » ou mieux." in page
    assert "Qui a choisi quoi" not in page


def test_a_secret_vote_on_somebody_says_why_its_figures_are_kept(people, secretly):
    poll = secretly(9)
    poll.about_person = True
    assert "Le vote parle d’une personne" in result_of(poll, people.actor("amina")).kept_back


# The lot.


def test_a_lot_that_served_is_revealed_with_what_draws_it_again(enter, people):
    Statutes.objects.filter(cohort=people.a.cohort).update(tie_rule="lot")
    poll = decided(people, "approval", [(9, {"approve": ["half", "hours"]})])
    page = told_by(enter, poll)
    lot = result_of(poll, people.actor("amina")).lot
    assert "Le tirage au sort" in page
    assert "Il y avait égalité : le sort, promis à l’ouverture, a décidé." in page
    for shown in (lot.nonce, lot.commitment, lot.seed):
        assert shown in page


def test_a_promised_lot_that_did_not_serve_is_not_shown(enter, people):
    Statutes.objects.filter(cohort=people.a.cohort).update(tie_rule="lot")
    poll = decided(people, "approval", [(9, {"approve": ["half"]})])
    assert "Le tirage au sort" not in told_by(enter, poll)


# Consent, from objection to fallback.


def objects(people, poll):
    say(poll, people.enrolments["amina"], voice="consent")
    say(poll, people.enrolments["bastien"], voice="objection", text="Trop de bruit")
    close(poll)


def test_objections_are_listed_with_their_author(enter, people):
    poll = ask(people, "consent")
    objects(people, poll)
    page = told_by(enter, poll)
    assert "Bastien Cherif Trop de bruit Objection maintenue" in page
    assert "On en parle, on change le texte, puis tour 2 sur 3." in page
    assert "Trop de bruit" not in told_by(enter, poll, "gael")
    desk = enter("driss").get(
        reverse("decisions:poll_of_cohort", args=[people.a.cohort.pk, poll.pk])
    )
    assert "Trop de bruit" in desk.content.decode()


@pytest.mark.parametrize("state", ["withdrawn", "integrated"])
def test_an_objection_settled_by_its_author_no_longer_blocks(enter, people, state):
    poll = ask(people, "consent")
    say(poll, people.enrolments["amina"], voice="consent")
    say(poll, people.enrolments["bastien"], voice="objection", state=state, text="Trop de bruit")
    close(poll)
    assert Outcome.objects.get().kind == OutcomeKind.ADOPTED
    assert "Trop de bruit" in told_by(enter, poll)


def rewrite(people, poll, text):
    return write_version(
        proposal=poll.proposal,
        text=text,
        effect_settings={"n": 1},
        change="Plus tard.",
        actor=people.actor("driss"),
        at=CLOSES_AT,
    )


def test_three_objected_rounds_end_in_the_declared_majority(enter, people):
    driss = enter("driss")
    fill(people.a.cohort, 2)
    poll = ask(people, "consent")
    said = ["puis tour 2 sur 3", "puis tour 3 sur 3", "Le prochain vote est pour ou contre."]
    for sentence in said:
        objects(people, poll)
        address = reverse("decisions:next_round", args=[people.a.cohort.pk, poll.pk])
        page = driss.get(address).content.decode()
        assert sentence in page
        assert "Trop de bruit" in page
        if "tour" in sentence:
            rewrite(people, poll, f"Le marché, de {poll.round + 8} h à 13 h.")
        answer = driss.post(address, {"closes_on": "2026-11-28", "closes_hour": "18:00"})
        assert answer.status_code == 302
        poll = type(poll).objects.order_by("-round").first()
    assert (poll.method, poll.round) == ("majority", 4)
    assert poll.rule == {"majority": "qualified", "fraction": "2/3", "base": "expressed"}
    for name in ("amina", "bastien"):
        say(poll, people.enrolments[name], choice="for")
    close(poll, at=poll.closes_at)
    assert "Le groupe a dit oui." in told_by(enter, poll)


def test_a_result_page_costs_no_more_by_any_method(enter, people, django_assert_max_num_queries):
    for method, lines, *_ in (EVERY_METHOD[0], EVERY_METHOD[3]):
        poll = put_and_close(people, method, lines)
        client, address = enter("amina"), reverse("decisions:poll", args=[poll.pk])
        client.get(address)
        with django_assert_max_num_queries(15):
            client.get(address)


def put_and_close(people, method, lines):
    voters = iter(fill(people.a.cohort, 15))
    poll = put_to_vote(people, terms=Terms(method), effect_settings={
        "counted_kinds": ["production"], "in_force_from": "2026-12-01"})  # fmt: skip
    for number, ballot in lines:
        for _ in range(number):
            say(poll, next(voters), **ballot)
    close(poll)
    return poll
