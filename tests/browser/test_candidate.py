"""A candidate on a phone: finds a cooperative, tells five things, is chosen, and gets an answer."""

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.core import mail

from cohorts.models import Application, Enrolment, InformationMeeting, MeetingGuest
from tests import personas
from tests.browser.test_every_page import cookie_of
from tests.cohorts.applying import OGG, recruiting_cohort
from tests.factories import NOW


@pytest.fixture
def people(transactional_db):
    return personas.build()


@pytest.fixture
def cohort(people):
    found = recruiting_cohort(people, pitch="Une cuisine partagée.")
    InformationMeeting.objects.create(
        cohort=found, starts_at=NOW + dt.timedelta(days=3), place="Maison de quartier", seats=20
    )
    return found


def voice_file() -> dict:
    return {"name": "voix.ogg", "mimeType": "audio/ogg", "buffer": OGG}


def test_from_the_home_page_to_the_answer(people, cohort, visitor, live_server, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    zoe = visitor("Zoé", phone=True, java_script_enabled=False)
    zoe.opens("home:public")
    zoe.page.get_by_role("link", name="Voir et candidater").first.tap()
    zoe.sees("Les Mains du Val", "Une cuisine partagée.", "Maison de quartier")
    _signs_up(zoe)
    _applies(zoe)
    found = Application.objects.get()
    assert (found.full_name, found.voice.size) == ("Zoé Martin", len(OGG))
    assert zoe.complaints == []

    driss = visitor("Driss")
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": cookie_of(people.user("driss"))}
    driss.page.context.add_cookies([cookie | {"url": live_server.url}])
    _chooses_and_answers(driss, cohort)
    assert Enrolment.objects.get(cohort=cohort).state == "active"
    (letter,) = mail.outbox
    assert letter.to == ["zoe@exemple.fr"]
    assert "retenue" in letter.body
    assert driss.complaints == []


def _signs_up(zoe) -> None:
    zoe.page.get_by_role("link", name="J’y vais").first.tap()
    zoe.fills(name="Zoé Martin", contact="06 39 98 12 34")
    zoe.page.get_by_role("button", name="Je viens").tap()
    zoe.sees("Votre place est gardée")
    assert MeetingGuest.objects.get().name == "Zoé Martin"
    zoe.page.get_by_role("link", name="Revenir à").tap()


def _applies(zoe) -> None:
    """A first sending lacks the name: what was said stays, the voice too."""
    zoe.page.get_by_role("link", name="Je candidate").first.tap()
    zoe.fills(first_name="Zoé", birth_date="1990-05-03", email="zoe@exemple.fr")
    zoe.page.locator("input[name=voice]").set_input_files(voice_file())
    zoe.fills(wishes="Tenir l’étal.")
    zoe.page.get_by_label("le samedi").tap()
    zoe.page.get_by_text("Oui, on m’aide à remplir").tap()
    zoe.fills(helper_name="Luc Petit", helper_link="voisin")
    zoe.page.get_by_label("Nous avons relu").tap()
    zoe.page.get_by_role("button", name="Envoyer ma candidature").tap()
    zoe.sees("Rien n’est perdu", "Votre message vocal est bien reçu")
    zoe.is_told_beside("last_name", "Écrivez votre nom")
    assert zoe.page.locator("[name=wishes]").input_value() == "Tenir l’étal."
    assert zoe.page.get_by_label("le samedi").is_checked()
    zoe.fills(last_name="Martin")
    zoe.page.get_by_role("button", name="Envoyer ma candidature").tap()
    zoe.sees("C’est envoyé. Merci !", "Vous recevrez une réponse")


def _chooses_and_answers(driss, cohort) -> None:
    driss.opens("home:cohort_dashboard", cohort_id=cohort.pk)
    driss.sees("1 candidature à lire")
    driss.menu("Candidatures")
    driss.follows("Zoé Martin")
    driss.presses("Lire ses réponses")
    driss.sees("Tenir l’étal.", "Rempli avec l’aide de Luc Petit")
    driss.chooses("retenue")
    driss.presses("Noter la décision")
    driss.sees("Rien n’est envoyé encore")
    driss.presses("Inscrire")
    driss.sees("la personne attend d’entrer")
    driss.follows("Toutes les candidatures")
    driss.follows("Répondre")
    driss.presses("Envoyer les réponses")
    driss.sees("Tout le monde est prévenu")
    driss.menu("Personnes")
    driss.presses("Faire entrer")
    driss.sees("C’est fait", "1 coopérant")
