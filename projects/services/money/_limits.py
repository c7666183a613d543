"""What the group decided may be spent: beyond it, the coordination says what allows it, or it waits.

A limit is a decision of the group: neither the platform nor a coordinator moves it by silence. A vote
may come after the purchase, and the receipt must be booked all the same: hence a reason, which stays.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import euros
from projects.models import SpendingLimit
from projects.selectors.spending import spent_within


@dataclass(frozen=True, slots=True)
class Told:
    """What the history says of the limit; empty when the expense names none."""

    sentence: str = ""
    is_beyond: bool = False


def judge_limit(
    limit: SpendingLimit | None,
    *,
    cohort_id: int,
    spent_on: dt.date,
    total: Decimal,
    because: str,
    but_expense: int | None = None,
) -> Told:
    """Whether `total` (euros, VAT included) fits in what is left. Locks the limit: two at once sum up.

    Raises Refused: a limit of another cohort, a day outside it, beyond it without a reason.
    """
    if limit is None:
        return Told()
    held: SpendingLimit = SpendingLimit.objects.select_for_update().get(pk=limit.pk)
    if held.cohort_id != cohort_id:
        raise Refused(_("Cette décision n’est pas de la coopérative."), field="spending_limit")
    if spent_on < held.starts_on or (held.ends_on is not None and spent_on > held.ends_on):
        raise Refused(
            _("Ce jour-là, la décision n° %s ne s’appliquait pas.") % held.decision_number,
            field="spending_limit",
        )
    left = held.amount - spent_within(held.pk, but_expense=but_expense)
    words = {
        "n": held.decision_number,
        "label": held.label,
        "left": euros(max(left, Decimal(0))),
        "over": euros(total - left),
    }
    if total <= left:
        return Told(_("Décision n° %(n)s, « %(label)s ».") % words)
    if not because.strip():
        raise Refused(
            _(
                "Décision n° %(n)s, « %(label)s » : il reste %(left)s, c’est %(over)s de trop. Écrivez "
                "quelle décision ou quel accord du groupe le permet."
            )
            % words,
            field="beyond_reason",
        )
    sentence = _("Décision n° %(n)s, « %(label)s », dépassée de %(over)s, parce que : « %(why)s ».")
    return Told(sentence % (words | {"why": because.strip()}), is_beyond=True)


def refuse_stranger(cohort_id: int, advanced_by: Enrolment | None) -> None:
    if advanced_by is not None and advanced_by.cohort_id != cohort_id:
        raise Refused(_("Cette personne n’est pas de la coopérative."), field="advanced_by")
