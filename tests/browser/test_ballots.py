"""Every ballot and every result: cast without script by the keyboard alone, fit for a phone, quiet for axe."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.urls import reverse

from decisions.models import Ballot, Elector
from tests import personas
from tests.browser.test_every_page import STANDARD, cookie_of
from tests.browser.test_without_javascript import _tabs_to
from tests.decisions import questions
from tests.decisions.assembly import close, fill
from tests.decisions.questions import ask, say

METHODS = {
    "choice": [{"choice": "half"}, {"choice": "hours"}],
    "majority": [{"choice": "for"}, {"choice": "against"}],
    "consent": [{"voice": "consent"}, {"voice": "objection", "text": "Trop de bruit le samedi."}],
    "majority-judgment": [
        {"grades": {"half": 4, "hours": 2, "equal": 1}},
        {"grades": {"half": 3, "hours": 4}},
        {"grades": {"half": 2, "hours": 2, "equal": 3}},
    ],
    "approval": [{"approve": ["half", "hours"]}, {"approve": ["half"]}],
    "ranked": [{"ranking": [["half"], ["hours"]]}, {"ranking": [["hours"], ["equal", "half"]]}],
    "equal-shares": [{"approve": ["outils", "bache", "don"]}, {"approve": ["fete"]}],
}


@pytest.fixture
def people(transactional_db):
    with questions.registered():
        yield personas.build()


def signed_in(visitor, live_server, people, name, **context):
    who = visitor(name, **context)
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": cookie_of(people.user(name))}
    who.page.context.add_cookies([cookie | {"url": live_server.url}])
    return who


@pytest.fixture
def amina(visitor, live_server, people):
    return signed_in(visitor, live_server, people, "amina", java_script_enabled=False)


def test_a_judgment_is_cast_with_the_keyboard_alone(amina, people):
    poll = ask(people, "majority-judgment")
    amina.goes(reverse("decisions:poll", args=[poll.pk]))
    for downs in (3, 0, 1):
        _tabs_to(amina, "input[type=radio]")
        amina.page.keyboard.press("Space")
        for _ in range(downs):
            amina.page.keyboard.press("ArrowDown")
    _tabs_to(amina, "main button")
    amina.page.keyboard.press("Enter")
    amina.sees("A voté")
    # From the grade in the middle of the row? No: Space takes the first, arrows go on from it.
    assert Ballot.objects.get().content == {"grades": {"equal": 3, "hours": 0, "half": 1}}


def test_a_ranking_is_cast_with_the_keyboard_alone(amina, people):
    poll = ask(people, "ranked")
    amina.goes(reverse("decisions:poll", args=[poll.pk]))
    for downs in (2, 1, 0):
        _tabs_to(amina, "select")
        for _ in range(downs):
            amina.page.keyboard.press("ArrowDown")
    _tabs_to(amina, "main button")
    amina.page.keyboard.press("Enter")
    amina.sees("A voté")
    assert Ballot.objects.get().content == {"ranking": [["hours"], ["equal"]]}


def test_approvals_are_ticked_with_the_keyboard_alone(amina, people):
    poll = ask(people, "equal-shares")
    amina.goes(reverse("decisions:poll", args=[poll.pk]))
    for ticked in (True, False, True):
        _tabs_to(amina, "input[type=checkbox]")
        if ticked:
            amina.page.keyboard.press("Space")
    _tabs_to(amina, "main button")
    amina.page.keyboard.press("Enter")
    amina.sees("A voté")
    assert Ballot.objects.get().content == {"approve": ["outils", "don"]}


@pytest.mark.parametrize("method", METHODS)
def test_its_pages_fit_are_quiet_and_accessible(visitor, live_server, settings, people, method):
    settings.SECOND_FACTOR_REQUIRED = False
    poll = ask(people, method)
    voters = fill(people.a.cohort, 2)
    Elector.objects.filter(poll=poll, enrolment=voters[1]).update(proxy_holder=voters[0])
    amina = signed_in(visitor, live_server, people, "amina", phone=True)
    driss = signed_in(visitor, live_server, people, "driss")
    page = reverse("decisions:poll", args=[poll.pk])
    desk = reverse("decisions:poll_of_cohort", args=[people.a.cohort.pk, poll.pk])
    wrong = [*_faults(amina, page, f"{method}-1-vote")]
    with amina.page.expect_navigation():
        amina.page.locator("main button[type=submit]").last.click()
    if method != "approval":
        wrong += _faults(amina, None, f"{method}-2-refused")
    say(poll, voters[0], **METHODS[method][-1])
    wrong += _faults(amina, page, f"{method}-3-voted")
    wrong += _faults(amina, "/a-decider/", f"{method}-4-list")
    wrong += _faults(amina, reverse("decisions:poll_for", args=[poll.pk, voters[1].pk]), "pour")
    Elector.objects.filter(poll=poll).update(proxy_holder=None)
    say(poll, voters[1], **METHODS[method][0])
    close(poll)
    wrong += _faults(amina, page, f"{method}-5-counted")
    wrong += _faults(driss, desk, f"{method}-6-desk")
    assert not wrong, "\n".join(wrong)
    assert amina.complaints == driss.complaints == []


def _faults(who, path, name):
    if path:
        who.goes(path)
    for width in (360, 1280):
        who.page.set_viewport_size({"width": width, "height": 800})
        wide = who.page.evaluate("document.scrollingElement.scrollWidth")
        if wide > width:
            yield f"{name} at {width} px is {wide} px wide"
        if os.environ.get("CT_SHOTS"):
            who.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            who.page.screenshot(path=f"{os.environ['CT_SHOTS']}/{name}-{width}.png", full_page=True)
        for one in Axe().run(who.page, options=STANDARD).response["violations"]:
            where = "; ".join(str(node["target"]) for node in one["nodes"][:3])
            yield f"{name} at {width} px: {one['id']}, {where}"
