"""What tests of recruiting share: somebody who applies, a committee, a board."""

import datetime as dt
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cohorts.models import Application, Cohort, PartnerSeat
from cohorts.services.applications import Said, apply
from cohorts.services.selection import decide
from ct_platform.kit.actor import Actor
from members.seats import seats_of
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.personas import People

OGG = b"OggS\x00\x02" + b"\x00" * 64


def recruiting_cohort(people: People, **extra: Any) -> Cohort:
    return make.CohortFactory(
        territory=people.a.territory, host=people.a.host, name="Les Mains du Val", state="recruiting",
        starts_on=dt.date(2027, 1, 4), ends_on=dt.date(2027, 4, 23), **extra,
    )  # fmt: skip


def said(**changes: Any) -> Said:
    return Said(
        **{
            "first_name": "Zoé",
            "last_name": "Martin",
            "birth_date": dt.date(1990, 5, 3),
            "phone": "+33639981234",
            "motivation": "J’aime cuisiner.",
        }
        | changes
    )


def somebody(cohort: Cohort, **changes: Any) -> Application:
    return apply(cohort=cohort, key=uuid.uuid4(), said=said(**changes), at=NOW)


def decided(cohort: Cohort, people: People, to: str, **changes: Any) -> Application:
    return decide(
        application=somebody(cohort, **changes), to=to, note="", actor=people.actor("driss"), at=NOW
    )


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "submission_key": str(uuid.uuid4()),
        "site": "",
        "first_name": "Zoé",
        "last_name": "Martin",
        "birth_date": "1990-05-03",
        "phone": "06 39 98 12 34",
        "motivation": "J’aime cuisiner.",
        "wishes": "Tenir les comptes.",
        "available": ["morning", "saturday"],
    } | changes


def recording(content: bytes = OGG, name: str = "voix.ogg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="audio/ogg")


def committee_member(people: People, **tie: Any) -> Actor:
    """Malik, of an organisation that sits on the local committee of territory A (or as `tie` says)."""
    organisation = make.OrganisationFactory(name="Mission locale")
    tie = tie or {"territory": people.a.territory}
    make.PartnershipFactory(organisation=organisation, role="local_committee", **tie)
    person = make.PersonFactory(first_name="Malik", last_name="Comité", account=True)
    PartnerSeat.objects.create(person=person, organisation=organisation, starts_on=TODAY)
    people.persons["malik"] = person
    return Actor(person.user_id, person.pk, person.full_name, seats_of(person.pk, TODAY)[0])
