"""Sales: note, correct, say paid, strike out; and what expenses share. Nothing is ever deleted."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.http import ActorRequest, form_page, refuse_in, writes
from ct_platform.kit.money import euros
from ct_platform.kit.once import once
from projects import selectors
from projects.forms.money import (
    EditSaleForm,
    NewSaleForm,
    OfferForm,
    PaidForm,
    VersionForm,
)
from projects.models import MoneyMovement, Sale
from projects.services import money
from projects.views.activities import activities_url
from projects.views.cohort_hours import cohort_to_run


def opened_first(request: ActorRequest, cohort: Cohort) -> HttpResponse:
    messages.info(request, _("Ouvrez d’abord une activité."))
    return redirect("projects:add_project", cohort_id=cohort.pk)


def record_money(
    request: ActorRequest, cohort: Cohort, form: Any, record: Callable[..., Any], view: str
) -> HttpResponse | None:
    """The answer once the form is recorded; None while it is not, its refusal beside its field."""
    if not form.is_valid():
        return None

    def act() -> str:
        made = record(**form.values(), actor=request.actor, at=clock.now())
        words = {"what": made.label, "amount": euros(made.amount)}
        messages.success(request, _("C’est noté : %(what)s, %(amount)s.") % words)
        return activities_url(cohort.pk, view)

    try:
        return once(request, form.cleaned_data["submission_key"], act)
    except Refused as refusal:
        refuse_in(form, refusal)
        return None


@form_page
def add_sale(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """A sale, begun at a price the group agreed on (a plain link) or from nothing."""
    cohort, today = cohort_to_run(request, cohort_id), clock.today()
    projects = selectors.projects_of(cohort.pk)
    if not projects:
        return opened_first(request, cohort)
    offer_form = OfferForm(request.GET)
    offer = selectors.offer_of(cohort.pk, *offer_form.asked(today))
    typed = request.POST if request.method == "POST" else None
    taken = offer.taken
    if typed is not None:
        taken = selectors.taken_before(cohort.pk, typed.get("price", ""))
    form = NewSaleForm(typed, projects=projects, today=today, initial=offer.initial, taken=taken)
    done = record_money(request, cohort, form, money.record_sale, "ventes") if typed else None
    context = {"form": form, "cohort": cohort, "offer": offer, "offer_form": offer_form}
    return done or render(request, "projects/add_sale.html", context)


def _sale(cohort: Cohort, sale_id: int) -> Sale:
    sale: Sale = get_object_or_404(Sale.objects.of_cohort(cohort.pk).for_page(), pk=sale_id)
    return sale


def edit_money(
    request: ActorRequest,
    cohort: Cohort,
    row: MoneyMovement,
    form: Any,
    change: Callable[[dict[str, Any], int], object],
    view: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            change(form.values(), form.cleaned_data["version"])
            messages.success(request, _("C’est corrigé."))
            return HttpResponseRedirect(activities_url(cohort.pk, view))
        except Refused as refusal:
            refuse_in(form, refusal)
        except (Frozen, Stale) as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
    context = {"form": form, "cohort": cohort, "row": row, "history": selectors.history_of(row)}
    return render(request, f"projects/edit_{row._meta.model_name}.html", context)


@form_page
def edit_sale(request: ActorRequest, cohort_id: int, sale_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    sale = _sale(cohort, sale_id)

    def change(values: dict[str, Any], seen: int) -> Sale:
        return money.change_sale(
            sale=sale, seen_version=seen, actor=request.actor, at=clock.now(), **values
        )

    form = EditSaleForm(
        request.POST or None,
        projects=selectors.projects_of(cohort.pk),
        today=clock.today(),
        initial=EditSaleForm.initial_of(sale),
    )
    return edit_money(request, cohort, sale, form, change, "ventes")


@form_page
def mark_paid(request: ActorRequest, cohort_id: int, sale_id: int) -> HttpResponse:
    """The money of a sale came: on which day."""
    cohort = cohort_to_run(request, cohort_id)
    sale = _sale(cohort, sale_id)
    initial = {"paid_on": clock.today(), "version": sale.version}
    form = PaidForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            money.mark_paid(
                sale=sale,
                seen_version=form.cleaned_data["version"],
                paid_on=form.cleaned_data["paid_on"],
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("Le paiement est noté : %s.") % euros(sale.amount))
            return HttpResponseRedirect(activities_url(cohort.pk))
        except Refused as refusal:
            refuse_in(form, refusal)
        except (Frozen, Stale) as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
    return render(
        request, "projects/mark_paid.html", {"form": form, "cohort": cohort, "sale": sale}
    )


def withdraw_money(
    request: ActorRequest, cohort: Cohort, row: MoneyMovement, view: str
) -> HttpResponse:
    form = VersionForm(request.POST)
    try:
        if not form.is_valid():
            raise Stale(_("Cette page n’est plus à jour. Rechargez-la."))
        money.withdraw_movement(
            movement=row,
            seen_version=form.cleaned_data["version"],
            actor=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("La ligne est retirée. Elle reste visible, barrée."))
    except (Refused, Frozen, Stale) as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(activities_url(cohort.pk, view))


@writes
def withdraw_sale(request: ActorRequest, cohort_id: int, sale_id: int) -> HttpResponse:
    cohort = cohort_to_run(request, cohort_id)
    return withdraw_money(request, cohort, _sale(cohort, sale_id), "ventes")
