"""Impact: years of merged cohorts, read by partners, frozen and published by the network."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, reads, writes
from reports import perms
from reports.impact import compared, read_impact
from reports.models import Edition, MergedSnapshot
from reports.papers_of_impact import poster_of
from reports.selectors.impact import beside, published_years, years_to_prepare
from reports.services.merging import freeze_edition, publish_edition


@reads
def years(request: ActorRequest) -> HttpResponse:
    """The years this seat reads; those to prepare, for the network."""
    allow(perms.can_follow(request.actor))
    to_prepare = perms.can_publish_years(request.actor)
    page = {
        "years": published_years(request.actor),
        "to_prepare": years_to_prepare(clock.today()) if to_prepare else [],
    }
    return render(request, "reports/impact_years.html", page)


@reads
def impact(request: ActorRequest, merged_id: int) -> HttpResponse:
    """One year of one scope, and the network beside a territory."""
    found = _in_scope(request, merged_id)
    read = read_impact(found.figures)
    others = [read_impact(one.figures) for one in beside(request.actor, found)]
    page = {
        "snapshot": found,
        "impact": read,
        "compared": compared([read, *others]),
        "can_publish": perms.can_publish_years(request.actor),
        "is_published": hasattr(found.edition, "publication"),
    }
    return render(request, "reports/impact.html", page)


@reads
def poster(request: ActorRequest, merged_id: int) -> HttpResponse:
    """The same figures on paper: a page to pin up, then each table with its meaning."""
    paper = poster_of(_in_scope(request, merged_id))
    headers = {"Content-Disposition": f'attachment; filename="{paper.filename}"'}
    return HttpResponse(paper.content, content_type="application/pdf", headers=headers)


@writes
def freeze_year(request: ActorRequest, year: int) -> HttpResponse:
    allow(perms.can_publish_years(request.actor))
    edition = freeze_edition(year=year, actor=request.actor, at=clock.now())
    messages.success(request, _("Année figée. Relisez-la, puis publiez-la."))
    return redirect("reports:impact", edition.snapshots.get(territory__isnull=True).pk)


@writes
def publish_year(request: ActorRequest, edition_id: int) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.visible_to(request.actor), pk=edition_id)
    allow(perms.can_publish_years(request.actor))
    publish_edition(edition=edition, actor=request.actor, at=clock.now())
    messages.success(
        request, _("Année publiée : les partenaires la lisent, et ses chiffres ne changeront plus.")
    )
    return redirect("reports:impact_years")


def _in_scope(request: ActorRequest, merged_id: int) -> MergedSnapshot:
    allow(perms.can_follow(request.actor))
    in_scope = MergedSnapshot.objects.visible_to(request.actor)
    rows = in_scope.select_related("edition__publication", "territory")
    found: MergedSnapshot = get_object_or_404(rows, pk=merged_id)
    return found
