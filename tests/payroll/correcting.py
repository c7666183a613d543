"""An issued pay of two people, a second person at the host, and one wrong rate."""

from decimal import Decimal

from payroll.models import Correction, Share
from payroll.services.corrections import issue_correction, propose_correction
from tests import factories as make
from tests.factories import NOW

REASON = "Le taux AT/MP était celui de l’an dernier."
NEW_RATE = {"atmp_rate": Decimal("2.10")}


def add_colleague(people):
    """Irène sits at the same host as Hélène."""
    people.persons["irene"] = make.PersonFactory(
        first_name="Irène",
        last_name="Hôte",
        user=make.UserFactory(email="irene@exemple.test"),
        email="irene@exemple.test",
    )
    make.HostSeatFactory(person=people.persons["irene"], organisation=people.a.host)
    return people.actor("irene")


def share_of(run, name="Amina") -> Share:
    return Share.objects.get(run=run, enrolment__person__first_name=name)


def proposed(scene, run, name="Amina", **changes) -> Correction:
    asked = {"reason": REASON, "asked": NEW_RATE, "actor": scene.helene, "at": NOW} | changes
    return propose_correction(share=share_of(run, name), **asked)


def corrected(scene, run, name="Amina", **changes) -> Correction:
    correction = proposed(scene, run, name, **changes)
    return issue_correction(correction=correction, actor=scene.people.actor("irene"), at=NOW)
