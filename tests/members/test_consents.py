import datetime as dt

import pytest

from ct_platform.kit.errors import Refused
from members.models import Consent, ConsentPurpose
from members.services.consents import give, withdraw
from tests.factories import TODAY

SENTENCE = "J’accepte que mes mots et mon prénom soient sur le site public."


@pytest.fixture
def agree(people, at):
    def agreed(**changes) -> Consent:
        return give(
            **(
                {
                    "person": people.amina,
                    "purpose": ConsentPurpose.PUBLIC_SITE,
                    "wording": SENTENCE,
                    "expires_on": TODAY + dt.timedelta(days=365),
                    "at": at,
                }
                | changes
            )
        )

    return agreed


def test_it_keeps_the_very_sentence_and_its_end(agree, at):
    consent = agree()
    assert (consent.wording, consent.given_at) == (SENTENCE, at)
    assert list(Consent.objects.in_force(TODAY)) == [consent]


@pytest.mark.parametrize("wrong", [{"wording": "  "}, {"expires_on": TODAY}])
def test_it_refuses_an_empty_or_finished_consent(agree, wrong):
    with pytest.raises(Refused):
        agree(**wrong)
    assert not Consent.objects.exists()


def test_it_holds_until_its_last_day_included(agree):
    consent = agree(expires_on=TODAY + dt.timedelta(days=1))
    assert Consent.objects.in_force(TODAY + dt.timedelta(days=1)).get() == consent
    assert not Consent.objects.in_force(TODAY + dt.timedelta(days=2)).exists()


def test_withdrawing_ends_it_at_once_and_only_it(agree, at):
    consent, other = agree(), agree()
    withdraw(consent=consent, at=at)
    assert list(Consent.objects.in_force(TODAY)) == [other]


def test_a_second_withdrawal_keeps_the_first_instant(agree, at):
    consent = agree()
    withdraw(consent=consent, at=at)
    assert withdraw(consent=consent, at=at + dt.timedelta(days=1)).withdrawn_at == at
