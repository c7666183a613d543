"""The key of a sealed vote, on its holder's own phone: take it, bring it, or say it is lost."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from decisions import perms
from decisions.forms.keys import KeepForm, OpenUrnForm
from decisions.models import Poll
from decisions.selectors.keys import holder_of, key_progress, step_of
from decisions.services import sealing
from decisions.services.words import are_key_words, cleaned, draw_words
from documents.engine.qr import png_src


def _sealed_poll(request: ActorRequest, poll_id: int) -> Poll:
    seen = Poll.objects.visible_to(request.actor).announced()
    poll: Poll = get_object_or_404(seen.select_related("proposal__cohort", "version"), pk=poll_id)
    if not poll.is_sealed:
        raise Http404
    return poll


@sensitive_post_parameters()
@form_page
def key(request: ActorRequest, poll_id: int) -> HttpResponse:
    """One page for each moment of a key. Words are shown in an answer, never kept nor redirected to."""
    poll = _sealed_poll(request, poll_id)
    allow(perms.may_keep_key(request.actor, holder_of(poll, request.actor)))
    match request.POST.get("act"):
        case "draw":
            return _words_page(request, poll, KeepForm(initial={"words": " ".join(draw_words())}))
        case "keep":
            return _keep(request, poll)
        case "open":
            return _open(request, poll)
        case "lose":
            sealing.lose_words(poll=poll, actor=request.actor, at=clock.now())
            return redirect("decisions:key", poll_id)
    return _key_page(request, poll, OpenUrnForm())


@sensitive_variables()
def _keep(request: ActorRequest, poll: Poll) -> HttpResponse:
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _words_page(request, poll, form)
    words = cleaned(form.cleaned_data["words"])
    sealing.take_key(poll=poll, words=words, actor=request.actor, at=clock.now())
    return redirect("decisions:key", poll.pk)


@sensitive_variables()
def _open(request: ActorRequest, poll: Poll) -> HttpResponse:
    form = OpenUrnForm(request.POST)
    if form.is_valid():
        words = cleaned(form.cleaned_data["words"])
        try:
            sealing.open_share(poll=poll, words=words, actor=request.actor, at=clock.now())
            return redirect("decisions:key", poll.pk)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _key_page(request, poll, form)


@sensitive_variables()
def _words_page(request: ActorRequest, poll: Poll, form: KeepForm) -> HttpResponse:
    words = tuple(form.shown)
    # The square is drawn in this answer, as an address of data: no file of it exists.
    square = png_src(" ".join(words)) if are_key_words(words) else ""
    context = {"poll": poll, "form": form, "square": square, "layout": _layout(request)}
    return render(request, "decisions/key_words.html", context)


def _key_page(request: ActorRequest, poll: Poll, form: OpenUrnForm) -> HttpResponse:
    holder = holder_of(poll, request.actor)
    context = {
        "poll": poll,
        "step": step_of(poll, holder) if holder else "",
        "form": form,
        "key_progress": key_progress(poll),
        "layout": _layout(request),
    }
    return render(request, "decisions/key.html", context)


def _layout(request: ActorRequest) -> str:
    return "layouts/phone.html" if request.actor.is_cooperant else "layouts/desk.html"


@reads
def board(request: ActorRequest, poll_id: int) -> HttpResponse:
    """The sorted receipts of a counted sealed vote: everybody may look for theirs."""
    poll = _sealed_poll(request, poll_id)
    allow(perms.may_take_part(request.actor) or perms.may_run_poll(request.actor, poll))
    if not poll.board:
        raise Http404
    return render(request, "decisions/board.html", {"poll": poll, "layout": _layout(request)})
