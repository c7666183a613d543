"""What is put to the group, written down."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from decisions import effects
from decisions.models import Proposal


@transaction.atomic
def write_proposal(
    *,
    cohort: Cohort,
    title: str,
    text: str = "",
    effect_code: str,
    effect_settings: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
) -> Proposal:
    """Write a proposal: its question and what its adoption does (JSON settings of the effect).

    Raises Refused: empty question, unknown effect, archived cohort.
    """
    if not title.strip():
        raise Refused(_("Écrivez la question."), field="title")
    if effects.find(effect_code) is None:
        raise Refused(_("Ce que fait cette décision est inconnu."))
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : on n’y vote plus."))
    return Proposal.objects.create(
        cohort=cohort,
        title=title.strip(),
        text=text.strip(),
        effect_code=effect_code,
        effect_settings=dict(effect_settings),
        written_by_id=actor.person_id,
    )
