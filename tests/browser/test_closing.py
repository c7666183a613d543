"""A coordinator closes a cohort: what is missing, why, the attestations, the archive, then the next one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings as django_settings

from cohorts.enums import CohortState
from cohorts.models import ClosingReason, Cohort, Enrolment, Mandate, Session
from documents.models import Document
from tests import factories as make
from tests import personas
from tests.browser.test_every_page import cookie_of
from tests.factories import TODAY


@pytest.fixture
def people(transactional_db):
    """Cohort A on its last day: hours confirmed, a mandate that runs, a sale nobody paid."""
    people = personas.build()
    cohort = people.a.cohort
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=dt.date(2026, 8, 24), ends_on=TODAY)
    kitchen = make.ProjectFactory(cohort=cohort, name="La Grande Marmite", trade="cuisine")
    for name, minutes in (("amina", 210), ("bastien", 90)):
        make.WorkEntryFactory(
            enrolment=people.enrolments[name], project=kitchen, minutes=minutes, confirmed=True
        )
    Mandate.objects.create(
        enrolment=people.enrolments["amina"],
        title="Trésorière",
        starts_on=cohort.starts_on,
        decision_number=1,
    )
    make.SaleFactory(
        project=kitchen,
        recorded_by=people.driss,
        amount=Decimal("45.00"),
        moved_on=None,
        label="Paniers",
    )
    session = Session.objects.create(
        cohort=cohort, kind="training", title="Tenir la caisse", place="Ici", day=dt.date(2026, 10, 20),
        created_by=people.driss,
    )  # fmt: skip
    session.slots.create(half="morning", starts=dt.time(9), ends=dt.time(12))
    return people


def enters(visitor, people, live_server, name):
    found = visitor(name.capitalize(), phone=name == "amina")
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": cookie_of(people.user(name))}
    found.page.context.add_cookies([cookie | {"url": live_server.url}])
    return found


def test_from_what_is_missing_to_the_archive(people, visitor, live_server, settings, papers):
    settings.SECOND_FACTOR_REQUIRED = False
    driss = enters(visitor, people, live_server, "driss")
    _begins_closing(driss, people.a.cohort)
    _gives_the_attestations(driss, papers)
    _explains_what_stays(driss)
    _archives(driss, people.a.cohort)
    amina = enters(visitor, people, live_server, "amina")
    amina.opens("documents:mine")
    amina.sees("Attestation de participation")
    _makes_the_next_one(driss, people.a.cohort)
    assert driss.complaints == [] and amina.complaints == []


def _begins_closing(driss, cohort) -> None:
    driss.opens("home:cohort_dashboard", cohort_id=cohort.pk)
    driss.follows("Ouvrir : La coopérative finit le 25 novembre 2026")
    driss.sees(
        "Mandats encore en cours", "Trésorière", "Ventes pas encore payées", "Reste dans le pot"
    )
    driss.presses("Passer à la clôture")
    driss.sees("La coopérative est maintenant « en clôture »")


def _gives_the_attestations(driss, papers) -> None:
    driss.menu("Clôture")
    driss.sees("Attestations à donner")
    driss.follows("Les attestations")
    driss.sees("3 h 30", "1 h 30", "rien à attester")
    driss.presses("Donner toutes les attestations")
    driss.sees("0 sur 2 envoyés")
    papers.render()
    driss.page.reload()
    driss.sees("Les 2 papiers sont envoyés")
    assert Document.objects.filter(kind="participation").count() == 2


def _explains_what_stays(driss) -> None:
    """One reason after the other, until nothing is in the way."""
    driss.menu("Clôture")
    driss.sees("L’archive s’ouvre quand tout est réglé ou expliqué")
    while driss.page.get_by_role("link", name="Écrire pourquoi").count():
        driss.follows("Écrire pourquoi")
        driss.sees("Ce qui manque")
        driss.fills(reason="Vu avec le groupe et la coopérative hôte.")
        driss.presses("Écrire cette raison")
        driss.sees("La raison est écrite")
    driss.sees("Tout est en ordre", "Vu avec le groupe et la coopérative hôte.")
    assert ClosingReason.objects.count() >= 4


def _archives(driss, cohort) -> None:
    driss.presses("Archiver la coopérative")
    driss.sees("La coopérative est maintenant « archivée »")
    assert Cohort.objects.get(pk=cohort.pk).state == CohortState.ARCHIVED
    driss.opens("projects:add_project", cohort_id=cohort.pk)
    driss.fills(name="Un jardin")
    driss.chooses("Maraîchage")
    driss.presses("Ouvrir l’activité")
    driss.sees("Cette coopérative est archivée : on la lit, et plus rien n’y change.")


def _makes_the_next_one(driss, cohort) -> None:
    driss.opens("cohorts:closing", cohort_id=cohort.pk)
    driss.follows("En créer une autre pareille")
    driss.sees("Personne n’est repris", "Semaine 9, mardi : Tenir la caisse")
    driss.fills(name="La suite", starts_on="2027-01-04")
    driss.presses("Créer cette coopérative")
    driss.sees("La coopérative « La suite » est créée, sans personne")
    new = Cohort.objects.get(name="La suite")
    assert [one.day for one in Session.objects.of_cohort(new.pk)] == [dt.date(2027, 3, 2)]
    assert not Enrolment.objects.of_cohort(new.pk).exists()
