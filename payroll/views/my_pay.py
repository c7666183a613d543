"""Ma paie: a person reads their own pay, and only theirs."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads
from payroll import perms
from payroll.models import Share
from payroll.selectors import my_pay as own
from payroll.selectors.minutes import counted_hours


@reads
def my_pay(request: ActorRequest) -> HttpResponse:
    allow(perms.may_read_own_pay(request.actor))
    shares = own.own_shares(request.actor)
    if not shares:
        return render(request, "payroll/no_pay_yet.html", {"next": own.next_pay(request.actor)})
    return _page(request, shares, shares[0])


@reads
def my_pay_of(request: ActorRequest, share_id: int) -> HttpResponse:
    shares = own.own_shares(request.actor)
    share = next((one for one in shares if one.pk == share_id), None)
    if share is None:
        raise Http404
    return _page(request, shares, share)


def _page(request: ActorRequest, shares: list[Share], share: Share) -> HttpResponse:
    context = {
        "pay": own.pay_of(share, clock.today()),
        "others": [one for one in shares if one.pk != share.pk],
    }
    return render(request, "payroll/my_pay.html", context)


@reads
def my_pay_hours(request: ActorRequest, share_id: int) -> HttpResponse:
    share = get_object_or_404(
        Share.objects.of_person(request.actor).issued().with_run(), pk=share_id
    )
    context = {"share": share, "hours": counted_hours(share)}
    return render(request, "payroll/my_pay_hours.html", context)
