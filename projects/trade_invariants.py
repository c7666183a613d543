"""What must always be true of lots, offers and orders, checked by `check_consistency`."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from projects.enums import OrderState
from projects.models import Lot, Offer, Order, ProjectMember


def _orders_are_counted() -> Iterable[str]:
    standing = ~Q(orders__state=OrderState.CANCELLED)
    rows = Offer.objects.annotate(held=Sum("orders__quantity", filter=standing, default=0))
    for offer in rows.exclude(taken=F("held")):
        yield _("Offre n° %(key)s : %(taken)s comptés, %(held)s commandés.") % {
            "key": offer.pk,
            "taken": offer.taken,
            "held": offer.held,
        }


def _lots_add_up() -> Iterable[str]:
    for lot in Lot.objects.annotate(out=Sum("moves__quantity", default=Decimal(0))).exclude(
        gone=F("out")
    ):
        yield _("Lot n° %s : ce qui est sorti n’est pas la somme des sorties.") % lot.pk


def _sold_orders_were_handed() -> Iterable[str]:
    sold = Order.objects.filter(sale__isnull=False)
    wrong = sold.exclude(state=OrderState.HANDED) | sold.exclude(
        sale__project_id=F("offer__project_id")
    )
    for order in wrong:
        yield _("Commande n° %s : vendue sans être remise, ou dans une autre activité.") % order.pk


def _teams_stay_home() -> Iterable[str]:
    for row in ProjectMember.objects.exclude(enrolment__cohort_id=F("project__cohort_id")):
        yield _("Équipe, ligne n° %s : la personne est d’une autre cohorte.") % row.pk


def register_all() -> None:
    for code, sentence, check in (
        (
            "projects.orders_are_counted",
            "Une offre compte ce qui est commandé.",
            _orders_are_counted,
        ),
        ("projects.lots_add_up", "Ce qui sort d’un lot est la somme de ses sorties.", _lots_add_up),
        (
            "projects.sold_orders_were_handed",
            "On ne vend que ce qui est remis, dans son activité.",
            _sold_orders_were_handed,
        ),
        ("projects.teams_stay_home", "Une équipe est de sa coopérative.", _teams_stay_home),
    ):
        register(Invariant(code, sentence, check))
