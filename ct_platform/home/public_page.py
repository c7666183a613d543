"""What a stranger may know of the cooperatives: names, places, dates, trades. Never a person, never a count."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from cohorts.enums import CohortState, OrganisationKind
from cohorts.models import Cohort, InformationMeeting, Organisation, Territory
from ct_platform.home import france
from ct_platform.home.models import ShownPartner
from ct_platform.kit.components import Step
from projects.front_part import PublicTrade, trades_of

_ORDER = {CohortState.RECRUITING: 0, CohortState.RUNNING: 1}


@dataclass(frozen=True, slots=True)
class PublicCohort:
    key: int
    name: str
    territory_key: int
    territory: str
    city: str
    host: str
    pitch: str
    sells: str
    state: str
    starts_on: dt.date
    ends_on: dt.date
    trades: list[PublicTrade]

    @property
    def recruiting(self) -> bool:
        return self.state == CohortState.RECRUITING

    @property
    def ended(self) -> bool:
        return self.state not in _ORDER


def public_cohorts(*, limit: int) -> list[PublicCohort]:
    """Cooperatives that recruit, then those at work. Two queries."""
    return _told(Cohort.objects.public(), limit)


def cohorts_of_trade(trade: str, *, limit: int) -> list[PublicCohort]:
    """Those that practise it: recruiting, at work, then ended. Two queries."""
    rows = shown_cohorts().filter(projects__trade=trade).distinct()
    return _told(rows, limit)


def shown_cohorts() -> QuerySet[Cohort]:
    """All that have a public page, those that ended included."""
    return Cohort.objects.public() | Cohort.objects.remembered()


def _told(rows: QuerySet[Cohort], limit: int) -> list[PublicCohort]:
    found = rows.select_related("territory", "host").order_by("-starts_on", "pk")[:limit]
    return _pages(list(found))


def _pages(found: Sequence[Cohort]) -> list[PublicCohort]:
    """Recruiting first and the nearest start first; then at work; those that ended come last, the newest first.

    One query.
    """
    trades = trades_of([cohort.pk for cohort in found])
    pages = [
        PublicCohort(
            key=cohort.pk,
            name=cohort.name,
            territory_key=cohort.territory_id,
            territory=cohort.territory.name,
            city=cohort.territory.city,
            host=cohort.host.name,
            pitch=cohort.pitch,
            sells=cohort.sells,
            state=cohort.state,
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            trades=trades.get(cohort.pk, []),
        )
        for cohort in found
    ]
    return sorted(pages, key=_rank)


def _rank(page: PublicCohort) -> tuple[int, int]:
    days = page.starts_on.toordinal()
    return _ORDER.get(CohortState(page.state), 2), -days if page.ended else days


# --- the map and its twin, the list


@dataclass(frozen=True, slots=True)
class Place:
    """A territory on the map (`spot`) and in the list, under the same number."""

    number: int
    key: int
    name: str
    city: str
    department: str
    kind: str
    cohorts: list[PublicCohort]
    earlier: int  # more cohorts that ended, on the page of the territory
    spot: france.Spot | None

    @property
    def recruiting(self) -> bool:
        return any(cohort.recruiting for cohort in self.cohorts)

    @property
    def at_work(self) -> bool:
        return any(not cohort.ended for cohort in self.cohorts)

    @property
    def says(self) -> str:
        """What its sign means, in words."""
        if self.recruiting:
            return _("recrute")
        return _("au travail") if self.at_work else _("a déjà eu une coopérative")


@dataclass(frozen=True, slots=True)
class Places:
    places: list[Place] = field(default_factory=list)

    @property
    def on_map(self) -> list[Place]:
        return [one for one in self.places if one.spot is not None]

    @property
    def elsewhere(self) -> list[Place]:
        """Overseas, or whose département the drawing does not know."""
        return [one for one in self.places if one.spot is None]


# Of those that ended in a territory, the latest; the others are on its page.
LATEST = 1


def places() -> Places:
    """Every territory with a cohort to show, those recruiting first. Four queries.

    A network of five years has had thousands of cohorts: all those open are named, the rest counted.
    """
    ended = Cohort.objects.remembered().annotate(
        rank=Window(
            RowNumber(),
            partition_by=F("territory"),
            order_by=[F("starts_on").desc(), F("pk").asc()],
        ),
        ended_there=Window(Count("pk"), partition_by=F("territory")),
    )
    around = ("territory", "host")
    past = list(ended.filter(rank__lte=LATEST).select_related(*around))
    pages = _pages([*Cohort.objects.public().select_related(*around), *past])
    earlier = {row.territory_id: row.ended_there - LATEST for row in past}
    by_place: dict[int, list[PublicCohort]] = {}
    for cohort in pages:
        by_place.setdefault(cohort.territory_key, []).append(cohort)
    rows = {row.pk: row for row in Territory.objects.filter(pk__in=by_place)}
    ordered = [rows[key] for key in by_place]
    spots = _spots(ordered)
    return Places(
        [
            Place(
                number=number,
                key=row.pk,
                name=row.name,
                city=row.city,
                department=row.department,
                kind=row.get_kind_display(),
                cohorts=by_place[row.pk],
                earlier=max(0, earlier.get(row.pk, 0)),
                spot=spots.get(row.pk),
            )
            for number, row in enumerate(ordered, start=1)
        ]
    )


def _spots(rows: Sequence[Territory]) -> dict[int, france.Spot]:
    lies = {row.pk: point for row in rows if (point := where(row)) is not None}
    drawn = france.spread([france.place(*point) for point in lies.values()])
    return dict(zip(lies, drawn, strict=True))


def where(territory: Territory) -> france.Point | None:
    """Its own coordinates, else the middle of its département; None when the drawing holds neither."""
    if territory.latitude is not None and territory.longitude is not None:
        own = float(territory.latitude), float(territory.longitude)
        return own if france.is_drawn(*own) else None
    return france.centre_of(territory.department)


# --- one territory


def public_territories() -> QuerySet[Territory]:
    """Those that have something to show."""
    found: QuerySet[Territory] = Territory.objects.filter(cohorts__in=shown_cohorts()).distinct()
    return found


def cohorts_of_territory(territory: Territory) -> list[PublicCohort]:
    """Two queries."""
    return _told(shown_cohorts().filter(territory=territory), 60)


def coming_meetings(
    at: dt.datetime, *, territory: int | None = None, limit: int = 4
) -> list[InformationMeeting]:
    """Information meetings to come, of cohorts that recruit. One query."""
    rows = InformationMeeting.objects.filter(
        cohort__in=Cohort.objects.public().recruiting(), cancelled_at__isnull=True, starts_at__gt=at
    )
    if territory is not None:
        rows = rows.filter(cohort__territory=territory)
    return list(
        rows.select_related("cohort__territory", "cohort__host").order_by("starts_at", "pk")[:limit]
    )


# --- partners


def shown_partners(day: dt.date) -> list[ShownPartner]:
    """Those that agree on that day to be named, hosts first: without them there is none. One query."""
    rows = _agreeing(day).select_related("organisation").order_by("organisation__name", "pk")
    return sorted(rows, key=lambda one: one.organisation.kind != OrganisationKind.HOST)


def partners_with_logo(day: dt.date) -> QuerySet[ShownPartner]:
    return _agreeing(day).exclude(logo="")


def partners_of(territory: Territory, day: dt.date) -> list[ShownPartner]:
    """Among them, who works with this territory today: hosts of its cohorts, and its partnerships. One query."""
    standing = Q(partnerships__starts_on__lte=day) & (
        Q(partnerships__ends_on__isnull=True) | Q(partnerships__ends_on__gte=day)
    )
    near = Organisation.objects.filter(
        Q(hosted_cohorts__territory=territory)
        | standing
        & (Q(partnerships__territory=territory) | Q(partnerships__cohort__territory=territory))
    )
    rows = _agreeing(day).filter(organisation__in=near).select_related("organisation")
    return list(rows.order_by("organisation__name", "pk"))


def _agreeing(day: dt.date) -> QuerySet[ShownPartner]:
    still = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return ShownPartner.objects.filter(still, agreed_on__lte=day)


def story_steps() -> list[Step]:
    """From the voice to the pay, in six words."""
    return [
        Step(_("On vote"), "done", "urne", _("la règle du partage")),
        Step(_("On note"), "done", "horloge", _("ses heures, vérifiées")),
        Step(_("On vend"), "done", "vente", _("légumes, fleurs, repas")),
        Step(_("On partage"), "done", "partage", _("le pot, au centime")),
        Step(_("On est payé"), "done", "paie", _("avec un bulletin")),
        Step(_("On prouve"), "done", "attestation", _("ce qu’on sait faire")),
    ]
