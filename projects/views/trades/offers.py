"""Offers and their orders: prepared, opened, taken, handed over, noted as sold."""

from decimal import Decimal
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.keys import key_of, keys_of
from ct_platform.kit.money import euros
from projects.enums import OrderState
from projects.forms.trades import EditOfferForm, NewOfferForm, OrderForm, SaleOfOrdersForm
from projects.models import Offer, Order
from projects.selectors.trades import (
    customers_of,
    handed_of,
    offer_page,
    offers_of,
    orders_of,
    orders_to_sell,
    products_of,
)
from projects.services import trades
from projects.views.trades.scope import Room, attempt, change, make, room_at, show


def _offer(room: Room, offer_id: int) -> Offer:
    found: Offer = get_object_or_404(offers_of(room.project), pk=offer_id)
    return found


def _url(offer: Offer) -> str:
    return reverse("projects:offer", args=[offer.project_id, offer.pk])


@reads
def offer(request: ActorRequest, project_id: int, offer_id: int) -> HttpResponse:
    room = room_at(request, project_id)
    return show(request, room, "offer", page=offer_page(_offer(room, offer_id), clock.today()))


@form_page
def add_offer(request: ActorRequest, project_id: int) -> HttpResponse:
    """An offer from nothing, or from an earlier one (?modele=)."""
    room = room_at(request, project_id, keep=True)
    asked = request.GET.get("modele", "")
    model = _offer(room, key) if (key := key_of(asked)) is not None else None
    form = NewOfferForm(
        request.POST or None,
        products=products_of(room.project),
        words=room.words,
        initial=NewOfferForm.initial_of(model, clock.today()),
    )
    back = reverse("projects:project", args=[project_id])

    def act(**by: object) -> None:
        trades.write_offer(project=room.project, wishes=form.wishes(), **by)  # type: ignore[arg-type]

    said = _("C’est prêt. Ouvrez les commandes quand c’est le moment.")
    done = make(request, form, act, said, back)
    return done or show(request, room, "form", form=form, title=room.words.new_offer, back=back)


@form_page
def edit_offer(request: ActorRequest, project_id: int, offer_id: int) -> HttpResponse:
    room = room_at(request, project_id, keep=True)
    found = _offer(room, offer_id)
    form = EditOfferForm(
        request.POST or None,
        products=products_of(room.project),
        words=room.words,
        initial=EditOfferForm.initial_of(found),
    )

    def act(**by: object) -> None:
        trades.change_offer(offer=found, wishes=form.wishes(), **by)  # type: ignore[arg-type]

    if change(request, form, act, _("C’est changé.")):
        return redirect(_url(found))
    return show(request, room, "form", form=form, title=found.title, back=_url(found))


@writes
def open_offer(request: ActorRequest, project_id: int, offer_id: int) -> HttpResponse:
    found = _offer(room_at(request, project_id, keep=True), offer_id)
    attempt(request, partial(trades.open_offer, offer=found), _("Les commandes sont ouvertes."))
    return redirect(_url(found))


@writes
def close_offer(request: ActorRequest, project_id: int, offer_id: int) -> HttpResponse:
    found = _offer(room_at(request, project_id, keep=True), offer_id)
    attempt(request, partial(trades.close_offer, offer=found), _("Les commandes sont fermées."))
    return redirect(_url(found))


@form_page
def add_order(request: ActorRequest, project_id: int, offer_id: int) -> HttpResponse:
    room = room_at(request, project_id, keep=True)
    found = _offer(room, offer_id)
    form = OrderForm(
        request.POST or None,
        customers=customers_of(room.project.cohort_id) if room.may_sell else [],
        initial={"day": found.starts_on},
    )

    def act(**by: object) -> None:
        trades.take_order(offer=found, wishes=form.wishes(), **by)  # type: ignore[arg-type]

    done = make(request, form, act, _("La commande est notée."), _url(found))
    return done or show(
        request, room, "form", form=form, title=room.words.new_order, back=_url(found), offer=found
    )


def _order(room: Room, order_id: int) -> Order:
    found: Order = get_object_or_404(orders_of(room.project), pk=order_id)
    return found


@writes
def move_order(request: ActorRequest, project_id: int, order_id: int) -> HttpResponse:
    """Ready, handed over, or back: the state asked is one of the table."""
    found = _order(room_at(request, project_id, keep=True), order_id)
    to = request.POST.get("to", "")
    if to not in (OrderState.TAKEN, OrderState.READY, OrderState.HANDED):
        messages.error(request, _("Cette page n’est plus à jour. Il faut la recharger."))
    else:
        act = partial(trades.move_order, order=found, to=to)
        attempt(request, act, _("%(name)s : c’est noté.") % {"name": found.name})
    return redirect(_url(found.offer))


@writes
def cancel_order(request: ActorRequest, project_id: int, order_id: int) -> HttpResponse:
    found = _order(room_at(request, project_id, keep=True), order_id)
    attempt(request, partial(trades.cancel_order, order=found), _("La commande est annulée."))
    return redirect(_url(found.offer))


@form_page
def sell_orders(request: ActorRequest, project_id: int, offer_id: int) -> HttpResponse:
    """One sale of what was handed over: all of it, or one order (?commande=)."""
    room = room_at(request, project_id)
    allow(room.may_sell)
    found, today = _offer(room, offer_id), clock.today()
    asked = keys_of(request.GET.getlist("commande"))
    rows = orders_to_sell(found, asked)
    typed = request.POST if request.method == "POST" else None
    # Those of a sale already noted too: the same click twice finds the sale it made.
    keys = [one.pk for one in rows] if typed is None else handed_of(found)
    form = SaleOfOrdersForm(
        typed,
        keys=keys,
        today=today,
        initial={"orders": keys, "sold_on": min(today, found.ends_on)},
    )
    if form.is_valid() and _sold(request, found, form):
        return redirect(_url(found))
    total = sum(one.quantity for one in rows) * found.unit_price
    return show(
        request, room, "sell", form=form, offer=found, orders=rows, total=total, back=_url(found)
    )


def _sold(request: ActorRequest, offer: Offer, form: SaleOfOrdersForm) -> bool:
    typed = form.cleaned_data
    try:
        sale = trades.note_sale_of_orders(
            offer=offer,
            keys=typed["orders"],
            vat_rate=Decimal(typed["vat_rate"]),
            sold_on=typed["sold_on"],
            paid_on=typed["paid_on"],
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    words = {"what": sale.label, "amount": euros(sale.amount)}
    messages.success(request, _("La vente est notée : %(what)s, %(amount)s hors TVA.") % words)
    return True
