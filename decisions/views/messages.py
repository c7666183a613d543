"""Messages of a vote, for the coordinator: who was told, who must be told by mouth, and reminders."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from decisions import perms
from decisions.models import Poll
from decisions.selectors.deliveries import deliveries_of
from decisions.services import notices, reminders


def _poll(request: ActorRequest, cohort_id: int, poll_id: int) -> Poll:
    seen = Poll.objects.visible_to(request.actor).of_cohort(cohort_id).opened()
    poll: Poll = get_object_or_404(seen.select_related("proposal__cohort"), pk=poll_id)
    allow(perms.may_run_poll(request.actor, poll))
    return poll


@reads
def deliveries(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    poll, at = _poll(request, cohort_id, poll_id), clock.now()
    context = {
        "poll": poll,
        "cohort": poll.proposal.cohort,
        "sent": deliveries_of(poll, at),
        "going_on": poll.is_open and at < poll.closes_at,
    }
    return render(request, "decisions/messages.html", context)


@writes
def try_again(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    poll = _poll(request, cohort_id, poll_id)
    number = notices.try_again(poll=poll, at=clock.now())
    said = ngettext("%(n)s message repart.", "%(n)s messages repartent.", number) % {"n": number}
    messages.success(request, said if number else _("Il n’y a rien à renvoyer."))
    return redirect("decisions:deliveries", cohort_id, poll_id)


@writes
def remind(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    """The answer is the same whether everybody or nobody has voted."""
    poll = _poll(request, cohort_id, poll_id)
    try:
        reminders.remind(poll=poll, actor=request.actor, at=clock.now())
        messages.success(request, _("C’est fait : le rappel va à qui n’a pas encore voté."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("decisions:deliveries", cohort_id, poll_id)
