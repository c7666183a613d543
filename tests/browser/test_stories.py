"""A story on a phone of 360 px: agreed to use by use, published, and taken back without an account."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from testimonials.models import Testimonial
from testimonials.services import links
from tests import personas
from tests.browser.test_every_page import STANDARD, cookie_of
from tests.factories import NOW

TEXT = "Ici j’ai appris à compter, et à dire non."
pytestmark = pytest.mark.django_db(transaction=True)


def signs_in(who, people, name: str, live_server, settings) -> None:
    who.page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie_of(people.user(name)), "url": live_server.url}]
    )  # fmt: skip


def is_accessible(who) -> None:
    """Passes axe, and nothing sticks out sideways."""
    found = Axe().run(who.page, options=STANDARD)
    assert found.violations_count == 0, found.generate_report()
    wide = who.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_agreed_published_and_taken_back_without_an_account(visitor, live_server, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    people = personas.build()
    amina, driss = visitor("Amina", phone=True), visitor("Driss")
    signs_in(amina, people, "amina", live_server, settings)
    signs_in(driss, people, "driss", live_server, settings)

    amina.opens("testimonials:mine")
    is_accessible(amina)
    amina.fills(text=TEXT, signed_as="Amina", consent_until="2027-11-30")
    amina.presses("Envoyer")
    amina.sees("Sans ton accord")  # nothing was ticked beforehand
    assert amina.page.locator("[name=text]").input_value() == TEXT
    amina.met(422)
    amina.page.locator("[name=uses][value=site]").check()
    amina.page.locator("[name=uses][value=press]").check()
    amina.presses("Envoyer")
    amina.sees("C’est envoyé", "À relire")
    is_accessible(amina)

    told = Testimonial.objects.get()
    driss.opens("testimonials:desk", cohort_id=people.a.cohort.pk, testimonial_id=told.pk)
    is_accessible(driss)
    driss.follows("Proposer des coupes")
    driss.fills(text="Ici j’ai appris à compter.", note="Plus court ?")
    driss.presses("Envoyer à l’auteur")
    driss.sees("Attend son auteur")

    amina.opens("testimonials:own", testimonial_id=told.pk)
    is_accessible(amina)
    amina.presses("Oui, c’est bien ce que je veux dire")
    amina.sees("C’est accepté", "Publié")

    stranger = visitor("Quelqu’un", phone=True)
    stranger.goes(reverse("testimonials:story", args=[told.code]))
    stranger.sees("Ici j’ai appris à compter.")
    stranger.sees_not("Sarr")
    is_accessible(stranger)
    stranger.goes(reverse("testimonials:embed", args=[told.code]))
    stranger.sees("Ici j’ai appris à compter.")
    is_accessible(stranger)
    assert stranger.page.context.cookies() == []

    # The link, on a phone that nobody is signed in on.
    holder = visitor("Amina, ailleurs", phone=True)
    secret = links.make(testimonial=told, at=NOW)
    holder.goes(reverse("testimonials:withdraw_by_link", args=[secret]))
    is_accessible(holder)
    holder.presses("Retirer ici : les mots, la presse")
    holder.sees("le site public")
    holder.presses("Tout retirer")
    holder.sees("C’est retiré")
    is_accessible(holder)

    stranger.goes(reverse("testimonials:story", args=[told.code]))
    stranger.sees("Ce témoignage n’est pas là")
    stranger.sees_not("appris à compter")
    is_accessible(stranger)
    stranger.met(410)
    for who in (amina, driss, stranger, holder):
        assert who.complaints == []
