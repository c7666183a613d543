"""A sale at the price the group agreed on; another price is a choice, and says why."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.clock import format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import euros
from projects.models import AgreedPrice, Project
from projects.rules import amount_before_vat
from projects.selectors.prices import same_thing_on


@dataclass(frozen=True, slots=True)
class AtPrice:
    """A sale of `quantity` of a thing that has an agreed price; `reason`: why at another price."""

    price: AgreedPrice
    quantity: Decimal
    reason: str = ""


def judge(
    at: AtPrice, *, project: Project, sold_on: dt.date, vat_rate: Decimal, amount: Decimal | None
) -> tuple[Decimal, str]:
    """The amount in euros excl. VAT, and what the history says of it.

    The price is the one of the day of the sale. No `amount`: it is the agreed one. Raises Refused:
    another activity, a quantity of zero or less, nothing agreed that day and no amount, an amount
    that is not the agreed one without a reason.
    """
    if at.price.project_id != project.pk:
        raise Refused(
            _("Ce prix est celui de « %(name)s ».") % {"name": at.price.project.name},
            field="project",
        )
    if at.quantity <= 0:
        raise Refused(_("Écrivez combien, en chiffres."), field="quantity")
    price = same_thing_on(at.price, project.cohort_id, sold_on)
    if price is None:
        if amount is None:
            words = {"label": at.price.label, "day": format_day(sold_on)}
            raise Refused(
                _("Le %(day)s, « %(label)s » n’avait pas de prix décidé : écrivez le montant.")
                % words,
                field="amount",
            )
        return amount, ""
    agreed = amount_before_vat(price.amount, at.quantity, vat_rate)
    number = f"{at.quantity.normalize():f}".replace(".", ",")
    words = {
        "n": str(price.decision_number),
        "quantity": number,
        "price": f"{euros(price.amount)} {price.unit}".rstrip(),
        "agreed": euros(agreed),
    }
    said = _("Décision n° %(n)s : %(quantity)s × %(price)s, soit %(agreed)s hors TVA.") % words
    if amount is None or amount == agreed:
        return agreed, said
    if not at.reason.strip():
        raise Refused(
            f"{said} " + _("Vous notez un autre montant : dites pourquoi, ou videz le montant."),
            field="reason",
        )
    return amount, said + " " + _("Autre montant, parce que : « %(why)s ».") % {
        "why": at.reason.strip()
    }
