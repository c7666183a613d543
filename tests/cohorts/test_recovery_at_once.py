"""Two who approve, two who press, an entry and a block, at the very same moment. PostgreSQL only."""

import uuid

import pytest
from django.core import mail

from cohorts.models import RecoveryRequest
from cohorts.services import recovery
from cohorts.services.recovery_notices import block
from ct_platform.kit.errors import DomainError
from members.models import JoinCard
from members.services.join_cards import use_card
from tests.at_once import together
from tests.cohorts.recovering import (
    BORN,
    approved,
    asks,
    checked,
    former,
    host_colleague,
    secret_in,
)
from tests.factories import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_approvals_at_once_make_one_card(people):
    leila = former(people)
    request = checked(asks(), leila, people.actor("driss"))
    helene, ida = people.actor("helene"), host_colleague(people)
    results = together(lambda: approved(request, helene), lambda: approved(request, ida))
    assert sum(isinstance(one, DomainError) for one in results) == 1
    assert JoinCard.objects.filter(revoked_at__isnull=True).count() == 1


def test_two_checks_of_two_requests_at_once_go_on_with_one(people):
    leila = former(people)
    first, second = asks(), asks(phone="+33639980077")
    driss, helene = people.actor("driss"), people.actor("helene")
    results = together(lambda: checked(first, leila, driss), lambda: checked(second, leila, helene))
    assert sum(isinstance(one, DomainError) for one in results) == 1
    assert RecoveryRequest.objects.underway().count() == 1


def test_an_entry_and_a_block_at_once_end_with_the_block(people):
    leila = former(people)
    request = checked(asks(), leila, people.actor("driss"))
    secret = secret_in(str(mail.outbox[0].body))  # commits are real here: it left
    card = approved(request, people.actor("helene"))
    together(lambda: use_card(token=card.token, at=NOW), lambda: block(secret=secret, at=NOW))
    request.refresh_from_db()
    assert request.state == "blocked"


def test_the_same_request_twice_at_once_is_one(people):
    former(people)
    key = uuid.uuid4()
    asked = recovery.Asked("Leila", "Benali", BORN, phone="+33639980099")

    def tap():
        return recovery.ask(key=key, asked=asked, territory=None, at=NOW)

    together(tap, tap)
    assert RecoveryRequest.objects.count() == 1
