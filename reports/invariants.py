"""What must always be true of frozen reports."""

from collections.abc import Iterable

from ct_platform.kit.invariants import Invariant, register
from reports.models import Basis, Snapshot
from reports.rules import fingerprint


def _figures_that_changed() -> Iterable[str]:
    for snapshot in Snapshot.objects.select_related("document").iterator():
        if fingerprint(snapshot.figures) != snapshot.figures_hash:
            yield f"Les chiffres du rapport {snapshot.pk} ne sont plus ceux qui ont été figés."
        if snapshot.document.snapshot.get("figures") != snapshot.figures:
            yield f"Le papier du rapport {snapshot.pk} ne porte pas ses chiffres."


def _published_beyond_its_basis() -> Iterable[str]:
    """A report without its basis could not be compared with the next one."""
    for key in Snapshot.objects.filter(basis__isnull=True).values_list("pk", flat=True):
        yield f"Le rapport {key} n’a plus sa base de comparaison."
    for basis in Basis.objects.select_related("snapshot").iterator():
        shown = {
            item["code"] for item in basis.snapshot.figures["figures"] if item["value"] is not None
        }
        for code, table in basis.tables.items():
            hidden = {f"{code}.{cell}" for cell in table["hidden"]}
            if not table["total_shown"]:
                hidden |= {code, f"{code}.total"}
            if hidden & shown:
                yield f"Le rapport {basis.snapshot_id} montre un chiffre qu’il devait masquer."


def register_all() -> None:
    register(
        Invariant(
            "reports.figures",
            "Les chiffres d’un rapport figé ne changent pas.",
            _figures_that_changed,
        )
    )
    register(
        Invariant(
            "reports.masks",
            "Un rapport ne montre rien de ce qu’il devait masquer.",
            _published_beyond_its_basis,
        )
    )
