"""What a coopérant does every week works with a keyboard alone and no script."""

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from decisions.models import Ballot
from decisions.services import opening
from projects.enums import WorkKind
from projects.models import WorkEntry
from tests import factories as make
from tests import personas
from tests.browser.test_every_page import cookie_of
from tests.factories import NOW


@pytest.fixture
def amina(visitor, live_server, transactional_db):
    people = personas.build()
    make.ProjectFactory(cohort=people.a.cohort, name="Le jardin", trade="maraichage")
    who = visitor("Amina", java_script_enabled=False)
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": cookie_of(people.user("amina"))}
    who.page.context.add_cookies([cookie | {"url": live_server.url}])
    who.people = people
    return who


def test_a_vote_is_cast_with_the_keyboard_alone(amina):
    poll = opening.put_to_vote(
        cohort=amina.people.a.cohort,
        title="Comment partager ?",
        effect_code="sharing_rule",
        effect_settings={"counted_kinds": list(WorkKind.values), "in_force_from": "2026-12-01"},
        closes_at=NOW + dt.timedelta(days=2),
        actor=amina.people.actor("driss"),
        at=NOW,
    )
    amina.goes(reverse("decisions:poll", args=[poll.pk]))
    _tabs_to(amina, "input[type=radio]")
    amina.page.keyboard.press("Space")
    amina.page.keyboard.press("ArrowDown")
    _tabs_to(amina, "main button")
    amina.page.keyboard.press("Enter")
    amina.sees("A voté")
    assert Ballot.objects.get().elector.enrolment == amina.people.enrolments["amina"]


def test_hours_are_noted_with_the_keyboard_alone(amina):
    amina.goes(reverse("projects:my_hours"))
    for _question in ("how long", "which work"):
        _tabs_to(amina, "input[type=radio]")
        amina.page.keyboard.press("Space")
    _tabs_to(amina, "main button[type=submit], main form button")
    amina.page.keyboard.press("Enter")
    amina.sees("C’est noté")
    assert WorkEntry.objects.get().enrolment == amina.people.enrolments["amina"]


def _tabs_to(who, selector: str) -> None:
    """Press Tab until the focus is on `selector`; a place no Tab reaches is a fault."""
    for _ in range(40):
        who.page.keyboard.press("Tab")
        if (
            who.page.locator(":focus").count()
            and who.page.locator(f":is({selector}):focus").count()
        ):
            return
    raise AssertionError(f"no Tab reaches {selector}")
