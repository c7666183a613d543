"""An open session is not enough to approve pay: the second factor was shown a short while ago."""

import pytest
from django.urls import reverse

from ct_platform.kit.models import TransitionLog
from payroll.models import PersonalTerms
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


def test_withholding_rates_are_neither_read_nor_kept_in_an_old_session(people, enter, settings):
    """What was typed while the factor is asked for is dropped: a tax rate is not left in a session."""
    scene = set_scene(people)
    helene = enter("helene")
    settings.SECOND_FACTOR_REQUIRED = True
    grown_old(helene, people.user("helene"))
    cohort, enrolment = scene.cohort.pk, people.enrolments["amina"].pk
    listed = helene.get(reverse("payroll:personal_terms", args=[cohort]))
    assert listed.status_code == 302 and "second-code" in listed.url
    door = reverse("payroll:write_terms", args=[cohort, enrolment])
    written = helene.post(door, {"pas_rate": "7,5", "in_force_from": "2026-12-01"})
    assert written.status_code == 302
    assert "7,5" not in str(dict(helene.session))
    assert not PersonalTerms.objects.exists()
