"""The permanent people of the suite, with first names, and the two worlds they live in.

World A: cohort "Les Racines du Plateau" (territory Le Plateau, host Le Ferment), followed by Elsa.
World B: cohort "La Marmite d'En Bas" (territory En Bas, host La Ruche), followed by Farid.
Near misses are each other's counterpart: same role, other world.
"""

from dataclasses import dataclass, field
from typing import Any

from cohorts.models import Cohort, Enrolment, Organisation, Programme, Territory
from ct_platform.kit.actor import Actor, Seat
from members.models import Person, User
from members.seats import seats_of
from tests import factories as make
from tests.factories import TODAY


@dataclass
class World:
    territory: Territory
    host: Organisation
    partner: Organisation
    cohort: Cohort


@dataclass
class People:
    """`world.a`/`world.b`, persons by first name, and `actor(name)`."""

    a: World
    b: World
    persons: dict[str, Person] = field(default_factory=dict)
    enrolments: dict[str, Enrolment] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["persons"][name]
        except KeyError:
            raise AttributeError(name) from None

    def user(self, name: str) -> User:
        user = self.persons[name].user
        assert user is not None
        return user

    def seat(self, name: str) -> Seat:
        return seats_of(self.persons[name].pk, TODAY)[0]

    def actor(self, name: str) -> Actor:
        person = self.persons[name]
        assert person.user_id is not None
        return Actor(person.user_id, person.pk, person.full_name, self.seat(name))


ALL = (
    "amina", "bastien", "gael", "chloe", "driss", "dalia", "helene", "hugo", "elsa", "farid", "nora",
)  # fmt: skip


def _person(first: str, last: str, **extra: Any) -> Person:
    email = extra.pop("email", None)
    return make.PersonFactory(
        first_name=first,
        last_name=last,
        user=make.UserFactory(email=email),
        email=email or "",
        **extra,
    )


def ground() -> int | None:
    """The programme of the network, which stands there from a migration: cohorts lean on it."""
    return (
        Programme.objects.filter(organisation=None, code="ct").values_list("pk", flat=True).first()
    )


def build() -> People:
    """Amina, Bastien and Gaël (who left) are in cohort A, Chloé in cohort B; Driss and Dalia coordinate
    A and B; Hélène and Hugo sit at the two hosts; Elsa and Farid at the two partners; Nora is the
    network. Some fifty inserts, laid again from one test to the next (tests.laid_again)."""

    def world(territory: str, host: str, partner: str, cohort: str) -> World:
        place = make.TerritoryFactory(name=territory)
        at_host = make.OrganisationFactory(host=True, name=host)
        follower = make.OrganisationFactory(name=partner)
        group = make.CohortFactory(name=cohort, territory=place, host=at_host)
        make.PartnershipFactory(organisation=follower, territory=place)
        make.StatutesFactory(cohort=group)
        make.HostSettingsFactory(host=at_host)
        return World(place, at_host, follower, group)

    a = world("Le Plateau", "Le Ferment", "Chambre de Valbrune", "Les Racines du Plateau")
    b = world("En Bas", "La Ruche", "Chambre d’En Bas", "La Marmite d’En Bas")
    people = People(a, b)
    people.persons = {
        "amina": _person("Amina", "Sarr"),
        "bastien": _person("Bastien", "Cherif"),
        "gael": _person("Gaël", "Parti"),
        "chloe": _person("Chloé", "Voisine"),
        "driss": _person("Driss", "Marchal", email="driss@exemple.test"),
        "dalia": _person("Dalia", "Autre", email="dalia@exemple.test"),
        "helene": _person("Hélène", "Hôte", email="helene@exemple.test"),
        "hugo": _person("Hugo", "Hôte-Voisin", email="hugo@exemple.test"),
        "elsa": _person("Elsa", "Partenaire", email="elsa@exemple.test"),
        "farid": _person("Farid", "Partenaire-Voisin", email="farid@exemple.test"),
        "nora": _person("Nora", "Réseau", email="nora@exemple.test"),
    }
    for name, cohort in (
        ("amina", a.cohort),
        ("bastien", a.cohort),
        ("gael", a.cohort),
        ("chloe", b.cohort),
    ):
        enrolment = make.EnrolmentFactory(cohort=cohort, person=people.persons[name])
        make.ContractFactory(enrolment=enrolment)
        people.enrolments[name] = enrolment
    Enrolment.objects.filter(pk=people.enrolments["gael"].pk).update(
        state="left", left_on="2026-10-01"
    )
    people.enrolments["gael"].refresh_from_db()
    make.CoordinatorSeatFactory(person=people.persons["driss"], territory=a.territory)
    make.CoordinatorSeatFactory(person=people.persons["dalia"], territory=b.territory)
    make.HostSeatFactory(person=people.persons["helene"], organisation=a.host)
    make.HostSeatFactory(person=people.persons["hugo"], organisation=b.host)
    make.PartnerSeatFactory(person=people.persons["elsa"], organisation=a.partner)
    make.PartnerSeatFactory(person=people.persons["farid"], organisation=b.partner)
    make.NetworkSeatFactory(person=people.persons["nora"])
    return people
