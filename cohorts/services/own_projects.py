"""What somebody prepares for after: written by them or with who coordinates, shown to whom they choose."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.own_projects import STEP_ALLOWED, OwnProjectKind, StepState
from cohorts.models import Enrolment, Organisation, OwnHelper, OwnProject, OwnStep
from cohorts.models.own_project import LONGEST_WORDS
from cohorts.perms.afterwards import can_choose_who_sees, can_write_next
from cohorts.services.file_versions import current, follow
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from members.rules import clean_text


@transaction.atomic
def write_project(
    *, enrolment: Enrolment, kind: str, words: str, actor: Actor, at: dt.datetime
) -> OwnProject:
    """Keep what somebody wants to do next, in their words. The same again changes nothing.

    Another project follows the one before, which stays. Raises Refused: not theirs nor coordinated
    by the seat, no words, too many.
    """
    enrolment = _held(enrolment, actor)
    said = words.strip()
    if not said:
        raise Refused(_("Écris quelques mots : c’est ton projet."), field="words")
    if len(said) > LONGEST_WORDS:
        raise Refused(
            _("C’est trop long : %(n)d signes au plus.") % {"n": LONGEST_WORDS}, field="words"
        )
    columns = {"kind": OwnProjectKind(kind).value, "words": said}
    before = current(OwnProject, enrolment)
    if before is not None and (before.kind, before.words) == (columns["kind"], said):
        return before
    return follow(
        OwnProject, enrolment=enrolment, before=before, columns=columns, reason="", actor=actor, at=at
    )  # fmt: skip


@transaction.atomic
def add_step(
    *,
    enrolment: Enrolment,
    words: str,
    doer: str = "",
    due_on: dt.date | None = None,
    actor: Actor,
) -> OwnStep:
    """Add a thing to do, with whom, and for which day. Raises Refused without words or right."""
    enrolment = _held(enrolment, actor)
    said = _fitting("words", clean_text(words))
    if not said:
        raise Refused(_("Écris ce qu’il y a à faire."), field="words")
    step: OwnStep = OwnStep.objects.create(
        enrolment=enrolment,
        words=said,
        doer=_fitting("doer", clean_text(doer)),
        due_on=due_on,
        written_by_id=actor.person_id,
    )
    return step


@transaction.atomic
def settle_step(*, step: OwnStep, to: str, actor: Actor, at: dt.datetime) -> OwnStep:
    """Mark a step done, left, or to do again. Where it already is: nothing. Each change is logged."""
    _held(step.enrolment, actor)
    state = StepState(to)
    if step.state == state:
        return step
    settled = None if state == StepState.TO_DO else civil_day(at)
    move(step, state, allowed=STEP_ALLOWED, by_person_id=actor.person_id, at=at, settled_on=settled)
    return step


@transaction.atomic
def add_helper(
    *,
    enrolment: Enrolment,
    organisation: Organisation | None,
    name: str = "",
    helps_with: str = "",
    actor: Actor,
) -> OwnHelper:
    """Note who helps: an organisation, or a name in words. It sees nothing until the person says so.

    Raises Refused: neither or both, the same organisation twice.
    """
    enrolment = _held(enrolment, actor)
    named = clean_text(name)
    if (organisation is None) == (not named):
        raise Refused(_("Choisis une organisation, ou écris un nom."), field="name")
    with refusing(OwnHelper):
        helper: OwnHelper = OwnHelper.objects.create(
            enrolment=enrolment,
            organisation=organisation,
            name=named[:120],
            helps_with=clean_text(helps_with)[:200],
            written_by_id=actor.person_id,
        )
    return helper


@transaction.atomic
def remove_helper(*, helper: OwnHelper, actor: Actor, at: dt.datetime) -> None:
    """They help no more, and see no more. Twice: nothing."""
    _held(helper.enrolment, actor)
    OwnHelper.objects.filter(pk=helper.pk).present().update(removed_on=civil_day(at), sees=False)


@transaction.atomic
def choose_who_sees(*, helper: OwnHelper, sees: bool, actor: Actor) -> None:
    """Let an organisation that helps see the project, or no more. Raises Refused: not one's own, a
    helper without a seat here, one taken off."""
    if not can_choose_who_sees(actor, helper.enrolment):
        raise Refused(_("Chaque personne choisit pour elle-même."))
    touched = OwnHelper.objects.filter(pk=helper.pk, organisation__isnull=False).present()
    if touched.update(sees=sees) != 1:
        raise Refused(_("Cette personne n’a pas de place ici : elle ne voit rien."))


def _held(enrolment: Enrolment, actor: Actor) -> Enrolment:
    """The enrolment, locked, so that two writers do not interleave."""
    held: Enrolment = (
        Enrolment.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=enrolment.pk)
    )  # fmt: skip
    if not can_write_next(actor, held):
        raise Refused(_("Ce projet ne s’écrit pas d’ici."))
    return held


def _fitting(name: str, text: str) -> str:
    longest = getattr(OwnStep._meta.get_field(name), "max_length", 0)
    if len(text) > longest:
        raise Refused(_("C’est trop long : %(n)d signes au plus.") % {"n": longest}, field=name)
    return text
