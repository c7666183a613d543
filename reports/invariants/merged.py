"""What must always be true of years of merged cohorts."""

from collections.abc import Iterable

from ct_platform.kit.invariants import Invariant, register
from reports.models import Edition, MergedBasis, MergedSnapshot
from reports.rules import fingerprint


def _figures_that_changed() -> Iterable[str]:
    for one in MergedSnapshot.objects.select_related("edition").iterator():
        if fingerprint(one.figures) != one.figures_hash:
            yield f"Les chiffres du bilan {one.pk} ne sont plus ceux qui ont été figés."


def _told_otherwise() -> Iterable[str]:
    """A territory's table tells what its basis counted, and hides what it says it hides."""
    told = {(one.edition_id, one.territory_id): one for one in MergedSnapshot.objects.iterator()}
    for basis in MergedBasis.objects.iterator():
        snapshot = told.get((basis.edition_id, basis.territory_id))
        if snapshot is None:
            continue
        values = {one["code"]: one["value"] for one in snapshot.figures["figures"]}
        for table in snapshot.figures["tables"]:
            for cell in table["cells"]:
                counted = len(basis.tables[table["code"]][cell])
                said = values[f"{table['code']}.{cell}"]
                if said != (None if cell in table["hidden"] else counted):
                    yield f"Le bilan {snapshot.pk} dit autre chose que ce qui a été compté ({table['code']})."


def _published_twice() -> Iterable[str]:
    """Of one year, a table published is the same in every published edition."""
    known: dict[tuple[int, int, str], object] = {}
    rows = MergedBasis.objects.filter(edition__in=Edition.objects.published())
    for basis in rows.select_related("edition").order_by("edition_id").iterator():
        for code, cells in basis.tables.items():
            key = (basis.edition.year, basis.territory_id, code)
            if known.setdefault(key, cells) != cells:
                yield f"Le tableau {code} de {basis.edition.year} a été publié de deux façons."


def register_all() -> None:
    for code, label, check in (
        ("reports.merged_figures", "Les bilans gardent leurs chiffres", _figures_that_changed),
        ("reports.merged_told", "Les bilans disent ce qui a été compté", _told_otherwise),
        ("reports.merged_once", "Un tableau d’une année se publie une fois", _published_twice),
    ):
        register(Invariant(code, label, check))
