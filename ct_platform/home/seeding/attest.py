"""Attestations of participation, given once when a cohort closes: what `projects` would photograph.

Worked out from what has just been written, without asking the database for thirty thousand people; a
test holds both photographs together.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cohorts.models import Cohort
from cohorts.papers.parties import host_of, identity_of
from cohorts.papers.skills import level_words
from cohorts.selectors.skills import AttestedSkill
from ct_platform.home.seeding.network import Network, Place
from ct_platform.home.seeding.papers import issue
from ct_platform.home.seeding.people import Member, noon
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.sink import Sink
from ct_platform.home.seeding.work import Done, Entry
from ct_platform.kit import trades
from projects.enums import WorkKind
from projects.papers import KIND, kind_words, title
from projects.rules import closing_batch

# After the last pay of the cohort, before the report of its end.
GIVEN_AFTER = dt.timedelta(days=12)
Skills = Mapping[int, Sequence[AttestedSkill]]


@dataclass(frozen=True, slots=True)
class Attested:
    """Who was given theirs, by enrolment key; all on one day."""

    given_on: dt.date
    people: frozenset[int] = frozenset()

    def by(self, enrolment: int, day: dt.date) -> bool:
        return enrolment in self.people and self.given_on <= day


def give(
    sink: Sink, network: Network, cohort: Cohort, place: Place, members: list[Member], done: Done,
    skills: Skills, plan: Plan, today: dt.date,
) -> Attested:  # fmt: skip
    """One paper each, to who left before the end too. `done`: every hour of the cohort."""
    day = plan.ends_on + GIVEN_AFTER
    if not plan.has_ended or day > today:
        return Attested(day)
    batch, common = closing_batch(cohort.pk), _common(network, cohort, place, done, day)
    hours: dict[int, list[Entry]] = defaultdict(list)
    for entry in done.entries:
        hours[entry.member].append(entry)
    for member in members:
        entries = hours.get(member.key)
        if entries is None:
            continue
        snapshot = common | {
            "person": member.name,
            "from": cohort.starts_on.isoformat(),
            "to": min(member.last_day, day).isoformat(),
            "projects": _projects(entries, done),
            "is_cape": True,
            **_hours(entries),
            "mandates": [],
            "decisions": [],
            "skills": [
                {"title": one.title, "level": level_words(one.level)}
                for one in skills.get(member.key, ())
            ],
        }
        issue(
            sink, kind=KIND, title=title(), snapshot=snapshot, cohort=cohort,
            effect_key=f"{KIND}:{member.key}:{batch}", subject_id=member.person_id,
            subject=member.name, batch=batch, period=(cohort.starts_on, min(member.last_day, day)),
            at=noon(day),
        )  # fmt: skip
    return Attested(day, frozenset(hours))


def _common(
    network: Network, cohort: Cohort, place: Place, done: Done, day: dt.date
) -> dict[str, Any]:
    host = host_of(cohort)
    partners = [*place.partners, *([network.eu_funder_name] if cohort.eu_funded else [])]
    return {
        "cohort": cohort.name,
        "territory": place.name,
        "territory_kind": cohort.territory.get_kind_display(),
        "place": cohort.territory.city,
        "host": {"name": host["name"], "lines": identity_of(host), "city": host["city"]},
        "coordinators": [place.coordinator],
        "partners": sorted(partners),
        "weave": [trades.TRADES[code].css for _key, code in done.projects],
        "as_of": day.isoformat(),
        "eu": cohort.eu_funded,
    }


def _projects(entries: list[Entry], done: Done) -> list[str]:
    """The lines of business with hours of theirs: each bears the word of its trade."""
    keys = {entry.project for entry in entries}
    return sorted(str(trades.TRADES[code].label) for key, code in done.projects if key in keys)


def _hours(entries: list[Entry]) -> dict[str, Any]:
    months: dict[dt.date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    totals: dict[str, int] = defaultdict(int)
    for entry in entries:
        months[entry.day.replace(day=1)][entry.kind] += entry.minutes
        totals[entry.kind] += entry.minutes
    return {
        "months": [
            {"month": month.isoformat(), "minutes": dict(sorted(kinds.items()))}
            for month, kinds in sorted(months.items())
        ],
        "hours": [
            {"kind": kind, "words": kind_words(kind), "minutes": totals[kind]}
            for kind in WorkKind.values
            if totals[kind]
        ],
    }
