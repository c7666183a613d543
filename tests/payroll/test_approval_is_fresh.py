"""An open session is not enough to approve pay: the second factor was shown a short while ago."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.payroll.scene import set_scene


@pytest.fixture
def run(people):
    return set_scene(people).reviewed()


def test_an_old_session_is_asked_for_the_second_factor_again(run, people, enter, settings):
    helene = enter("helene")
    settings.SECOND_FACTOR_REQUIRED = True
    factor = Authenticator.objects.create(user=people.user("helene"), type="totp", data={})
    session = helene.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "id": factor.pk, "at": 0}
    ]
    session.save()
    door = reverse("payroll:approve", args=[run.cohort_id, run.pk])
    for answer in (helene.get(door), helene.post(door, {"read": "on"})):
        assert answer.status_code == 302
        assert "second-code" in answer.url
    run.refresh_from_db()
    assert run.state == "reviewed"
