"""What somebody says they can do, what others saw, and who may see it."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState, EnrolmentState
from cohorts.enums.skills import ConfirmerRole, SkillLevel
from cohorts.models import Enrolment, SelfAssessment, Skill, SkillConfirmation, SkillDisplay
from cohorts.rules.skills import moment_on
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused

AUDIENCES = ("to_team", "to_group", "on_papers")


@transaction.atomic
def assess_oneself(
    *, enrolment: Enrolment, levels: Mapping[int, int], actor: Actor, at: dt.datetime
) -> str:
    """Note where the person is now, skill by skill (key → SkillLevel). Returns the moment.

    Within one moment a later answer replaces the earlier one; the moments before are never touched.
    Raises Refused: somebody else's skills, who left, an archived cohort, a word out of the grid.
    """
    _require_own(enrolment, actor)
    cohort, day = enrolment.cohort, civil_day(at)
    moment = moment_on(day, cohort.starts_on, cohort.ends_on)
    for skill in _skills(enrolment, levels):
        SelfAssessment.objects.update_or_create(
            enrolment=enrolment,
            skill=skill,
            moment=moment,
            defaults={"level": SkillLevel(levels[skill.pk]), "noted_on": day},
        )
    return moment


@transaction.atomic
def choose_display(
    *, enrolment: Enrolment, shown: Mapping[int, Collection[str]], actor: Actor
) -> None:
    """Say who may see each skill (key → names of AUDIENCES). What is not named is not shown.

    A paper already given stays as it is. Raises Refused as `assess_oneself` does; who left and an
    archived cohort are no hindrance: the choice stays the person's.
    """
    if enrolment.person_id != actor.person_id:
        raise Refused(_("Chaque personne choisit pour elle-même."))
    for skill in _skills(enrolment, shown):
        SkillDisplay.objects.update_or_create(
            enrolment=enrolment,
            skill=skill,
            defaults={name: name in shown[skill.pk] for name in AUDIENCES},
        )


@transaction.atomic
def confirm_skill(
    *,
    enrolment: Enrolment,
    skill: Skill,
    level: int,
    evidence: str,
    actor: Actor,
    at: dt.datetime,
) -> SkillConfirmation:
    """Say that one saw this person do it, at which level (1..3), with what was seen.

    The same again is a quiet no-op; other words replace one's earlier ones, which are withdrawn.
    Raises Refused: oneself, no words of what was seen, a word out of the grid, an archived cohort,
    a coopérant who is not active here. Who confirms for the accompaniment: the seat says it.
    """
    day = civil_day(at)
    role = _role_of(actor, enrolment)
    said = " ".join(evidence.split())
    if not said:
        raise Refused(_("Écris ce que tu as vu : c’est la preuve."), field="evidence")
    _skills(enrolment, {skill.pk: level})
    standing: SkillConfirmation | None = (
        SkillConfirmation.objects.select_for_update()
        .standing()
        .filter(enrolment=enrolment, skill=skill, by_id=actor.person_id)
        .first()
    )
    if standing is not None:
        if (standing.level, standing.evidence) == (level, said):
            return standing
        _withdraw(standing, day)
    given: SkillConfirmation
    try:
        with transaction.atomic():
            given = SkillConfirmation.objects.create(
                enrolment=enrolment,
                skill=skill,
                by_id=actor.person_id,
                role=role,
                level=SkillLevel(level),
                evidence=said,
                confirmed_on=day,
            )
    except IntegrityError:  # the other tap of a double one came first
        given = SkillConfirmation.objects.standing().get(
            enrolment=enrolment, skill=skill, by_id=actor.person_id
        )
    return given


@transaction.atomic
def withdraw_confirmation(
    *, confirmation: SkillConfirmation, actor: Actor, at: dt.datetime
) -> None:
    """Take one's own confirmation back; papers already given are not touched. Twice: no-op."""
    if confirmation.by_id != actor.person_id:
        raise Refused(_("Seule la personne qui a confirmé peut retirer sa confirmation."))
    if confirmation.withdrawn_on is None:
        _withdraw(confirmation, civil_day(at))


def _withdraw(confirmation: SkillConfirmation, day: dt.date) -> None:
    confirmation.withdrawn_on = day
    confirmation.save(update_fields=["withdrawn_on"])


def _require_own(enrolment: Enrolment, actor: Actor) -> None:
    if enrolment.person_id != actor.person_id:
        raise Refused(_("Chaque personne répond pour elle-même."))
    if enrolment.state not in (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED):
        raise Refused(
            _("Tu n’es plus dans la coopérative : tes réponses restent comme elles sont.")
        )
    _require_open(enrolment)


def _require_open(enrolment: Enrolment) -> None:
    if enrolment.cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La coopérative est archivée : on n’y écrit plus."))


def _role_of(actor: Actor, enrolment: Enrolment) -> ConfirmerRole:
    _require_open(enrolment)
    if enrolment.person_id == actor.person_id:
        raise Refused(_("On ne confirme pas ses propres compétences."))
    if actor.is_coordinator and actor.territory_id == enrolment.cohort.territory_id:
        return ConfirmerRole.COORDINATOR
    peer = Enrolment.objects.of_cohort(enrolment.cohort_id).active()
    if actor.is_cooperant and peer.filter(pk=actor.enrolment_id).exists():
        return ConfirmerRole.PEER
    raise Refused(_("Seules les personnes du groupe et l’accompagnement confirment."))


def _skills(enrolment: Enrolment, keys: Collection[int]) -> list[Skill]:
    found = list(Skill.objects.of_cohort(enrolment.cohort_id).in_use().filter(pk__in=keys))
    if len(found) != len(keys):
        raise Refused(_("Cette compétence n’est plus dans la grille. Recharge la page."))
    return found
