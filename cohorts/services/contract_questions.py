"""The question put to everybody before their CAPE: is a job taking all their time?"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from cohorts.models import Contract
from cohorts.services.contracts import note_eligibility
from ct_platform.kit.actor import Actor


@transaction.atomic
def note_answers(
    *,
    drafts: Sequence[Contract],
    answers: Mapping[int, bool],
    stated_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Note the answers of several people, by contract: True is "a job takes all my time". All or none.

    What was said of a minor's consent stays. Returns how many were noted. Raises as `note_eligibility`.
    """
    noted = 0
    for draft in drafts:
        if draft.pk in answers:
            asked = getattr(draft, "eligibility", None)
            note_eligibility(
                contract=draft,
                employed_full_time=answers[draft.pk],
                stated_on=stated_on,
                consent_by=asked.consent_by if asked else "",
                consent_on=asked.consent_on if asked else None,
                actor=actor,
                at=at,
            )
            noted += 1
    return noted
