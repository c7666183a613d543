"""The year of merged cohorts: frozen for all scopes at once, then published. See reports.merging."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from reports.cuts import first_day
from reports.merging import NETWORK
from reports.models import Edition, MergedBasis, MergedSnapshot, Publication
from reports.rules import fingerprint
from reports.selectors.merged import year_of


@transaction.atomic
def freeze_edition(
    *, set_code: str = "impact", year: int, actor: Actor | None, at: dt.datetime
) -> Edition:
    """Freeze the figures of a year, of the network and of each territory, on the civil day of `at`.

    Nobody but the network reads them before `publish_edition`. Tables already published of the year
    are repeated word for word. The same figures again are the same edition, save for their date.
    `actor` is None when the calendar asks. Raises Refused before exits of the year can be known, and
    with fewer than three cohorts whose last report was sent. Source: house rule of disclosure.
    """
    day = civil_day(at)
    ready = first_day(year)
    if day < ready:
        raise Refused(
            _(
                "L’année %(year)s se fige à partir du %(day)s : on peut sortir jusqu’à son dernier jour."
            )
            % {"year": year, "day": format_day(ready)}
        )
    found = year_of(set_code, year, day)
    if NETWORK not in found.figures.figures:
        raise Refused(
            _(
                "Il faut au moins trois coopératives terminées dans l’année, avec leur dernier rapport envoyé."
            )
        )
    latest: Edition | None = (
        Edition.objects.filter(set_code=set_code, year=year).order_by("-number").first()
    )
    if latest is not None and _is_same(latest, found.figures.figures):
        return latest
    try:
        with transaction.atomic():
            edition: Edition = Edition.objects.create(
                set_code=set_code,
                year=year,
                number=latest.number + 1 if latest else 1,
                frozen_at=at,
                frozen_by_id=actor.person_id if actor else None,
            )
    except IntegrityError:
        raise Refused(
            _("Quelqu’un fige cette année en même temps. Ouvrez la page à nouveau.")
        ) from None
    MergedSnapshot.objects.bulk_create(
        MergedSnapshot(
            edition=edition,
            territory_id=key or None,
            figures=figures,
            figures_hash=fingerprint(figures),
        )
        for key, figures in found.figures.figures.items()
    )
    MergedBasis.objects.bulk_create(
        MergedBasis(
            edition=edition,
            territory_id=key,
            cohorts={
                str(one.cohort_id): one.report_id
                for one in found.counted
                if one.territory_id == key
            },
            tables=tables,
        )
        for key, tables in found.figures.basis.items()
    )
    return edition


@transaction.atomic
def publish_edition(*, edition: Edition, actor: Actor, at: dt.datetime) -> Publication:
    """From now on partners read it, and its tables never change. Repeating is a quiet no-op.

    Raises Refused when a later one was frozen, or when another was published of the year since it was
    frozen: its tables might be counted otherwise.
    """
    # All sets of a year share their people and their tables: they are published in turn.
    rows = Edition.objects.select_for_update(of=("self",), no_key=True).filter(year=edition.year)
    editions = list(rows.order_by("pk"))
    found: Publication | None = Publication.objects.filter(edition=edition).first()
    if found is not None:
        return found
    if any(one.set_code == edition.set_code and one.number > edition.number for one in editions):
        raise Refused(
            _("Une édition plus récente de cette année existe. Relisez-la, puis publiez-la.")
        )
    if Publication.objects.filter(
        edition__year=edition.year, published_at__gte=edition.frozen_at
    ).exists():
        raise Refused(
            _("D’autres tableaux de cette année ont été publiés depuis. Figez-la à nouveau.")
        )
    return Publication.objects.create(
        edition=edition, published_at=at, published_by_id=actor.person_id
    )


def _is_same(edition: Edition, figures: Mapping[int, Any]) -> bool:
    """Whether nothing but days would change."""
    was = {one.territory_id or NETWORK: one.figures for one in edition.snapshots.all()}
    return bool(_undated(was) == _undated(figures))


def _undated(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _undated(one) for key, one in value.items() if key != "as_of"}
    return [_undated(one) for one in value] if isinstance(value, list) else value
