"""The decisions somebody led: what an attestation may say of them."""

from collections.abc import Sequence

from ct_platform.kit.clock import civil_day
from decisions import effects
from decisions.enums import OutcomeKind
from decisions.models import Outcome
from projects.evidence import LedDecision


def decisions_led(enrolment_ids: Sequence[int]) -> dict[int, list[LedDecision]]:
    """Proposals these people owned that were put to the vote and counted, by enrolment key. One query.

    Votes about a person are left out: their question names somebody who did not ask to be on the
    papers of another. How anybody voted is never read.
    """
    private = [effect.code for effect in effects.all_effects() if effect.about_person]
    rows = (
        Outcome.objects.filter(poll__proposal__owner_id__in=list(enrolment_ids))
        .exclude(poll__proposal__effect_code__in=private)
        .order_by("number", "pk")
        .values_list(
            "poll__proposal__owner_id", "number", "poll__proposal__title", "kind", "decided_at"
        )
    )
    found: dict[int, list[LedDecision]] = {}
    for owner, number, title, kind, decided_at in rows:
        led = LedDecision(number, title, str(OutcomeKind(kind).label), civil_day(decided_at))
        found.setdefault(owner, []).append(led)
    return found
