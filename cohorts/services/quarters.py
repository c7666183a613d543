"""Importing the official quarters of a vintage."""

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Quarter, QuarterImport
from cohorts.quarter_files import ReadQuarter, read_quarters
from cohorts.rules.places import box_of
from ct_platform.kit.errors import Refused

OLDEST_VINTAGE, NEWEST_VINTAGE = 2014, 2100
_SIX_PLACES = Decimal("0.000001")
_LOT = 200  # shapes are long: a few hundred kilobytes a query


@transaction.atomic
def import_quarters(
    *, content: bytes, filename: str, vintage: int, source: str, file_date: dt.date
) -> QuarterImport:
    """Keep the quarters of a vintage with their source; the same file again gives the first import.

    A newer file of the same vintage corrects names and shapes, and never takes a quarter away: files
    of people name it. A list without shapes keeps the shapes known. Raises Refused, and keeps
    nothing, for a file that is wrong, a source that is not named or an impossible vintage.
    """
    if not source.strip():
        raise Refused(_("Dites d’où vient ce fichier, par exemple : ANCT, data.gouv.fr."))
    if not OLDEST_VINTAGE <= vintage <= NEWEST_VINTAGE:
        raise Refused(_("Le millésime est une année, par exemple 2024."))
    digest = hashlib.sha256(content).hexdigest()
    earlier = QuarterImport.objects.filter(vintage=vintage, sha256=digest).first()
    if earlier is not None:
        return earlier
    found = read_quarters(content)
    made = QuarterImport.objects.create(
        vintage=vintage,
        source=source.strip(),
        file_date=file_date,
        filename=filename[-200:],
        sha256=digest,
        quarters_count=len(found),
        with_shape_count=sum(one.polygons is not None for one in found),
    )
    for with_shape in (True, False):
        _keep(made, [one for one in found if (one.polygons is not None) is with_shape], with_shape)
    return made


def _keep(made: QuarterImport, found: list[ReadQuarter], with_shape: bool) -> None:
    shape = ["shape", "west", "south", "east", "north"] if with_shape else []
    Quarter.objects.bulk_create(
        (_row(made, one) for one in found),
        batch_size=_LOT,
        update_conflicts=True,
        unique_fields=["vintage", "code"],
        update_fields=["name", "insee_codes", "source", *shape],
    )


def _row(made: QuarterImport, one: ReadQuarter) -> Quarter:
    columns: dict[str, Any] = {}
    if one.polygons is not None:
        box = box_of(one.polygons)
        names = ("west", "south", "east", "north")
        columns = {
            name: Decimal(str(value)).quantize(_SIX_PLACES)
            for name, value in zip(names, box, strict=True)
        }
    return Quarter(
        code=one.code,
        name=one.name,
        vintage=made.vintage,
        insee_codes=f" {' '.join(one.insee_codes)} ",
        shape=one.polygons,
        source=made,
        **columns,
    )
