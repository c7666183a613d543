"""A half-day is signed: a guest trainer's screen, two phones, one tablet, and hours in one tap."""

import re

import pytest
from django.urls import reverse

from cohorts.models import AttendanceSignature, TrainerSignature
from cohorts.services.slot_codes import code_of, link_of
from ct_platform.kit import clock
from members.services.sign_in import SEAT_KEY
from projects.models import WorkEntry
from tests import personas
from tests.cohorts.calendar_verbs import plan, slot_of


@pytest.fixture
def people(transactional_db):
    return personas.build()


@pytest.fixture
def inside(people, visitor, settings):
    """Somebody already in, on their own browser."""
    from django.conf import settings as site
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    settings.SECOND_FACTOR_REQUIRED = False

    def enters(name: str, base_url: str, **options):
        who, user = visitor(name, **options), people.user(name)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[SEAT_KEY] = people.seat(name).key
        session.save()
        who.page.context.add_cookies(
            [{"name": site.SESSION_COOKIE_NAME, "value": session.session_key, "url": base_url}]
        )
        return who

    return enters


def test_a_trainer_and_two_phones_sign_a_half_day(people, visitor, inside, base_url):
    slot = slot_of(plan(people))
    trainer = slot.session.trainers.get()
    odile = visitor("Odile")
    secret = link_of(slot=slot, trainer=trainer)
    odile.goes(reverse("cohorts:guest_screen", args=[slot.pk, trainer.pk, secret]))
    odile.sees("Signer avec le téléphone", "0 sur 2")
    odile.presses("Je mène cette demi-journée")
    odile.sees("Vous avez signé à 10 h 3")
    assert TrainerSignature.objects.get().trainer == trainer

    # Amina's camera reads the square; without script, as everything must work.
    amina = inside("amina", base_url, phone=True, java_script_enabled=False)
    amina.goes(reverse("cohorts:sign", args=[slot.pk, code_of(slot=slot, at=clock.now()).token]))
    amina.sees("tu es là ?")
    assert not AttendanceSignature.objects.exists()
    amina.presses("J’étais à l’heure : je signe")
    amina.sees("C’est signé", "3 h à noter ?")
    assert not WorkEntry.objects.exists()
    amina.presses("Noter 3 h de formation")
    amina.sees("C’est noté : 3 h, Formation.")
    assert WorkEntry.objects.get().minutes == 180

    # Bastien has no camera: he types what stands under the square.
    bastien = inside("bastien", base_url, phone=True)
    bastien.opens("home:my_coop")
    bastien.follows("Signer")
    odile.page.reload()
    typed = odile.page.locator("[data-ct-typed]").inner_text()
    bastien.fills(code=typed)
    bastien.presses("Continuer")
    bastien.presses("en retard : je signe")
    bastien.sees("C’est signé")

    odile.page.reload()
    odile.sees("2 sur 2")
    driss = inside("driss", base_url)
    driss.opens("cohorts:session", cohort_id=people.a.cohort.pk, session_id=slot.session_id)
    driss.sees("2 sur 2", "a signé à")
    assert re.search(r"Signé à 10", driss.page.content())
    for one in (odile, amina, bastien, driss):
        assert one.complaints == [], one.name
