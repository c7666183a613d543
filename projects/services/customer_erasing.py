"""Erasing consumers whose time is over: the row stays, without anybody in it. Firms are no persons."""

import datetime as dt

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from ct_platform.kit.clock import civil_day
from projects.enums import CustomerKind
from projects.models import Customer, Order
from projects.rules.keeping import PROSPECT_YEARS, buyer_until, prospect_until

_BLANK = (
    "siret", "vat_number", "address", "postcode", "city", "delivery_address", "delivery_postcode",
    "delivery_city", "email", "phone", "service_code",
)  # fmt: skip


def erased_name() -> str:
    return _("Client effacé")


@transaction.atomic
def erase_old_customers(*, at: dt.datetime) -> int:
    """Blank consumers who never bought, three years after the last contact, and the others once their
    last invoice leaves the books; how many. Their papers are kept under the rule of papers.

    The last contact is the latest of what is known: their row, a quote, an order. Source: rules.keeping.
    """
    today = civil_day(at)
    # Nobody younger may be concerned: the rest is judged by the rule.
    young = at - dt.timedelta(days=365 * PROSPECT_YEARS)
    rows = (
        Customer.objects.filter(kind=CustomerKind.PERSON, created_at__lt=young)
        .exclude(name=erased_name())
        .annotate(
            invoiced=Max("invoices__issued_on", filter=Q(invoices__state="issued")),
            quoted=Max("quotes__sent_on"),
            drafted=Max("invoices__created_at"),
            ordered=Max("orders__day"),
        )
    )
    gone = [row.pk for row in rows if _is_over(row, today)]
    # "Pour qui" of an order is the same person.
    Order.objects.filter(customer__in=gone).update(name=erased_name(), note="")
    return Customer.objects.filter(pk__in=gone).update(
        **dict.fromkeys(_BLANK, ""), name=erased_name(), archived_at=at
    )


def _is_over(row: Customer, today: dt.date) -> bool:
    known = (row.quoted, row.drafted and civil_day(row.drafted), row.ordered)  # type: ignore[attr-defined]
    last = max([civil_day(row.created_at), *filter(None, known)])
    if row.invoiced is not None:  # type: ignore[attr-defined]
        return buyer_until(max(last, row.invoiced)) < today  # type: ignore[attr-defined]
    return prospect_until(last) < today
