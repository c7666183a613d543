"""Past cohorts in numbers: who came, how they left, and the last report sent of each. Bulk inserts."""

import datetime as dt
import itertools
import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import (
    Cohort,
    Enrolment,
    EntryPlace,
    EntrySituation,
    ExitInterview,
    ExitSituation,
    FollowUp,
    FollowUpAnswer,
    Territory,
)
from documents.models import Document
from members.models import Person
from members.rules import search_key
from reports.cuts import CountedCohort
from reports.impact_set import SET
from reports.merging import Frozen, year_figures
from reports.models import (
    Basis,
    Edition,
    MergedBasis,
    MergedSnapshot,
    Publication,
    Report,
    Snapshot,
)
from reports.partitions import CohortFacts, core_set
from reports.rules import fingerprint
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.personas import People

FIRST = dt.date(2025, 3, 3)
LAST = dt.date(2025, 6, 27)
SENT = dt.datetime(2025, 7, 4, 9, tzinfo=dt.UTC)
# One person's: entry file, exit, answer six months after.
SEXES = ("F", "F", "F", "M", "M", "F", "M", "F", "F", "M", "F", "M", "F", "M", "F")
LABOURS = ("registered", "seeking", "student", "employed")
SINCE = {"registered": "2023-01-01", "seeking": "2025-01-15"}
DIPLOMAS = ("none", "vocational", "lower", "bachelor")
EXITS = ("open_ended", "fixed_term", "qualifying", "unemployed", "unemployed")
POWERS = ("much", "some", "much", "less", "same")


def published_year(people: People) -> dict[str, int]:
    """Keys of addresses: a year of cohort A's territory and of the network, published, without its people."""
    territory = people.a.territory
    cohorts = [
        CountedCohort(key, territory.pk, f"CT {key}", key, (), _figures(f"CT {key}"))
        for key in (1, 2, 3)
    ]
    found = year_figures(
        set_code=SET, year=2025, day=TODAY, cohorts=cohorts, enrolments={territory.pk: range(45)},
        names={territory.pk: territory.name}, before=Frozen({}, {}),
        read=lambda one: {
            key: cell.code
            for key, cell in zip(range(45), itertools.cycle(one.cells[-2:]), strict=False)
        },
    )  # fmt: skip
    edition = Edition.objects.create(set_code=SET, year=2025, number=1, frozen_at=NOW)
    for key, figures in found.figures.items():
        MergedSnapshot.objects.create(
            edition=edition, territory_id=key or None, figures=figures,
            figures_hash=fingerprint(figures),
        )  # fmt: skip
    for key, tables in found.basis.items():
        MergedBasis.objects.create(edition=edition, territory_id=key, cohorts={}, tables=tables)
    Publication.objects.create(edition=edition, published_at=NOW, published_by=people.nora)
    mine = edition.snapshots.get(territory=territory)
    return {"merged_id": mine.pk, "edition_id": edition.pk}


def _figures(name: str) -> dict[str, Any]:
    keys = range(15)
    return core_set(
        CohortFacts(
            cohort=name, territory="", host="", eu_funded=False, first_day=FIRST, day=LAST,
            states=dict.fromkeys(keys, "completed"), minutes={"production": dict.fromkeys(keys, 3000)},
            weeks_expected={}, weeks_on_time={}, decisions=7, votes=[],
            sales={(dt.date(2025, 4, 1), "cuisine"): Decimal("1200.50")}, expenses=Decimal("300"),
            pot=dict.fromkeys(keys, 8210), paid=dict.fromkeys(keys, 5000), attestations={},
        )
    ).figures  # fmt: skip


def ended_cohorts(
    people: People, territory: Territory, count: int, *, size: int = 15, name: str = "CT"
) -> list[Cohort]:
    """Cohorts of one size, ended in June 2025, each with the last report sent."""
    return [
        ended_cohort(people, territory, f"{name} {number + 1}", size=size)
        for number in range(count)
    ]


def ended_cohort(
    people: People,
    territory: Territory,
    name: str,
    *,
    size: int = 15,
    persons: Sequence[Person] = (),
    last: dt.date = LAST,
    sexes: Sequence[str] = SEXES,
) -> Cohort:
    cohort = make.CohortFactory(
        name=name, territory=territory, host=people.a.host, starts_on=FIRST, ends_on=last,
        state=CohortState.ARCHIVED,
    )  # fmt: skip
    newcomers = Person.objects.bulk_create(
        Person(
            first_name=f"{name}", last_name=f"Passé {rank}",
            birth_date=dt.date(1960 + (rank * 7) % 44, 5, 17), search_key=search_key(name, str(rank)),
        )
        for rank in range(size - len(persons))
    )  # fmt: skip
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort, person=person, votes_from=FIRST,
            state=EnrolmentState.LEFT if rank == 4 else EnrolmentState.COMPLETED,
            left_on=dt.date(2025, 5, 2) if rank == 4 else None,
        )
        for rank, person in enumerate([*persons, *newcomers])
    )  # fmt: skip
    fill(people, enrolments, last, sexes)
    send_last_report(people, cohort, enrolments)
    return cohort


def fill(
    people: People, enrolments: Sequence[Enrolment], last: dt.date, sexes: Sequence[str]
) -> None:
    """Entry files, places, exits, interviews, and answers six months after from two in three."""
    by = {"number": 1, "written_by": people.driss, "written_at": SENT}
    ranked = list(enumerate(enrolments))
    EntrySituation.objects.bulk_create(
        EntrySituation(
            enrolment=one, entered_on=FIRST, labour=LABOURS[rank % 4], sex=sexes[rank % len(sexes)],
            diploma=DIPLOMAS[rank % 4], rural="no", **by,
            seeking_since=SINCE.get(LABOURS[rank % 4], ""),
        )
        for rank, one in ranked
    )  # fmt: skip
    EntryPlace.objects.bulk_create(
        EntryPlace(
            enrolment=one, quarter_status="in" if rank % 3 else "out", vintage=2024,
            quarter_code="QN09901" if rank % 3 else "", **by,
        )
        for rank, one in ranked
    )  # fmt: skip
    ExitSituation.objects.bulk_create(
        ExitSituation(
            enrolment=one, left_on=last, status=EXITS[rank % 5], known_on=last, qualification="no",
            contract_months=8 if EXITS[rank % 5] == "fixed_term" else None, **by,
        )
        for rank, one in ranked
    )  # fmt: skip
    ExitInterview.objects.bulk_create(
        ExitInterview(enrolment=one, held_on=last, power=POWERS[rank % 5], **by)
        for rank, one in ranked
    )
    asked = FollowUp.objects.bulk_create(
        FollowUp(enrolment=one, months=6, due_on=last + dt.timedelta(days=183))
        for one in enrolments
    )
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(
            follow_up=one, said_on=one.due_on, way="link",
            status="open_ended" if rank % 3 else "unemployed", **by,
        )
        for rank, one in enumerate(asked) if rank % 5 != 4
    )  # fmt: skip


def send_last_report(
    people: People, cohort: Cohort, enrolments: Sequence[Enrolment], at: dt.datetime = SENT
) -> Snapshot:
    """What freezing and sending would leave, without the paper's body."""
    keys = [one.pk for one in enrolments]
    core = core_set(
        CohortFacts(
            cohort=cohort.name, territory=cohort.territory.name, host=cohort.host.name, eu_funded=False,
            first_day=cohort.starts_on, day=at.date(), states={one.pk: one.state for one in enrolments},
            minutes={"production": dict.fromkeys(keys, 3000), "meeting": dict.fromkeys(keys, 600)},
            weeks_expected={}, weeks_on_time={}, decisions=7, votes=[],
            sales={(dt.date(2025, 4, 1), "cuisine"): Decimal("1200.50")}, expenses=Decimal("300"),
            pot=dict.fromkeys(keys, 8210), paid=dict.fromkeys(keys, 5000),
            attestations=dict.fromkeys(keys, 1),
        )
    )  # fmt: skip
    paper = Document.objects.create(
        kind="report", title="Rapport", issuer_key=cohort.host_id, issuer_name=cohort.host.name,
        cohort_key=cohort.pk, effect_key=f"passé:{cohort.pk}:{at}", code=secrets.token_hex(13),
        snapshot={"figures": core.figures}, template_version="1", issued_at=at,
    )  # fmt: skip
    snapshot: Snapshot = Snapshot.objects.create(
        cohort=cohort, frozen_at=at, frozen_by=people.driss, period_from=cohort.starts_on,
        period_to=at.date(), figures=core.figures, figures_hash=fingerprint(core.figures), document=paper,
    )  # fmt: skip
    Basis.objects.create(snapshot=snapshot, tables=core.basis)
    Report.objects.create(
        snapshot=snapshot, cohort=cohort, state="sent", occasion="end", prepared_at=at, reviewed_at=at,
        sent_at=at, document=paper,
    )  # fmt: skip
    return snapshot
