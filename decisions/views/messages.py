"""Messages of a vote or an assembly, for the coordinator: who was told, by mouth or not; reminders."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from decisions import perms
from decisions.enums import AssemblyState
from decisions.models import Assembly, Poll
from decisions.selectors.assemblies import assemblies_for
from decisions.selectors.deliveries import called_of, deliveries_of
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
    _say_sent(request, notices.try_again(poll=poll, at=clock.now()))
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


def _say_sent(request: ActorRequest, number: int) -> None:
    said = ngettext("%(n)s message repart.", "%(n)s messages repartent.", number) % {"n": number}
    messages.success(request, said if number else _("Il n’y a rien à renvoyer."))


def _assembly(request: ActorRequest, assembly_id: int) -> Assembly:
    found: Assembly = get_object_or_404(assemblies_for(request.actor), pk=assembly_id)
    allow(perms.may_run_votes(request.actor, found.cohort))
    request.page_cohort = found.cohort
    return found


@reads
def convening(request: ActorRequest, assembly_id: int) -> HttpResponse:
    """Who was called to an assembly."""
    assembly, at = _assembly(request, assembly_id), clock.now()
    context = {
        "assembly": assembly,
        "sent": called_of(assembly, clock.today()),
        "going_on": assembly.state == AssemblyState.CONVENED and at < assembly.starts_at,
    }
    return render(request, "decisions/convening.html", context)


@writes
def convene_again(request: ActorRequest, assembly_id: int) -> HttpResponse:
    assembly = _assembly(request, assembly_id)
    _say_sent(request, notices.call_again(assembly=assembly, at=clock.now()))
    return redirect("decisions:convening", assembly_id)
