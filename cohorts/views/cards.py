"""Join cards: choose who, print once."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render

from cohorts import perms
from cohorts.forms.people import CardsForm
from cohorts.models import Cohort
from cohorts.selectors.people import PersonRow, card_candidates
from cohorts.services.cards import AlreadyPrinted, file_name, print_cards
from cohorts.views.scope import cohort_in_sight, enrolments_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page


@form_page
def join_cards(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """The list to tick; POST answers with the PDF itself: the secrets exist only then."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    allow(perms.can_print_cards(request.actor, cohort))
    if request.method == "POST":
        return _print(request, cohort)
    rows = card_candidates(cohort, clock.now())
    return _page(request, cohort, CardsForm(), rows, _chosen_first(request, rows))


def _print(request: ActorRequest, cohort: Cohort) -> HttpResponse:
    form = CardsForm(request.POST)
    chosen: list[int] = []
    if form.is_valid():
        chosen = form.cleaned_data["people"]
        enrolments = enrolments_in(cohort, chosen)
        try:
            content = print_cards(
                cohort=cohort,
                enrolments=enrolments,
                submission_key=form.cleaned_data["submission_key"],
                actor=request.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            # A form of its own: printing again is another act, with another key.
            form = CardsForm(initial={"people": chosen})
            rows = card_candidates(cohort, clock.now())
            return _page(request, cohort, form, rows, chosen, refusal=refusal)
        name = file_name(cohort, len(enrolments))
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    return _page(request, cohort, form, card_candidates(cohort, clock.now()), chosen)


def _chosen_first(request: ActorRequest, rows: Sequence[PersonRow]) -> list[int]:
    """Whoever has no way in yet; or the one person the address names, to print theirs again."""
    named = request.GET.get("personne", "")
    if not named:
        return [row.enrolment_id for row in rows if row.needs_card]
    if named not in {str(row.enrolment_id) for row in rows}:
        raise Http404
    return [int(named)]


def _page(
    request: ActorRequest,
    cohort: Cohort,
    form: CardsForm,
    rows: Sequence[PersonRow],
    chosen: Sequence[int],
    refusal: Refused | None = None,
) -> HttpResponse:
    page = {
        "cohort": cohort,
        "form": form,
        "rows": rows,
        "chosen": chosen,
        "refusal": refusal,
        "is_again": isinstance(refusal, AlreadyPrinted),
    }
    status = 200 if refusal is None else refusal.status
    return render(request, "cohorts/join_cards.html", page, status=status)
