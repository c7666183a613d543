"""The room of a vote, and the minutes: counted by two, signed by two."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from decisions import papers, perms
from decisions.forms.assemblies import HandsForm, SignForm, TickForm
from decisions.models import Assembly, Poll
from decisions.selectors import assemblies as selectors
from decisions.services import minutes, room
from decisions.services.minutes_text import text_hash, text_of
from decisions.views.assemblies import find, page, sheet_of
from documents.downloads import file_of


@form_page
def hands(request: ActorRequest, assembly_id: int, poll_id: int) -> HttpResponse:
    """Ticks first, then figures; the button pressed says which of the two is sent."""
    assembly = find(request, assembly_id)
    poll = get_object_or_404(selectors.polls_of(assembly), pk=poll_id)
    allow(room.may_tell(request.actor, poll))
    seen = selectors.room_of(poll, request.actor)
    answers = room.answers_of(poll)
    typed = request.POST if request.method == "POST" else None
    ticks = TickForm(
        typed if "cocher" in request.POST else None,
        electors=seen.free,
        initial={"ticked": seen.ticked},
    )
    figures = HandsForm(typed if "compter" in request.POST else None, answers=answers)
    if _acted(request, assembly, poll, ticks, figures):
        return redirect("decisions:hands", assembly_id, poll_id)
    context = {"assembly": assembly, "room": seen, "ticks": ticks, "figures": figures}
    context["writes"] = perms.may_write_assembly(request.actor, assembly)
    context["counted"] = [
        (said, (poll.room_figures or {}).get(c, 0)) for c, said in answers.items()
    ]
    return page(request, "decisions/hands.html", context)


def _acted(
    request: ActorRequest, assembly: Assembly, poll: Poll, ticks: TickForm, figures: HandsForm
) -> bool:
    form: Any = ticks if ticks.is_bound else figures
    if not form.is_bound or not form.is_valid():
        return False
    try:
        if form is ticks:
            allow(perms.may_write_assembly(request.actor, assembly))
            room.tick(poll=poll, enrolment_ids=ticks.cleaned_data["ticked"], at=clock.now())
        else:
            room.type_hands(poll=poll, figures=figures.figures, actor=request.actor)
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


@form_page
def sign(request: ActorRequest, assembly_id: int) -> HttpResponse:
    """The whole text, then one button: it carries the fingerprint of what was read."""
    assembly = find(request, assembly_id)
    allow(perms.minutes_role(request.actor, assembly) is not None)
    text, refused = text_of(assembly), ""
    form = SignForm(
        request.POST if request.method == "POST" else None, initial={"read_hash": text_hash(text)}
    )
    if form.is_bound and form.is_valid():
        try:
            minutes.sign_minutes(
                assembly=assembly,
                read_hash=form.cleaned_data["read_hash"],
                actor=request.actor,
                at=clock.now(),
            )
            return redirect("decisions:assembly", assembly_id)
        except Refused as refusal:
            form = SignForm(initial={"read_hash": text_hash(text)})
            refused = str(refusal)
    sheet = sheet_of(request, assembly)
    context = {
        "sheet": sheet,
        "form": form,
        "refused": refused,
        "said": papers.context({**text, "signatures": []}),
    }
    return page(request, "decisions/sign_minutes.html", context)


@reads
def minutes_paper(request: ActorRequest, assembly_id: int) -> HttpResponse | FileResponse:
    """The signed minutes, for the whole group: its members are not the subject of the paper."""
    assembly = find(request, assembly_id)
    allow(perms.may_read_assembly(request.actor, assembly))
    document = assembly.minutes_document
    if document is None:
        raise Http404
    if not document.is_ready:
        return page(request, "decisions/minutes_coming.html", {"assembly": assembly})
    return file_of(document)
