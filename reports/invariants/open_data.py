"""What must always be true of open files and of the tokens of machines."""

import csv
import hashlib
import io
from collections.abc import Iterable

from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.models import TransitionLog
from reports.enums import TokenState
from reports.models import ApiToken, MergedSnapshot, OpenFile, OpenRelease


def _bytes_that_changed() -> Iterable[str]:
    for one in OpenFile.objects.select_related("release").iterator():
        kept = one.content.encode()
        if hashlib.sha256(kept).hexdigest() != one.sha256 or len(kept) != one.size:
            yield f"Le fichier ouvert {one.release}, {one.name}, n’est plus celui qui a été publié."
    for release in OpenRelease.objects.prefetch_related("files"):
        files = {one.name: one.content for one in release.files.all()}
        texts = (files.get("donnees.csv", ""), files.get("definitions.csv", ""))
        if hashlib.sha256("\x1f".join(texts).encode()).hexdigest() != release.fingerprint:
            yield f"Les données ouvertes {release} n’ont plus leur empreinte."


def _more_than_was_frozen() -> Iterable[str]:
    """A line says what its published edition says: a hole there is a hole here."""
    for release in OpenRelease.objects.select_related("edition").prefetch_related("files"):
        known: dict[tuple[str, str], object] = {}
        rows = MergedSnapshot.objects.published().filter(edition_id=release.edition_id)
        for snapshot in rows.select_related("territory"):
            place = snapshot.territory.name if snapshot.territory else ""
            known |= {(place, one["code"]): one["value"] for one in snapshot.figures["figures"]}
        content = next((f.content for f in release.files.all() if f.name == "donnees.csv"), "")
        for line in csv.DictReader(io.StringIO(content)):
            key = (line["territoire"], line["code"])
            # A territory that took another name since is told under its old one.
            if line["valeur"] and key in known and known[key] is None:
                yield f"Les données ouvertes {release} montrent {line['code']}, qui est masqué."


def _closed_without_a_word() -> Iterable[str]:
    told = TransitionLog.objects.filter(
        model=ApiToken._meta.label_lower, new=TokenState.CLOSED
    ).values("row_id")
    closed = ApiToken.objects.filter(state=TokenState.CLOSED).exclude(pk__in=told)
    for key in closed.values_list("pk", flat=True):
        yield f"Le jeton {key} est fermé, et le journal ne dit pas par qui."


def register_all() -> None:
    for code, sentence, check in (
        ("reports.open_files", "Un fichier ouvert garde ses octets.", _bytes_that_changed),
        ("reports.open_masks", "Un fichier ouvert masque ce qui l’était.", _more_than_was_frozen),
        ("reports.tokens", "Un jeton fermé dit par qui.", _closed_without_a_word),
    ):
        register(Invariant(code, sentence, check))
