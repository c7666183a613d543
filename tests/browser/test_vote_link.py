"""From the letter to the vote on a phone, without script: the link asks, the person answers."""

import pytest
from django.core import mail

from decisions.models import Ballot
from tests import personas
from tests.decisions.assembly import put_to_vote
from tests.decisions.mailbox import link_in, received, write_to


@pytest.fixture
def people(transactional_db):
    return personas.build()


def test_a_link_leads_to_the_vote_in_one_tap_and_votes_nothing(people, visitor):
    write_to(people, "amina")
    put_to_vote(people)
    (letter,) = mail.outbox
    assert letter == received("amina")[0]
    amina = visitor("Amina", phone=True, java_script_enabled=False)
    amina.goes(link_in(letter))
    amina.sees("C’est toi, Amina ?")
    amina.page.get_by_role("button", name="Voir le vote").click()
    amina.sees("Comment partager l’argent ?")
    assert not Ballot.objects.exists()
    amina.touches(amina.page.locator("main form label").first)
    amina.page.get_by_role("button", name="Je vote").click()
    amina.sees("A voté")
    assert Ballot.objects.get().elector.enrolment == people.enrolments["amina"]
    assert amina.complaints == []
