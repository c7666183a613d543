"""Who stands around the cohorts: territories, hosts, partners of every kind, and their people."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from cohorts.enums import OrganisationKind, PartnershipRole, TerritoryKind
from cohorts.models import (
    Cohort,
    CoordinatorSeat,
    HostSeat,
    NetworkSeat,
    Organisation,
    PartnerSeat,
    Partnership,
    Programme,
    Territory,
)
from ct_platform.home.seeding.plan import YEARS, Plan
from ct_platform.home.seeding.sink import Sink
from members.models import Person, User
from members.rules import search_key
from payroll.models import ContributionProfile, HostSettings

# How many territories share one: a CAE, a chamber, a pôle ESS. A funder of the network follows all.
PER_HOST, PER_CHAMBER, PER_HUB = 20, 4, 20
SIRET, LEGAL_FORM, CITY, POSTCODE = "73282932000074", "SCIC SA", "Valbrune", "99100"
CONTRIBUTION, ATMP, HEADCOUNT = "10.00000", "2.10000", 30
PARTNERS = {
    "chamber": "Chambre de commerce", "hub": "Pôle ESS", "funder": "Fondation du réseau",
    "eu": "Organisme intermédiaire FSE+", "authority": "Ville",
}  # fmt: skip
# One cohort in four is co-financed, and its intermediate body follows that cohort only.
PER_EU = 4


@dataclass(frozen=True, slots=True)
class Host:
    """A CAE, who acts for it, and what its pay stands on."""

    key: int
    name: str
    person_id: int
    settings_id: int
    profile_id: int
    pay_since: dt.date


@dataclass(frozen=True, slots=True)
class Place:
    """A territory: who coordinates it, which CAE hosts there, who follows it, by key and by name."""

    key: int
    name: str
    kind: TerritoryKind
    coordinator_id: int
    coordinator: str
    host: Host
    followers: tuple[int, ...]
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    places: tuple[Place, ...]
    programme_id: int
    eu_funder: int
    eu_funder_name: str
    quarter: str

    def eu_funded(self, plan: Plan) -> bool:
        return plan.index % PER_EU == 0


def _named(role: str, mark: int, n: int) -> str:
    return f"{PARTNERS[role]} {mark}-{n + 1}"


def email_of(role: str, mark: int) -> str:
    """How a bench enters as somebody of the run number `mark`: coordinator, network, host, chamber…"""
    return f"seed{mark}@exemple.test" if role == "coordinator" else f"{role}{mark}@exemple.test"


def build(sink: Sink, places: int, mark: int, today: dt.date, chance: random.Random) -> Network:
    """Write everything that is written once. A handful of users: nobody else signs in."""
    builder = _Builder(sink, mark, today)
    network = builder.person("Nora", "Réseau", "network")
    sink.add(NetworkSeat, person_id=network, starts_on=builder.since)
    hosts = [builder.host(n, network) for n in range(-(-places // PER_HOST))]
    chambers = [
        builder.partner("chamber", OrganisationKind.CHAMBER, n)
        for n in range(-(-places // PER_CHAMBER))
    ]
    hubs = [
        builder.partner("hub", OrganisationKind.ESS_HUB, n) for n in range(-(-places // PER_HUB))
    ]
    funder = builder.partner("funder", OrganisationKind.FUNDER, 0)
    eu = builder.partner("eu", OrganisationKind.FUNDER, 0)
    found = []
    for n in range(places):
        authority = builder.partner("authority", OrganisationKind.AUTHORITY, n)
        kind = TerritoryKind.RURAL if chance.random() < 0.3 else TerritoryKind.QPV
        key, name, coordinator = builder.territory(n, kind)
        followers = (chambers[n // PER_CHAMBER], hubs[n // PER_HUB], funder, authority)
        roles = (
            PartnershipRole.LOCAL_COMMITTEE, PartnershipRole.SUPPORT,
            PartnershipRole.FUNDER, PartnershipRole.LOCAL_COMMITTEE,
        )  # fmt: skip
        for organisation, role in zip(followers, roles, strict=True):
            builder.partnership(organisation, role, territory_id=key)
        names = (
            _named("chamber", mark, n // PER_CHAMBER), _named("hub", mark, n // PER_HUB),
            _named("funder", mark, 0), _named("authority", mark, n),
        )  # fmt: skip
        found.append(Place(key, name, kind, *coordinator, hosts[n // PER_HOST], followers, names))
    programme = Programme.objects.get(organisation=None, code="ct")
    return Network(tuple(found), programme.pk, eu, _named("eu", mark, 0), f"QN99{mark:03d}M")


def follow_cohort(sink: Sink, network: Network, cohort_id: int, since: dt.date) -> None:
    sink.add(
        Partnership, organisation_id=network.eu_funder, cohort_id=cohort_id,
        role=PartnershipRole.FUNDER, starts_on=since,
    )  # fmt: skip


class _Builder:
    def __init__(self, sink: Sink, mark: int, today: dt.date) -> None:
        self._sink, self._mark = sink, mark
        self.since = today - dt.timedelta(days=366 * YEARS + 200)
        # Before the oldest cohort, by the CAE's own software; here since pay runs here.
        self._pay_since = dt.date(today.year, 1, 1)

    def person(self, first: str, last: str, role: str = "") -> int:
        """`role`: they may sign in, at `email_of(role)`."""
        last = f"{last}{self._mark}"
        user = User.objects.create_user(email_of(role, self._mark)) if role else None
        return self._sink.add(
            Person, first_name=first, last_name=last, search_key=search_key(first, last),
            user_id=user.pk if user else None,
        )  # fmt: skip

    def territory(self, n: int, kind: TerritoryKind) -> tuple[int, str, tuple[int, str]]:
        """Its key and name, then the key and name of who coordinates it."""
        name = f"Territoire synthétique {self._mark + n + 1}"
        key = self._sink.add(Territory, name=name, kind=kind, city=CITY, department="99")
        first, last = "Solange", f"Semis{n}x"
        coordinator = self.person(first, last, "" if n else "coordinator")
        self._sink.add(
            CoordinatorSeat, person_id=coordinator, territory_id=key, starts_on=self.since
        )
        return key, name, (coordinator, f"{first} {last}{self._mark}")

    def host(self, n: int, network_id: int) -> Host:
        name = f"CAE synthétique {self._mark}-{n + 1}"
        key = self._organisation(name, OrganisationKind.HOST, siret=SIRET, legal_form=LEGAL_FORM)
        person = self.person("Hélène", f"Hôte{n}x", "" if n else "host")
        self._sink.add(HostSeat, person_id=person, organisation_id=key, starts_on=self.since)
        settings = self._sink.add(
            HostSettings, host_id=key, in_force_from=self._pay_since, written_by_id=person,
            contribution_rate=CONTRIBUTION, atmp_rate=ATMP, headcount=HEADCOUNT,
        )  # fmt: skip
        at = dt.datetime.combine(self._pay_since, dt.time(9), tzinfo=dt.UTC)
        profile = self._sink.add(
            ContributionProfile, host_id=key, code="cape", version=1, in_force_from=self._pay_since,
            written_by_id=person, confirmed_by_id=network_id, confirmed_at=at,
            evidence="Réponse écrite, données synthétiques",
        )  # fmt: skip
        return Host(key, name, person, settings, profile, self._pay_since)

    def partner(self, role: str, kind: OrganisationKind, n: int) -> int:
        key = self._organisation(_named(role, self._mark, n), kind)
        if n == 0:
            person = self.person("Elsa", role.capitalize(), role)
            self._sink.add(PartnerSeat, person_id=person, organisation_id=key, starts_on=self.since)
        return key

    def partnership(self, organisation: int, role: PartnershipRole, *, territory_id: int) -> None:
        self._sink.add(
            Partnership, organisation_id=organisation, territory_id=territory_id, role=role,
            starts_on=self.since,
        )  # fmt: skip

    def _organisation(self, name: str, kind: OrganisationKind, **more: str) -> int:
        return self._sink.add(
            Organisation, name=name, kind=kind, city=CITY, postcode=POSTCODE, **more
        )


def frozen_terms(host: Host) -> dict[str, Any]:
    """Settings and profile of a host as a pay photographs them."""
    return {
        "settings": {
            "id": host.settings_id, "in_force_from": host.pay_since.isoformat(),
            "contribution_base": "sales", "contribution_rate": CONTRIBUTION,
            "contribution_fixed": "0.00", "contribution_fixed_per": "run",
            "contribution_waived_months": 0, "idle_month_cost": "0.00", "atmp_rate": ATMP,
            "mobility_rate": "0.00000", "headcount": HEADCOUNT, "health_cover": "0.00",
            "health_cover_employer_share": "0.00000", "hourly_rate": None,
        },
        "profile": {
            "id": host.profile_id, "code": "cape", "version": 1, "disabled_lines": [],
            "enabled_lines": [], "rgdu": None, "tdelta_override": None,
        },
    }  # fmt: skip


def cohort_of(network: Network, plan: Plan, mark: int, key: int) -> Cohort:
    """The row of a cohort as an object, for what reads it: names, days, host."""
    place = network.places[plan.place]
    host = Organisation(
        id=place.host.key, name=place.host.name, legal_form=LEGAL_FORM, siret=SIRET,
        postcode=POSTCODE, city=CITY,
    )  # fmt: skip
    return Cohort(
        id=key, host=host, programme_id=network.programme_id,
        territory=Territory(id=place.key, name=place.name, kind=place.kind, city=CITY),
        name=f"Cohorte {mark}-{plan.index + 1}", state=plan.state,
        starts_on=plan.starts_on, ends_on=plan.ends_on,
        eu_funded=network.eu_funded(plan),
    )  # fmt: skip
