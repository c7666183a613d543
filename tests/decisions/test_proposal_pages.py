"""Proposals on the phone and at the desk: written, read, discussed, put in other words."""

import uuid

import pytest
from django.urls import reverse

from decisions.models import Contribution, Proposal, ProposalVersion
from decisions.services import discussion, opening
from decisions.services.proposals import write_proposal
from tests.decisions.assembly import CLOSES_AT, SETTINGS


@pytest.fixture
def proposal(people, at):
    """Amina proposes that the group chooses how to share."""
    return write_proposal(
        cohort=people.a.cohort,
        title="Comment partager ?",
        text="On choisit avant Noël.",
        effect_code="sharing_rule",
        effect_settings=SETTINGS,
        actor=people.actor("amina"),
        at=at,
    )


@pytest.fixture
def change(people, proposal, at):
    """Bastien proposes another day."""
    return discussion.contribute(
        proposal=proposal,
        kind="amendment",
        text="En janvier.",
        actor=people.actor("bastien"),
        at=at,
    )


def url(name, *args):
    return reverse(f"decisions:{name}", args=args)


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def typed(**changes):
    return {
        "submission_key": str(uuid.uuid4()),
        "title": "Comment partager ?",
        "text": "On choisit avant Noël.",
        "counted_kinds": ["production"],
        "in_force_from": "2026-12-09",
    } | changes


def test_one_writes_a_proposal_on_the_phone(enter, people):
    amina = enter("amina")
    assert "Choisir la règle de partage" in words(amina.get(url("choose_proposal")))
    answer = amina.post(url("write_proposal", "sharing_rule"), typed())
    written = Proposal.objects.get()
    assert answer.url == url("proposal", written.pk)
    assert written.owner == people.enrolments["amina"]
    page = words(amina.get(answer.url))
    assert "On choisit avant Noël." in page
    assert "Portée par Amina Sarr" in page
    assert "La règle choisie commence le 9 décembre 2026." in page
    assert "Moitié égal, moitié heures" in page


def test_a_double_tap_writes_one(enter):
    form, amina = typed(), enter("amina")
    address = url("write_proposal", "sharing_rule")
    assert amina.post(address, form).url == amina.post(address, form).url
    assert Proposal.objects.count() == 1


def test_a_refusal_stands_beside_its_field(enter):
    answer = enter("amina").post(url("write_proposal", "sharing_rule"), typed(title=" "))
    assert "Écris la question." in words(answer)
    assert not Proposal.objects.exists()


def test_the_group_sees_it_in_the_list(enter, proposal):
    page = words(enter("bastien").get(url("proposals")))
    assert "Comment partager ?" in page
    assert "Portée par Amina Sarr. 0 parole" in page
    assert "Comment partager ?" not in words(enter("chloe").get(url("proposals")))


def test_one_speaks_and_is_read_with_ones_name(enter, proposal):
    said = {"kind": "con", "text": "C’est trop tôt."}
    answer = enter("bastien").post(url("say", proposal.pk), said)
    assert answer.url.startswith(url("proposal", proposal.pk))
    page = words(enter("amina").get(url("proposal", proposal.pk)))
    assert "C’est trop tôt." in page
    assert "Bastien Cherif" in page


def test_what_is_written_is_shown_as_text(enter, proposal):
    enter("bastien").post(url("say", proposal.pk), {"kind": "pro", "text": "<script>x</script>"})
    page = words(enter("amina").get(url("proposal", proposal.pk)))
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "", "text": "Oui."}, "Choisis ce que tu veux dire."),
        ({"kind": "answer", "text": "Oui."}, "Choisis ce que tu veux dire."),
        ({"kind": "pro", "text": ""}, "Écris ta phrase."),
        ({"kind": "pro", "text": "o" * 1001}, "1000"),
    ],
)
def test_nothing_is_said_by_mistake(enter, proposal, said, sentence):
    assert sentence in words(enter("bastien").post(url("say", proposal.pk), said))
    assert not Contribution.objects.exists()


def test_the_coordinator_answers_and_does_not_discuss(enter, people, proposal, at):
    question = discussion.contribute(
        proposal=proposal, kind="question", text="Quand ?", actor=people.actor("bastien"), at=at
    )
    driss = enter("driss")
    page = words(driss.get(url("proposal", proposal.pk)))
    assert "Mettre au vote" in page
    assert "À toi de parler" not in page
    assert driss.post(url("say", proposal.pk), {"kind": "pro", "text": "x"}).status_code == 403
    empty = driss.post(url("answer", question.pk), {"text": ""})
    assert "Il manque la réponse." in words(empty)
    driss.post(url("answer", question.pk), {"text": "Le 20."})
    assert "Le 20." in words(enter("amina").get(url("proposal", proposal.pk)))


def test_the_owner_takes_a_change_in(enter, proposal, change):
    amina = enter("amina")
    address = f"{url('write_version', proposal.pk)}?pour={change.pk}"
    page = words(amina.get(address))
    assert "En janvier." in page
    assert "On choisit avant Noël." in page
    form = typed(text="On choisit en janvier.", change="En janvier plutôt.")
    assert amina.post(address, form).url == url("proposal", proposal.pk)
    page = words(amina.get(url("proposal", proposal.pk)))
    assert "Repris dans le texte 2" in page
    assert "En janvier plutôt." in page
    history = words(amina.get(url("proposal_history", proposal.pk)))
    assert "<ins>en janvier.</ins>" in history
    assert "<del>avant Noël.</del>" in history


def test_a_new_wording_says_what_changes(enter, proposal):
    address = url("write_version", proposal.pk)
    amina = enter("amina")
    silent = amina.post(address, typed(text="Autre texte.", change=""))
    assert "Dis en une phrase ce qui change." in words(silent)
    same = typed(**SETTINGS, text="On choisit avant Noël.", change="Rien.")
    assert "Le texte n’a pas changé." in words(amina.post(address, same))
    assert ProposalVersion.objects.count() == 1


def test_a_change_is_declined_with_its_reason(enter, proposal, change):
    amina = enter("amina")
    assert "Dis pourquoi" in words(amina.post(url("decline", change.pk), {"why": ""}))
    amina.post(url("decline", change.pk), {"why": "On en a besoin avant."})
    page = words(enter("bastien").get(url("proposal", proposal.pk)))
    assert "Pas repris" in page
    assert "On en a besoin avant." in page


def test_one_takes_ones_words_back(enter, proposal, change):
    assert enter("amina").post(url("withdraw_words", change.pk)).status_code == 403
    bastien = enter("bastien")
    assert "Retirer ma phrase" in words(bastien.get(url("proposal", proposal.pk)))
    bastien.post(url("withdraw_words", change.pk))
    page = words(enter("amina").get(url("proposal", proposal.pk)))
    assert "Bastien Cherif a retiré sa phrase." in page
    assert "En janvier." not in page


def test_the_owner_withdraws_it_all(enter, proposal):
    assert enter("bastien").post(url("withdraw_proposal", proposal.pk)).status_code == 403
    amina = enter("amina")
    amina.post(url("withdraw_proposal", proposal.pk))
    assert "Proposition retirée" in words(amina.get(url("proposal", proposal.pk)))
    assert "Comment partager ?" not in words(amina.get(url("proposals")))


def test_while_one_votes_it_is_read_only(enter, people, proposal, change, at):
    opening.open_poll(proposal=proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=at)
    amina = enter("amina")
    page = words(amina.get(url("proposal", proposal.pk)))
    assert "En janvier." in page
    for act in ("À toi de parler", "Changer le texte", "Ne pas le prendre"):
        assert act not in page
    late = amina.post(url("say", proposal.pk), {"kind": "pro", "text": "Encore !"})
    assert "On vote sur ce texte, ou le vote l’a adopté" in words(late)
    assert Contribution.objects.count() == 1


def test_nothing_acts_on_reading(enter, proposal, change):
    amina = enter("amina")
    for address in (
        url("say", proposal.pk),
        url("withdraw_proposal", proposal.pk),
        url("answer", change.pk),
        url("decline", change.pk),
        url("withdraw_words", change.pk),
    ):
        assert amina.get(address).status_code == 405


def test_a_change_of_another_proposal_is_not_taken_in_here(enter, people, proposal, at):
    other = write_proposal(
        cohort=people.a.cohort,
        title="Et le ménage ?",
        effect_code="living_rule",
        effect_settings={},
        actor=people.actor("bastien"),
        at=at,
    )
    elsewhere = discussion.contribute(
        proposal=other, kind="amendment", text="Lundi.", actor=people.actor("amina"), at=at
    )
    address = f"{url('write_version', proposal.pk)}?pour={elsewhere.pk}"
    assert enter("amina").get(address).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("chloe", 404), ("dalia", 404), ("helene", 403)])
def test_nobody_else_reads(enter, proposal, name, status):
    assert enter(name).get(url("proposal", proposal.pk)).status_code == status
