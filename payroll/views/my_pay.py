"""Ma paie: a person reads their own pay, and only theirs."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads
from payroll import perms
from payroll.models import Share
from payroll.selectors import my_pay as own
from payroll.selectors.epayslip import wish_of
from payroll.selectors.minutes import counted_hours
from payroll.selectors.my_pot import pot_in_full
from payroll.selectors.what_if import what_if


@reads
def my_pay(request: ActorRequest) -> HttpResponse:
    allow(perms.may_read_own_pay(request.actor))
    shares = own.own_shares(request.actor)
    if not shares:
        context = {"next": own.next_pay(request.actor), "slip_choice": _slip_choice(request)}
        return render(request, "payroll/no_pay_yet.html", context)
    return _page(request, shares, shares[0])


@reads
def my_pay_of(request: ActorRequest, share_id: int) -> HttpResponse:
    shares = own.own_shares(request.actor)
    return _page(request, shares, _one_of(shares, share_id))


def _one_of(shares: list[Share], share_id: int) -> Share:
    """One's own; the share of somebody else does not exist here."""
    share = next((one for one in shares if one.pk == share_id), None)
    if share is None:
        raise Http404
    return share


def _page(request: ActorRequest, shares: list[Share], share: Share) -> HttpResponse:
    context = {
        "pay": own.pay_of(share, clock.today()),
        "others": [one for one in shares if one.pk != share.pk],
        "slip_choice": _slip_choice(request),
    }
    return render(request, "payroll/my_pay.html", context)


def _slip_choice(request: ActorRequest) -> dict[str, object]:
    return {"wish": wish_of(request.actor.person_id), "back": "pay"}


@reads
def my_pay_hours(request: ActorRequest, share_id: int) -> HttpResponse:
    share = _one_of(own.own_shares(request.actor), share_id)
    context = {"share": share, "hours": counted_hours(share)}
    return render(request, "payroll/my_pay_hours.html", context)


@reads
def my_pay_pot(request: ActorRequest, share_id: int) -> HttpResponse:
    """The common pot of one's pay, sale by sale: everybody who shares it may check it."""
    share = _one_of(own.own_shares(request.actor), share_id)
    return render(request, "payroll/my_pay_pot.html", {"share": share, "pot": pot_in_full(share)})


@reads
def my_pay_what_if(request: ActorRequest, share_id: int) -> HttpResponse:
    share = _one_of(own.own_shares(request.actor), share_id)
    context = {"share": share, "what_if": what_if(share)}
    return render(request, "payroll/my_pay_what_if.html", context)
