"""Voting for somebody who asked for it: written, for one vote, limited, taken back until used."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cohorts.models import Enrolment
from ct_platform.kit.errors import Refused
from decisions.models import Ballot, Elector, Proxy, Statutes
from decisions.services import ballots, opening, polls
from decisions.services.proposals import write_proposal
from decisions.services.proxies import give_proxy, revoke_proxy
from tests.at_once import together
from tests.decisions.assembly import CLOSES_AT, SETTINGS, actor_of, fill
from tests.factories import NOW, TODAY

LATER = NOW + dt.timedelta(hours=1)
HALF, EQUAL = {"choice": "half"}, {"choice": "equal"}


@pytest.fixture
def proposal(people):
    return write_proposal(
        cohort=people.a.cohort,
        title="Comment partager ?",
        effect_code="sharing_rule",
        effect_settings=SETTINGS,
        actor=people.actor("driss"),
        at=NOW,
    )


@pytest.fixture
def group(people):
    """Amina, Bastien and four others."""
    return fill(people.a.cohort, 6)


def give(proposal, giver, holder, **extra):
    return give_proxy(
        **{
            "proposal": proposal,
            "giver": giver,
            "holder": holder,
            "at": NOW,
            "actor": actor_of(giver),
        }
        | extra
    )


def opened(proposal, people):
    return opening.open_poll(
        proposal=proposal, closes_at=CLOSES_AT, actor=people.actor("driss"), at=NOW
    )


def cast_for(poll, holder, giver, ballot=HALF):
    ballots.cast(
        poll=poll, ballot=ballot, actor=actor_of(holder), at=LATER, represented_id=giver.pk
    )


def test_the_holder_casts_a_ballot_of_its_own_for_the_giver(proposal, people, group):
    giver, holder = group[0], group[1]
    give(proposal, giver, holder)
    poll = opened(proposal, people)
    cast_for(poll, holder, giver)
    ballots.cast(poll=poll, ballot=EQUAL, actor=actor_of(holder), at=LATER)
    assert Ballot.objects.get(elector__enrolment=giver).content == HALF
    assert Ballot.objects.get(elector__enrolment=giver).cast_by == holder.person
    assert Ballot.objects.count() == Elector.objects.filter(used=True).count() == 2
    assert polls.close_poll(poll=poll, actor=None, at=CLOSES_AT).tally["present"] == 2


def test_the_giver_does_not_vote_beside_the_power_and_takes_it_back_to_vote(
    proposal, people, group
):
    proxy = give(proposal, group[0], group[1])
    poll = opened(proposal, people)
    with pytest.raises(Refused, match="Reprends-la"):
        ballots.cast(poll=poll, ballot=HALF, actor=actor_of(group[0]), at=LATER)
    revoke_proxy(proxy=Proxy.objects.get(), actor=actor_of(group[0]), at=LATER)
    ballots.cast(poll=poll, ballot=HALF, actor=actor_of(group[0]), at=LATER)
    with pytest.raises(Refused, match="Tu ne portes pas"):
        cast_for(poll, group[1], group[0])
    proxy.refresh_from_db()
    assert proxy.revoked_at == LATER


def test_a_used_power_is_not_taken_back(proposal, people, group):
    give(proposal, group[0], group[1])
    cast_for(opened(proposal, people), group[1], group[0])
    with pytest.raises(Refused, match="déjà servi"):
        revoke_proxy(proxy=Proxy.objects.get(), actor=actor_of(group[0]), at=LATER)
    assert Proxy.objects.get().revoked_at is None


def test_nobody_else_holds_or_takes_back_a_power(proposal, people, group):
    proxy = give(proposal, group[0], group[1])
    for other in (group[1], group[2]):
        with pytest.raises(PermissionDenied):
            revoke_proxy(proxy=proxy, actor=actor_of(other), at=NOW)
    with pytest.raises(PermissionDenied):  # given on a phone: the coordinator does not undo it
        revoke_proxy(proxy=proxy, actor=people.actor("driss"), at=NOW)
    with pytest.raises(PermissionDenied):  # nobody gives another's voice
        give(proposal, group[3], group[1], actor=actor_of(group[2]))
    with pytest.raises(PermissionDenied):  # nor the coordinator of another territory
        give(proposal, group[3], group[1], actor=people.actor("dalia"))


def test_statutes_limit_how_many_one_person_holds(proposal, people, group):
    give(proposal, group[0], group[1])
    with pytest.raises(Refused, match="nombre de voix permis"):
        give(proposal, group[2], group[1])
    Statutes.objects.filter(cohort=people.a.cohort).update(proxies_per_holder=2)
    give(proposal, group[2], group[1])
    assert Proxy.objects.count() == 2


def test_no_chain_no_double_no_stranger(proposal, people, group):
    give(proposal, group[0], group[1])
    with pytest.raises(Refused, match="ne donne pas la sienne"):
        give(proposal, group[1], group[2])
    with pytest.raises(Refused, match="déjà donné"):
        give(proposal, group[0], group[2])
    with pytest.raises(Refused, match="n’est pas sur la liste"):
        give(proposal, group[3], people.enrolments["chloe"])
    assert give(proposal, group[0], group[1]) == Proxy.objects.get()  # said twice, given once


def test_a_power_is_given_before_the_vote_opens(proposal, people, group):
    opened(proposal, people)
    with pytest.raises(Refused, match="avant"):
        give(proposal, group[0], group[1])


def test_a_power_that_cannot_serve_at_the_opening_ends_there(proposal, people, group):
    """The holder left in between: the giver votes alone, and no line of the roll is held."""
    give(proposal, group[0], group[1])
    Enrolment.objects.filter(pk=group[1].pk).update(state="left", left_on=TODAY)
    poll = opened(proposal, people)
    assert Proxy.objects.get().revoked_at == NOW
    ballots.cast(poll=poll, ballot=HALF, actor=actor_of(group[0]), at=LATER)


def test_a_power_serves_one_vote_only(proposal, people, group):
    give(proposal, group[0], group[1])
    poll = opened(proposal, people)
    polls.close_poll(poll=poll, actor=None, at=CLOSES_AT)
    again = opening.open_next_round(
        poll=poll,
        closes_at=CLOSES_AT + dt.timedelta(days=2),
        actor=people.actor("driss"),
        at=CLOSES_AT,
    )
    assert not Elector.objects.filter(poll=again, proxy_holder__isnull=False).exists()


def test_on_the_phone_one_gives_and_takes_back(proposal, people, group, enter):
    amina = enter("amina")
    page = reverse("decisions:my_proxies")
    holder = people.enrolments["bastien"]
    amina.post(page, {"proposal": proposal.pk, "holder": holder.pk})
    assert holder.person.full_name in amina.get(page).content.decode()
    assert people.amina.full_name in enter("bastien").get(page).content.decode()
    amina.post(reverse("decisions:revoke_proxy", args=[Proxy.objects.get().pk]))
    assert Proxy.objects.get().revoked_at is not None


def test_a_refused_power_is_said_on_the_page(proposal, people, group, enter):
    give(proposal, group[2], people.enrolments["bastien"])
    answer = enter("amina").post(
        reverse("decisions:my_proxies"),
        {"proposal": proposal.pk, "holder": people.enrolments["bastien"].pk},
    )
    assert "porte déjà le nombre de voix permis" in answer.content.decode()


def test_the_coordinator_notes_a_signed_paper_and_takes_it_out(proposal, people, group, enter):
    driss = enter("driss")
    page = reverse("decisions:proxies_of_cohort", args=[people.a.cohort.pk])
    driss.post(page, {"proposal": proposal.pk, "giver": group[2].pk, "holder": group[3].pk})
    proxy = Proxy.objects.get()
    assert (proxy.on_paper, proxy.noted_by) == (True, people.driss)
    driss.post(reverse("decisions:revoke_proxy", args=[proxy.pk]))
    proxy.refresh_from_db()
    assert proxy.revoked_at is not None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_power_is_used_or_taken_back_never_both(people):
    group = fill(people.a.cohort, 4)
    for number in range(12):
        proposal = write_proposal(
            cohort=people.a.cohort,
            title=f"Question {number} ?",
            effect_code="sharing_rule",
            effect_settings=SETTINGS,
            actor=people.actor("driss"),
            at=NOW,
        )
        proxy = give(proposal, group[0], group[1])
        poll = opened(proposal, people)

        def use(poll=poll):
            cast_for(poll, group[1], group[0])

        def take_back(proxy=proxy):
            fresh = Proxy.objects.select_related("poll", "proposal__cohort").get(pk=proxy.pk)
            revoke_proxy(proxy=fresh, actor=actor_of(group[0]), at=LATER)

        together(use, take_back)
        proxy.refresh_from_db()
        used = Elector.objects.get(poll=poll, enrolment=group[0]).used
        assert used == (proxy.revoked_at is None)
        assert Ballot.objects.filter(elector__poll=poll).count() == used
        polls.cancel_poll(poll=poll, reason="Suivant", actor=people.actor("driss"), at=LATER)
