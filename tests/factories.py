"""Rows that tests need, with traits. No random value: a failing test fails the same way twice."""

import datetime as dt
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from cohorts.enums import CohortState, ContractKind, EnrolmentState, OrganisationKind, TerritoryKind
from cohorts.enums.contracts import ContractState
from cohorts.models import (
    Cohort,
    Contract,
    CoordinatorSeat,
    Enrolment,
    HostSeat,
    NetworkSeat,
    Organisation,
    PartnerSeat,
    Partnership,
    Programme,
    Territory,
)  # fmt: skip
from decisions.models import Statutes
from members.models import Person, User
from members.rules import search_key
from payroll.models import ContributionProfile, HostSettings
from projects.enums import CustomerKind, VatCategory, WorkKind, WorkState
from projects.models import (
    Customer,
    Expense,
    Product,
    Project,
    Sale,
    SellerTerms,
    WorkEntry,
)

# The frozen day of the suite: a Wednesday in the last months of a cohort (see tests.conftest).
TODAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = None
    password = "!"  # unusable


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    class Params:
        account = factory.Trait(user=factory.SubFactory(UserFactory))

    first_name = factory.Sequence(lambda n: f"Prénom{n}")
    last_name = factory.Sequence(lambda n: f"Nom{n}")
    birth_date = dt.date(1990, 1, 1)
    address = "8 allée des Tilleuls"
    postcode = "99100"
    city = "Valbrune"
    search_key = factory.LazyAttribute(lambda o: search_key(o.first_name, o.last_name))


class TerritoryFactory(DjangoModelFactory[Territory]):
    class Meta:
        model = Territory

    name = factory.Sequence(lambda n: f"Territoire {n}")
    kind = TerritoryKind.QPV
    city = "Valbrune"
    department = "99"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    class Params:
        host = factory.Trait(
            kind=OrganisationKind.HOST,
            legal_form="SCOP SA",
            siret="73282932000074",
            ape="7022Z",
            address="12 rue des Halles",
            postcode="99100",
            city="Valbrune",
        )

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.CHAMBER


class PartnershipFactory(DjangoModelFactory[Partnership]):
    class Meta:
        model = Partnership

    organisation = factory.SubFactory(OrganisationFactory)
    role = "funder"
    starts_on = dt.date(2026, 1, 1)


class CoordinatorSeatFactory(DjangoModelFactory[CoordinatorSeat]):
    class Meta:
        model = CoordinatorSeat

    starts_on = dt.date(2026, 1, 1)


class HostSeatFactory(DjangoModelFactory[HostSeat]):
    class Meta:
        model = HostSeat

    starts_on = dt.date(2026, 1, 1)


class PartnerSeatFactory(DjangoModelFactory[PartnerSeat]):
    class Meta:
        model = PartnerSeat

    starts_on = dt.date(2026, 1, 1)


class NetworkSeatFactory(DjangoModelFactory[NetworkSeat]):
    class Meta:
        model = NetworkSeat

    starts_on = dt.date(2026, 1, 1)


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """Those of the network stand in the database from a migration, until a test empties its tables."""

    class Meta:
        model = Programme
        django_get_or_create = ("organisation", "code")

    class Params:
        cjm = factory.Trait(
            code="cjm",
            name="Coopérative jeunes majeurs (CJM)",
            shortest_days=56,
            lowest_age=18,
            highest_age=30,
        )
        cjs = factory.Trait(
            code="cjs",
            name="Coopérative jeunesse de services (CJS)",
            shortest_days=28,
            longest_days=92,
            highest_age=18,
        )

    organisation = None
    code = "ct"
    name = "Coopérative de territoire (CT)"
    shortest_days = 84
    longest_days = 190
    lowest_age = 16
    highest_age = None
    fewest_seats = 10
    usual_seats = 15
    most_seats = 18


class CohortFactory(DjangoModelFactory[Cohort]):
    class Meta:
        model = Cohort

    name = factory.Sequence(lambda n: f"Cohorte {n}")
    territory = factory.SubFactory(TerritoryFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    host = factory.SubFactory(OrganisationFactory, host=True)
    starts_on = dt.date(2026, 9, 7)
    ends_on = dt.date(2026, 12, 18)
    state = CohortState.RUNNING


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    class Meta:
        model = Enrolment

    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(PersonFactory)
    state = EnrolmentState.ACTIVE
    votes_from = dt.date(2026, 9, 7)


class ContractFactory(DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    enrolment = factory.SubFactory(EnrolmentFactory)

    class Params:
        draft = factory.Trait(state=ContractState.DRAFT, signed_on=None)

    kind = ContractKind.CAPE
    starts_on = dt.date(2026, 9, 7)
    ends_on = dt.date(2026, 12, 18)
    state = ContractState.SIGNED
    signed_on = factory.LazyAttribute(lambda o: o.starts_on)


class ProjectFactory(DjangoModelFactory[Project]):
    class Meta:
        model = Project

    cohort = factory.SubFactory(CohortFactory)
    name = factory.Sequence(lambda n: f"Activité {n}")
    trade = "maraichage"


class WorkEntryFactory(DjangoModelFactory[WorkEntry]):
    class Meta:
        model = WorkEntry

    class Params:
        confirmed = factory.Trait(
            state=WorkState.CONFIRMED,
            confirmed_at=NOW,
            confirmed_by=factory.LazyAttribute(lambda o: o.entered_by),
        )

    enrolment = factory.SubFactory(EnrolmentFactory)
    entered_by = factory.LazyAttribute(lambda o: o.enrolment.person)
    day = dt.date(2026, 11, 24)
    minutes = 210
    kind = WorkKind.PRODUCTION


class SaleFactory(DjangoModelFactory[Sale]):
    class Meta:
        model = Sale

    project = factory.SubFactory(ProjectFactory)
    label = "Paniers du samedi"
    amount = Decimal("120.00")
    sold_on = dt.date(2026, 11, 7)
    moved_on = dt.date(2026, 11, 7)
    recorded_by = factory.SubFactory(PersonFactory)


class ExpenseFactory(DjangoModelFactory[Expense]):
    class Meta:
        model = Expense

    project = factory.SubFactory(ProjectFactory)
    label = "Graines"
    amount = Decimal("20.00")
    moved_on = dt.date(2026, 11, 3)
    recorded_by = factory.SubFactory(PersonFactory)


class SellerTermsFactory(DjangoModelFactory[SellerTerms]):
    """A host that delegated a series of numbers and lets invoices go without its look."""

    class Meta:
        model = SellerTerms

    host = factory.SubFactory(OrganisationFactory, kind="host")
    in_force_from = dt.date(2026, 1, 1)
    capital = "variable, 18 500 €"
    register_city = "Valbrune"
    vat_number = "FR44732829320"
    series = "CT"
    delegated_on = dt.date(2026, 1, 1)
    asks_to_validate = False
    late_rate = Decimal("12.15")


class CustomerFactory(DjangoModelFactory[Customer]):
    """A firm; `kind="person"` for somebody of the quarter."""

    class Meta:
        model = Customer

    cohort = factory.SubFactory(CohortFactory)
    kind = CustomerKind.FIRM
    name = factory.Sequence(lambda n: f"Épicerie du Canal {n}")
    siret = "73282932000074"
    address = "3 quai du Canal"
    postcode = "99100"
    city = "Valbrune"


class ProductFactory(DjangoModelFactory[Product]):
    class Meta:
        model = Product

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Panier moyen {n}")
    unit = "le panier"
    category = VatCategory.FOOD
    usual_price = Decimal("12.00")


class StatutesFactory(DjangoModelFactory[Statutes]):
    class Meta:
        model = Statutes

    cohort = factory.SubFactory(CohortFactory)
    in_force_from = dt.date(2026, 9, 7)


class HostSettingsFactory(DjangoModelFactory[HostSettings]):
    class Meta:
        model = HostSettings

    host = factory.SubFactory(OrganisationFactory, host=True)
    in_force_from = dt.date(2026, 1, 1)
    contribution_rate = Decimal("10")
    atmp_rate = Decimal("1.55")
    headcount = 49


class ContributionProfileFactory(DjangoModelFactory[ContributionProfile]):
    class Meta:
        model = ContributionProfile

    class Params:
        confirmed = factory.Trait(
            confirmed_by=factory.SubFactory(PersonFactory), confirmed_at=NOW, evidence="Courrier 12"
        )

    host = factory.SubFactory(OrganisationFactory, host=True)
    code = "cape"
    in_force_from = dt.date(2026, 1, 1)
