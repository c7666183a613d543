"""After: a cohort of last year whose people give news, and what those of today prepare."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from cohorts.enums import CohortState, LeavingReason
from cohorts.models import Cohort, Enrolment, FollowUp, Organisation
from cohorts.services.closing import explain_missing
from cohorts.services.cohorts import archive_cohort, begin_closing
from cohorts.services.enrolments import mark_left
from cohorts.services.entry_files import write_answers
from cohorts.services.exit_interviews import Heard, hold_interview
from cohorts.services.follow_up_choices import NO, Wish
from cohorts.services.follow_ups import Said, answer_by_link, note_call
from cohorts.services.own_projects import (
    add_helper,
    add_step,
    choose_who_sees,
    settle_step,
    write_project,
)
from ct_platform.home.demo.people import COOPERANTS
from ct_platform.home.demo.scene import DAY, Scene, hour
from ct_platform.kit import clock
from members.models import Person
from members.rules import search_key
from members.services.people import create_person

# kind, words, steps (words, with whom, days from today, done), what the chamber helps with
_PROJECTS = (
    ("firm", "Ouvrir mon étal de fleurs au marché de Valbrune, deux matins par semaine.",
     (("Demander une place au marché", "la mairie", -12, True),
      ("Faire mes comptes prévisionnels", "la chambre de commerce", 9, False),
      ("Trouver une camionnette", "", 30, False)), "Les comptes prévisionnels"),
    ("job", "Travailler dans une exploitation maraîchère, pas trop loin.",
     (("Refaire mon CV", "Inès", -5, True), ("Appeler la ferme du Val", "", 3, False)), ""),
    ("training", "Passer le CAP cuisine.",
     (("Aller à la réunion du lycée", "", -3, False),), ""),
    ("civic", "Entrer au conseil citoyen de mon quartier.",
     (("Aller à la prochaine séance", "Karim", 14, False),), ""),
    ("association", "Faire vivre le jardin partagé avec les voisins.",
     (("Écrire les statuts", "la maison des associations", 20, False),), ""),
)  # fmt: skip


def prepare_what_comes_next(scene: Scene) -> None:
    """Everybody has a project and a first step; Aminata shows hers to the chamber that helps her."""
    chamber = Organisation.objects.get(name="Chambre de commerce de Valbrune")
    for rank, invented in enumerate(COOPERANTS):
        enrolment, own = scene.enrolments[invented.last_name], scene.voice(invented.last_name)
        kind, words, steps, helps_with = _PROJECTS[rank % len(_PROJECTS)]
        write_project(
            enrolment=enrolment, kind=kind, words=words, actor=own, at=scene.at - 20 * DAY
        )
        for said, doer, days, done in steps:
            step = add_step(
                enrolment=enrolment, words=said, doer=doer, due_on=scene.today + days * DAY, actor=own
            )  # fmt: skip
            if done:
                settle_step(step=step, to="done", actor=own, at=scene.at + days * DAY)
        if helps_with:
            helper = add_helper(
                enrolment=enrolment, organisation=chamber, helps_with=helps_with, actor=own
            )
            choose_who_sees(helper=helper, sees=rank == 0, actor=own)


@dataclass(frozen=True, slots=True)
class _Past:
    """Somebody of last year: what they did on leaving, said, and answered at 3 and 6 months."""

    first: str
    last: str
    labour: str
    status: str
    learnt: str
    channel: str  # "": they said no
    later: tuple[str, ...] = ()
    help_wanted: bool = False


_PEOPLE = (
    _Past("Samira", "Zerrouki", "registered", "business", "Parler à des clients, et compter.", "sms",
          ("business", "business")),
    _Past("Gérard", "Poulain", "registered", "unemployed", "Me lever pour quelque chose.", "call",
          ("unemployed", "fixed_term")),
    _Past("Awa", "Konaté", "inactive", "qualifying", "La cuisine pour cinquante.", "sms",
          ("qualifying",), help_wanted=True),
    _Past("Luis", "Ferreira", "employed", "open_ended", "Décider à quinze.", "mail",
          ("open_ended", "open_ended")),
    _Past("Maëlle", "Tanguy", "seeking", "unemployed", "", ""),
    _Past("Ousmane", "Bathily", "registered", "moved", "Le travail de la terre.", "sms"),
)  # fmt: skip
_PHONE = "+33639981{:03d}"


def remember_last_year(scene: Scene) -> None:
    """A cohort that ended seven months ago: interviews, news at three and six months, one to call."""
    ends = scene.today - 215 * DAY
    cohort = Cohort.objects.create(
        territory=scene.cohort.territory, programme=scene.cohort.programme, host=scene.cohort.host,
        name="Les Premières Pousses", pitch="Un jardin et des repas de quartier.",
        starts_on=ends - 111 * DAY, ends_on=ends, state=CohortState.RUNNING, eu_funded=True,
    )  # fmt: skip
    coordinator, end = scene.coordinator, hour(ends)
    for rank, past in enumerate(_PEOPLE):
        enrolment = _entered(cohort, past, rank, scene)
        if past.status == "moved":
            mark_left(
                enrolment=enrolment, left_on=ends - 40 * DAY, reason=LeavingReason.MOVE,
                actor=coordinator, at=end,
            )  # fmt: skip
        _leave(enrolment, past, scene, ends)
    begin_closing(cohort=cohort, actor=coordinator, at=end)
    explain_missing(
        cohort=cohort, code="files", actor=coordinator, at=end,
        reason="Dossiers tenus sur papier cette année-là ; l’autorité de gestion les a reçus.",
    )  # fmt: skip
    archive_cohort(cohort=cohort, actor=coordinator, at=end)
    for past in _PEOPLE:
        _give_news(cohort, past, scene)


def _entered(cohort: Cohort, past: _Past, rank: int, scene: Scene) -> Enrolment:
    before = hour(cohort.starts_on - 3 * DAY)
    person = create_person(
        first_name=past.first, last_name=past.last, birth_date=dt.date(1985 + rank, 4, 2),
        phone=_PHONE.format(rank), email=f"{search_key(past.first, '').strip()}@exemple.test", at=before,
    )  # fmt: skip
    if rank == 0:  # one of them still enters, to see their room a year later
        person.user = get_user_model().objects.create_user(email=None)
        Person.objects.filter(pk=person.pk).update(user=person.user)
    enrolment = Enrolment.objects.create(cohort=cohort, person=person, votes_from=cohort.starts_on)
    write_answers(
        enrolment=enrolment, answers={"labour": past.labour}, actor=scene.coordinator, at=before
    )
    return enrolment


def _leave(enrolment: Enrolment, past: _Past, scene: Scene, ends: dt.date) -> None:
    left_on = enrolment.left_on or ends
    person = enrolment.person
    wish = (
        Wish(agrees=True, channel=past.channel, phone=person.phone, email=person.email)
        if past.channel
        else NO
    )
    hold_interview(
        enrolment=enrolment,
        left={"left_on": left_on, "status": past.status, "known_on": left_on},
        heard=Heard(held_on=left_on, learnt=past.learnt, power="some" if past.learnt else ""),
        wish=wish,
        actor=scene.coordinator,
        at=hour(ends),
    )
    if past.first == "Samira":
        write_project(
            enrolment=enrolment, kind="firm", words="Mon étal de soupes, au marché et en livraison.",
            actor=scene.coordinator, at=hour(ends),
        )  # fmt: skip


def _give_news(cohort: Cohort, past: _Past, scene: Scene) -> None:
    rows = FollowUp.objects.filter(
        enrolment__cohort=cohort, enrolment__person__last_name=past.last
    ).select_related("enrolment__cohort", "enrolment__person")
    for row, status in zip(rows.order_by("months"), past.later, strict=False):
        day = min(row.due_on + 2 * DAY, clock.civil_day(scene.at))
        said = Said(
            status, contract_months=8 if status == "fixed_term" else None, thanks="yes",
            better="yes" if past.labour == "employed" else "", help_wanted=past.help_wanted,
        )  # fmt: skip
        if past.channel == "call":
            note_call(follow_up=row, said=said, said_on=day, actor=scene.coordinator, at=hour(day))
        else:
            answer_by_link(follow_up=row, said=said, at=hour(day))
