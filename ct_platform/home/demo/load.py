"""Loading the demo: places and people directly, what they did through the services themselves."""

import datetime as dt
import logging
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import transaction

from cohorts.cohort_template import THREE_TO_SIX_MONTHS
from cohorts.enums import CohortState, OrganisationKind, PartnershipRole, TerritoryKind
from cohorts.models import (
    Cohort,
    CoordinatorSeat,
    Enrolment,
    HostSeat,
    NetworkSeat,
    Organisation,
    PartnerSeat,
    Partnership,
    Phase,
    Programme,
    Territory,
)
from cohorts.rules import dated_phases
from ct_platform.home.demo import (
    after,
    calendar,
    coming_back,
    contracts,
    decided,
    deciding,
    each_other,
    ending,
    events,
    files,
    funders,
    getting_paid,
    invoicing,
    meeting,
    opening,
    past_years,
    receipts,
    recruiting,
    reports,
    selling,
    site,
    skills,
    stories,
    story,
    trades,
)
from ct_platform.home.demo.people import ACTIVITIES, COOPERANTS
from ct_platform.home.demo.scene import Scene
from ct_platform.kit import clock
from ct_platform.kit.clock import Month, monday_of
from ct_platform.kit.errors import DomainError
from members.models import Person
from members.rules import search_key
from payroll.models import ContributionProfile, HostSettings
from projects.models import Project

logger = logging.getLogger(__name__)
WEEKS = 15


def load_demo() -> None:
    """Make the demo territory once; a second start finds it and changes nothing."""
    if Territory.objects.filter(name="Le Plateau").exists():
        return
    at = clock.now()
    with transaction.atomic():
        people = _staff(at)
        cohort = _cohort(people, clock.today())
    scene = Scene(cohort, people, at)
    for chapter in (
        files.fill_files,
        contracts.sign_contracts,
        decided.adopt_rules,
        decided.choose_a_name,
        decided.vote_on_sharing,
        decided.agree_on_breaks,
        meeting.meet,
        decided.choose_a_treasurer,
        decided.put_projects_in_order,
        decided.spend_the_reserve,
        story.work_and_sell,
        selling.sell,
        story.give_accounts,
        story.pay_last_month,
        receipts.send_receipts,
        invoicing.invoice,
        deciding.open_votes,
        deciding.discuss,
        story.leave_words,
        stories.tell_more,
        reports.send_and_answer,
        funders.fund,
        calendar.plan_and_sign,
        trades.work_together,
        trades.practise_trades,
        each_other.note_for_each_other,
        skills.say_what_we_learn,
        events.open_doors,
        getting_paid.be_paid,
        recruiting.recruit,
        coming_back.come_back,
        coming_back.call_on_paper,
        after.prepare_what_comes_next,
        after.remember_last_year,
        ending.end_a_cohort,
        reports.send_older_ones,
        site.open_the_site,
        past_years.remember_years,
        opening.give_a_token,
        opening.open_first_year,
    ):
        # A chapter that today's rules refuse (a month without pay parameters) must not stop the demo.
        try:
            with transaction.atomic():
                chapter(scene)
        except DomainError as refusal:
            logger.warning("Démonstration, %s : %s", chapter.__name__, refusal)


def _person(first: str, last: str, *, email: str | None = None, phone: str = "") -> Person:
    account = get_user_model().objects.create_user(email=email)
    return Person.objects.create(
        user=account,
        first_name=first,
        last_name=last,
        email=email or "",
        phone=phone,
        address="8 allée des Tilleuls",
        postcode="99100",
        city="Valbrune",
        birth_date=dt.date(1988, 5, 17),
        search_key=search_key(first, last),
    )


def _staff(at: dt.datetime) -> dict[str, Person]:
    since = clock.civil_day(at) - dt.timedelta(days=400)
    plateau = Territory.objects.create(
        name="Le Plateau", kind=TerritoryKind.QPV, city="Valbrune", department="99",
        qpv_code="QN09901", qpv_vintage=2024,
    )  # fmt: skip
    valley = Territory.objects.create(
        name="Vallée de la Brune", kind=TerritoryKind.RURAL, city="Brune-le-Bourg", department="99"
    )
    ferment = Organisation.objects.create(
        name="Le Ferment", kind=OrganisationKind.HOST, legal_form="SCOP à responsabilité limitée",
        siret="73282932000074", ape="7022Z", address="12 rue des Halles", postcode="99100", city="Valbrune",
    )  # fmt: skip
    chamber = Organisation.objects.create(
        name="Chambre de commerce de Valbrune", kind=OrganisationKind.CHAMBER, city="Valbrune"
    )
    hub = Organisation.objects.create(
        name="Pôle ESS de la Brune", kind=OrganisationKind.ESS_HUB, city="Valbrune"
    )
    for organisation, place in ((chamber, plateau), (hub, plateau), (hub, valley)):
        Partnership.objects.create(
            organisation=organisation,
            territory=place,
            role=PartnershipRole.SUPPORT,
            starts_on=since,
        )
    Partnership.objects.create(
        organisation=hub,
        territory=valley,
        role=PartnershipRole.LOCAL_COMMITTEE,
        starts_on=since,
    )
    people = {
        "ines": _person("Inès", "Marchal", email="ines@exemple.test"),
        "paul": _person("Paul", "Rivière", email="paul@exemple.test"),
        "helene": _person("Hélène", "Ferrand", email="helene@exemple.test"),
        "hakim": _person("Hakim", "Sorel", email="hakim@exemple.test"),
        "elsa": _person("Elsa", "Brun", email="elsa@exemple.test"),
        "farid": _person("Farid", "Lacoste", email="farid@exemple.test"),
        "sabine": _person("Sabine", "Delorme", email="sabine@exemple.test"),
        "nora": _person("Nora", "Diallo", email="nora@exemple.test"),
    }
    CoordinatorSeat.objects.create(person=people["ines"], territory=plateau, starts_on=since)
    CoordinatorSeat.objects.create(person=people["paul"], territory=valley, starts_on=since)
    # Two of the host: what one proposes to correct, the other issues.
    for name in ("helene", "hakim"):
        HostSeat.objects.create(person=people[name], organisation=ferment, starts_on=since)
    PartnerSeat.objects.create(person=people["elsa"], organisation=chamber, starts_on=since)
    PartnerSeat.objects.create(person=people["farid"], organisation=hub, starts_on=since)
    NetworkSeat.objects.create(person=people["nora"], starts_on=since)
    HostSettings.objects.create(
        host=ferment,
        in_force_from=since,
        contribution_rate=Decimal("10"),
        atmp_rate=Decimal("1.55"),
        headcount=49,
        # Invented: each CAE asks the URSSAF what a month without pay costs that year.
        idle_month_cost=Decimal("3.95"),
    )
    ContributionProfile.objects.create(
        host=ferment, code="cape", in_force_from=_pay_year(at), confirmed_by=people["helene"], confirmed_at=at,
        legal_reference="C. trav. L5142-1, R5142-3 à R5142-5",
        evidence="Réponse écrite inventée pour la démonstration",
    )  # fmt: skip
    _recruiting(valley, ferment, clock.civil_day(at))
    return people


def _pay_year(at: dt.datetime) -> dt.date:
    """1 January of the year of the month the demo pays: a profile stands for one year."""
    return (Month.of(clock.civil_day(at)).first - dt.timedelta(days=1)).replace(month=1, day=1)


def _usual() -> Programme:
    found: Programme = Programme.objects.get(organisation=None, code="ct")
    return found


def _recruiting(valley: Territory, host: Organisation, today: dt.date) -> None:
    starts = monday_of(today) + dt.timedelta(days=42)
    cohort = Cohort.objects.create(
        territory=valley, programme=_usual(), host=host, name="Les Mains du Val", state=CohortState.RECRUITING,
        pitch="Une cuisine et un service d’entretien, au cœur de la vallée.",
        starts_on=starts, ends_on=starts + dt.timedelta(days=116),
    )  # fmt: skip
    _phases(cohort)
    Project.objects.create(cohort=cohort, name="La cuisine du Val", trade="cuisine")
    Project.objects.create(cohort=cohort, name="Coups de main", trade="services")


def _phases(cohort: Cohort) -> None:
    Phase.objects.bulk_create(
        Phase(cohort=cohort, kind=laid.kind, starts_on=laid.starts_on, ends_on=laid.ends_on)
        for laid in dated_phases(THREE_TO_SIX_MONTHS.phases, cohort.starts_on, cohort.ends_on)
    )


def _cohort(people: dict[str, Person], today: dt.date) -> Cohort:
    """A cohort begun before last month, so that last month is paid and this one is being worked."""
    last_month = Month.of(Month.of(today).first - dt.timedelta(days=1))
    starts = monday_of(last_month.first - dt.timedelta(days=21))
    cohort = Cohort.objects.create(
        territory=Territory.objects.get(name="Le Plateau"),
        programme=_usual(),
        host=Organisation.objects.get(name="Le Ferment"),
        name="Les Racines du Plateau",
        pitch="Un jardin, un étal de fleurs et une cuisine de quartier.",
        starts_on=starts,
        ends_on=starts + dt.timedelta(days=7 * WEEKS - 3),
        state=CohortState.RUNNING,
        eu_funded=True,
    )
    _phases(cohort)
    for name, trade in ACTIVITIES:
        Project.objects.create(cohort=cohort, name=name, trade=trade)
    for rank, invented in enumerate(COOPERANTS):
        person = _person(
            invented.first_name,
            invented.last_name,
            email=f"{search_key(invented.first_name, '').strip()}@exemple.test"
            if rank < 9
            else None,
            phone=f"+33639980{rank:03d}",
        )
        Enrolment.objects.create(
            cohort=cohort,
            person=person,
            votes_from=cohort.starts_on,
            activity=dict(_WORDS)[invented.trade],
        )
        people[invented.last_name] = person
    return cohort


_WORDS = (
    ("maraichage", "maraîchage, culture et vente"),
    ("fleuriste", "fleuriste, préparation et vente"),
    ("cuisine", "cuisine et service"),
)
