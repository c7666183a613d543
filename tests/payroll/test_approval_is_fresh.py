"""An open session is not enough to approve pay: the second factor was shown a short while ago."""

import pytest
from django.urls import reverse

from ct_platform.kit.models import TransitionLog
from payroll.selectors.exports import LOGGED_AS
from tests.payroll.scene import set_scene
from tests.payroll.sessions import grown_old


@pytest.fixture
def run(people):
    return set_scene(people).reviewed()


def test_an_old_session_is_asked_for_the_second_factor_again(run, people, enter, settings):
    helene = enter("helene")
    settings.SECOND_FACTOR_REQUIRED = True
    grown_old(helene, people.user("helene"))
    assert helene.get(reverse("payroll:run", args=[run.cohort_id, run.pk])).status_code == 200
    door = reverse("payroll:approve", args=[run.cohort_id, run.pk])
    for answer in (helene.get(door), helene.post(door, {"read": "on"})):
        assert answer.status_code == 302
        assert "second-code" in answer.url
    run.refresh_from_db()
    assert run.state == "reviewed"


@pytest.mark.parametrize("export", ["journal", "papiers", "variables-csv"])
def test_a_file_of_everybodys_pay_asks_for_the_second_factor_again(people, enter, settings, export):
    run = set_scene(people).issued()
    helene = enter("helene")
    settings.SECOND_FACTOR_REQUIRED = True
    grown_old(helene, people.user("helene"))
    answer = helene.post(reverse("payroll:export", args=[run.cohort_id, run.pk, export]))
    assert answer.status_code == 302 and "second-code" in answer.url
    assert not TransitionLog.objects.filter(model=LOGGED_AS).exists()
