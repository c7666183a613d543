"""The network writes on the site in a browser: draft, the page itself with it, publication; a stranger reads."""

import pytest
from django.urls import reverse

from tests import personas
from tests.browser.test_stories import is_accessible, signs_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_text_is_written_seen_on_its_page_and_published(visitor, live_server, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    people = personas.build()
    nora, stranger = visitor("Nora"), visitor("Quelqu’un", phone=True)
    signs_in(nora, people, "nora", live_server, settings)

    nora.opens("home:site")
    is_accessible(nora)
    nora.follows("L’idée : en deux phrases")
    is_accessible(nora)
    nora.page.locator("[name=body]").fill("Un groupe, **une voix chacun**, et une paie.")
    nora.presses("Enregistrer et voir sur la page")
    nora.sees("Aperçu.", "une voix chacun", "Une semaine")
    is_accessible(nora)

    stranger.goes(reverse("home:idea"))
    stranger.sees_not("une voix chacun, et une paie")
    nora.presses("Publier")
    nora.sees("C’est publié")
    stranger.goes(reverse("home:idea"))
    stranger.sees("Un groupe, une voix chacun, et une paie.")
    is_accessible(stranger)
    assert stranger.page.context.cookies() == []


def test_a_stranger_writes_to_the_network_from_a_phone_without_a_cookie(visitor, live_server):
    people = personas.build()
    stranger = visitor("Quelqu’un", phone=True)
    stranger.goes(reverse("home:start"))
    is_accessible(stranger)
    stranger.follows("Écrire au réseau")
    is_accessible(stranger)
    stranger.page.get_by_label("une association").check()
    stranger.fills(name="Maud Verdier", place="Les Tilleuls", email="maud@exemple.test")
    stranger.page.locator("[name=message]").fill("Par où commencer ?")
    stranger.presses("Envoyer")
    stranger.sees("Sans cet accord")
    stranger.met(422)
    stranger.page.locator("[name=agreed]").check()
    stranger.presses("Envoyer")
    stranger.sees("C’est envoyé")
    assert stranger.page.context.cookies() == []
    assert people.nora is not None and stranger.complaints == []
