"""The sharing rule as versioned data: adopted by a decision, superseded, never edited."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions.models import Outcome
from payroll.enums import SplitKind
from payroll.models import SplitRule
from projects.enums import WorkKind


@transaction.atomic
def adopt(
    *, outcome: Outcome, kind: str, counted_kinds: Collection[str], in_force_from: dt.date
) -> SplitRule:
    """Write version n + 1 of the cohort's sharing rule, in force from a day on.

    `in_force_from` is included, and never precedes the decision. The instant and the authority are
    those of the outcome. An outcome that already wrote its rule gives that rule again.
    Raises Refused: archived cohort, day before the decision, no or unknown kind of hours.
    """
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=outcome.cohort_id)
    written: SplitRule | None = SplitRule.objects.filter(outcome=outcome).first()
    if written is not None:
        return written
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : elle ne partage plus d’argent."))
    if in_force_from < civil_day(outcome.decided_at):
        raise Refused(_("La règle ne peut pas commencer avant la décision."), field="in_force_from")
    kinds = [one.value for one in WorkKind if one.value in counted_kinds]
    if not kinds or len(kinds) != len(set(counted_kinds)):
        raise Refused(
            _("Choisissez au moins une sorte d’heures qui compte."), field="counted_kinds"
        )
    last = SplitRule.objects.filter(cohort=cohort).aggregate(last=Max("version"))["last"] or 0
    return SplitRule.objects.create(
        cohort=cohort,
        version=last + 1,
        kind=SplitKind(kind),
        counted_kinds=kinds,
        in_force_from=in_force_from,
        outcome=outcome,
    )
