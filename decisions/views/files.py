"""What leaves the register: its table, ballots to recount. And a blocked effect tried again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from decisions import perms
from decisions.models import Outcome, Poll
from decisions.selectors.files import as_file, register_csv
from decisions.services.outcomes import apply_again
from decisions.services.recount import recount_file


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@reads
def register(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.may_run_votes(request.actor, cohort))
    day = clock.today()
    content = register_csv(request.actor, cohort_id, day)
    return _sent(content, "text/csv; charset=utf-8", f"registre-{day:%Y-%m-%d}.csv")


@reads
def ballots(request: ActorRequest, poll_id: int) -> HttpResponse:
    """The ballots of a counted vote, without names; unknown (404) while they may not be shown."""
    seen = Poll.objects.visible_to(request.actor).announced().select_related("proposal__cohort")
    poll = get_object_or_404(seen, pk=poll_id)
    allow(perms.may_recount(request.actor, poll))
    try:
        document = recount_file(poll)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    return _sent(as_file(document), "application/json", f"bulletins-{poll.pk}.json")


@writes
def again(request: ActorRequest, cohort_id: int, poll_id: int) -> HttpResponse:
    """Try once more the effect of a blocked decision."""
    seen = Outcome.objects.visible_to(request.actor).of_cohort(cohort_id)
    outcome = get_object_or_404(seen.select_related("poll__proposal__cohort"), poll_id=poll_id)
    allow(perms.may_run_poll(request.actor, outcome.poll))
    try:
        done = apply_again(outcome=outcome, actor=request.actor, at=clock.now())
        messages.success(request, done.effect_sentence)
    except Refused as refusal:
        said = _("Décision n° %(n)s toujours bloquée. %(why)s")
        messages.error(request, said % {"n": outcome.number, "why": refusal})
    return redirect("decisions:of_cohort", cohort_id)
