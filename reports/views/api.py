"""The API, version 1: read-only, for machines of partners. Each view says what a page already shows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cohorts.models import Territory
from ct_platform.kit import clock
from ct_platform.kit.http import reads
from members.middleware import public
from reports.api import document, shapes
from reports.models import ApiToken
from reports.selectors import api as selected
from reports.selectors.exchange import comments_of
from reports.selectors.follow import territory_page, territory_rows
from reports.selectors.open_data import years as open_years
from reports.views.api_door import answer, listed, with_token, without_token


@public
@reads
def guide(request: HttpRequest) -> HttpResponse:
    """How to read the API, from its own description."""
    return render(request, "reports/api.html", document.guide())


@without_token
def openapi(request: HttpRequest) -> HttpResponse:
    return answer(request, document.openapi(), shared=True)


@without_token
def definitions(request: HttpRequest) -> HttpResponse:
    return answer(request, {"lignes": shapes.definitions()}, shared=True)


@without_token
def public_cohorts(request: HttpRequest) -> HttpResponse:
    rows = [shapes.public_cohort(one, trades) for one, trades in selected.public_cohorts()]
    return answer(request, {"lignes": rows}, shared=True)


@with_token
def cohorts(request: HttpRequest, token: ApiToken) -> HttpResponse:
    return listed(request, selected.cohorts_of(token, clock.today()), shapes.cohort)


@with_token
def territories(request: HttpRequest, token: ApiToken) -> HttpResponse:
    among = selected.followed_on(token, clock.today())
    rows = territory_rows(selected.actor_of(token), among=among)
    return listed(request, rows, shapes.territory)


@with_token
def territory(request: HttpRequest, territory_id: int, token: ApiToken) -> HttpResponse:
    """What Suivi shows of a territory: its cohorts side by side, and the median of its reports."""
    actor, among = selected.actor_of(token), selected.followed_on(token, clock.today())
    in_scope = Territory.objects.visible_to(actor)
    page = territory_page(actor, get_object_or_404(in_scope, pk=territory_id), among)
    if not page.told and not page.silent:
        raise Http404
    return answer(request, shapes.territory_page(page))


@with_token
def reports(request: HttpRequest, token: ApiToken) -> HttpResponse:
    return listed(request, selected.standing_reports_of(token, clock.today()), shapes.report)


@with_token
def report(request: HttpRequest, report_id: int, token: ApiToken) -> HttpResponse:
    in_scope = selected.reports_of(token, clock.today())
    found = get_object_or_404(in_scope, snapshot_id=report_id)
    return answer(request, shapes.whole_report(found, comments_of(found)))


@with_token
def years(request: HttpRequest, token: ApiToken) -> HttpResponse:
    return listed(request, selected.years_of(token, clock.today()), shapes.year)


@with_token
def year(request: HttpRequest, merged_id: int, token: ApiToken) -> HttpResponse:
    in_scope = selected.years_of(token, clock.today())
    return answer(request, shapes.whole_year(get_object_or_404(in_scope, pk=merged_id)))


@without_token
def releases(request: HttpRequest) -> HttpResponse:
    rows = [shapes.release(one) for year in open_years() for one in (year.latest, *year.earlier)]
    return answer(request, {"lignes": rows}, shared=True)


@without_token
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404
