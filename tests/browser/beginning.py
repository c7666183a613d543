"""Before the story: a territory, a host ready to pay, a partner, and three people with a seat."""

from dataclasses import dataclass

from cohorts.models import Organisation, Territory
from members.models import Person
from tests import factories as make


@dataclass(frozen=True)
class Beginning:
    territory: Territory
    host: Organisation
    partner: Organisation
    ines: Person
    helene: Person
    elsa: Person


def almost_empty() -> Beginning:
    """Inès coordinates Le Plateau; Hélène sits at Le Ferment, its host; Elsa follows from the chamber."""

    def person(first: str, last: str) -> Person:
        email = f"{first.lower().replace('è', 'e').replace('é', 'e')}@exemple.test"
        return make.PersonFactory(
            first_name=first, last_name=last, email=email, user=make.UserFactory(email=email)
        )

    make.ProgrammeFactory()
    territory = make.TerritoryFactory(name="Le Plateau")
    host = make.OrganisationFactory(host=True, name="Le Ferment")
    partner = make.OrganisationFactory(name="Chambre de Valbrune")
    make.PartnershipFactory(organisation=host, territory=territory, role="host")
    make.PartnershipFactory(organisation=partner, territory=territory)
    make.HostSettingsFactory(host=host)
    found = Beginning(
        territory,
        host,
        partner,
        person("Inès", "Marchal"),
        person("Hélène", "Faure"),
        person("Elsa", "Perrin"),
    )
    make.ContributionProfileFactory(host=host, confirmed=True, confirmed_by=found.helene)
    make.CoordinatorSeatFactory(person=found.ines, territory=territory)
    make.HostSeatFactory(person=found.helene, organisation=host)
    make.PartnerSeatFactory(person=found.elsa, organisation=partner)
    return found
