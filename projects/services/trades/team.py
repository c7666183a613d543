import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.models import Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from projects.models import Project, ProjectMember


@transaction.atomic
def set_team(
    *,
    project: Project,
    members: Collection[int],
    referents: Collection[int],
    actor: Actor,
    at: dt.datetime,
) -> list[ProjectMember]:
    """Say who is in the team from today on, by enrolment key; who is not any more ends today.

    The same team again is quiet. Refused for somebody gone or of another cohort.
    """
    held: Project = (
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cohort")
        .get(pk=project.pk)
    )
    refuse_archived(held.cohort)
    wanted = set(members) | set(referents)
    known = Enrolment.objects.of_cohort(held.cohort_id).filter(
        pk__in=wanted, state=EnrolmentState.ACTIVE
    )
    if known.count() != len(wanted):
        raise Refused(_("Cette personne n’est pas de la coopérative."), field="members")
    today = clock.civil_day(at)
    standing = ProjectMember.objects.filter(project=held, ends_on__isnull=True)
    # Entered today by mistake, left today: the day is kept, it harms nobody.
    standing.exclude(enrolment__in=wanted).update(ends_on=Greatest(F("starts_on"), today))
    kept = set(standing.values_list("enrolment_id", flat=True))
    ProjectMember.objects.bulk_create(
        ProjectMember(project=held, enrolment_id=key, starts_on=today)
        for key in sorted(wanted - kept)
    )
    leading = Q(enrolment__in=set(referents))
    standing.filter(leading).update(is_referent=True)
    standing.exclude(leading).update(is_referent=False)
    return list(standing)
