"""Letting somebody back in: the list, the check by one, the agreement of another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cohorts.forms.recovery import CardWayForm, CheckForm, RefuseForm
from cohorts.models import RecoveryRequest
from cohorts.perms import recovery as perms
from cohorts.selectors.recovery import Candidate, candidates_of, recoveries_of, recovery_page
from cohorts.services import recovery as acts
from cohorts.services.recovery_notices import ways_to
from ct_platform.kit import clock
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes


@reads
def recoveries(request: ActorRequest) -> HttpResponse:
    allow(perms.can_see_recoveries(request.actor))
    waiting, over = recoveries_of(request.actor, request.GET.get("page", ""))
    return render(request, "cohorts/recovery/list.html", {"waiting": waiting, "over": over})


@form_page
def recovery(request: ActorRequest, recovery_id: int) -> HttpResponse:
    """The page of one request; POST is the check."""
    found = _found(request, recovery_id)
    if request.method != "POST":
        return _page(request, found)
    allow(perms.can_check(request.actor, found))
    form = CheckForm(_candidates(request, found), request.POST)
    if form.is_valid():
        try:
            acts.check(
                request=found,
                person=form.persons[form.cleaned_data["person"]],
                checked=form.checked,
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(
                request, _("C’est noté. Une autre personne doit maintenant approuver.")
            )
            return redirect("cohorts:recovery", recovery_id=found.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _page(request, found, check_form=form)


@writes
def approve(request: ActorRequest, recovery_id: int) -> HttpResponse:
    """On paper, the answer is the PDF itself: the secrets of the card exist only now."""
    found = _found(request, recovery_id)
    allow(perms.can_approve(request.actor, found))
    return _given(request, found, renew=False)


@writes
def renew(request: ActorRequest, recovery_id: int) -> HttpResponse:
    found = _found(request, recovery_id)
    allow(perms.can_renew_card(request.actor, found))
    return _given(request, found, renew=True)


def _given(request: ActorRequest, found: RecoveryRequest, *, renew: bool) -> HttpResponse:
    form = CardWayForm(ways_to(found), request.POST)
    if not form.is_valid():
        return _page(request, found, way_form=form)
    way, act = form.cleaned_data["way"], acts.renew_card if renew else acts.approve
    try:
        if way == "paper":
            return _pdf(acts.on_paper(act, request=found, actor=request.actor, at=clock.now()))
        act(request=found, way=way, actor=request.actor, at=clock.now())
    except Refused as refusal:
        refuse_in(form, refusal)
        return _page(request, found, way_form=form)
    messages.success(request, _("C’est fait : la carte part au nouveau contact."))
    return redirect("cohorts:recovery", recovery_id=found.pk)


def _pdf(content: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": 'attachment; filename="carte.pdf"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@writes
def refuse(request: ActorRequest, recovery_id: int) -> HttpResponse:
    found = _found(request, recovery_id)
    allow(perms.can_refuse(request.actor, found))
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, refuse_form=form)
    try:
        acts.refuse(
            request=found, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now()
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La demande est refusée."))
    return redirect("cohorts:recovery", recovery_id=found.pk)


def _found(request: ActorRequest, recovery_id: int) -> RecoveryRequest:
    rows = RecoveryRequest.objects.visible_to(request.actor).select_related(
        "territory", "person__user", "checked_by", "approved_by", "card"
    )
    return get_object_or_404(rows, pk=recovery_id)


def _candidates(request: ActorRequest, found: RecoveryRequest) -> list[Candidate]:
    return candidates_of(found, request.actor, request.GET.get("nom", ""))


def _page(
    request: ActorRequest,
    found: RecoveryRequest,
    check_form: CheckForm | None = None,
    way_form: CardWayForm | None = None,
    refuse_form: RefuseForm | None = None,
) -> HttpResponse:
    actor = request.actor
    may_check = perms.can_check(actor, found)
    if check_form is None and may_check:
        check_form = CheckForm(_candidates(request, found))
    page = {
        "asked": found,
        "page": recovery_page(found, actor),
        "typed": request.GET.get("nom", ""),
        "check_form": check_form if may_check else None,
        "way_form": way_form or CardWayForm(ways_to(found)),
        "refuse_form": refuse_form or RefuseForm(),
        "can_approve": perms.can_approve(actor, found),
        "can_renew": perms.can_renew_card(actor, found),
        "can_refuse": perms.can_refuse(actor, found),
    }
    return render(request, "cohorts/recovery/request.html", page)
