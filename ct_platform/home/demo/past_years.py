"""Two years of cohorts that are over, in both territories: what merged figures are made of.

Bulk inserts: invented people with their entry and exit files, hours and sales; then, through
the services, their last reports, and the years frozen and published by the network.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cohorts.enums import CohortState, EnrolmentState
from cohorts.enums.follow_ups import FollowUpState
from cohorts.models import (
    Cohort,
    Enrolment,
    EntryPlace,
    EntrySituation,
    ExitInterview,
    ExitSituation,
    FollowUp,
    FollowUpAnswer,
    SelfAssessment,
    Skill,
    SkillConfirmation,
    Territory,
)
from cohorts.rules.follow_ups import due_days
from ct_platform.home.demo.scene import DAY, Scene, actor_of, hour
from members.models import Person
from members.rules import search_key
from projects.enums import WorkKind, WorkState
from projects.models import Project, Sale, WorkEntry
from reports.cuts import first_day
from reports.services.merging import freeze_edition, publish_edition
from reports.services.preparing import prepare_report
from reports.services.reviewing import review_report
from reports.services.sending import send_report

# territory, name, trade, first day in the year, people
COHORTS = (
    ("Le Plateau", "Les Carottes solidaires", "maraichage", (1, 12), 15),
    ("Le Plateau", "La Tablée", "cuisine", (3, 3), 16),
    ("Le Plateau", "Coups de pouce", "services", (5, 12), 15),
    ("Vallée de la Brune", "Les Bouquets de la Brune", "fleuriste", (1, 20), 14),
    ("Vallée de la Brune", "Le Marché d’en haut", "maraichage", (3, 10), 15),
    ("Vallée de la Brune", "La Roulotte", "cuisine", (5, 19), 15),
)  # fmt: skip
LENGTH = 118  # days
FIRST_NAMES = (
    "Adèle", "Brahim", "Céline", "Djibril", "Élise", "Fatou", "Gaston", "Hanane", "Isidore", "Jeanne",
    "Karim", "Louison", "Maryam", "Norbert", "Oumou", "Pascale", "Quentin", "Roseline",
)  # fmt: skip
LAST_NAMES = (
    "Arnoux", "Bensaïd", "Charpin", "Doucouré", "Esnault", "Fofana", "Gauthier", "Haddad", "Imbert",
    "Jolivet", "Kassi", "Lemoine", "Mercadal", "Nguyen", "Ouattara", "Poulain", "Quillet", "Rahmani",
)  # fmt: skip
_SEXES = ("F", "F", "M", "F", "M")
_LABOURS = ("registered", "registered", "seeking", "inactive", "student", "registered", "employed")
_DIPLOMAS = ("none", "vocational", "lower", "baccalaureate", "vocational", "short", "lower")
_EXITS = (
    "open_ended",
    "fixed_term",
    "qualifying",
    "unemployed",
    "siae",
    "unemployed",
    "business",
    "unemployed",
)
_LATER = ("open_ended", "open_ended", "fixed_term", "unemployed", "open_ended", "qualifying", "")
_POWERS = ("much", "some", "some", "much", "same")


def remember_years(scene: Scene) -> None:
    """The two latest years that may be frozen; the network publishes both."""
    latest = scene.today.year - 1
    if scene.today < first_day(latest):
        latest -= 1
    for year in (latest - 1, latest):
        for rank, (place, name, trade, (month, day), size) in enumerate(COHORTS):
            territory = Territory.objects.get(name=place)
            starts = dt.date(year, month, day)
            cohort = _cohort(scene, territory, f"{name} {year}", starts)
            _people(scene, cohort, size, seed=year + rank)
            _work_and_sell(scene, cohort, trade)
            _send(scene, cohort)
        network = scene.voice("nora")
        edition = freeze_edition(year=year, actor=network, at=scene.at)
        publish_edition(edition=edition, actor=network, at=scene.at)


def _cohort(scene: Scene, territory: Territory, name: str, starts: dt.date) -> Cohort:
    return Cohort.objects.create(
        territory=territory, programme=scene.cohort.programme, host=scene.cohort.host, name=name,
        pitch="Une coopérative d’une année passée.", starts_on=starts, ends_on=starts + LENGTH * DAY,
        state=CohortState.ARCHIVED, eu_funded=True,
    )  # fmt: skip


def _people(scene: Scene, cohort: Cohort, size: int, seed: int) -> None:
    names = [
        (FIRST_NAMES[(rank * 5 + seed) % 18], LAST_NAMES[(rank * 7 + seed * 3) % 18])
        for rank in range(size)
    ]
    people = Person.objects.bulk_create(
        Person(
            first_name=first, last_name=last, city=cohort.territory.city, search_key=search_key(first, last),
            birth_date=cohort.starts_on - (19 + (rank * 11 + seed) % 43) * 365 * DAY,
        )
        for rank, (first, last) in enumerate(names)
    )  # fmt: skip
    left = {rank for rank in range(size) if (rank + seed) % 7 == 0}
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort, person=person, votes_from=cohort.starts_on,
            state=EnrolmentState.LEFT if rank in left else EnrolmentState.COMPLETED,
            left_on=cohort.starts_on + 50 * DAY if rank in left else None,
            left_reason="job" if rank in left else "",
        )
        for rank, person in enumerate(people)
    )  # fmt: skip
    _files(scene, cohort, enrolments, seed)
    _skills(scene, cohort, enrolments, seed)


def _files(scene: Scene, cohort: Cohort, enrolments: Sequence[Enrolment], seed: int) -> None:
    wrote = {"number": 1, "written_by": scene.people["ines"], "written_at": hour(cohort.ends_on)}
    rural = "yes" if cohort.territory.kind == "rural" else "no"
    turns = [(rank + seed, one) for rank, one in enumerate(enrolments)]
    EntrySituation.objects.bulk_create(
        EntrySituation(
            enrolment=one, entered_on=cohort.starts_on, sex=_SEXES[turn % 5], rural=rural,
            labour=_LABOURS[turn % 7], diploma=_DIPLOMAS[(turn * 3) % 7],
            seeking_since=_since(cohort, turn) if _LABOURS[turn % 7] in ("registered", "seeking") else "",
            **wrote,
        )
        for turn, one in turns
    )  # fmt: skip
    inside = rural == "no"
    EntryPlace.objects.bulk_create(
        EntryPlace(
            enrolment=one, quarter_status="in" if inside and turn % 4 else "out", vintage=2024,
            located_how="hand", evidence="Facture au nom de la personne",
            quarter_code="QN09901" if inside and turn % 4 else "", **wrote,
        )
        for turn, one in turns
    )  # fmt: skip
    ExitSituation.objects.bulk_create(
        ExitSituation(
            enrolment=one, left_on=one.left_on or cohort.ends_on, status=_EXITS[turn % 8],
            contract_months=(8 if turn % 2 else 4) if _EXITS[turn % 8] == "fixed_term" else None,
            qualification="yes" if _EXITS[turn % 8] == "qualifying" else "no",
            known_on=cohort.ends_on, **wrote,
        )
        for turn, one in turns
    )  # fmt: skip
    ExitInterview.objects.bulk_create(
        ExitInterview(enrolment=one, held_on=cohort.ends_on, power=_POWERS[turn % 5], **wrote)
        for turn, one in turns
    )
    asked = FollowUp.objects.bulk_create(
        FollowUp(enrolment=one, months=months, due_on=due, state=FollowUpState.PLANNED)
        for _turn, one in turns
        for months, due in due_days(one.left_on or cohort.ends_on).items()
    )
    answers = [
        (one, _LATER[(turn // 3 + seed) % 7])
        for turn, one in enumerate(asked)
        if one.due_on <= scene.today
    ]
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(
            follow_up=one, said_on=one.due_on, way="link", status=status,
            contract_months=8 if status == "fixed_term" else None, **wrote,
        )
        for one, status in answers if status
    )  # fmt: skip


def _since(cohort: Cohort, turn: int) -> str:
    return (cohort.starts_on - (90 + 150 * (turn % 5)) * DAY).isoformat()


def _skills(scene: Scene, cohort: Cohort, enrolments: Sequence[Enrolment], seed: int) -> None:
    """Three words of the grid; most say one level more at the end; who stayed had one confirmed."""
    titles = ("Accueillir un client", "Organiser une journée", "Tenir une caisse")
    skills = Skill.objects.bulk_create(
        Skill(cohort=cohort, title=title, position=number) for number, title in enumerate(titles)
    )
    said = [(rank, one) for rank, one in enumerate(enrolments) if one.left_on is None]
    SelfAssessment.objects.bulk_create(
        SelfAssessment(
            enrolment=one, skill=skill, moment=moment, noted_on=day,
            level=1 if moment == "start" or (rank + seed) % 4 == 0 else 2,
        )
        for rank, one in said for skill in skills
        for moment, day in (("start", cohort.starts_on), ("end", cohort.ends_on))
    )  # fmt: skip
    SkillConfirmation.objects.bulk_create(
        SkillConfirmation(
            enrolment=one, skill=skills[rank % 3], by=scene.people["ines"], role="coordinator", level=2,
            evidence="Vu pendant un marché entier.", confirmed_on=cohort.ends_on,
        )
        for rank, one in said
    )  # fmt: skip


def _work_and_sell(scene: Scene, cohort: Cohort, trade: str) -> None:
    """Four days of each, confirmed by a colleague; a sale a month. Their pay was made before this platform."""
    project = Project.objects.create(cohort=cohort, name=trade.capitalize(), trade=trade)
    enrolments = list(Enrolment.objects.of_cohort(cohort.pk).select_related("person"))
    kinds = (WorkKind.PRODUCTION, WorkKind.PRODUCTION, WorkKind.TRAINING, WorkKind.MEETING)
    WorkEntry.objects.bulk_create(
        WorkEntry(
            enrolment=one, project=project if kind == WorkKind.PRODUCTION else None, kind=kind,
            day=cohort.starts_on + (4 + 10 * turn) * DAY, minutes=180 + 15 * (rank % 5),
            state=WorkState.CONFIRMED, confirmed_at=hour(cohort.ends_on), entered_by=one.person,
            confirmed_by=enrolments[(rank + 1) % len(enrolments)].person,
        )
        for rank, one in enumerate(enrolments) for turn, kind in enumerate(kinds)
    )  # fmt: skip
    Sale.objects.bulk_create(
        Sale(
            project=project, label="Marchés du mois", amount=Decimal(640 + 110 * turn),
            sold_on=cohort.starts_on + (40 + 30 * turn) * DAY,
            moved_on=cohort.starts_on + (45 + 30 * turn) * DAY, recorded_by=scene.people["ines"],
        )
        for turn in range(3)
    )  # fmt: skip


def _send(scene: Scene, cohort: Cohort) -> None:
    """The last report: prepared, read again, sent."""
    who = scene.people["ines" if cohort.territory.name == "Le Plateau" else "paul"]
    actor = actor_of(who, scene.today)
    at = scene.at - dt.timedelta(minutes=5)
    report = prepare_report(cohort=cohort, actor=actor, at=at)
    review_report(report=report, actor=actor, at=at)
    report.refresh_from_db()
    send_report(report=report, actor=actor, at=at)
