"""Paper ballots of a secret vote: who votes so, typed by two in turn, and ballots to print."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from decisions import perms
from decisions.forms.paper import PaperTickForm, SpokenForm, Stack
from decisions.models import Assembly, Poll
from decisions.selectors import assemblies as selectors
from decisions.selectors.paper import PaperRoom, paper_room, paper_sheet
from decisions.services import paper_ballots, room
from decisions.services.paper_ballots import Typed
from decisions.views.assemblies import find, page
from decisions.views.confirming import secret_page


def _vote(request: ActorRequest, assembly_id: int, poll_id: int) -> tuple[Assembly, Poll]:
    assembly = find(request, assembly_id)
    poll: Poll = get_object_or_404(selectors.polls_of(assembly), pk=poll_id)
    if not poll.is_secret:
        raise Http404
    allow(room.may_tell(request.actor, poll))
    return assembly, poll


@sensitive_post_parameters()
@sensitive_variables()
@form_page
def paper(request: ActorRequest, assembly_id: int, poll_id: int) -> HttpResponse:
    """Ticks first, then the papers; the button pressed says which of the two is sent."""
    assembly, poll = _vote(request, assembly_id, poll_id)
    seen = paper_room(poll, request.actor.person_id)
    typed = request.POST if request.method == "POST" else None
    ticks = PaperTickForm(
        typed if "cocher" in request.POST else None,
        electors=seen.free,
        initial={"ticked": seen.ticked},
    )
    if ticks.is_bound and _ticked(request, assembly, poll, ticks):
        return redirect("decisions:paper", assembly_id, poll_id)
    context = {"assembly": assembly, "room": seen, "ticks": ticks}
    context["writes"] = perms.may_write_assembly(request.actor, assembly)
    context["too_few"] = paper_ballots.too_few()
    if "compter" in request.POST:
        return _typed(request, seen, context)
    return page(request, "decisions/paper.html", context | _asked(seen, None))


def _ticked(request: ActorRequest, assembly: Assembly, poll: Poll, form: PaperTickForm) -> bool:
    allow(perms.may_write_assembly(request.actor, assembly))
    if not form.is_valid():
        return False
    try:
        enrolment_ids = form.cleaned_data["ticked"]
        paper_ballots.tick_paper(poll=poll, enrolment_ids=enrolment_ids, at=clock.now())
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


def _asked(seen: PaperRoom, typed: Any) -> dict[str, Any]:
    """The papers to type, and the other teller's words once somebody typed theirs."""
    stack = Stack(paper_sheet(seen.poll), len(seen.ticked), typed)
    return {"stack": stack, "spoken": SpokenForm(typed)}


@sensitive_variables()
def _typed(request: ActorRequest, seen: PaperRoom, context: dict[str, Any]) -> HttpResponse:
    asked = _asked(seen, request.POST)
    stack, spoken = asked["stack"], asked["spoken"]
    if stack.is_valid() and spoken.is_valid():
        try:
            typing = paper_ballots.type_papers(
                poll=seen.poll,
                papers=stack.papers,
                actor=request.actor,
                spoken=spoken.cleaned_data["spoken"],
            )
            if typing.said == Typed.WAITING:
                # In this answer and no other: not in an address, a session or a message.
                return page(
                    request, "decisions/paper_words.html", context | {"words": typing.words}
                )
            return redirect(request.path)
        except Refused as refusal:
            refuse_in(spoken, refusal)
    phone = request.actor.is_cooperant
    context |= {"is_phone": phone, "layout": f"layouts/{'phone' if phone else 'desk'}.html"}
    bare = context | _asked(seen, None)
    return secret_page(request, "decisions/paper.html", context | asked, bare)


@reads
def paper_to_print(request: ActorRequest, assembly_id: int, poll_id: int) -> HttpResponse:
    """Blank papers, as many as people ticked: print, cut, fold."""
    assembly, poll = _vote(request, assembly_id, poll_id)
    seen = paper_room(poll, request.actor.person_id)
    context = {"assembly": assembly, "poll": poll, "sheet": paper_sheet(poll), "room": seen}
    return page(request, "decisions/paper_print.html", context | _asked(seen, None))
