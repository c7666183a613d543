"""A task on a small phone, without script: I come, I can't any more, and the others read it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.urls import reverse

from projects.models import TaskSignUp
from tests import factories as make
from tests import personas
from tests.browser.test_every_page import STANDARD, cookie_of
from tests.task_world import a_task, join


@pytest.fixture
def people(live_server, transactional_db):
    return personas.build()


@pytest.fixture
def enters(visitor, live_server, people):
    def somebody(name: str):
        who = visitor(name.capitalize(), phone=True, java_script_enabled=False)
        cookie = {
            "name": django_settings.SESSION_COOKIE_NAME,
            "value": cookie_of(people.user(name)),
        }
        who.page.context.add_cookies([cookie | {"url": live_server.url}])
        return who

    return somebody


def test_one_taps_to_come_and_one_to_say_one_cannot(people, enters):
    garden = make.ProjectFactory(cohort=people.a.cohort, name="Le jardin", trade="maraichage")
    task = a_task(people, project=garden, place="Planche 4")
    join(people, task, "bastien")
    amina = enters("amina")
    amina.goes(reverse("projects:my_tasks"))
    amina.sees("Récolter les poireaux", "Samedi 28 novembre, 8 h – 12 h", "Il manque 2 personnes")
    amina.presses("Je viens")
    amina.sees("C’est noté, tu viens", "Tu viens", "Bastien Cherif")
    assert amina.page.evaluate("1 + 1") == 2 and amina.taps == 1
    assert amina.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    amina.presses("Je ne peux plus")
    amina.sees("Merci de l’avoir dit")
    assert TaskSignUp.objects.get(enrolment=people.enrolments["amina"]).is_withdrawn
    bastien = enters("bastien")
    bastien.goes(reverse("projects:my_task", args=[task.pk]))
    bastien.sees("Amina ne peut plus venir", "Il manque 2 personnes")
    assert amina.complaints == bastien.complaints == []


def test_the_pages_of_a_task_pass_axe(people, visitor, live_server):
    task = a_task(people)
    join(people, task, "amina")
    who = visitor("Amina", phone=True)
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": cookie_of(people.user("amina"))}
    who.page.context.add_cookies([cookie | {"url": live_server.url}])
    for name, keys in (("my_tasks", []), ("my_task", [task.pk]), ("propose_task", [])):
        who.goes(reverse(f"projects:{name}", args=keys))
        found = Axe().run(who.page, options=STANDARD).response["violations"]
        assert found == [], f"{name}: {[one['id'] for one in found]}"
