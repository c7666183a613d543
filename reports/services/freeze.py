"""Freezing a report: figures masked, hashed, and put on paper, in one transaction."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused, Stale
from documents.services.issue import issue_document
from reports.models import Basis, PublishedFigure, Snapshot
from reports.papers import KIND, paper_of
from reports.rules import fingerprint
from reports.selectors import figures_of
from reports.trends import added_values


@transaction.atomic
def freeze_snapshot(
    *, cohort: Cohort, seen: str = "", actor: Actor | None, at: dt.datetime
) -> Snapshot:
    """Freeze the report of a cohort, cumulated from its first day to the civil day of `at`.

    Writes the masked figures, what the next report will be compared with, and issues the paper.
    `seen` is the fingerprint of the figures that were read on the screen: others raise Stale.
    `actor` is None when the calendar asks. Nobody reads it yet: see services/preparing.py.
    A figure whose difference with any earlier report would show a few people is masked, not
    refused: the rest of the report still goes out. Freezing unchanged figures gives the report
    already frozen. Raises Refused before the first day. Source: house rule of disclosure.
    """
    # Two reports of a cohort are frozen in turn: each is judged against all those before it.
    cohort = (
        Cohort.objects.select_for_update(of=("self",), no_key=True)
        .select_related("territory", "host")
        .get(pk=cohort.pk)
    )
    day = civil_day(at)
    if day < cohort.starts_on:
        raise Refused(
            _("La coopérative commence le %(day)s : il n’y a rien à figer avant.")
            % {"day": format_day(cohort.starts_on)}
        )
    core = figures_of(cohort, day)
    mark = fingerprint(core.figures)
    found: Snapshot | None = Snapshot.objects.filter(cohort=cohort, figures_hash=mark).first()
    if found is not None:
        return found
    if seen and seen != mark:
        raise Stale(_("Les chiffres ont changé depuis l’aperçu. Relisez-les, puis figez."))
    document = issue_document(
        kind=KIND,
        title=_("Rapport de suivi, %(cohort)s") % {"cohort": cohort.name},
        issuer_key=cohort.host_id,
        issuer_name=cohort.host.name,
        subject=None,
        snapshot=paper_of(cohort, core.figures, mark),
        effect_key=f"{KIND}:{cohort.pk}:{mark[:32]}",
        cohort_key=cohort.pk,
        territory_key=cohort.territory_id,
        period_from=cohort.starts_on,
        period_to=day,
        actor=actor,
        at=at,
    )
    snapshot: Snapshot = Snapshot.objects.create(
        cohort=cohort,
        frozen_at=at,
        frozen_by_id=actor.person_id if actor else None,
        period_from=cohort.starts_on,
        period_to=day,
        figures=core.figures,
        figures_hash=mark,
        document=document,
    )
    Basis.objects.create(snapshot=snapshot, tables=core.basis)
    PublishedFigure.objects.bulk_create(
        PublishedFigure(snapshot=snapshot, code=code, value=value)
        for code, value in added_values(core.figures)
    )
    return snapshot
