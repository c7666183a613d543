"""What a stranger may know of the cooperatives: names, places, dates, trades. Never a person."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.components import Step
from projects.models import Project


@dataclass(frozen=True, slots=True)
class PublicCohort:
    key: int
    name: str
    territory: str
    city: str
    host: str
    pitch: str
    recruiting: bool
    starts_on: dt.date
    ends_on: dt.date
    trades: list[str]


def public_cohorts(*, limit: int) -> list[PublicCohort]:
    """Cooperatives that recruit, then those at work. Two queries."""
    found = list(
        Cohort.objects.public()
        .select_related("territory", "host")
        .order_by("state", "starts_on", "pk")[:limit]
    )
    trades: dict[int, list[str]] = defaultdict(list)
    rows = Project.objects.filter(cohort__in=[cohort.pk for cohort in found])
    for cohort_id, trade in rows.values_list("cohort_id", "trade").distinct().order_by("trade"):
        trades[cohort_id].append(trade)
    pages = [
        PublicCohort(
            key=cohort.pk,
            name=cohort.name,
            territory=cohort.territory.name,
            city=cohort.territory.city,
            host=cohort.host.name,
            pitch=cohort.pitch,
            recruiting=cohort.state == CohortState.RECRUITING,
            starts_on=cohort.starts_on,
            ends_on=cohort.ends_on,
            trades=trades[cohort.pk],
        )
        for cohort in found
    ]
    return sorted(pages, key=lambda page: not page.recruiting)


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
